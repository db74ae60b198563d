package record

import "time"

// Receipt says what one import did, source by source. It is filed with the
// records it brought. Its JSON names are part of the command line's contract.
type Receipt struct {
	Import  ID             `json:"import"`
	At      time.Time      `json:"at,omitzero"`
	Sources []SourceReport `json:"sources"`
	Person  ReceiptPerson  `json:"person,omitzero"` // the first of People

	// People are all persons whom the import was filed under; nil where it is
	// only one.
	People []ReceiptPerson `json:"people,omitempty"`
}

// Everyone lists the persons whom an import was filed under.
func (r Receipt) Everyone() []ReceiptPerson {
	if len(r.People) > 0 {
		return r.People
	}
	if r.Person == (ReceiptPerson{}) {
		return nil
	}
	return []ReceiptPerson{r.Person}
}

// Concerns says whether anything of the import was filed under a person.
func (r Receipt) Concerns(person ID) bool {
	for _, p := range r.Everyone() {
		if p.ID == person {
			return true
		}
	}
	return false
}

// ReceiptPerson names whom an import was filed under.
type ReceiptPerson struct {
	ID    ID     `json:"id,omitempty"`
	Name  string `json:"name,omitempty"`
	Born  Date   `json:"born,omitempty"`
	Match string `json:"match,omitempty"` // how the file's person was matched: same, new, chosen, none
}

// SourceReport counts what became of every item read from one source, file or
// member. Read is always the sum of the five counts behind it.
type SourceReport struct {
	Name           string         `json:"name"`
	Format         string         `json:"format"`
	SHA256         Hash           `json:"sha256"`
	Read           int            `json:"read"`
	Filed          int            `json:"filed"`            // in the record now
	Duplicate      int            `json:"duplicate"`        // already there: linked as a further source
	Administrative int            `json:"administrative"`   // billing, scheduling, directories: kept in the original, not shown
	Kept           int            `json:"kept"`             // not understood or held back: kept in the original and named in the issues
	Refused        int            `json:"refused"`          // broken: named in the issues
	Kinds          map[string]int `json:"kinds,omitempty"`  // filed records by kind
	People         []ID           `json:"people,omitempty"` // whose records it holds, as filed
	Issues         []Issue        `json:"issues"`
}

// Adds says whether the counts add up, as they always must.
func (s SourceReport) Adds() bool {
	return s.Read == s.Filed+s.Duplicate+s.Administrative+s.Kept+s.Refused
}

// Refused counts the refused items of all sources.
func (r Receipt) Refused() int {
	n := 0
	for _, s := range r.Sources {
		n += s.Refused
	}
	return n
}
