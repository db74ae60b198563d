package disclose

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/record"
)

// Preview is a plan in words and numbers, for the patient's eyes alone: it names
// what is held back, which no package does. Its JSON names are stable.
type Preview struct {
	For       string           `json:"for"`
	Preset    string           `json:"preset"`
	Notices   []string         `json:"notices"` // what the package says of its scope
	Since     record.Date      `json:"since"`   // "" for a package that builds on none
	Period    [2]record.Date   `json:"period"`  // first and last clinical day
	Sections  []PreviewSection `json:"sections"`
	Originals []PreviewFile    `json:"originals"`
	Missing   []string         `json:"missing"`   // what cannot be included
	Withheld  int              `json:"withheld"`  // entries held back
	Held      []PreviewHeld    `json:"held"`      // those of them that a category holds back
	Sensitive []PreviewHeld    `json:"sensitive"` // entries that leave, and often are held back
	Mentions  []PreviewEntry   `json:"mentions"`  // entries that leave and tell of what is held back
	InError   int              `json:"inError"`
	Replaced  int              `json:"replaced"`
	Entries   []PreviewEntry   `json:"entries"` // everything that leaves
}

// PreviewSection counts the entries of one kind.
type PreviewSection struct {
	Kind    record.Kind `json:"kind"`
	Section string      `json:"section"`
	Count   int         `json:"count"`
}

// PreviewFile is an original that leaves.
type PreviewFile struct {
	Name   string      `json:"name"`
	Size   int64       `json:"size"` // bytes
	SHA256 record.Hash `json:"sha256"`
}

// PreviewHeld is the entries of one category.
type PreviewHeld struct {
	Category string         `json:"category"`
	Title    string         `json:"title"`
	Entries  []PreviewEntry `json:"entries"`
}

// PreviewEntry is one entry.
type PreviewEntry struct {
	ID    record.ID   `json:"id"`
	Kind  record.Kind `json:"kind"`
	Title string      `json:"title"`
	When  string      `json:"when"` // for people
}

// Preview tells the plan.
func (p *Plan) Preview() Preview {
	sel := p.Selection
	first, last := sel.Period()
	s := sheet.Build(sel)
	v := Preview{
		For: sel.Scope.For, Preset: p.Preset.Name, Notices: s.Notices, Period: [2]record.Date{first, last}, Missing: s.Missing,
		Withheld: sel.Withheld, Held: held(p.Held), Sensitive: held(p.Proposals), Mentions: entries(p.Mentions),
		InError: sel.InError, Replaced: sel.Replaced, Sections: []PreviewSection{}, Originals: []PreviewFile{}, Entries: []PreviewEntry{},
	}
	if sel.Scope.Since != nil {
		v.Since = sel.Scope.Since.On
	}
	counts := sel.Counts()
	for _, k := range record.Kinds {
		if n := counts[k.Kind]; n > 0 && k.Kind != record.KindPatient {
			v.Sections = append(v.Sections, PreviewSection{k.Kind, k.Section, n})
		}
	}
	for _, o := range sel.Originals {
		v.Originals = append(v.Originals, PreviewFile{o.Name, o.Size, o.Hash})
	}
	v.Entries = append(v.Entries, entries(slices.DeleteFunc(slices.Clone(sel.Records), func(r record.Record) bool { return r.Resource.Kind() == record.KindPatient }))...)
	return v
}

func held(list []Proposal) []PreviewHeld {
	out := []PreviewHeld{}
	for _, p := range list {
		out = append(out, PreviewHeld{p.Category.Name, p.Category.Title, entries(p.Records)})
	}
	return out
}

func entries(records []record.Record) []PreviewEntry {
	out := []PreviewEntry{}
	for _, r := range records {
		s := r.Summary()
		out = append(out, PreviewEntry{r.ID, r.Resource.Kind(), record.Visible(s.Title), s.When.Human()})
	}
	return out
}
