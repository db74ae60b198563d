package documents

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/carnet-phr/carnet/vault/record"
)

func spelled16(s string, order binary.AppendByteOrder) []byte {
	b := order.AppendUint16(nil, 0xFEFF)
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

func TestEncodings(t *testing.T) {
	long := strings.Repeat("ä", 100)
	for name, c := range map[string]struct {
		head string
		want encoding
	}{
		"ASCII": {"MSH|^~\\&|", unicode8}, "UTF-8": {"Größe", unicode8}, "UTF-8 cut inside a letter": {long[:9], unicode8}, "Windows": {"Gr\xf6\xdfe und mehr", latin},
		"little": {string(spelled16("a", binary.LittleEndian)), unicode16Little}, "big": {string(spelled16("a", binary.BigEndian)), unicode16Big},
		"XML without a mark": {"<\x00?\x00x\x00", unicode16Little}, "bytes": {"\x7fELF\x00\x01", notText}, "nothing": {"", unicode8},
	} {
		if got := encodingOf([]byte(c.head)); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}

// TestLettersKeepTheirPlaces: whatever the encoding, each letter knows its byte,
// and no byte is lost.
func TestLettersKeepTheirPlaces(t *testing.T) {
	for name, c := range map[string]struct {
		b    string
		e    encoding
		want string
		at   []int64
	}{
		"UTF-8":     {"aß€", unicode8, "aß€", []int64{7, 8, 10}},
		"damaged":   {"a\xe4b", unicode8, "aäb", []int64{7, 8, 9}},
		"Windows":   {"\x80\xe4", latin, "€ä", []int64{7, 8}},
		"little":    {string(spelled16("a😀", binary.LittleEndian)), unicode16Little, "\ufeffa😀", []int64{7, 9, 11}},
		"half":      {"a\x00b", unicode16Little, "a\ufffd", []int64{7, 9}},
		"lone half": {"\x3d\xd8a\x00", unicode16Little, string(rune(0xfffd)) + "a", []int64{7, 9}},
	} {
		var s []rune
		var at []int64
		for _, l := range lettersOf([]byte(c.b), 7, c.e) {
			s, at = append(s, l.r), append(at, l.at)
		}
		if string(s) != c.want || !slices.Equal(at, c.at) {
			t.Errorf("%s: got %q at %v", name, string(s), at)
		}
	}
}

func FuzzLetters(f *testing.F) {
	f.Add([]byte("a\xe4\r\nb\rc"), 1, 4)
	f.Add(spelled16("😀x", binary.BigEndian), 4, 1)
	f.Fuzz(func(t *testing.T, b []byte, e, columns int) {
		all := lettersOf(b, 0, encoding(1+max(0, e)%4))
		at := int64(-1)
		for _, l := range all {
			if l.at <= at || l.at >= int64(len(b)) {
				t.Fatalf("a letter at %d behind %d of %d", l.at, at, len(b))
			}
			at = l.at
		}
		n := 0
		for _, r := range rowsOf(all, 1+max(0, columns)%200) {
			if r.from < n || r.to < r.from || r.to > len(all) {
				t.Fatalf("row %+v after %d of %d", r, n, len(all))
			}
			n = r.to
		}
	})
}

func rowTexts(s string, columns int) []string {
	p := piece{letters: lettersOf([]byte(s), 0, unicode8)}
	var out []string
	for _, r := range rowsOf(p.letters, columns) {
		on := ""
		if r.on {
			on = "↪"
		}
		out = append(out, on+p.text(r.from, r.to))
	}
	return out
}

func TestRowsOfAFile(t *testing.T) {
	for s, want := range map[string][]string{
		"{\"a\":1}\n\tabcdef": {"{\"a\"", "↪:1}", "    ", "↪abcd", "↪ef"},
		"MSH|1\rPID|2\r":      {"MSH|", "↪1", "PID|", "↪2"},
		"a\r\nb\r\n\r\nc":     {"a", "b", "", "c"},
		"a\u202eb":            {"a⟦U+202E⟧b"},
		"":                    nil,
	} {
		if got := rowTexts(s, 4); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

// file is a file of text that is read in parts, or only from its beginning.
type file struct {
	text  string
	parts bool
}

func (f file) open(context.Context) (io.ReadCloser, error) {
	if f.parts {
		return struct {
			*strings.Reader
			io.Closer
		}{strings.NewReader(f.text), io.NopCloser(nil)}, nil
	}
	return io.NopCloser(struct{ io.Reader }{strings.NewReader(f.text)}), nil
}

// TestPiecesOfALargeFile: the part around a place holds the place, parts that
// follow each other leave nothing out, and lines and letters stay whole.
func TestPiecesOfALargeFile(t *testing.T) {
	var lines, one strings.Builder
	for n := range 40_000 {
		lines.WriteString(strings.Repeat("ä", 1+n%30) + "\n")
		one.WriteString(`{"größe":"€"},`)
	}
	for name, text := range map[string]string{"lines": lines.String(), "one line": one.String()} {
		for _, parts := range []bool{true, false} {
			f := file{text, parts}
			for _, at := range []int64{0, 1, 300_001, int64(len(text)) - 1} {
				p, err := readPiece(t.Context(), f.open, int64(len(text)), unicode8, at, false)
				if err != nil || p.start > at || p.end <= at || p.end-p.start > pieceSize {
					t.Fatalf("%s at %d: %d to %d, %v", name, at, p.start, p.end, err)
				}
				if p.start > 0 && name == "lines" && text[p.start-1] != '\n' {
					t.Errorf("%s at %d begins inside a line", name, at)
				}
			}
			var b strings.Builder
			for at := int64(0); at < int64(len(text)); {
				p, err := readPiece(t.Context(), f.open, int64(len(text)), unicode8, at, true)
				if err != nil || p.start != at || p.end <= at {
					t.Fatalf("%s from %d: %d to %d, %v", name, at, p.start, p.end, err)
				}
				for _, l := range p.letters {
					b.WriteRune(l.r)
				}
				at = p.end
			}
			if b.String() != text {
				t.Errorf("%s: parts that follow each other are not the file", name)
			}
		}
	}
}

func TestMarksInLines(t *testing.T) {
	text := "one two\nthree four\nfive"
	p := piece{size: int64(len(text)), end: int64(len(text)), letters: lettersOf([]byte(text), 0, unicode8)}
	rows := rowsOf(p.letters, 80)
	lines := p.lines(rows, []mark{{Span: record.Span{Offset: 4, Length: 9}}, {Span: record.Span{Offset: 14, Length: 4}, found: true, now: true}})
	if !lines[0].Marked || !lines[1].Marked || lines[2].Marked {
		t.Errorf("got %+v", lines)
	}
	w := lines[1].Washes
	if got := lines[0].Text[lines[0].Washes[0].Start:lines[0].Washes[0].End]; got != "two" || len(w) != 2 || lines[1].Text[w[0].Start:w[0].End] != "three" || lines[1].Text[w[1].Start:w[1].End] != "four" || !w[1].Now {
		t.Errorf("got %+v, %q", lines, got)
	}
	if n := p.rowAt(rows, 15); n != 1 {
		t.Errorf("byte 15 stands in row %d", n)
	}
}

// TestWordsInAFile: any case, any encoding, over the edges of what is read at once.
func TestWordsInAFile(t *testing.T) {
	text := strings.Repeat("x", 128<<10-4) + "PotaSSium " + strings.Repeat("ä", 100_000) + "POTASSIUM aab aaab"
	for name, c := range map[string]struct {
		b     []byte
		e     encoding
		words string
		want  int
	}{
		"UTF-8":   {[]byte(text), unicode8, "potassium", 2},
		"UTF-16":  {spelled16(text, binary.LittleEndian), unicode16Little, "potassium", 2},
		"umlaut":  {[]byte("Größe GRÖSSE größe"), unicode8, "gRÖße", 2},
		"overlap": {[]byte("aaaab aab"), unicode8, "aab", 2},
		"none":    {[]byte(text), unicode8, "sodium", 0},
		"nothing": {[]byte(text), unicode8, "", 0},
		"sigma":   {[]byte("ΟΔΟΣ οδος"), unicode8, "οδός", 0},
		"sigmas":  {[]byte("ΟΔΟΣ οδος"), unicode8, "οδοσ", 2},
	} {
		open := func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(c.b)), nil }
		found, more, err := findIn(t.Context(), open, c.e, c.words)
		if err != nil || more || len(found) != c.want {
			t.Errorf("%s: %v, %v, %v", name, found, more, err)
		}
		for _, at := range found {
			var s []rune
			for _, l := range lettersOf(c.b[at.Offset:at.Offset+at.Length], 0, c.e) {
				s = append(s, l.r)
			}
			if !strings.EqualFold(string(s), c.words) {
				t.Errorf("%s: %q is not %q", name, string(s), c.words)
			}
		}
	}
	many := strings.Repeat("ab ", hitsMost+1)
	if found, more, err := findIn(t.Context(), file{text: many}.open, unicode8, "ab"); err != nil || !more || len(found) != hitsMost {
		t.Errorf("%d, %v, %v", len(found), more, err)
	}
}

// BenchmarkOpenPlace shows the middle of a file of 100 MB.
func BenchmarkOpenPlace(b *testing.B) {
	text := strings.Repeat(`{"resourceType":"Observation","status":"final"},`, 100<<20/48)
	f := file{text, true}
	for b.Loop() {
		p, err := readPiece(b.Context(), f.open, int64(len(text)), unicode8, int64(len(text)/2), false)
		if err != nil {
			b.Fatal(err)
		}
		p.lines(rowsOf(p.letters, 90), []mark{{Span: record.Span{Offset: int64(len(text) / 2), Length: 48}}})
	}
}

// BenchmarkFindIn looks through 100 MB for words that are not there.
func BenchmarkFindIn(b *testing.B) {
	text := strings.Repeat(`{"resourceType":"Observation","status":"final"},`, 100<<20/48)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, _, err := findIn(b.Context(), file{text, true}.open, unicode8, "potassium"); err != nil {
			b.Fatal(err)
		}
	}
}
