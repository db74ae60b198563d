package app

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/watch"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// user drives the window as a person would: by what stands on it.
type user struct {
	t    *testing.T
	a    *App
	away chan watch.Event // what the system tells
}

func start(t *testing.T, dir string) *user {
	t.Helper()
	return startWith(t, dir, vaulttest.Options())
}

func startWith(t *testing.T, dir string, kept vault.Options) *user {
	t.Helper()
	t.Setenv("HOME", t.TempDir())
	away := make(chan watch.Event)
	options := Options{Dir: dir, Work: ui.InTurn(), Watch: []watch.Source{heard(away)}, Outside: ui.Outside{Version: "test", Formats: formats.All(), Demo: assets.Demo(), Vault: kept, Image: openImage, Paper: formats.Paper(nil)}}
	window := test.NewTempApp(t)
	window.Preferences().SetString("language", "en") // whatever the computer speaks
	u := &user{t, New(t.Context(), window, options), away}
	u.a.window.Resize(fyne.NewSize(1280, 800))
	t.Cleanup(func() {
		u.a.end()
		u.a.work.Wait()
	})
	return u
}

func openImage(ctx context.Context, open func(context.Context) (io.ReadCloser, error)) (*imaging.Image, error) {
	return dicom.Open(ctx, nil, open)
}

func (u *user) objects() []fyne.CanvasObject {
	u.a.work.Wait()
	c := u.a.window.Canvas()
	all := test.LaidOutObjects(c.Content())
	for _, o := range c.Overlays().List() {
		all = append(all, test.LaidOutObjects(o)...)
	}
	return all
}

// texts is every word on the window.
func (u *user) texts() string {
	var b strings.Builder
	for _, o := range u.objects() {
		switch o := o.(type) {
		case *widget.Line:
			b.WriteString(o.Text + "\n")
		case *fw.RichText:
			b.WriteString(o.String() + "\n")
		case *fw.Button:
			b.WriteString(o.Text + "\n")
		case *widget.Chip:
			b.WriteString(o.Text + "\n")
		case *fw.RadioGroup:
			b.WriteString(strings.Join(o.Options, "\n") + "\n")
		}
	}
	return b.String()
}

func (u *user) sees(words ...string) {
	u.t.Helper()
	all := u.texts()
	for _, w := range words {
		if !strings.Contains(all, w) {
			u.t.Fatalf("the window does not show %q but\n%s", w, all)
		}
	}
}

func (u *user) doesNotSee(words ...string) {
	u.t.Helper()
	all := u.texts()
	for _, w := range words {
		if strings.Contains(all, w) {
			u.t.Errorf("the window shows %q", w)
		}
	}
}

func (u *user) press(label string) {
	u.t.Helper()
	u.pressNth(label, 0)
}

// pressNth presses one of several buttons that say the same, counted from 0.
func (u *user) pressNth(label string, n int) {
	u.t.Helper()
	for _, o := range u.objects() {
		b, ok := o.(*fw.Button)
		if !ok || b.Text != label {
			continue
		}
		if n--; n >= 0 {
			continue
		}
		if b.Disabled() {
			u.t.Fatalf("the button %q is disabled", label)
		}
		test.Tap(b)
		u.a.work.Wait()
		return
	}
	u.t.Fatalf("no button %q in\n%s", label, u.texts())
}

func (u *user) entries() []*fw.Entry {
	var out []*fw.Entry
	for _, o := range u.objects() {
		if e, ok := o.(*fw.Entry); ok {
			out = append(out, e)
		}
	}
	return out
}

func (u *user) write(placeholder, text string) {
	u.t.Helper()
	for _, e := range u.entries() {
		if e.PlaceHolder == placeholder {
			e.SetText(text)
			return
		}
	}
	u.t.Fatalf("no field %q", placeholder)
}

func (u *user) passwords() []*fw.Entry {
	var out []*fw.Entry
	for _, e := range u.entries() {
		if e.Password {
			out = append(out, e)
		}
	}
	return out
}

