package exchange

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// ArchiveFormat is the name of archives in receipts.
const ArchiveFormat = "archive"

// Archived is what an archive holds: records, originals and receipts exactly as a
// vault had them.
type Archived struct {
	Name      string // of the file, for people
	Records   iter.Seq2[record.Record, error]
	Originals []record.Incoming // what holds others goes before them
	Receipts  []record.Receipt
	Lacking   []record.Hash // originals that the archive itself lacks
}

// ErrArchivePerson says that an archive cannot be filed under somebody else: it
// brings its people along.
var ErrArchivePerson = errors.New("an archive is filed under the people whom it holds; say new to take in people who are not in this vault")

// Restore takes what an archive holds into a vault: with the same IDs, sources,
// remarks and receipts. In an empty vault it gives what there was. What the vault
// has already stays as it is there: of two versions of one record the vault's
// counts, with the sources and the patient's remarks of both; only a later
// version of the patient's own entry takes the place of an earlier one.
// Statements of two vaults about one person are not put together: the patient
// says that two people are one ([PlanJoin]).
//
// The batch is held, as any is, while the vault has people and the archive brings
// others, until Options.Person is [NewPerson].
func Restore(ctx context.Context, store Ledger, k Archived, opt Options) (*Batch, error) {
	if opt.Person != "" && opt.Person != NewPerson {
		return nil, ErrArchivePerson
	}
	rs := &restoring{store: store, kept: k, report: record.SourceReport{Name: k.Name, Format: ArchiveFormat, Kinds: map[string]int{}, Issues: []record.Issue{}}, records: map[record.ID]*record.Record{}}
	b := &Batch{store: store, restoring: rs}
	if err := rs.read(ctx, opt); err != nil {
		return nil, err
	}
	if err := rs.compare(ctx); err != nil {
		return nil, err
	}
	if err := rs.files(ctx); err != nil {
		return nil, err
	}
	if err := b.Assign(ctx, opt.Person); err != nil && !errors.Is(err, ErrPerson) {
		return nil, err
	}
	return b, nil
}

// restoring is an archive on its way into a vault.
type restoring struct {
	store     Ledger
	kept      Archived
	report    record.SourceReport
	records   map[record.ID]*record.Record // of the archive; what the vault has already is taken out
	order     []record.ID
	people    []record.Record // whom the archive brings
	originals []record.Incoming
	receipts  []record.Receipt
	changed   []record.Record // of the vault, with what the archive says more
}

func (rs *restoring) read(ctx context.Context, opt Options) error {
	for r, err := range rs.kept.Records {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if rs.records[r.ID] != nil {
			return fmt.Errorf("record %s is in the archive twice", r.ID)
		}
		rs.records[r.ID] = &r
		rs.order = append(rs.order, r.ID)
		if n := len(rs.order); n%1000 == 0 {
			opt.progress(Progress{Stage: "reading", Source: rs.kept.Name, Records: n})
		}
	}
	rs.report.Read = len(rs.order)
	return nil
}

// compare looks for the archive's records among those of the vault.
func (rs *restoring) compare(ctx context.Context) error {
	filters := []record.Filter{{}}
	for _, k := range record.Ledger {
		filters = append(filters, record.Filter{Kind: k.Kind})
	}
	for _, f := range filters {
		for have, err := range rs.store.Query(ctx, f) {
			if err != nil {
				return err
			}
			if r := rs.records[have.ID]; r != nil {
				rs.both(have, *r)
				delete(rs.records, have.ID)
			}
		}
	}
	for _, id := range rs.order {
		if r := rs.records[id]; r != nil {
			rs.report.Filed++
			rs.report.Kinds[string(r.Resource.Kind())]++
			if r.ID == r.Person && r.Resource.Kind() == record.KindPatient {
				rs.people = append(rs.people, *r)
			}
		}
	}
	return nil
}

// both puts together what vault and archive have of one record.
func (rs *restoring) both(have, kept record.Record) {
	rs.report.Duplicate++
	if reflect.DeepEqual(have, kept) {
		return
	}
	merged := have
	if have.Entered != nil && kept.Entered != nil && kept.Entered.Version > have.Entered.Version {
		merged, kept = kept, have
	}
	if !reflect.DeepEqual(merged.Resource, kept.Resource) {
		rs.tell(record.Information, "some entries say something else in the vault than in the archive; the vault's, or the later version of your own, stays")
	}
	merged.Provenance = slices.Clone(merged.Provenance)
	for _, p := range kept.Provenance {
		if !states(merged, p) && p.Original != "" {
			if p.Said == nil && !reflect.DeepEqual(merged.Resource, kept.Resource) {
				p.Said = kept.Resource
			}
			merged.Provenance = append(merged.Provenance, p)
		}
	}
	if !saysAll(merged.Overlay, kept.Overlay) {
		merged.Overlay = merged.Overlay.Both(kept.Overlay)
	}
	if !reflect.DeepEqual(have, merged) {
		rs.changed = append(rs.changed, merged)
	}
}

