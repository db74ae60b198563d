package entry

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// What cannot be done to a record.
var (
	ErrNotOwn       = errors.New("only your own entries can be changed; what a file states stays as it is, and you can dispute it or add a note to it")
	ErrEarlier      = errors.New("this is an earlier version of an entry; change the present one")
	ErrRetracted    = errors.New("this entry was retracted; undo that first")
	ErrNotRetracted = errors.New("this entry was not retracted")
	ErrUnchanged    = errors.New("nothing is different from what the entry says already")
	ErrPerson       = errors.New("a person cannot be retracted; change what is wrong, or part what was made one")
	ErrNoReason     = errors.New("write why you take the entry back: in one line, at most 300 characters")
)

// own says whether a record can be changed, and gives its form.
func own(r record.Record) (Kind, map[string]string, error) {
	k, fields, ok := Fields(r)
	switch {
	case !ok:
		return k, nil, ErrNotOwn
	case r.Superseded != nil:
		return k, nil, ErrEarlier
	}
	return k, fields, nil
}

func retracted(r record.Record) bool { return r.Entered != nil && r.Entered.Act == record.Retract }

// Amend changes the fields of an own entry that are given; an empty one takes
// away what the field said. The change holds the new version, under the ID that
// the entry has, and the version before it as history.
func Amend(r record.Record, fields map[string]string, by By) (change record.Change, changed []string, problems []Problem, err error) {
	k, before, err := own(r)
	if err == nil && retracted(r) {
		err = ErrRetracted
	}
	if err != nil {
		return record.Change{}, nil, nil, err
	}
	merged := maps.Clone(before)
	maps.Copy(merged, fields)
	v, problems := check(k, merged, by.Now)
	if len(problems) > 0 {
		return record.Change{}, nil, problems, nil
	}
	if changed = differing(k, before, v.text); len(changed) == 0 {
		return record.Change{}, nil, nil, ErrUnchanged
	}
	next := r
	next.Resource = k.make(v)
	by.enter(&next, k.Name, record.Amend, "")
	ids := append(slices.Clone(r.Source().Identifiers[:min(1, len(r.Source().Identifiers))]), k.identifiers(v)...)
	return by.replace(r, next, ids), changed, nil, nil
}

// Retract takes an own entry back as entered in error. It stays in the vault,
// with all its versions and the reason, and stands in no list any more.
func Retract(r record.Record, reason string, by By) (record.Change, error) {
	k, _, err := own(r)
	if err == nil && retracted(r) {
		err = ErrRetracted
	}
	if err != nil {
		return record.Change{}, err
	}
	if k.Name == PersonForm {
		return record.Change{}, ErrPerson
	}
	reason, wrong := line(strings.TrimSpace(reason))
	if wrong != "" || reason == "" {
		return record.Change{}, ErrNoReason
	}
	next := r
	next.Resource = inError(r.Resource)
	by.enter(&next, k.Name, record.Retract, reason)
	return by.replace(r, next, r.Source().Identifiers), nil
}

// Unretract brings a retracted entry back as it was. versions are those of its
// [History].
func Unretract(r record.Record, versions []Version, by By) (record.Change, error) {
	k, _, err := own(r)
	if err != nil {
		return record.Change{}, err
	}
	if !retracted(r) || len(versions) < 2 {
		return record.Change{}, ErrNotRetracted
	}
	next := r
	next.Resource = versions[len(versions)-2].Record.Resource
	by.enter(&next, k.Name, record.Restore, "")
	return by.replace(r, next, r.Source().Identifiers), nil
}

// replace puts a version in the place of another. What files state of the entry
// was never the entry's own: it goes on as a record of its own, unchanged.
func (b By) replace(was, next record.Record, ids []record.Identifier) record.Change {
	superseded := &record.Superseded{By: was.ID, Why: record.Amended}
	next.Provenance = []record.Provenance{b.provenance(ids)}
	next.Superseded = nil
	earlier := was
	earlier.ID, earlier.Overlay, earlier.Superseded = record.NewID(), nil, superseded
	earlier.Provenance = was.Provenance[:1:1]
	change := record.Change{Put: []record.Record{next, earlier}}
	for _, p := range was.Provenance[1:] {
		said := record.Record{ID: record.NewID(), Person: was.Person, Resource: was.Resource, Recorded: p.Received, Superseded: superseded}
		if was.Resource.Kind() == record.KindPatient {
			said.Superseded = nil // a former name is no error of the file's
		}
		if p.Said != nil {
			said.Resource = p.Said
		}
		p.Said = nil
		said.Provenance = []record.Provenance{p}
		change.Put = append(change.Put, said)
	}
	return change
}

// differing names the fields of two versions that are not the same, in the order
// of the form.
func differing(k Kind, before, after map[string]string) []string {
	var names []string
	for _, f := range k.Fields {
		if before[f.Name] != after[f.Name] {
			names = append(names, f.Name)
		}
	}
	return names
}

// inError is a resource as entered in error, by the status that its kind has for
// that (FHIR R4); with it an allergy and a condition have no clinical status
// (ait-2, con-5).
func inError(r record.Resource) record.Resource {
	const code = "entered-in-error"
	switch x := r.(type) {
	case *record.AllergyIntolerance:
		y := *x
		y.ClinicalStatus, y.VerificationStatus = "", code
		return &y
	case *record.Condition:
		y := *x
		y.ClinicalStatus, y.VerificationStatus = "", code
		return &y
	case *record.MedicationStatement:
		y := *x
		y.Status = code
		return &y
	case *record.Observation:
		y := *x
		y.Status = code
		return &y
	case *record.Immunization:
		y := *x
		y.Status = code
		return &y
	case *record.Procedure:
		y := *x
		y.Status = code
		return &y
	case *record.Encounter:
		y := *x
		y.Status = code
		return &y
	case *record.FamilyMemberHistory:
		y := *x
		y.Status = code
		return &y
	case *record.Device:
		y := *x
		y.Status = code
		return &y
	case *record.DocumentReference:
		y := *x
		y.Status = code
		return &y
	case *record.Other:
		y := *x
		y.Status = code
		return &y
	}
	return r
}
