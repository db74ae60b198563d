package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// Batch is what an import read, before anything is written.
type Batch struct {
	// Subjects are the patients whom the files speak of, with the person each
	// will be filed under.
	Subjects []*Subject
	// Receipt is exact once the batch is not held: what Commit will do.
	Receipt record.Receipt

	store   Store
	sources []*collector
	items   []*item
	held    bool
	change  record.Change
	told    []remark
	refer   bool   // images stay where they are
	sealing string // name of the source that Commit reads

	restoring *restoring // an archive; nil for any other batch
}

// item is one record read.
type item struct {
	source  int
	record  *record.Record
	subject *Subject
	result  Reconciled

	statement *statement // what it says, or the statement that says it already; nil when set aside
	study     *held      // the imaging study that it is part of
}

// Import reads sources and reconciles what they hold with the store. It writes
// nothing. The returned batch may be held ([Batch.Held]): then [Batch.Assign]
// must say whose record it is before [Batch.Commit].
func Import(ctx context.Context, store Store, formats []Format, sources []Source, opt Options) (*Batch, error) {
	b := &Batch{store: store, refer: opt.Refer}
	r := &reader{formats: formats, opt: opt}
	if err := r.all(ctx, sources); err != nil {
		return nil, err
	}
	b.sources = r.done
	b.collect()
	opt.progress(Progress{Stage: "comparing", Total: int64(r.records), Records: r.records})
	if err := b.Assign(ctx, opt.Person); err != nil && !errors.Is(err, ErrPerson) {
		return nil, err
	}
	return b, nil
}

// collect lists all items with their subjects.
func (b *Batch) collect() {
	found := findSubjects(b.sources)
	count := 0
	for _, c := range b.sources {
		count += c.records.count
	}
	items := make([]item, 0, count)
	b.items = make([]*item, 0, count)
	for i, c := range b.sources {
		only := found.only(i, c)
		for r := range c.records.all() {
			s := found.of(i, r, only)
			s.Records++
			if _, ok := r.Resource.(*record.DocumentReference); ok && c.documents {
				s.documents++
			}
			items = append(items, item{source: i, record: r, subject: s})
			b.items = append(b.items, &items[len(items)-1])
		}
	}
	for _, c := range b.sources {
		c.records = recordList{} // the items have them
	}
	for _, s := range found.list {
		if s.Records > 0 {
			b.Subjects = append(b.Subjects, s)
		}
	}
}

// Held says that it is not yet clear whose record this is.
func (b *Batch) Held() bool { return b.held }

// Assign decides whose record the batch is and reconciles it anew. It returns
// [ErrPerson], and leaves the batch held, while the choice does not settle it.
func (b *Batch) Assign(ctx context.Context, choice PersonChoice) error {
	if b.restoring != nil {
		return b.restoring.assign(ctx, b, choice)
	}
	decided, err := b.decide(ctx, choice)
	if err != nil {
		return err
	}
	b.held = !decided
	if b.held {
		b.Receipt = b.receipt("")
		return ErrPerson
	}
	return b.reconcile(ctx)
}

// Empty says that Commit would change nothing: all was there already, or all
// was refused.
func (b *Batch) Empty() bool {
	return len(b.change.Put) == 0 && len(b.change.Originals) == 0 && len(b.change.Receipts) == 0
}

// Commit makes the batch part of the vault in one atomic change and returns the
// receipt. A batch that changes nothing writes nothing; its receipt has no
// import ID.
func (b *Batch) Commit(ctx context.Context) (record.Receipt, error) {
	if b.held {
		return b.Receipt, ErrPerson
	}
	if b.Empty() {
		return b.Receipt, nil
	}
	b.sealing = ""
	if err := b.store.Commit(ctx, b.change); err != nil {
		if b.sealing != "" {
			return b.Receipt, fmt.Errorf("nothing was filed: %s: %w", b.sealing, err)
		}
		return b.Receipt, fmt.Errorf("nothing was filed: %w", err)
	}
	return b.Receipt, nil
}

