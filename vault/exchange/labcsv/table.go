package labcsv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/carnet-phr/carnet/vault/exchange/plaintext"
	"github.com/carnet-phr/carnet/vault/record"
)

// Limits on a table.
const (
	sizeLimit   = 100 << 20 // bytes
	rowLimit    = 1_000_000 // rows
	columnLimit = 1_000     // cells of one row
	cellLimit   = 64 << 10  // bytes of one cell
	headSize    = 64 << 10  // bytes in which the headings stand
)

// row is one row of a table. Rows are counted from 1, as a spreadsheet does.
type row struct {
	number     int
	cells      []string
	start, end int64 // bytes in the file, without the line's end
	spaced     bool  // a cell begins with a blank, as prose has it behind a comma
}

// blank says that no cell holds anything.
func (r row) blank() bool {
	for _, c := range r.cells {
		if c != "" {
			return false
		}
	}
	return true
}

func (r row) place() string { return "row " + strconv.Itoa(r.number) }

// table splits a file into rows and cells (RFC 4180). A quote in the middle of
// a cell that does not begin with one is a quote.
type table struct {
	r         *plaintext.Reader
	separator rune
	rows      int
	cell      []byte
	cells     []string // of the row read last
	words     words
	closed    bool // a quote of the cell was closed
}

func newTable(r *plaintext.Reader, separator rune, w words) *table {
	return &table{r: r, separator: separator, words: w}
}

// next gives the next row, whose cells are good until the next call; io.EOF
// after the last.
func (t *table) next() (row, error) {
	out := row{number: t.rows + 1, start: t.r.Offset(), cells: t.cells[:0]}
	defer func() { t.cells = out.cells }()
	t.rows++
	if t.rows > rowLimit {
		return row{}, fmt.Errorf("row %d: the table has more than a million rows; split it", t.rows)
	}
	for {
		end, err := t.next1(&out)
		if err != nil {
			if errors.Is(err, io.EOF) && (len(out.cells) > 1 || len(out.cells) == 1 && out.cells[0] != "") {
				return out, nil
			}
			return row{}, err
		}
		if end {
			return out, nil
		}
		if len(out.cells) > columnLimit {
			return row{}, fmt.Errorf("row %d: more than %d cells; this is no table of results", t.rows, columnLimit)
		}
	}
}

// next1 reads one cell; end says that it was the row's last. io.EOF comes with
// the last cell of the file.
func (t *table) next1(out *row) (end bool, err error) {
	t.cell = t.cell[:0]
	t.closed = false
	for {
		before := t.r.Offset()
		c, err := t.r.Rune()
		switch {
		case errors.Is(err, io.EOF):
			out.end = before
			t.put(out)
			return true, io.EOF
		case err != nil:
			return false, fmt.Errorf("row %d: %w", t.rows, err)
		case c == '"' && !t.closed && len(bytes.TrimSpace(t.cell)) == 0:
			t.cell = t.cell[:0]
			err = t.quoted(out)
			t.closed = true
		case c == t.separator:
			t.put(out)
			return false, nil
		case t.joined(c):
		case c == '\n', c == '\r':
			out.end = before
			t.put(out)
			return true, nil
		default:
			out.spaced = out.spaced || c == ' ' && len(out.cells) > 0 && len(t.cell) == 0
			t.cell = utf8.AppendRune(t.cell, c)
			err = t.fits(out)
		}
		if err != nil {
			return false, err
		}
	}
}

// joined says whether c is a return that belongs to the line end behind it.
func (t *table) joined(c rune) bool {
	return c == '\r' && (t.r.Peek() == '\n' || t.r.Peek() == '\r')
}

// quoted reads up to the closing quote; two quotes are one.
func (t *table) quoted(out *row) error {
	for {
		c, err := t.r.Rune()
		switch {
		case errors.Is(err, io.EOF):
			return fmt.Errorf("row %d: a quote that is opened there is never closed", t.rows)
		case err != nil:
			return fmt.Errorf("row %d: %w", t.rows, err)
		case c == '"' && t.r.Peek() != '"':
			return nil
		case c == '"':
			_, err = t.r.Rune()
		}
		if err != nil {
			return fmt.Errorf("row %d: %w", t.rows, err)
		}
		t.cell = utf8.AppendRune(t.cell, c)
		if err := t.fits(out); err != nil {
			return err
		}
	}
}

// fits holds a cell against its limit.
func (t *table) fits(out *row) error {
	if len(t.cell) > cellLimit {
		return fmt.Errorf("row %d, column %d: a cell of more than %s; this is no table of results", t.rows, len(out.cells)+1, record.Bytes(cellLimit))
	}
	return nil
}

// nbsp is a space at which no line is broken.
var nbsp = []byte("\u00a0")

func (t *table) put(out *row) {
	cell := t.cell
	if bytes.Contains(cell, nbsp) {
		cell = bytes.ReplaceAll(cell, nbsp, []byte(" "))
	}
	out.cells = append(out.cells, t.words.of(bytes.TrimSpace(cell)))
}
