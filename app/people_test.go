package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"
	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// second brings the demo files in for a person of their own, and gives the ID.
func (u *user) second() record.ID {
	u.t.Helper()
	u.a.bring(demoFiles(u.t))
	u.sees("Whose record is this?")
	r := u.radio()
	r.SetSelected(r.Options[len(r.Options)-1])
	u.press("Go on")
	u.sees("who gets a record of their own here")
	u.press("File in the record")
	u.sees("Done: ")
	people, err := u.a.session.vault.People(u.t.Context())
	if err != nil || len(people) != 2 {
		u.t.Fatalf("%d people, %v; want 2", len(people), err)
	}
	if people[0].ID != vaulttest.Person { // both were filed at the same time, as the test's clock stands still
		return people[0].ID
	}
	return people[1].ID
}

// entriesOf gives words that only that person's entries have in their titles,
// and those of both.
func entriesOf(t *testing.T, u *user, person record.ID) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for r, err := range u.a.session.vault.Query(t.Context(), record.Filter{Person: person}) {
		if err != nil {
			t.Fatal(err)
		}
		out[record.Visible(r.Summary().Title)] = true
	}
	return out
}

// TestTwoPeopleStayApart goes through every page for each of two people: none
// shows an entry of the other.
func TestTwoPeopleStayApart(t *testing.T) {
	u := opened(t)
	other := u.second()
	u.press("See the record")
	if got := u.a.session.shell.env.Person; got != other {
		t.Fatalf("the record of %q is shown, want that of the files", got)
	}
	ada, bea := entriesOf(t, u, vaulttest.Person), entriesOf(t, u, other)
	for title := range ada {
		if bea[title] {
			delete(ada, title)
			delete(bea, title)
		}
	}
	if len(ada) < 3 || len(bea) < 3 {
		t.Fatalf("%d and %d entries tell the two apart", len(ada), len(bea))
	}
	for _, c := range []struct {
		person     record.ID
		own, alien map[string]bool
	}{{vaulttest.Person, ada, bea}, {other, bea, ada}} {
		u.a.session.shell.choose(c.person)
		u.a.work.Wait()
		counts, err := u.a.session.vault.Counts(t.Context(), c.person)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, route := range routes(c.alien) {
			if route.Place == ui.Write { // the names of forms are nobody's
				continue
			}
			u.a.session.shell.open(route)
			// The switch at the top names everybody: that is its use.
			lines := strings.Split(u.texts(), "\n")
			for _, l := range lines {
				if c.alien[l] && !c.own[l] && !u.isPerson(l) {
					t.Errorf("%+v shows %q of another person", route, l)
				}
				seen[l] = true
			}
		}
		found := 0
		for title := range c.own {
			if seen[title] {
				found++
			}
		}
		if found < 3 {
			t.Errorf("only %d entries of the person who is shown were seen", found)
		}
		for _, item := range u.a.session.shell.items {
			if item.Route.Place == ui.Records && item.Count != counts[item.Route.Kind] {
				t.Errorf("the navigation counts %d in %s, want %d", item.Count, item.Words, counts[item.Route.Kind])
			}
		}
	}
}

// routes are the pages of a record, with a search for what is somebody else's.
func routes(alien map[string]bool) []ui.Route {
	var out []ui.Route
	for _, item := range navigation(map[record.Kind]int{}, false) {
		if !item.Group {
			out = append(out, item.Route)
		}
	}
	for title := range alien {
		out = append(out, ui.Route{Place: ui.Search, Words: title})
	}
	return out
}

func (u *user) isPerson(words string) bool {
	for _, p := range u.a.session.shell.people {
		if strings.Contains(words, record.Visible(p.Summary().Title)) {
			return true
		}
	}
	return false
}

