package exchange

import (
	"sync"

	"github.com/carnet-phr/carnet/vault/record"
)

// derived keeps what is made of one selection for as long as its documents are
// written: page and print are drawn from the same sheet.
type derived struct {
	of   []record.Record
	mu   sync.Mutex
	made map[any]func() any
}

// Sharing gives the selection with a place for what several documents derive from
// it, so that it is made once. Its records are not to be changed any more.
func (s Selection) Sharing() Selection {
	s.derived = &derived{of: s.Records, made: map[any]func() any{}}
	return s
}

// Derive gives what make makes of a selection, one for each type T where the
// selection is a sharing one. Nobody may change it then: others read it at the
// same time.
func Derive[T any](s Selection, make func(Selection) T) T {
	d := s.derived
	if d == nil || !same(d.of, s.Records) {
		return make(s) // of other records than those that are shared
	}
	key := (*T)(nil)
	d.mu.Lock()
	once, there := d.made[key]
	if !there {
		once = sync.OnceValue(func() any { return make(s) })
		d.made[key] = once
	}
	d.mu.Unlock()
	return once().(T)
}

// same says that two lists are one and the same.
func same(a, b []record.Record) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}