// prepare puts the change together: records, the receipt, and every file that
// was accepted, whatever was understood of it.
func (b *Batch) prepare(ctx context.Context, puts []record.Record, gone []record.ID) error {
	b.change = record.Change{Put: puts, Delete: gone}
	id := record.NewID()
	now := time.Now().UTC().Truncate(time.Millisecond)
	seen, away := map[record.Hash]bool{}, b.away()
	for _, c := range b.sources {
		if !c.accepted() {
			continue
		}
		originals := append([]record.Incoming{{Original: c.original, Open: b.opener(c.source)}}, c.attached...)
		for _, o := range originals {
			if seen[o.Hash] {
				continue
			}
			seen[o.Hash] = true
			have, err := b.store.HasOriginal(ctx, o.Hash)
			if err != nil {
				return err
			}
			if have {
				delete(away, o.Hash)
				continue
			}
			if away[o.Hash] != "" {
				continue
			}
			o.Import, o.Received = id, now
			b.change.Originals = append(b.change.Originals, o)
		}
	}
	placed(b.change.Put, away)
	if b.Empty() {
		b.Receipt = b.receipt("")
		return nil
	}
	for n := range b.change.Put {
		r := &b.change.Put[n]
		for i := range r.Provenance {
			if p := &r.Provenance[i]; p.Import == "" && (p.Original != "" || p.Place == noFileSaysSo) {
				p.Import, p.Received = id, now
			}
		}
	}
	b.Receipt = b.receipt(id)
	b.Receipt.At = now
	b.change.Receipt = &b.Receipt
	return nil
}

// opener opens a source for sealing and notes its name: the vault's errors hold
// no names of files.
func (b *Batch) opener(src Source) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		b.sealing = src.Name
		return src.reopen()
	}
}

// receipt counts what became of every item.
func (b *Batch) receipt(id record.ID) record.Receipt {
	r := record.Receipt{Import: id, Sources: []record.SourceReport{}}
	for _, c := range b.sources {
		report := c.report
		report.Kinds = map[string]int{}
		report.Issues = c.issues.list()
		r.Sources = append(r.Sources, report)
	}
	for _, it := range b.items {
		report := &r.Sources[it.source]
		if p := it.subject.Person; p != "" && !it.subject.SetAside && !slices.Contains(report.People, p) {
			report.People = append(report.People, p)
		}
		switch it.result {
		case Duplicate:
			report.Duplicate++
		case SetAside:
			report.Kept++
		case Gathered:
			report.Filed++
		default:
			report.Filed++
			report.Kinds[string(it.record.Resource.Kind())]++
		}
	}
	for i, list := range b.remarks() {
		r.Sources[i].Issues = append(r.Sources[i].Issues, list.list()...)
	}
	if people := b.receiptPeople(); len(people) > 0 {
		r.Person = people[0]
		if len(people) > 1 {
			r.People = people
		}
	}
	return r
}

// remarks are the issues of each source that only reconciliation knows.
func (b *Batch) remarks() []issueList {
	lists := make([]issueList, len(b.sources))
	for _, it := range b.items {
		list := &lists[it.source]
		switch it.result {
		case SetAside:
			list.add(record.Issue{Severity: record.Warning, Place: it.record.Source().Place, Text: "about another person; kept in the original, not filed"}, "records")
		case Conflict:
			list.add(record.Issue{Severity: record.Warning, Place: it.record.Source().Place, Text: "says something else than another entry of the same fact; both are kept side by side"}, "")
		}
	}
	for _, r := range b.told {
		lists[r.source].add(r.Issue, "")
	}
	return lists
}

// receiptPeople are the persons whom the batch is filed under, each once, as the
// files first name them.
func (b *Batch) receiptPeople() []record.ReceiptPerson {
	var people []record.ReceiptPerson
	for _, s := range b.Subjects {
		if s.SetAside {
			continue
		}
		p := record.ReceiptPerson{ID: s.Person, Name: s.Name, Match: s.Match}
		if s.Patient != nil {
			p.Born = s.Patient.BirthDate
		}
		if b.held {
			p.ID, p.Match = "", ""
		}
		known := slices.IndexFunc(people, func(q record.ReceiptPerson) bool { return p.ID != "" && p.ID == q.ID })
		switch {
		case known < 0:
			people = append(people, p)
		case people[known].Name == "" && p.Name != "":
			people[known].Name, people[known].Born = p.Name, p.Born
		}
	}
	return people
}
