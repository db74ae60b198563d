package overview

import (
	"context"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// recentFirst is how many results are looked at first; while they do not suffice,
// twice as many.
const recentFirst = 32

// recentMost is how many are looked at before the page is shown without them: where
// one test dominates, as of a watch, all of them may have to be read.
const recentMost = 4096

// recentMargin is how far a day that a source writes may lie from the instant by
// which the vault sorts: offsets from UTC go to 14 hours, and a day has 24.
const recentMargin = 72 * time.Hour

// recent makes the section of results without reading all of them, which may be
// most of a record. The vault gives the newest first, and a test is what its newest
// point says: what is older changes nothing. So it reads until enough tests are
// known and all that is left is older than they are; false where that is not soon.
func recent(ctx context.Context, v *vault.Vault, person record.Record) (Section, bool, error) {
	var records []record.Record
	next := recentFirst
	for r, err := range v.Query(ctx, record.Filter{Person: person.ID, Kind: record.KindObservation}) {
		if err != nil {
			return Section{}, false, err
		}
		records = append(records, r)
		if len(records) < next {
			continue
		}
		next *= 2
		if s, ok := enough(person, records, r.Summary().When.Sort()); ok {
			return s, true, nil
		}
		if len(records) >= recentMost {
			return Section{}, false, nil
		}
	}
	return results(clinic.Summarise(person, records)), true, nil
}

// enough says whether results older than some instant could not change the
// section.
func enough(person record.Record, records []record.Record, read time.Time) (Section, bool) {
	if read.IsZero() {
		return Section{}, false
	}
	s := clinic.Summarise(person, records)
	lines := newest(s)
	if len(lines) < Shown || lines[Shown-1].When.Sort().Sub(read) < recentMargin {
		return Section{}, false
	}
	return results(s), true
}
