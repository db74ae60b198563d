//go:build tour

package app

import (
	"archive/zip"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// acts shows what is done in the window: two tests compared, an entry written, what
// sources state differently, files looked at before they are filed, a sealed one
// asked for, and the parts of the settings.
func (s *onScreen) acts(name string) {
	s.t.Helper()
	s.open(ui.Route{Place: ui.Results})
	s.do(func() { s.must("Compare with another test…") })
	s.shot(name + "-act-choose")
	s.do(func() { s.keys("pota"); s.enter() })
	s.do(func() { s.must("Nearer") })
	s.do(func() { s.chart() })
	s.shot(name + "-act-compare")
	s.open(ui.Route{Place: ui.Write, Words: "medicine"})
	s.shot(name + "-act-write")
	s.open(ui.Route{Place: ui.Differ})
	s.do(func() { s.first() })
	s.shot(name + "-act-differ")
	s.open(ui.Route{Place: ui.BringIn})
	s.do(func() { s.a.bring(demoFiles(s.t)) })
	s.shot(name + "-act-nothing-new")
	s.open(ui.Route{Place: ui.BringIn})
	s.do(func() { s.must("Done") })
	s.do(func() { s.a.bring([]string{s.letters()}) })
	s.shot(name + "-act-preview")
	s.do(func() { s.tap("Do not file") })
	s.do(func() { s.a.bring([]string{s.sealed()}) })
	s.do(func() { s.keys("other words"); s.enter() })
	s.shot(name + "-act-sealed")
	s.do(func() { s.must("Do not bring it in") })
	s.open(ui.Route{Place: ui.Settings})
	s.do(func() { s.must("Works of others in Carnet…") })
	s.shot(name + "-act-works")
	for _, words := range []string{ui.SettingsState, ui.SettingsBackup, ui.SettingsRehearse} {
		s.open(ui.Route{Place: ui.Settings, Words: words})
		s.shot(name + "-act-" + words)
	}
	s.open(ui.Route{Place: ui.Home})
	s.do(func() { s.down(520) })
	s.shot(name + "-act-home-below")
}

// locked shows how a record is opened, and what a wrong passphrase gives.
func (s *onScreen) locked(name string) {
	s.t.Helper()
	s.lock()
	s.shot(name + "-locked")
	s.do(func() { s.keys("not it"); s.enter() })
	s.shot(name + "-wrong")
	s.do(func() { s.keys(vaulttest.Passphrase) })
	s.do(func() { s.tap("Start page") })
	s.shot(name + "-start")
}

// must taps a button that has to be there.
func (s *onScreen) must(label string) {
	s.t.Helper()
	if !s.tap(label) {
		s.t.Errorf("there is no button %q", lang.L(label))
	}
}

// keys types into what has the keyboard.
func (s *onScreen) keys(words string) {
	if e, ok := s.a.window.Canvas().Focused().(*fw.Entry); ok {
		e.SetText(words)
	}
}

func (s *onScreen) enter() {
	if e, ok := s.a.window.Canvas().Focused().(*fw.Entry); ok && e.OnSubmitted != nil {
		e.OnSubmitted(e.Text)
	}
}

// chart has the first chart tell its newest result.
func (s *onScreen) chart() {
	for _, o := range test.LaidOutObjects(s.a.session.shell.page.Content) {
		if c, ok := o.(*widget.Chart); ok {
			s.a.window.Canvas().Focus(c)
			c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
			return
		}
	}
	s.t.Error("there is no chart")
}

// down scrolls the page.
func (s *onScreen) down(by float32) {
	for _, o := range test.LaidOutObjects(s.a.session.shell.page.Content) {
		if c, ok := o.(interface{ ScrollToOffset(fyne.Position) }); ok {
			c.ScrollToOffset(fyne.NewPos(0, by))
			return
		}
	}
}

// letters are two files in a folder.
func (s *onScreen) letters() string {
	dir := s.t.TempDir()
	for name, content := range map[string][]byte{"letter-nephrology.pdf": letterPDF(s.t), "diary.txt": []byte("Slept well. Ankles less swollen.")} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	return dir
}

// sealed is a package for which a passphrase is needed.
func (s *onScreen) sealed() string {
	path := filepath.Join(s.t.TempDir(), "for-dr-menon.age")
	f, err := os.Create(path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	w, err := seal.EncryptFor(f, []byte("six made up words"), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	defer w.Close()
	z := zip.NewWriter(w)
	defer z.Close()
	if _, err := z.Create("letter.txt"); err != nil {
		s.t.Fatal(err)
	}
	return path
}
