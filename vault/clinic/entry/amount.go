package entry

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// amountText is a number as people write it, with what follows. It has no
// exponent, no grouping and no needless zero in front (a decimal of FHIR R4).
var amountText = regexp.MustCompile(`^([<>]=?)? *((?:0|[1-9][0-9]*)(?:[.,][0-9]+)?) *(.*)$`)

// digitsLimit is how many characters a number can have.
const digitsLimit = 12

// amount reads a number with its unit, by its code or its words. The number
// stays as it was written, but for a decimal comma, which becomes a point: it is
// never rounded.
func (f Field) amount(s string) (q record.Quantity, wrong string) {
	m := amountText.FindStringSubmatch(s)
	if m == nil || len(m[2]) > digitsLimit || strings.HasPrefix(m[3], ".") || strings.HasPrefix(m[3], ",") {
		return q, "write a number like 72.5, without other marks" + f.withUnit()
	}
	comparator, written, unit := m[1], m[2], m[3]
	if comparator != "" && !f.Compared {
		return q, "write the number alone, without < or >"
	}
	u, ok := f.unit(unit)
	if !ok {
		return q, "write the unit behind the number: " + f.units()
	}
	number := strings.Replace(written, ",", ".", 1)
	if grouped(written, u) {
		return q, "this can be read as thousands or as a fraction: write a whole number without marks, like 1000, or a fraction with a point and one or two digits, like 1.0" + f.withUnit()
	}
	if outside(number, u) {
		return q, fmt.Sprintf("check the number: it must be from %s to %s %s", u.Least, u.Most, u.Words)
	}
	return record.Quantity{Comparator: record.Comparator(comparator), Value: number, Unit: u.Words, System: record.UCUM, Code: u.Code}, ""
}

// unit finds a unit by its code or its words; where there is one alone, it may be
// left out.
func (f Field) unit(s string) (Unit, bool) {
	for _, u := range f.Units {
		if s == u.Code || strings.EqualFold(s, u.Words) || s == "" && len(f.Units) == 1 {
			return u, true
		}
	}
	return Unit{}, false
}

// grouped says that three digits behind a mark may be a group of thousands:
// "1,000" is one in some countries and a thousand in others. A point is one where
// the number would be possible as thousands too.
func grouped(written string, u Unit) bool {
	at := strings.IndexAny(written, ".,")
	if at < 0 || len(written)-at-1 != 3 || strings.HasPrefix(written, "0") {
		return false
	}
	return written[at] == ',' || !outside(written[:at]+written[at+1:], u)
}

// outside says that a number must be mistyped.
func outside(number string, u Unit) bool {
	n, _ := new(big.Rat).SetString(number)
	least, _ := new(big.Rat).SetString(u.Least)
	most, _ := new(big.Rat).SetString(u.Most)
	return n == nil || n.Cmp(least) < 0 || n.Cmp(most) > 0
}

func (f Field) withUnit() string {
	if len(f.Units) == 1 {
		return ""
	}
	return ", and its unit: " + f.units()
}

func (f Field) units() string {
	var words []string
	for _, u := range f.Units {
		words = append(words, u.Words)
	}
	return strings.Join(words, " or ")
}
