package labcsv

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/carnet-phr/carnet/vault/exchange/plaintext"
)

// Where headings are looked for, and what may be one.
const (
	headRows      = 30 // rows
	headingLength = 80 // characters
)

// dialect is how a table is written.
type dialect struct {
	separator rune
	header    int // the row of headings
	columns   columns
}

// separators that are tried, in order of preference where nothing else decides.
var separators = []rune{';', '\t', ',', '|'}

// findDialect finds the separator with which the head reads best: the one under
// which most headings are known, else the one that splits it into a table. ok is
// false when the head is no table.
func findDialect(head []byte, enc plaintext.Encoding) (best dialect, ok bool) {
	most := -1
	for _, sep := range separators {
		rows := headOf(head, enc, sep)
		d, score := readHead(rows, sep)
		if score > most {
			best, most = d, score
		}
	}
	return best, most >= 0
}

// headOf gives the first rows of a file, as far as they can be read.
func headOf(head []byte, enc plaintext.Encoding, sep rune) []row {
	t := newTable(plaintext.NewReader(bytes.NewReader(head), enc), sep, words{})
	var rows []row
	for len(rows) < headRows {
		one, err := t.next()
		if err != nil {
			if !errors.Is(err, io.EOF) && len(rows) > 0 {
				rows = append(rows, row{number: t.rows, cells: nil}) // begun, and not readable
			}
			return rows
		}
		one.cells = slices.Clone(one.cells)
		rows = append(rows, one)
	}
	return rows
}

// readHead looks for the headings. The score is the number of columns that are
// known, 0 for a table of something else, -1 for no table.
func readHead(rows []row, sep rune) (d dialect, score int) {
	score = -1
	for i, one := range rows {
		if !heading(one.cells) {
			continue
		}
		c := findColumns(one.cells)
		n := c.known()
		if !c.results() && !c.nearly() {
			n = 0
			if i > 0 || !regular(rows) {
				continue
			}
		}
		if n > score {
			d, score = dialect{separator: sep, header: one.number, columns: c}, n
		}
	}
	return d, score
}

// heading says whether a row can be one of headings: two or more short cells
// that differ, none of them a number or a sentence, and not the beginning of
// another format.
func heading(cells []string) bool {
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) < 2 || otherFormat(cells[0]) {
		return false
	}
	seen := map[string]bool{}
	for _, c := range cells {
		switch {
		case utf8.RuneCountInString(c) > headingLength, strings.HasSuffix(c, ".") && strings.Contains(c, " "), strings.ContainsAny(c, "\n"):
			return false
		case c != "" && strings.Trim(c, "0123456789.,:/-+ ") == "":
			return false
		case c != "" && seen[c]:
			return false
		}
		seen[c] = true
	}
	return cells[0] != "" || len(seen) > 2
}

// otherFormat says whether a file begins as JSON, XML, PDF, a remark or a message
// of HL7 v2 does.
func otherFormat(cell string) bool {
	switch {
	case cell == "":
		return false
	case strings.ContainsAny(cell[:1], "{[<%#"):
		return true
	}
	return strings.HasPrefix(cell, "MSH") || strings.HasPrefix(cell, "FHS") || strings.HasPrefix(cell, "BHS")
}

// regular says whether rows are a table: at least two, all as wide as the first,
// which has a heading in each cell and none after a blank, as prose has it.
func regular(rows []row) bool {
	if len(rows) < 2 || rows[0].spaced {
		return false
	}
	width := len(rows[0].cells)
	for _, c := range rows[0].cells {
		if c == "" {
			return false
		}
	}
	for _, one := range rows[1:] {
		if one.cells != nil && !one.blank() && len(one.cells) != width {
			return false
		}
	}
	return true
}
