package exchange

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// Two persons of a vault are one only when the user says so (CLINICAL-SAFETY
// hazards 32 and 33): nothing here is ever done by itself. Each statement keeps
// the person under whom it was filed, so that they can be parted again.

// ErrPeople says that these are not two persons of the vault.
var ErrPeople = errors.New("name two different persons of the vault")

// ErrNotJoined says that the person is not one with the other.
var ErrNotJoined = errors.New("these two were never said to be one person")

// Reunion is two persons about to be made one, or parted: nothing is done before
// [Reunion.Commit].
type Reunion struct {
	Likeness Likeness // of the two, when they are to be one
	Reasons  []string
	Records  int // how many change their person
	Both     int // of a parting: how many both state, which stay with each

	store  Store
	change record.Change
}

// Commit does it in one atomic change.
func (u *Reunion) Commit(ctx context.Context) error {
	if err := u.store.Commit(ctx, u.change); err != nil {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	return nil
}

// PlanJoin says what making other one with keep would do: all records of other
// go under keep, with other's descriptions as further ones of the same person.
// What both state stays two records until a file states it again.
func PlanJoin(ctx context.Context, store Store, keep, other record.ID) (*Reunion, error) {
	people, err := store.People(ctx)
	if err != nil {
		return nil, err
	}
	if keep == other || !isPerson(people, keep) || !isPerson(people, other) {
		return nil, ErrPeople
	}
	u := &Reunion{store: store}
	described, err := describedPeople(ctx, store, people)
	if err != nil {
		return nil, err
	}
	u.compare(described, keep, other)
	for r, err := range store.Query(ctx, record.Filter{Person: other}) {
		if err != nil {
			return nil, err
		}
		r.Person = keep
		r.Provenance = slices.Clone(r.Provenance)
		for n := range r.Provenance {
			p := &r.Provenance[n]
			p.Filed = append(slices.Clone(p.Filed), other)
		}
		u.change.Put = append(u.change.Put, r)
	}
	u.Records = len(u.change.Put)
	return u, nil
}

// compare holds every description of the one against the other.
func (u *Reunion) compare(people []person, keep, other record.ID) {
	var a, b person
	for _, p := range people {
		switch p.ID {
		case keep:
			a = p
		case other:
			b = p
		}
	}
	for _, d := range b.descriptions {
		patient, ok := d.Resource.(*record.Patient)
		if !ok {
			continue
		}
		l, reasons := a.compare(&Subject{Patient: patient, identifiers: identifiersOf(d)})
		if u.Reasons == nil || l > u.Likeness {
			u.Likeness, u.Reasons = l, reasons
		}
	}
}

// Joined are the persons that were made one with a person, in the order of their
// IDs. records are the person's descriptions, or more.
func Joined(person record.ID, records []record.Record) []record.ID {
	var ids []record.ID
	for _, r := range records {
		for _, p := range r.Provenance {
			if r.Person == person {
				ids = append(ids, p.Filed...)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// wasPerson says that a description was a person's own before the user made that
// person one with another.
func wasPerson(r record.Record) bool {
	return slices.ContainsFunc(r.Provenance, func(p record.Provenance) bool { return slices.Contains(p.Filed, r.ID) })
}
