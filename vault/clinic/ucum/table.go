package ucum

import (
	_ "embed"
	"math/big"
	"strings"
	"sync"
)

//go:embed units.txt
var unitsText string

// prefixes are the decimal prefixes by their power of ten, and the binary ones by
// their power of two (UCUM sections 27 and 28).
var prefixes = []struct {
	code string
	base int64
	exp  int
}{
	{"Y", 10, 24},
	{"Z", 10, 21},
	{"E", 10, 18},
	{"P", 10, 15},
	{"T", 10, 12},
	{"G", 10, 9},
	{"M", 10, 6},
	{"k", 10, 3},
	{"h", 10, 2},
	{"da", 10, 1},
	{"d", 10, -1},
	{"c", 10, -2},
	{"m", 10, -3},
	{"u", 10, -6},
	{"n", 10, -9},
	{"p", 10, -12},
	{"f", 10, -15},
	{"a", 10, -18},
	{"z", 10, -21},
	{"y", 10, -24},
	{"Ki", 2, 10},
	{"Mi", 2, 20},
	{"Gi", 2, 30},
	{"Ti", 2, 40},
}

// atom is a unit of the table.
type atom struct {
	metric  bool
	special bool // stands alone
	factor  *big.Rat
	offset  *big.Rat // what is added to a value before the factor; nil for none
	dims    dims
}

// atoms is the table, worked out once.
var atoms = sync.OnceValue(func() map[string]atom {
	b := builder{rows: map[string][]string{}, done: map[string]atom{}}
	for line := range strings.Lines(unitsText) {
		line = strings.TrimRight(line, "\r\n")
		if cells := strings.Split(line, "\t"); len(cells) == 5 && !strings.HasPrefix(line, "#") {
			b.rows[cells[0]] = cells[1:]
		}
	}
	for code := range b.rows {
		b.atom(code)
	}
	return b.done
})

// builder works out the table: a unit after those it is defined by.
type builder struct {
	rows map[string][]string
	done map[string]atom
}

func (b *builder) atom(code string) (atom, bool) {
	if a, ok := b.done[code]; ok {
		return a, true
	}
	row, ok := b.rows[code]
	if !ok {
		return atom{}, false
	}
	metric, kind, value, in := row[0] == "metric", row[1], row[2], row[3]
	a := atom{metric: metric, factor: big.NewRat(1, 1)}
	switch kind {
	case "base", "arbitrary", "own", "special":
		a.dims = dims{{code, 1}}
		a.special = kind == "special"
	default:
		u, err := parse(in, b.atom)
		v, read := new(big.Rat).SetString(value)
		if err != nil || !read {
			panic("ucum: internal error: the table does not define " + code)
		}
		a.factor, a.dims = u.factor, u.dims
		if kind == "scale" {
			a.offset, a.special = v, true
		} else {
			a.factor = v.Mul(v, u.factor)
		}
	}
	b.done[code] = a
	return a, true
}

// prefixed gives the atom that a symbol names and the factor of its prefix. An
// atom of that name comes before a prefix: "cd" is the candela, "Pa" the pascal.
func prefixed(symbol string, table func(string) (atom, bool)) (atom, *big.Rat, bool) {
	if a, ok := table(symbol); ok {
		return a, nil, true
	}
	for _, p := range prefixes {
		rest, ok := strings.CutPrefix(symbol, p.code)
		if !ok || rest == "" {
			continue
		}
		if a, ok := table(rest); ok && a.metric {
			return a, power(big.NewRat(p.base, 1), p.exp), true
		}
	}
	return atom{}, nil, false
}

// power is r to an exponent; r is not 0.
func power(r *big.Rat, exp int) *big.Rat {
	if exp < 0 {
		r, exp = new(big.Rat).Inv(r), -exp
	}
	e := big.NewInt(int64(exp))
	return new(big.Rat).SetFrac(new(big.Int).Exp(r.Num(), e, nil), new(big.Int).Exp(r.Denom(), e, nil))
}
