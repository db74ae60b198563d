package documents

import (
	"bufio"
	"context"
	"errors"
	"io"
	"sort"

	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// How much of a file is shown at once, in bytes: enough to read on, little enough
// to be there at once whatever the file's size.
const (
	pieceSize = 192 << 10
	headSize  = 64 << 10 // in which it shows whether a file is text
	lead      = 4 << 10  // before a place that is shown, where the file begins earlier
	lineSlack = 2 << 10  // in which an end of a line is looked for
)

// piece is a part of a file of text.
type piece struct {
	start, end int64 // bytes
	size       int64 // of the file
	letters    []letter
}

// opener gives a file's bytes; an io.Seeker too where its parts can be read.
type opener func(context.Context) (io.ReadCloser, error)

// readPiece reads the part of a file in which a place stands, or, where exact, the
// part that begins with it.
func readPiece(ctx context.Context, open opener, size int64, e encoding, at int64, exact bool) (piece, error) {
	at = max(0, min(at, size))
	from := max(0, at-lead)
	switch {
	case exact:
		from = at
	case size <= pieceSize: // all of it
		from = 0
	}
	if e == unicode16Little || e == unicode16Big {
		from &^= 1
	}
	r, err := open(ctx)
	if err != nil {
		return piece{}, err
	}
	defer r.Close()
	if err := skip(r, from); err != nil {
		return piece{}, err
	}
	b, err := io.ReadAll(io.LimitReader(r, pieceSize))
	if err != nil {
		return piece{}, err
	}
	p := piece{start: from, size: size}
	if from > 0 && !exact {
		cut := startOf(b, e, int(at-from))
		p.start, b = from+int64(cut), b[cut:]
	}
	if p.end = p.start + int64(len(b)); p.end < size {
		b = b[:endOf(b, e, int(at-p.start))]
		p.end = p.start + int64(len(b))
	}
	p.letters = lettersOf(b, p.start, e)
	return p, nil
}

// skip goes to a place of a file that is opened at its beginning.
func skip(r io.Reader, to int64) error {
	if to == 0 {
		return nil
	}
	if s, ok := r.(io.Seeker); ok {
		_, err := s.Seek(to, io.SeekStart)
		return err
	}
	_, err := io.CopyN(io.Discard, r, to)
	return err
}

// startOf is where a part begins that is cut out of a file: behind the end of a
// line before the place, else at a letter.
func startOf(b []byte, e encoding, place int) int {
	if e == unicode16Little || e == unicode16Big {
		return 0
	}
	for i := 0; i < min(place, lineSlack, len(b)); i++ {
		if b[i] == '\n' || b[i] == '\r' && i+1 < len(b) && b[i+1] != '\n' {
			return i + 1
		}
	}
	for i := 0; i < min(4, len(b)); i++ {
		if e != unicode8 || b[i]&0xC0 != 0x80 {
			return i
		}
	}
	return 0
}

// endOf is where such a part ends, behind the place: at the end of a line, else at
// a letter.
func endOf(b []byte, e encoding, place int) int {
	if e == unicode16Little || e == unicode16Big {
		return len(b) &^ 1
	}
	for i := len(b); i > max(place+1, len(b)-lineSlack); i-- {
		if b[i-1] == '\n' {
			return i
		}
	}
	for i := len(b); e == unicode8 && i > max(0, len(b)-4); i-- {
		if b[i-1]&0xC0 != 0x80 { // a letter begins here, and may go on behind the cut
			if i-1 > place {
				return i - 1
			}
			break
		}
	}
	return len(b)
}

// mark is a part of a file that is shown as special.
type mark struct {
	record.Span
	found bool // else it is what an entry says
	now   bool
}

// lines are the rows of a piece with marks.
func (p piece) lines(rows []row, marks []mark) []widget.VerbatimLine {
	out := make([]widget.VerbatimLine, len(rows))
	for i, r := range rows {
		out[i] = widget.VerbatimLine{Text: p.text(r.from, r.to), On: r.on}
	}
	for _, m := range marks {
		from, to := p.letter(m.Offset), p.letter(m.Offset+m.Length)
		first := sort.Search(len(rows), func(i int) bool { return rows[i].to > from })
		for i := first; i < len(rows) && rows[i].from < to; i++ {
			r := rows[i]
			a, b := max(from, r.from), min(to, r.to)
			if a >= b {
				continue
			}
			start := len(p.text(r.from, a))
			out[i].Washes = append(out[i].Washes, widget.Wash{Stretch: widget.Stretch{Start: start, End: start + len(p.text(a, b))}, Found: m.found, Now: m.now})
			out[i].Marked = out[i].Marked || !m.found
		}
	}
	return out
}

// letter is the first letter at or behind a byte.
func (p piece) letter(at int64) int {
	return sort.Search(len(p.letters), func(i int) bool { return p.letters[i].at >= at })
}

// text is letters as they are shown; each is shown in the same way wherever it
// stands.
func (p piece) text(from, to int) string {
	b := make([]byte, 0, to-from)
	for _, l := range p.letters[from:to] {
		if l.r == '\t' {
			b = append(b, tab...)
			continue
		}
		b = append(b, record.Visible(string(l.r))...)
	}
	return string(b)
}

// rowAt is the row in which a byte stands.
func (p piece) rowAt(rows []row, at int64) int {
	n := p.letter(at)
	return min(max(0, len(rows)-1), sort.Search(len(rows), func(i int) bool { return rows[i].to > n }))
}

// hitsMost is how many places of words are gathered in one file.
const hitsMost = 5000

var errEnough = errors.New("there are more")

// findIn looks for words in a whole file; more says that there are further ones.
func findIn(ctx context.Context, open opener, e encoding, words string) (found []record.Span, more bool, err error) {
	f := widget.NewFinder(words)
	if f == nil {
		return nil, false, nil
	}
	r, err := open(ctx)
	if err != nil {
		return nil, false, err
	}
	defer r.Close()
	starts := make([]int64, f.Letters()) // of the last letters
	n := 0
	err = eachLetter(ctx, r, e, func(l letter, end int64) error {
		starts[n] = l.at
		if n++; n == len(starts) {
			n = 0
		}
		if f.Next(l.r) {
			if len(found) == hitsMost {
				return errEnough
			}
			found = append(found, record.Span{Offset: starts[n], Length: end - starts[n]})
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return found, true, nil
	}
	return found, false, err
}

// eachLetter reads a file from its beginning.
func eachLetter(ctx context.Context, r io.Reader, e encoding, do func(l letter, end int64) error) error {
	const longest = 4 // bytes of a letter
	in := bufio.NewReaderSize(r, 128<<10)
	for at := int64(0); ; {
		b, err := in.Peek(in.Size())
		if len(b) == 0 {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		last := err != nil // there is no more behind it
		i := 0
		for i < len(b) && (last || i+longest <= len(b)) {
			r, n := next(b[i:], e)
			if err := do(letter{r, at}, at+int64(n)); err != nil {
				return err
			}
			i, at = i+n, at+int64(n)
		}
		if _, err := in.Discard(i); err != nil {
			return err
		}
		if last && err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
}
