package overview

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// Page is what the first page shows of the record.
type Page struct {
	Person    record.Record               `json:"-"`
	Allergies Section                     `json:"allergies"`
	Medicines Section                     `json:"medicines"`
	Problems  Section                     `json:"problems"`
	Results   Section                     `json:"results"`
	Noticed   *Noticed                    `json:"noticed,omitempty"` // nil: [Notice] has not looked at these records yet
	Later     bool                        `json:"-"`                 // Results wait for [Notice] as well
	Records   map[record.ID]record.Record `json:"-"`                 // those that lines name
}

// parts are THE parts of the page that are made from some kinds alone, and of
// which. Documents tell in words what no list has.
var parts = []struct {
	name  string
	kinds []record.Kind
	of    func(clinic.Summary) Section // nil: recent
	at    func(*Page) *Section
}{
	{"allergies", []record.Kind{record.KindAllergyIntolerance, record.KindDocumentReference}, allergies, func(p *Page) *Section { return &p.Allergies }},
	{"medicines", []record.Kind{record.KindMedicationStatement, record.KindDocumentReference}, medicines, func(p *Page) *Section { return &p.Medicines }},
	{"problems", []record.Kind{record.KindCondition, record.KindDocumentReference}, problems, func(p *Page) *Section { return &p.Problems }},
	{lastPart, []record.Kind{record.KindObservation}, nil, func(p *Page) *Section { return &p.Results }},
}

// lastPart may have to wait.
const lastPart = "results"

// kept is what lies in the vault for one person.
type kept struct {
	Rules   string              `json:"rules"`
	Person  record.ID           `json:"person"`
	Parts   map[string]keptPart `json:"parts"`
	Stamp   vault.Stamp         `json:"stamp"` // of Noticed
	Noticed *Noticed            `json:"noticed,omitempty"`
}

type keptPart struct {
	Stamp   vault.Stamp `json:"stamp"`
	Section Section     `json:"section"`
}

func name(person record.ID) string { return "overview\x00" + string(person) }

func load(v *vault.Vault, person record.ID, rules string) kept {
	var k kept
	if err := json.Unmarshal(v.Kept(name(person)), &k); err != nil || k.Rules != rules || k.Person != person || k.Parts == nil {
		return kept{Rules: rules, Person: person, Parts: map[string]keptPart{}}
	}
	return k
}

func (k kept) save(v *vault.Vault) {
	if data, err := json.Marshal(k); err == nil {
		v.Keep(name(k.Person), data)
	}
}

// tries is how often a page is begun again when the vault changed meanwhile.
const tries = 20

var errBusy = errors.New("the record is being changed all the time: try again when that is done")

// Glance gives the first page. Where the records that a part is made of are as they
// were, it is as it was kept; else that part is made again, and kept. It may be
// called concurrently, but not on the goroutine that draws.
func Glance(ctx context.Context, v *vault.Vault, person record.ID) (Page, error) {
	return steady(ctx, v, person, func(stamp vault.Stamp) (Page, error) { return glance(ctx, v, person, stamp) })
}

// steady has something made of one state of the vault.
func steady[T any](ctx context.Context, v *vault.Vault, person record.ID, work func(vault.Stamp) (T, error)) (T, error) {
	var none T
	for range tries {
		before, err := v.Stamp(ctx, person)
		if err != nil {
			return none, err
		}
		out, failed := work(before)
		after, err := v.Stamp(ctx, person)
		if err != nil {
			return none, err
		}
		if after.Epoch == before.Epoch {
			return out, failed
		}
	}
	return none, errBusy
}

func glance(ctx context.Context, v *vault.Vault, person record.ID, stamp vault.Stamp) (Page, error) {
	m := maker{ctx: ctx, v: v, read: map[record.Kind][]record.Record{}}
	p := Page{Records: map[record.ID]record.Record{}}
	var err error
	if m.person, err = v.Get(ctx, person); err != nil {
		return p, err
	}
	p.Person = m.person
	k := load(v, person, rules())
	changed := false
	for _, part := range parts {
		had, ok := k.Parts[part.name]
		if !ok || !had.Stamp.Agrees(stamp, part.kinds...) {
			var soon bool
			if had.Section, soon, err = m.section(part.kinds, part.of); err != nil {
				return p, err
			}
			if !soon {
				p.Later = true
				continue
			}
			had.Stamp, changed = stamp, true
			k.Parts[part.name] = had
		}
		*part.at(&p) = had.Section
	}
	if k.Noticed != nil && k.Stamp.Same(stamp) {
		p.Noticed = k.Noticed
	}
	if err := p.fetch(ctx, v); err != nil {
		return p, err
	}
	if after, err := v.Stamp(ctx, person); changed && err == nil && after.Epoch == stamp.Epoch {
		k.save(v)
	}
	return p, nil
}

// maker makes sections, and reads each kind once.
type maker struct {
	ctx    context.Context // of the one call that it serves
	v      *vault.Vault
	person record.Record
	read   map[record.Kind][]record.Record
}

func (m *maker) section(kinds []record.Kind, of func(clinic.Summary) Section) (s Section, soon bool, err error) {
	if of == nil {
		return recent(m.ctx, m.v, m.person)
	}
	var all []record.Record
	for _, kind := range kinds {
		list, ok := m.read[kind]
		if !ok {
			if list, err = recordsOf(m.ctx, m.v, record.Filter{Person: m.person.ID, Kind: kind}); err != nil {
				return Section{}, false, err
			}
			m.read[kind] = list
		}
		all = append(all, list...)
	}
	return of(clinic.Summarise(m.person, all)), true, nil
}

// fetch reads the records that lines name.
func (p *Page) fetch(ctx context.Context, v *vault.Vault) error {
	var ids []record.ID
	for _, part := range parts {
		for _, l := range part.at(p).Lines {
			ids = append(ids, l.ID)
		}
	}
	if p.Noticed != nil {
		for _, c := range p.Noticed.Key {
			ids = append(ids, c.ID)
		}
	}
	if p.Noticed != nil && p.Noticed.Visit != nil {
		ids = append(ids, p.Noticed.Visit.ID)
		for _, l := range p.Noticed.Visit.New {
			ids = append(ids, l.ID)
		}
	}
	for _, id := range ids {
		r, err := v.Get(ctx, id)
		if err != nil {
			return err
		}
		p.Records[id] = r
	}
	return nil
}

// Notice looks at all records of a person for what only all of them tell, and
// keeps it; [Glance] has it from then on, until a record changes.
func Notice(ctx context.Context, v *vault.Vault, person record.ID) (Page, error) {
	return steady(ctx, v, person, func(stamp vault.Stamp) (Page, error) {
		p, err := glance(ctx, v, person, stamp)
		if err != nil || p.Noticed != nil && !p.Later {
			return p, err
		}
		whole, err := Read(ctx, v, p.Person)
		if err != nil {
			return p, err
		}
		n := noticedOf(whole)
		p.Noticed = &n
		p.Results, p.Later = results(whole.Summary), false
		if after, err := v.Stamp(ctx, person); err == nil && after.Epoch == stamp.Epoch {
			k := load(v, person, rules())
			k.Stamp, k.Noticed = stamp, &n
			k.Parts[lastPart] = keptPart{stamp, p.Results}
			k.save(v)
		}
		return p, p.fetch(ctx, v)
	})
}
