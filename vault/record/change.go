package record

import "io"

// Change is everything one act does to a vault: it becomes visible as a whole
// or not at all.
type Change struct {
	Put       []Record // new or replaced, by ID
	Delete    []ID
	Originals []Incoming
	Receipt   *Receipt  // for an import
	Receipts  []Receipt // of imports that were made in another vault and that an archive brings along
	Undone    ID        // the import that this change takes back; its receipt goes
}

// Incoming is an original to seal. Open is called once per attempt and must
// give the bytes that Original.Hash and Original.Size promise; the vault checks
// and fails with the change undone when they differ.
type Incoming struct {
	Original
	Open func() (io.ReadCloser, error)
}

// Filter picks records. Zero fields do not restrict.
type Filter struct {
	Person ID
	Kind   Kind
	Code   string // a code in any system
	From   Date   // clinical time, inclusive; records without a date always pass
	To     Date
}

// Match says whether r passes.
func (f Filter) Match(r Record) bool {
	if f.Person != "" && r.Person != f.Person || f.Kind != "" && r.Resource.Kind() != f.Kind {
		return false
	}
	if f.Code == "" && f.From == "" && f.To == "" {
		return true
	}
	s := r.Resource.Summary()
	if !s.When.Overlaps(f.From, f.To) {
		return false
	}
	if f.Code == "" {
		return true
	}
	for _, c := range s.Codes {
		if c.Code == f.Code {
			return true
		}
	}
	return false
}
