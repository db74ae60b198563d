package ccda

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// compareNumber holds the number of a result against the row of the narrative
// that it refers to as its own text: a row that has numbers, and not this one,
// contradicts it (CLINICAL-SAFETY hazard 40).
func (r *reader) compareNumber(o *record.Observation, st *node) {
	value := o.Value.Quantity.Value
	if value == "" {
		value = o.Value.Integer
	}
	row := r.row(st)
	if value == "" || row == nil {
		return
	}
	numbers := r.numbersIn(row)
	own, ok := readNumber(strings.TrimLeft(value, "+-"))
	if !ok || slices.ContainsFunc(numbers, own.shownAs) {
		return
	}
	if len(numbers) > 0 {
		r.remark(record.Warning, st, "the row of the text that belongs to this result does not have its number; compare the two")
	}
}

// numbersLimit is how many numbers a row may have to be compared; one with more
// is a table of its own, and any number stands somewhere in it.
const numbersLimit = 200

func (r *reader) numbersIn(row *node) []number {
	found, seen := r.numbers[row]
	if !seen {
		if found = numbersOf(r.quote(row)); len(found) > numbersLimit {
			found = nil
		}
		r.numbers[row] = found
	}
	return found
}

// row is the row of a table that a statement's text or value points into.
func (r *reader) row(st *node) *node {
	for _, n := range []*node{child(st, "text", "reference"), child(st, "value", "originalText", "reference"), child(st, "value", "reference")} {
		t := r.target(n)
		for ; t != nil && t.Local != "tr" && t.Local != "text"; t = t.Parent {
		}
		if t != nil && t.Local == "tr" {
			return t
		}
	}
	return nil
}

// number is a decimal of a text, for comparing alone.
type number struct {
	value  float64
	places int // decimals that are written
}

// shownAs says whether m is n, or n with fewer decimals.
func (n number) shownAs(m number) bool {
	if m.places < n.places {
		return math.Abs(m.value-n.value) < math.Pow10(-m.places)
	}
	return m.value == n.value
}

func readNumber(s string) (number, bool) {
	v, err := strconv.ParseFloat(s, 64)
	_, fraction, _ := strings.Cut(s, ".")
	return number{v, len(fraction)}, err == nil
}

// numbersOf gives the decimal numbers of a text. "4,10" is given with the comma as
// decimal point and as mark of thousands.
func numbersOf(s string) []number {
	var found []number
	add := func(w string) {
		if n, ok := readNumber(w); ok {
			found = append(found, n)
		}
	}
	for _, w := range strings.FieldsFunc(s, func(c rune) bool { return (c < '0' || c > '9') && c != '.' && c != ',' }) {
		w = strings.TrimRight(w, ".,")
		if strings.Contains(w, ",") {
			add(strings.ReplaceAll(w, ",", ""))
		}
		add(strings.ReplaceAll(w, ",", "."))
	}
	return found
}
