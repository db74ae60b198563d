package ccda

import (
	"math"
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
	for _, n := range numbers {
		if sameNumber(n, value) {
			return
		}
	}
	if len(numbers) > 0 {
		r.remark(record.Warning, st, "the row of the text that belongs to this result does not have its number; compare the two")
	}
}

// numbersLimit is how many numbers a row may have to be compared; one with more
// is a table of its own, and any number stands somewhere in it.
const numbersLimit = 200

func (r *reader) numbersIn(row *node) []string {
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

// numbersOf gives the decimal numbers of a text. "4,10" is given with the comma as
// decimal point and as mark of thousands.
func numbersOf(s string) []string {
	var found []string
	for _, w := range strings.FieldsFunc(s, func(c rune) bool { return (c < '0' || c > '9') && c != '.' && c != ',' }) {
		w = strings.TrimRight(w, ".,")
		if strings.Contains(w, ",") {
			found = append(found, strings.ReplaceAll(w, ",", ""))
		}
		if w != "" {
			found = append(found, strings.ReplaceAll(w, ",", "."))
		}
	}
	return found
}

// sameNumber says whether a number of the text is the value, or the value with
// fewer decimals.
func sameNumber(n, value string) bool {
	a, errA := strconv.ParseFloat(n, 64)
	b, errB := strconv.ParseFloat(strings.TrimLeft(value, "+-"), 64)
	if errA != nil || errB != nil {
		return errB != nil
	}
	if places := decimals(n); places < decimals(value) {
		return math.Abs(a-b) < math.Pow10(-places)
	}
	return a == b
}

func decimals(s string) int {
	_, fraction, _ := strings.Cut(s, ".")
	return len(fraction)
}
