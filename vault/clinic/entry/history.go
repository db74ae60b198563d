package entry

import (
	"cmp"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// Version is one version of an own entry.
type Version struct {
	record.Record
	Changed []string // the names of the fields that differ from the version before
}

// Who is who made the version.
func (v Version) Who() string {
	if a := v.Source().Author; a != "" {
		return a
	}
	return "the patient"
}

// History gives the versions of an own entry, oldest first and the present one
// last. records may hold anything, in any order: all of the person's, or those
// that share a key with the entry.
func History(r record.Record, records []record.Record) []Version {
	if r.Entered == nil {
		return nil
	}
	var list []Version
	for _, x := range records {
		if x.Entered != nil && x.Superseded != nil && x.Superseded.By == r.ID && x.ID != r.ID {
			list = append(list, Version{Record: x})
		}
	}
	slices.SortFunc(list, func(a, b Version) int { return cmp.Compare(a.Entered.Version, b.Entered.Version) })
	list = append(list, Version{Record: r})
	before := map[string]string{}
	for n := range list {
		k, fields, ok := Fields(list[n].Record)
		if !ok {
			continue
		}
		if retracted(list[n].Record) {
			continue // it says what the version before said, but that it was in error
		}
		list[n].Changed = differing(k, before, fields)
		before = fields
	}
	return list
}
