package overview

import (
	"context"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// Whole is all that is known of one person.
type Whole struct {
	clinic.Summary
	Missing []clinic.Unstated
	Differ  []clinic.Disagreement

	records []record.Record
}

// Read reads all records of a person.
func Read(ctx context.Context, v *vault.Vault, person record.Record) (Whole, error) {
	records, err := recordsOf(ctx, v, record.Filter{Person: person.ID})
	if err != nil {
		return Whole{}, err
	}
	return wholeOf(person, records), nil
}

// Summarise reads all records of a person and sorts them into sections.
func Summarise(ctx context.Context, v *vault.Vault, person record.Record) (clinic.Summary, error) {
	records, err := recordsOf(ctx, v, record.Filter{Person: person.ID})
	return clinic.Summarise(person, records), err
}

func wholeOf(person record.Record, records []record.Record) Whole {
	s := clinic.Summarise(person, records)
	return Whole{Summary: s, Missing: clinic.Missing(s), Differ: clinic.Disagreements(s), records: records}
}

// Of is the page that is made from all records of a person, with nothing kept.
func Of(person record.Record, records []record.Record) Page {
	w := wholeOf(person, records)
	n := noticedOf(w)
	p := Page{Person: person, Noticed: &n, Records: map[record.ID]record.Record{}}
	for _, part := range parts {
		of := part.of
		if of == nil {
			of = results
		}
		*part.at(&p) = of(w.Summary)
	}
	for _, r := range records {
		p.Records[r.ID] = r
	}
	return p
}

// Changes tells what became different since a time, an import or a visit.
func (w Whole) Changes(since clinic.Since) clinic.Changes {
	return clinic.ChangesSince(w.records, since)
}

// LastVisit is the newest visit that happened and has a date; false where there is
// none.
func (w Whole) LastVisit() (clinic.Line, bool) {
	for _, lines := range [][]clinic.Line{w.Encounters.Current, w.Encounters.Past} {
		for _, l := range lines { // newest first
			if l.When.Start.Precision() >= record.Day {
				return l, true
			}
		}
	}
	return clinic.Line{}, false
}

func recordsOf(ctx context.Context, v *vault.Vault, f record.Filter) ([]record.Record, error) {
	var records []record.Record
	for r, err := range v.Query(ctx, f) {
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, nil
}
