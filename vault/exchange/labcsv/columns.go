package labcsv

import (
	"errors"
	"fmt"
	"strings"
)

// column is one column with its heading.
type column struct {
	heading string // as written
	unit    string // in brackets behind the heading
	role    role   // "" for one that is not known
}

// columns are the columns of a table, in order.
type columns []column

// byHeading finds a role by a heading.
func byHeading(heading string) role {
	for r, words := range synonyms {
		for _, w := range words {
			if heading == w {
				return r
			}
		}
	}
	return ""
}

// findColumns finds out what each column holds by its heading. A role that two
// columns would have is the first one's; the other is kept as a note.
func findColumns(headings []string) columns {
	var c columns
	taken := map[role]bool{}
	for _, h := range headings {
		words, unit := bracketed(h)
		r := byHeading(plainHeading(words))
		if r == "" && unit != "" {
			r = byHeading(plainHeading(h))
		}
		if taken[r] {
			r = ""
		}
		taken[r] = r != ""
		c = append(c, column{heading: h, unit: unit, role: r})
	}
	return c.settle()
}

// settle decides what a "name" is, and does away with what is no diary.
func (c columns) settle() columns {
	for i := range c {
		if c[i].role != name {
			continue
		}
		switch {
		case c.at(test) < 0 && c.at(birth) < 0 && c.at(patient) < 0:
			c[i].role = test
		case c.at(test) >= 0 && c.at(birth) >= 0 && c.at(patient) < 0:
			c[i].role = patient
		default:
			c[i].role = ""
		}
	}
	return c
}

// bracketed takes a unit in brackets off a heading: "Weight (kg)".
func bracketed(h string) (words, unit string) {
	for _, pair := range []string{"()", "[]"} {
		if i := strings.IndexByte(h, pair[0]); i > 0 && strings.HasSuffix(h, pair[1:]) {
			return strings.TrimSpace(h[:i]), strings.TrimSpace(h[i+1 : len(h)-1])
		}
	}
	return h, ""
}

// plainHeading is a heading as synonyms has it.
func plainHeading(h string) string {
	h = strings.NewReplacer("_", " ", "-", " ", ".", " ", ":", " ", "’", "'").Replace(strings.ToLower(h))
	return strings.Join(strings.Fields(h), " ")
}

// at is the index of the column of a role, or -1.
func (c columns) at(r role) int {
	for i := range c {
		if c[i].role == r {
			return i
		}
	}
	return -1
}

// has says whether any of the roles is there.
func (c columns) has(roles ...role) bool {
	for _, r := range roles {
		if c.at(r) >= 0 {
			return true
		}
	}
	return false
}

// known is the number of columns that are understood.
func (c columns) known() int {
	n := 0
	for i := range c {
		if c[i].role != "" {
			n++
		}
	}
	return n
}

// results says whether the table holds results: tests with values, or readings
// by day.
func (c columns) results() bool {
	return c.has(value) && c.has(test, code, loincCode) || c.diary()
}

// diary says whether each row holds readings of a day.
func (c columns) diary() bool {
	if c.has(value) || !c.has(date) {
		return false
	}
	return c.has(systolic) && c.has(diastolic) || c.has(pulse, weight, glucose, heat, oxygen)
}

// nearly says whether this is a table of results of which one column is not
// found: that is asked, not guessed.
func (c columns) nearly() bool {
	if c.results() {
		return false
	}
	if c.has(value) {
		return c.has(unit, rangeText, flag)
	}
	return c.has(test, loincCode) && c.has(unit, rangeText, flag, low, high)
}

// answer takes what the user says about columns: "value=Result,unit=Einheit".
func (c columns) answer(words string) error {
	if words == "" {
		return nil
	}
	for _, pair := range strings.Split(words, ",") {
		what, heading, ok := strings.Cut(pair, "=")
		what, heading = strings.ToLower(strings.TrimSpace(what)), strings.TrimSpace(heading)
		if !ok {
			return errors.New("the columns are said as value=Result,unit=Unit: what a column holds, then its heading")
		}
		if _, known := synonyms[role(what)]; !known || role(what) == name {
			return fmt.Errorf("what a column holds is one of %s", roleNames())
		}
		found := false
		for i := range c {
			switch {
			case strings.EqualFold(c[i].heading, heading):
				found = true
				c[i].role = role(what)
			case c[i].role == role(what):
				c[i].role = ""
			}
		}
		if !found {
			return errors.New("a column that you named is not in the table; write its heading as the file has it")
		}
	}
	return nil
}

// roleNames are the words that an answer may use.
func roleNames() string {
	return strings.Join([]string{
		string(test), string(loincCode), string(code), string(value), string(unit), string(rangeText), string(low), string(high), string(flag), string(date), string(clock), string(issued), string(specimen), string(lab), string(comment), string(status),
		string(panel), string(method), string(patient), string(family), string(given), string(birth), string(sex), string(patientID), string(ignored),
	}, ", ")
}
