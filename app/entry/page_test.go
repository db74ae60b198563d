package entry

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/clinic/entry/entrytest"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// desk is what a form needs around it, with where it led to.
type desk struct {
	*ui.Env
	went []ui.Route
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	test.NewTempApp(t)
	if err := ui.Speak("en"); err != nil {
		t.Fatal(err)
	}
	v := vaulttest.New(t)
	people, err := v.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{Env: &ui.Env{Ctx: t.Context(), Vault: v, Person: people[0].ID, Window: test.NewTempWindow(t, nil), Work: ui.InTurn(), Drafts: ui.NewDrafts(v)}}
	d.Now = vaulttest.Options().Now
	d.Hold = func() func() { return func() {} }
	d.Changed = func() {}
	d.Open = func(r ui.Route) { d.went = append(d.went, r) }
	t.Cleanup(d.Work.Wait)
	return d
}

// form is the page of a route, and the page itself.
func (d *desk) form(r ui.Route) *page {
	p := &page{env: d.Env, view: widget.NewView(), note: widget.Column(0)}
	if r.ID != "" {
		p.load(r.ID)
	} else {
		p.kind, _ = own.Lookup(r.Words)
		p.ask(nil)
	}
	d.Work.Wait()
	d.Window.SetContent(p.view.Object)
	return p
}

func (p *page) fill(values map[string]string) {
	for _, in := range p.inputs {
		in.set(values[in.field.Name])
	}
}

