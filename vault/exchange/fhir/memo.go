package fhir

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// memo keeps what elements say that a file repeats: the code of a test, its
// category, the range of a laboratory. Equal text says the same, so it is read
// once and held once; nobody writes to a list that records share.
type memo struct {
	concepts map[string][]record.Concept
	ranges   map[string][]record.ReferenceRange
	size     int // bytes of text that is remembered
}

const (
	memoLongest = 1 << 10 // bytes of one text that is remembered
	memoLimit   = 2 << 20 // bytes of all
)

func newMemo() memo {
	return memo{concepts: map[string][]record.Concept{}, ranges: map[string][]record.ReferenceRange{}}
}

// room says whether one more text is remembered.
func (m *memo) room(raw []byte) bool {
	if len(raw) > memoLongest || m.size+len(raw) > memoLimit {
		return false
	}
	m.size += len(raw)
	return true
}

// concepts is [conceptsOf] with a memory.
func (it *item) concepts(list value) []record.Concept {
	if !list.Exists() {
		return nil
	}
	raw, m := list.Raw(), &it.importer.memo
	if known, ok := m.concepts[string(raw)]; ok {
		return known
	}
	read := slices.Clip(conceptsOf(list))
	if m.room(raw) {
		m.concepts[string(raw)] = read
	}
	return read
}

// concept is [conceptOf] of one that is no list, with a memory.
func (it *item) concept(v value) record.Concept {
	if v.Kind() == '{' {
		if one := it.concepts(v); len(one) == 1 {
			return one[0]
		}
	}
	return conceptOf(v)
}

// rangesOf is [item.ranges] of an observation or component with a memory of those
// about which nothing was to be told.
func (it *item) rangesOf(v value, at string) []record.ReferenceRange {
	list := v.Get("referenceRange")
	if !list.Exists() {
		return nil
	}
	raw, m, told := list.Raw(), &it.importer.memo, len(it.issues)
	if known, ok := m.ranges[string(raw)]; ok {
		return known
	}
	read := slices.Clip(it.ranges(v, at))
	if len(it.issues) == told && m.room(raw) {
		m.ranges[string(raw)] = read
	}
	return read
}
