package labcsv

import (
	"regexp"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var (
	pointNumber = regexp.MustCompile(`^(<=|>=|<|>|≤|≥|=)?\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?:\s*(.*))?$`)
	commaNumber = regexp.MustCompile(`^(<=|>=|<|>|≤|≥|=)?\s*(-?\d+(?:,\d+)?)(?:\s*(.*))?$`)
	fraction    = regexp.MustCompile(`(\d+)([.,])(\d+)([.,]\d+)?`)
	cleanNumber = regexp.MustCompile(`^(?:<=|>=|<|>|≤|≥|=)?\s*-?\d+(?:[.,]\d+)*\s*(?:[^\d\s].*)?$`)
)

// signs is what the cells show about the decimal sign.
type signs struct {
	comma, point         int // numbers with such a sign
	commaSure, pointSure int // of those, numbers where it cannot part thousands
	both                 int // numbers with both signs
}

// see takes the numbers of a cell into account.
func (g *signs) see(s string) {
	for _, m := range fraction.FindAllStringSubmatch(s, -1) {
		sure := len(m[3]) != 3 || len(m[1]) > 3 || strings.HasPrefix(m[1], "0")
		switch {
		case m[4] != "":
			if m[4][:1] != m[2] {
				g.both++
			}
		case m[2] == ",":
			g.comma++
			if sure {
				g.commaSure++
			}
		default:
			g.point++
			if sure {
				g.pointSure++
			}
		}
	}
}

// decided tells the decimal sign where the numbers leave no doubt. A comma is
// sure only where the columns are not parted by commas, no number has a point,
// and one of them at least cannot be thousands.
func (g *signs) decided(separator rune) (comma, ok bool) {
	switch {
	case g.comma == 0 && g.point == 0 && g.both == 0:
		return false, true // whole numbers only
	case g.both > 0:
		return false, false
	case g.comma == 0:
		return false, separator == ',' || g.pointSure > 0
	case g.commaSure == 0 && g.pointSure > 0:
		return false, true // commas part thousands
	case g.point == 0:
		return true, (separator == ';' || separator == '\t') && g.commaSure > 0
	}
	return false, false
}

// number reads a number at the beginning of a cell as this file writes it; rest
// is what follows. ok is false for words and for numbers written another way.
func (r *reader) number(s string) (q record.Quantity, rest string, ok bool) {
	pattern := pointNumber
	if r.comma {
		pattern = commaNumber
	}
	m := pattern.FindStringSubmatch(s)
	if m == nil || m[3] != "" && strings.ContainsAny(m[3][:1], ".,:/-–0123456789^") {
		return record.Quantity{}, "", false
	}
	v, ok := record.DecimalText(strings.Replace(m[2], ",", ".", 1))
	if !ok {
		return record.Quantity{}, "", false
	}
	return record.Quantity{Comparator: comparator(m[1]), Value: v}, m[3], true
}

func comparator(s string) record.Comparator {
	switch s {
	case "≤":
		return record.LessOrEqual
	case "≥":
		return record.GreaterOrEqual
	case "=":
		return ""
	}
	return record.Comparator(s)
}

var between = regexp.MustCompile(`^(-?\d+(?:[.,]\d+)?)\s*(?:-|–|—|to|bis|à|a|\.\.\.?)\s*(-?\d+(?:[.,]\d+)?)(?:\s+([^\s\d]+))?$`)

// limits are the low and high of a range in words, where they are plain.
func (r *reader) limits(s, unit string) record.Range {
	s = strings.TrimSpace(strings.Trim(s, "()[]"))
	if m := between.FindStringSubmatch(s); m != nil {
		lo, _, ok1 := r.number(m[1])
		hi, _, ok2 := r.number(m[2])
		if ok1 && ok2 {
			lo.Unit, hi.Unit = unit, unit
			return record.Range{Low: lo, High: hi}
		}
		return record.Range{}
	}
	q, rest, ok := r.number(s)
	if !ok || rest != "" && rest != unit && !unitLike(rest) {
		return record.Range{}
	}
	q.Unit = unit
	switch q.Comparator {
	case record.Less, record.LessOrEqual:
		return record.Range{High: q}
	case record.Greater, record.GreaterOrEqual:
		return record.Range{Low: q}
	}
	return record.Range{}
}
