package clinic

import (
	"fmt"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// Since is the point from which changes are told: exactly one field is set.
type Since struct {
	Time      time.Time // filed in this vault at that instant or later
	Import    record.ID // filed by that import or later
	Encounter record.ID // happened on the day that this visit began or later
}

// Changes is what became different. Every record stands in one list at most, and
// one that was filed since, and stands, in exactly one; descriptions of the
// person are left out.
type Changes struct {
	Since     Since
	Found     bool     // the import or the visit is among the records, and the visit has a date
	New       []Line   // nothing stated it before
	Changed   []Change // took the place of an earlier statement
	Stopped   []Change // stopped, resolved or removed: held before and does no longer
	Withdrawn []Line   // withdrawn by its source since: to be named, and its value shown nowhere
	Again     []Line   // known before, and stated once more by a further source
	Unclear   []Line   // since a visit alone: filed since, but its date is missing or not precise enough to say
}

// Change is a statement with those whose place it took, newest first.
type Change struct {
	Line
	Before []Line
}

// Empty says that nothing changed.
func (c Changes) Empty() bool {
	return len(c.New)+len(c.Changed)+len(c.Stopped)+len(c.Withdrawn)+len(c.Again)+len(c.Unclear) == 0
}

// Words counts the changes in a calm sentence.
func (c Changes) Words() string {
	var parts []string
	for _, x := range []struct {
		n     int
		words string
	}{
		{len(c.New), "new"},
		{len(c.Changed), "changed"},
		{len(c.Stopped), "stopped or resolved"},
		{len(c.Withdrawn), "withdrawn by the source"},
		{len(c.Again), "stated once more by another source"},
		{len(c.Unclear), "whose date does not say whether it is new"},
	} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.words))
		}
	}
	if len(parts) == 0 {
		return "Nothing changed."
	}
	return strings.Join(parts, ", ") + "."
}

// ChangesSince is what became different in the records of one person, which may
// come in any order: they are all that the vault holds, history as well.
func ChangesSince(records []record.Record, since Since) Changes {
	c := changing{Changes: Changes{Since: since}}
	c.records = append([]record.Record(nil), records...)
	record.ByTime(c.records)
	if !c.begin() {
		return c.Changes
	}
	c.Found = true
	c.index()
	for n := range c.records {
		if r := c.records[n]; r.Resource.Kind() != record.KindPatient {
			c.look(r)
		}
	}
	return c.Changes
}
