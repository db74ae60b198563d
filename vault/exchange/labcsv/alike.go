package labcsv

import "github.com/carnet-phr/carnet/vault/record"

// once keeps one copy of what many rows say alike: a table of 100,000 results
// names a hundred tests. Whoever holds a copy leaves it as it is.
type once[K comparable, V any] map[K]V

// onceLimit is how many texts or values are known at a time; a column that never
// says the same twice is forgotten again.
const onceLimit = 4096

// of gives the copy of k, made when it is first wanted.
func (o once[K, V]) of(k K, made func() V) V {
	v, known := o[k]
	if !known {
		v = made()
		o.put(k, v)
	}
	return v
}

func (o once[K, V]) put(k K, v V) {
	if len(o) >= onceLimit {
		clear(o)
	}
	o[k] = v
}

// wordLimit is how long a cell may be that is kept once, in bytes.
const wordLimit = 64

// words keeps one copy of each short text.
type words once[string, string]

func (w words) of(b []byte) string {
	if len(b) > wordLimit {
		return string(b)
	}
	if s, known := w[string(b)]; known { // no copy is made to look
		return s
	}
	s := string(b)
	once[string, string](w).put(s, s)
	return s
}

// alike are the parts of records that rows have in common.
type alike struct {
	words      words
	codes      once[[2]string, []record.Coding]
	categories once[string, []record.Concept]
	marks      once[string, []record.Concept]
	labs       once[string, []string]
	ranges     once[rangeKey, []record.ReferenceRange]
	local      []string
}

// rangeKey is what a row says of its range.
type rangeKey struct{ text, low, high, unit string }

func newAlike() alike {
	return alike{
		words: words{}, codes: once[[2]string, []record.Coding]{}, categories: once[string, []record.Concept]{}, marks: once[string, []record.Concept]{},
		labs: once[string, []string]{}, ranges: once[rangeKey, []record.ReferenceRange]{}, local: []string{"csv"},
	}
}