// filed is the entry that the last form led to.
func (d *desk) filed(t *testing.T) record.Record {
	t.Helper()
	d.Work.Wait()
	if len(d.went) == 0 {
		t.Fatal("the form led nowhere")
	}
	r, err := d.Vault.Get(t.Context(), d.went[len(d.went)-1].ID)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestEveryForm fills every form in on the screen, files it, finds it as the
// patient's own, and opens it again as it was filled in.
func TestEveryForm(t *testing.T) {
	d := newDesk(t)
	for _, k := range own.Kinds() {
		p := d.form(ui.Route{Words: k.Name})
		p.fill(entrytest.Filled(k))
		p.file()
		r := d.filed(t)
		if r.Source().Asserter != record.ByPatient || r.Resource.Kind() != k.Record || r.Person != d.Person {
			t.Errorf("%s: filed as %s by %q", k.Name, r.Resource.Kind(), r.Source().Asserter)
		}
		_, want, ok := own.Fields(r)
		if !ok || len(want) == 0 && len(k.Fields) > 1 {
			t.Errorf("%s: it does not read as its form", k.Name)
		}
		again := d.form(ui.Route{ID: r.ID})
		if got := filled(again.values()); !maps.Equal(normal(k, got), normal(k, want)) {
			t.Errorf("%s: opened again as %v, want %v", k.Name, got, want)
		}
		again.file() // nothing is different
		if s := words(again); !strings.Contains(s, lang.L("Nothing is different from what the entry says already.")) {
			t.Errorf("%s: filed though nothing is different", k.Name)
		}
	}
}

// normal has amounts with the code of their unit, and the time without its T.
func normal(k own.Kind, values map[string]string) map[string]string {
	out := maps.Clone(values)
	for name, s := range out {
		f, _ := k.Field(name)
		if f.Type == own.Amount {
			unit := f.Units[0].Code
			if u, ok := unitOf(s, f.Units); ok {
				unit = u.Code
			}
			s = bare(s, f.Units) + " " + unit
		}
		out[name] = strings.Replace(s, "T", " ", 1)
	}
	return out
}

func words(p *page) string {
	var all []string
	for _, o := range test.LaidOutObjects(p.note) {
		if l, ok := o.(interface{ String() string }); ok {
			all = append(all, l.String())
		}
	}
	return strings.Join(all, " ")
}

// TestWhatIsMissingIsToldAtItsField: nothing is filed, and the first field that
// needs an answer has the keyboard.
func TestWhatIsMissingIsToldAtItsField(t *testing.T) {
	d := newDesk(t)
	p := d.form(ui.Route{Words: "glucose"})
	p.fill(map[string]string{"time": "2999-01-01"})
	p.file()
	d.Work.Wait()
	if len(d.went) > 0 {
		t.Fatal("it was filed")
	}
	at := map[string]string{}
	for _, in := range p.inputs {
		if in.wrong.Visible() {
			at[in.field.Name] = in.wrong.Text
		}
	}
	if at["value"] != "This is needed." || !strings.Contains(at["time"], "not in the future") || len(at) != 2 {
		t.Errorf("got %v", at)
	}
	if d.Window.Canvas().Focused() != p.inputs[0].focus {
		t.Error("the field does not have the keyboard")
	}
	p.fill(map[string]string{"value": "104 mg/dL", "time": "now"})
	p.file()
	if r := d.filed(t); r.Summary().Result() != "104 mg/dL" {
		t.Errorf("got %s", r.Summary().Result())
	}
	for _, in := range p.inputs {
		if in.wrong.Visible() {
			t.Errorf("%s still says what was wrong", in.field.Name)
		}
	}
}

// TestNoUnitIsChosenBeforehand: where there are several, the patient says which.
func TestNoUnitIsChosenBeforehand(t *testing.T) {
	d := newDesk(t)
	p := d.form(ui.Route{Words: "weight"})
	p.fill(map[string]string{"value": "72", "time": "now"})
	p.file()
	d.Work.Wait()
	if len(d.went) > 0 || !p.inputs[0].wrong.Visible() {
		t.Error("a weight without a unit was filed")
	}
}

// TestCorrectingKeepsTheEntry: the same entry in a new version, the former one as
// history.
func TestCorrectingKeepsTheEntry(t *testing.T) {
	d := newDesk(t)
	p := d.form(ui.Route{Words: "medicine"})
	p.fill(map[string]string{"name": "Examplin 5 mg", "taking": "yes", "since": "2019-03"})
	p.file()
	first := d.filed(t)
	p = d.form(ui.Route{ID: first.ID})
	values := p.values()
	values["name"], values["since"] = "Examplin 10 mg", ""
	p.fill(values)
	p.file()
	r := d.filed(t)
	if r.ID != first.ID || r.Summary().Title != "Examplin 10 mg" || !r.Summary().When.Empty() && r.Summary().When.Start == "2019-03" || r.Entered.Version != 2 {
		t.Errorf("got %+v", r.Summary())
	}
}

// TestWhatWasTypedOutlivesLocking and is gone once it is filed.
func TestWhatWasTypedOutlivesLocking(t *testing.T) {
	d := newDesk(t)
	p := d.form(ui.Route{Words: "note"})
	p.fill(map[string]string{"title": "How I feel", "text": "tired"})
	d.Drafts.Keep(p.draft())
	p = d.form(ui.Route{Words: "note"})
	if got := p.values(); got["title"] != "How I feel" || got["text"] != "tired" {
		t.Errorf("got %v", got)
	}
	p.file()
	d.filed(t)
	d.Drafts.Keep(p.draft())
	p = d.form(ui.Route{Words: "note"})
	if got := filled(p.values()); got["title"] != "" || got["text"] != "" {
		t.Errorf("what was filed stands in a new form: %v", got)
	}
}

// TestEveryFormIsOffered, each once, and a section offers its own.
func TestEveryFormIsOffered(t *testing.T) {
	var names []string
	for _, g := range groups("") {
		for _, k := range g.Forms {
			names = append(names, k.Name)
		}
	}
	if len(names) != len(own.Kinds()) || len(slices.Compact(slices.Sorted(slices.Values(names)))) != len(names) {
		t.Errorf("got %v", names)
	}
	for _, g := range groups(record.KindAllergyIntolerance) {
		for _, k := range g.Forms {
			if k.Record != record.KindAllergyIntolerance {
				t.Errorf("allergies offer %s", k.Name)
			}
		}
	}
	if len(groups(record.KindImagingStudy)) != 0 {
		t.Error("there is a form for images")
	}
}

// TestAnEntryOfAFileIsNotPutRight: what a file says stays as it is.
func TestAnEntryOfAFileIsNotPutRight(t *testing.T) {
	d := newDesk(t)
	for r, err := range d.Vault.Query(t.Context(), record.Filter{Person: d.Person, Kind: record.KindCondition}) {
		if err != nil {
			t.Fatal(err)
		}
		if p := d.form(ui.Route{ID: r.ID}); len(p.inputs) != 0 {
			t.Error("a file's entry has a form")
		}
	}
}