func demoFiles(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	err := fs.WalkDir(assets.Demo(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(assets.Demo(), p)
		if err != nil {
			return err
		}
		paths = append(paths, filepath.Join(dir, filepath.Base(p)))
		return os.WriteFile(paths[len(paths)-1], b, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func TestFromCreatingToThePackage(t *testing.T) {
	u := start(t, "")
	u.sees("Create your record", "Open a record", "Try it with a made-up record")
	u.press("Create your record")
	u.write("First names", "Marie Louise")
	u.write("Family name", "Sample")
	u.write("Year", "1958")
	pass := u.passwords()
	pass[0].SetText("password")
	pass[1].SetText("password")
	u.press("Create the record")
	u.sees("too easy to guess")
	const secret = "bako rilu mesa tofi dupa zeno"
	pass[0].SetText(secret)
	pass[1].SetText(secret + "x")
	u.press("Create the record")
	u.sees("not the same")
	pass[1].SetText(secret)
	u.press("Create the record")
	u.sees("Your recovery key")
	key := u.recoveryKey()
	u.press("I have written it down")
	u.doesNotSee(strings.Split(key, "-")[0])
	u.entries()[0].SetText(strings.ToLower(key[:len(key)-1]))
	for _, o := range u.objects() {
		if b, ok := o.(*fw.Button); ok && b.Text == "Open my record" && !b.Disabled() {
			t.Error("half a key opens the record")
		}
	}
	u.entries()[0].SetText(strings.ToLower(strings.ReplaceAll(key, "-", " ")))
	u.press("Open my record")
	u.sees("Marie Louise Sample", "Your record is ready and empty")

	dir := u.a.session.dir
	u.a.bring(demoFiles(t))
	u.sees("Whose record is this?")
	u.choosePerson()
	u.sees("Nothing is filed yet", "By section")
	u.press("File in the record")
	u.sees("Done: ")
	u.press("See the record")
	u.sees("Current medicines", "Penicillin")

	u.a.session.shell.open(ui.Route{Place: ui.Records, Kind: record.KindCondition})
	u.sees("Problems", "Where this comes from", "Show in the original")
	u.press("Show in the original")
	u.sees("The original of", "The marked part, with the bar at its left")

	u.a.session.shell.open(ui.Route{Place: ui.Timeline})
	u.sees("Timeline", "September 2026", "Blood pressure, measured at home")
	u.a.session.shell.open(ui.Route{Place: ui.Results})
	u.sees("Results over time", "Creatinine in serum", "no value: Sample was not usable")

	u.a.session.shell.open(ui.Route{Place: ui.Search, Words: "penicillin"})
	u.sees("Allergies")

	u.a.session.shell.open(ui.Route{Place: ui.Share})
	u.press("Look at what leaves")
	u.sees("What leaves", "Problems")
	u.press("Make the package")
	u.sees("The package is ready", "passed", "Its passphrase")
	u.doesNotSee("failed")
	u.press("Lock")
	u.sees("This record is locked.")
	u.doesNotSee("Penicillin", "1958")

	u.passwords()[0].SetText("wrong")
	u.press("Unlock")
	u.sees("That passphrase does not open this record.")
	u.passwords()[0].SetText(secret)
	u.press("Unlock")
	u.sees("Current medicines")
	if got := u.a.prefs.LastVault(); got != dir {
		t.Errorf("the last record is %q, want %q", got, dir)
	}
}

func (u *user) recoveryKey() string {
	var groups []string
	for _, o := range u.objects() {
		if r, ok := o.(*fw.RichText); ok && len(strings.TrimSpace(r.String())) == 4 && r.String() == strings.ToUpper(r.String()) {
			groups = append(groups, strings.TrimSpace(r.String()))
		}
	}
	if len(groups) != 9 {
		u.t.Fatalf("%d groups of a recovery key, want 9", len(groups))
	}
	return strings.Join(groups, "-")
}

// choosePerson files under the person of the record: only the year of birth is
// known, so the window asks.
func (u *user) choosePerson() {
	for _, o := range u.objects() {
		if r, ok := o.(*fw.RadioGroup); ok {
			r.SetSelected(r.Options[0])
		}
	}
	u.press("Go on")
}

func (u *user) escape() {
	u.t.Helper()
	u.a.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if n := len(u.a.window.Canvas().Overlays().List()); n != 0 {
		u.t.Errorf("%d dialogs are still open after Escape", n)
	}
}

func TestMadeUpRecordGoesWhenLocked(t *testing.T) {
	u := start(t, "")
	u.press("Try it with a made-up record")
	u.sees("This record is made up", "Current medicines")
	dir := u.a.session.dir
	if _, err := os.Stat(dir); err != nil {
		t.Fatal(err)
	}
	u.press("Lock")
	u.sees("Create your record")
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the made-up record is still there: %v", err)
	}
}

// opened is a window with a filled record.
func opened(t *testing.T) *user {
	t.Helper()
	v := vaulttest.New(t)
	dir := v.Dir()
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	u := start(t, dir)
	u.passwords()[0].SetText(vaulttest.Passphrase)
	u.press("Unlock")
	u.sees("Ada Testperson")
	return u
}

// TestEveryPage opens every page filled, and again with the vault closed under
// it: each says what is wrong and what to do, and none shows a type's name.
func TestEveryPage(t *testing.T) {
	u := opened(t)
	s := u.a.session.shell
	var routes []ui.Route
	for _, item := range navigation(map[record.Kind]int{}, false) {
		if !item.Group {
			routes = append(routes, item.Route)
		}
	}
	for _, k := range rareSections {
		routes = append(routes, ui.Route{Place: ui.Records, Kind: k})
	}
	routes = append(routes, ui.Route{Place: ui.Search}, ui.Route{Place: ui.Search, Words: "glucose"}, ui.Route{Place: ui.Search, Words: "zzzz"})
	for _, r := range routes {
		s.open(r)
		u.doesNotSee("AllergyIntolerance", "MedicationStatement", "DiagnosticReport", "DocumentReference", "ImagingStudy", "FamilyMemberHistory", "CarePlan", "One moment")
	}
	s.open(ui.Route{Place: ui.Search, Words: "zzzz"})
	u.sees("Nothing found for “zzzz”")
	s.open(ui.Route{Place: ui.Records, Kind: record.KindImagingStudy})
	u.sees("Nothing here yet", "Bring in files")

	u.a.work.Wait()
	if err := u.a.session.vault.Close(); err != nil {
		t.Fatal(err)
	}
	for _, r := range []ui.Route{{Place: ui.Home}, {Place: ui.Records, Kind: record.KindCondition}, {Place: ui.Search, Words: "glucose"}, {Place: ui.Share}} {
		s.open(r)
		u.sees("The record is locked.", "Try again")
	}
}

func TestBackAndForward(t *testing.T) {
	u := opened(t)
	s := u.a.session.shell
	s.open(ui.Route{Place: ui.Records, Kind: record.KindCondition})
	s.open(ui.Route{Place: ui.Share})
	s.back()
	if s.now.Kind != record.KindCondition {
		t.Errorf("back went to %+v", s.now)
	}
	s.back()
	s.back()
	if s.now.Place != ui.Home {
		t.Errorf("back went to %+v", s.now)
	}
	s.forward()
	if s.now.Kind != record.KindCondition {
		t.Errorf("forward went to %+v", s.now)
	}
	u.a.work.Wait()
}

func TestLocksItselfWhenIdle(t *testing.T) {
	u := opened(t)
	u.a.work.Wait()
	u.a.session.touch(true)
	u.a.session.touch(false)
	if u.a.session.busy != 0 {
		t.Error("busy does not end")
	}
	u.a.used = time.Now().Add(-time.Hour)
	u.a.idle()
	u.sees("This record is locked.")
}

func TestDroppedFilesWaitForTheRecord(t *testing.T) {
	u := start(t, "")
	u.a.bring(demoFiles(t))
	if len(u.a.paths) == 0 {
		t.Fatal("dropped files are forgotten while no record is open")
	}
	u.press("Try it with a made-up record")
	u.sees("Nothing new in these files")
}

// TestLeavingKeepsWorkUnderWay looks elsewhere while files wait to be filed.
func TestLeavingKeepsWorkUnderWay(t *testing.T) {
	u := opened(t)
	s := u.a.session.shell
	u.a.bring(demoFiles(t))
	u.sees("Whose record is this?")
	s.open(ui.Route{Place: ui.Home})
	u.sees("Current medicines")
	s.open(ui.Route{Place: ui.BringIn})
	u.sees("Whose record is this?")
	u.press("Do not file")
	u.sees("Drop files anywhere on this window")
	if len(s.kept) != 0 {
		t.Errorf("%d pages are kept without need", len(s.kept))
	}
}

// TestRestOfALongListComesBelow: of what is long the newest entries are there
// first, with words that more is coming; then all, and what was chosen stays.
func TestRestOfALongListComesBelow(t *testing.T) {
	v := vaulttest.Empty(t)
	if err := v.Commit(t.Context(), record.Change{Put: vaulttest.Many(3000)}); err != nil {
		t.Fatal(err)
	}
	dir := v.Dir()
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	u := start(t, dir)
	u.passwords()[0].SetText(vaulttest.Passphrase)
	u.press("Unlock")
	for _, c := range []struct {
		to    ui.Route
		whole int
	}{
		{ui.Route{Place: ui.Records, Kind: record.KindCondition}, 300},
		{ui.Route{Place: ui.Records, Kind: record.KindDocumentReference}, 300},
		{ui.Route{Place: ui.Timeline}, 2999},
		{ui.Route{Place: ui.Results}, 5},
	} {
		u.a.session.shell.open(c.to)
		u.a.work.Once()
		list := func() (*fw.List, string) {
			var list *fw.List
			var words strings.Builder
			for _, o := range test.LaidOutObjects(u.a.session.shell.page.Content) {
				switch o := o.(type) {
				case *fw.List:
					list = o
				case *widget.Line:
					words.WriteString(o.Text + "\n")
				}
			}
			if list == nil {
				t.Fatalf("%s %s: no list", c.to.Place, c.to.Kind)
			}
			return list, words.String()
		}
		first, words := list()
		had := first.Length()
		if had == 0 || had >= c.whole && c.to.Place != ui.Results || !strings.Contains(words, "Gathering your record") {
			t.Errorf("%s %s: %d rows at first, and the words %q", c.to.Place, c.to.Kind, had, words)
		}
		if c.to.Place == ui.Records {
			first.Select(5)
		}
		u.a.work.Wait()
		all, words := list()
		if all.Length() < c.whole || strings.Contains(words, "Gathering your record") {
			t.Errorf("%s %s: %d rows in the end, want %d, and the words %q", c.to.Place, c.to.Kind, all.Length(), c.whole, words)
		}
	}
	last := record.ID("b000000000000003") // the oldest of its section: it stands behind what is there first
	u.a.session.shell.open(ui.Route{Place: ui.Records, Kind: record.KindCondition, ID: last})
	u.sees("Made-up problem 3\n")
}