// saysAll says whether every remark of p stands in o already.
func saysAll(o, p *record.Overlay) bool {
	if p == nil || reflect.DeepEqual(o, p) {
		return true
	}
	return o != nil && len(p.Remarks) > 0 && !slices.ContainsFunc(p.Remarks, func(r record.Remark) bool { return !slices.Contains(o.Remarks, r) })
}

// tell adds an issue, the same words once.
func (rs *restoring) tell(s record.Severity, text string) {
	i := record.Issue{Severity: s, Place: rs.kept.Name, Text: text}
	if !slices.Contains(rs.report.Issues, i) {
		rs.report.Issues = append(rs.report.Issues, i)
	}
}

// files finds the originals and receipts that the vault does not have.
func (rs *restoring) files(ctx context.Context) error {
	have := map[record.Hash]bool{}
	originals, err := rs.store.Originals(ctx)
	if err != nil {
		return err
	}
	for _, o := range originals {
		have[o.Hash] = o.Path == "" // those in an archive hold nothing themselves
	}
	for _, o := range rs.kept.Originals {
		if _, there := have[o.Hash]; there {
			continue
		}
		if whole, there := have[o.Within]; o.Path != "" && (!there || !whole) {
			rs.tell(record.Warning, "a file was inside another one that the archive does not hold; it is left out")
			continue
		}
		have[o.Hash] = o.Path == ""
		rs.originals = append(rs.originals, o)
	}
	if len(rs.kept.Lacking) > 0 {
		rs.tell(record.Warning, fmt.Sprintf("%d original files could not be read when the archive was made, and are not in it", len(rs.kept.Lacking)))
	}
	imports, err := rs.store.Imports(ctx)
	if err != nil {
		return err
	}
	known := map[record.ID]bool{}
	for _, r := range imports {
		known[r.Import] = true
	}
	for _, r := range rs.kept.Receipts {
		if !known[r.Import] {
			known[r.Import] = true
			rs.receipts = append(rs.receipts, r)
		}
	}
	return nil
}

// assign decides about the people whom the archive brings, and prepares the
// change.
func (rs *restoring) assign(ctx context.Context, b *Batch, choice PersonChoice) error {
	if choice != "" && choice != NewPerson {
		return ErrArchivePerson
	}
	there, err := rs.store.People(ctx)
	if err != nil {
		return err
	}
	described, err := describedPeople(ctx, rs.store, there)
	if err != nil {
		return err
	}
	b.held = len(there) > 0 && len(rs.people) > 0 && choice != NewPerson
	b.Subjects = nil
	for _, r := range rs.people {
		s := &Subject{Person: r.ID, Match: "new", Records: rs.count(r.ID), Patient: r.Resource.(*record.Patient)}
		s.Name = s.Patient.DisplayName()
		s.described = []*record.Patient{s.Patient}
		if s.compare(described); s.Likeness == Same {
			rs.tell(record.Warning, "the archive brings somebody who seems to be in the vault already; say so under People, and the two are put together")
		}
		s.Person = r.ID
		b.Subjects = append(b.Subjects, s)
	}
	b.change = record.Change{}
	if !b.held {
		b.change = record.Change{Put: slices.Clone(rs.changed), Originals: rs.originals, Receipts: rs.receipts}
		for _, id := range rs.order {
			if r := rs.records[id]; r != nil {
				b.change.Put = append(b.change.Put, *r)
			}
		}
	}
	b.Receipt = rs.receipt(b)
	if b.held {
		return ErrPerson
	}
	return nil
}

// count is how many records of a person are new.
func (rs *restoring) count(person record.ID) int {
	n := 0
	for r := range maps.Values(rs.records) {
		if r.Person == person {
			n++
		}
	}
	return n
}

// receipt says what is done. It is no import of its own: those that the archive
// holds come with it, and each can be taken back.
func (rs *restoring) receipt(b *Batch) record.Receipt {
	r := record.Receipt{Sources: []record.SourceReport{rs.report}}
	if people := b.receiptPeople(); len(people) > 0 {
		r.Person = people[0]
		if len(people) > 1 {
			r.People = people
		}
	}
	return r
}