// TestPackageHoldsOnePerson makes a package for one of two people.
func TestPackageHoldsOnePerson(t *testing.T) {
	u := opened(t)
	other := u.second()
	bea := entriesOf(t, u, other)
	ada := entriesOf(t, u, vaulttest.Person)
	u.a.session.shell.open(ui.Route{Place: ui.Share})
	u.radio().SetSelected(u.radio().Options[3]) // a folder that anybody can read
	u.press("Look at what leaves")
	u.press("Make the package")
	u.sees("The package is ready")
	dirs, err := filepath.Glob(filepath.Join(os.Getenv("HOME"), "Documents", "*"))
	if err != nil || len(dirs) != 1 {
		t.Fatalf("packages: %v, %v", dirs, err)
	}
	page, err := os.ReadFile(filepath.Join(dirs[0], "START-HERE.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "Penicillin G") {
		t.Error("the package lacks what it is for")
	}
	const telling = 12 // letters that are no chance
	for title := range bea {
		if len(title) >= telling && !ada[title] && strings.Contains(string(page), title) {
			t.Errorf("the package holds %q of another person", title)
		}
	}
}

// TestDraftsOfTwoPeople keeps what was typed for one out of the other's package.
func TestDraftsOfTwoPeople(t *testing.T) {
	u := opened(t)
	other := u.second()
	u.a.session.shell.open(ui.Route{Place: ui.Share})
	u.write(recipientField, "Dr of Ada")
	u.a.session.shell.choose(other)
	u.a.session.shell.open(ui.Route{Place: ui.Share})
	if got := u.field(recipientField); got != "" {
		t.Errorf("another person's package is for %q", got)
	}
	u.a.session.shell.open(ui.Route{Place: ui.Home})
	u.doesNotSee("A package for a doctor was begun")
	u.a.session.shell.choose(vaulttest.Person)
	u.sees("A package for a doctor was begun")
	u.press("Go on")
	if got := u.field(recipientField); got != "Dr of Ada" {
		t.Errorf("the recipient is %q", got)
	}
}

// TestPeopleInTheSettings adds somebody, makes two people one, and parts them again.
func TestPeopleInTheSettings(t *testing.T) {
	u := opened(t)
	other := u.second()
	s := u.a.session.shell
	v := u.a.session.vault
	count := func(want int) {
		t.Helper()
		people, err := v.People(t.Context())
		if err != nil || len(people) != want {
			t.Fatalf("%d people, %v; want %d", len(people), err, want)
		}
	}
	entries := func(person record.ID) int { return len(entriesOf(t, u, person)) }
	ada, bea := entries(vaulttest.Person), entries(other)
	s.open(ui.Route{Place: ui.Settings})
	u.sees("Ada Testperson", "Marie Louise Sample", "Add a person…")

	u.press("Add a person…")
	u.press("Add them")
	u.sees("Write down a name.")
	u.fields()[0].SetText("Bo")
	u.fields()[1].SetText("Child")
	u.press("Add them")
	u.sees("Choose above whose record is shown.", "Bo Child")
	count(3)

	list, err := v.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	row := slices.IndexFunc(list, func(r record.Record) bool { return r.ID == vaulttest.Person })
	u.pressNth("The same person as…", row)
	for _, o := range test.LaidOutObjects(u.a.window.Canvas().Overlays().Top()) {
		if e, ok := o.(*fw.Entry); ok {
			e.SetText("Marie")
			e.OnSubmitted(e.Text)
			break
		}
	}
	u.sees("Make them one person?", "A record that mixes two people is dangerous")
	u.press("Make them one")
	count(2)
	s = u.a.session.shell
	s.open(ui.Route{Place: ui.Settings})
	u.sees("Part again…")
	u.press("Part again…")
	u.sees("Part them again?")
	u.press("Part them")
	count(3)
	if a, b := entries(vaulttest.Person), entries(other); a != ada || b != bea {
		t.Errorf("parted again they have %d and %d entries, want %d and %d", a, b, ada, bea)
	}
}
