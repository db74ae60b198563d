package labcsv

import (
	"errors"
	"fmt"
	"io"
	"strings"

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

func (r row) place() string { return fmt.Sprintf("row %d", r.number) }

// table splits a file into rows and cells (RFC 4180). A quote in the middle of
// a cell that does not begin with one is a quote.
type table struct {
	r         *plaintext.Reader
	separator rune
	rows      int
	cell      strings.Builder
}

func newTable(r *plaintext.Reader, separator rune) *table {
	return &table{r: r, separator: separator}
}

// next gives the next row; io.EOF after the last.
func (t *table) next() (row, error) {
	out := row{number: t.rows + 1, start: t.r.Offset()}
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
	t.cell.Reset()
	quoted, closed, opened := false, false, t.rows
	for {
		before := t.r.Offset()
		c, err := t.r.Rune()
		if errors.Is(err, io.EOF) {
			if quoted {
				return false, fmt.Errorf("row %d: a quote that is opened there is never closed", opened)
			}
			out.end = before
			t.put(out)
			return true, io.EOF
		}
		if err != nil {
			return false, fmt.Errorf("row %d: %w", t.rows, err)
		}
		switch {
		case quoted && c == '"' && t.r.Peek() == '"':
			_, _ = t.r.Rune()
			t.cell.WriteRune('"')
		case quoted && c == '"':
			quoted, closed = false, true
		case quoted:
			t.cell.WriteRune(c)
		case c == '"' && strings.TrimSpace(t.cell.String()) == "" && !closed:
			t.cell.Reset()
			quoted = true
		case c == t.separator:
			t.put(out)
			return false, nil
		case c == '\n', c == '\r':
			if c == '\r' && (t.r.Peek() == '\n' || t.r.Peek() == '\r') {
				continue
			}
			out.end = before
			t.put(out)
			return true, nil
		default:
			out.spaced = out.spaced || c == ' ' && len(out.cells) > 0 && t.cell.Len() == 0
			t.cell.WriteRune(c)
		}
		if t.cell.Len() > cellLimit {
			return false, fmt.Errorf("row %d, column %d: a cell of more than %s; this is no table of results", t.rows, len(out.cells)+1, record.Bytes(cellLimit))
		}
	}
}

func (t *table) put(out *row) {
	out.cells = append(out.cells, strings.TrimSpace(strings.ReplaceAll(t.cell.String(), "\u00a0", " ")))
}
