package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/widget"
)

// box finds a box to tick by how its words begin.
func (u *user) box(words string) *fw.Check {
	u.t.Helper()
	for _, o := range u.objects() {
		if c, ok := o.(*fw.Check); ok && strings.HasPrefix(c.Text, words) {
			return c
		}
	}
	u.t.Fatalf("no box %q", words)
	return nil
}

func (u *user) check(words string, on bool) { u.t.Helper(); u.box(words).SetChecked(on) }

func (u *user) checked(words string) bool { u.t.Helper(); return u.box(words).Checked }

// hold ticks the entry with that title in the list of what is held back.
func (u *user) hold(title string) {
	u.t.Helper()
	found := false
	for _, o := range u.objects() {
		switch o := o.(type) {
		case *widget.Line:
			found = found || o.Text == title
		case *fw.Check:
			if found && o.Text == "" {
				o.SetChecked(true)
				return
			}
		}
	}
	u.t.Fatalf("no entry %q to hold back in\n%s", title, u.texts())
}

func (u *user) radio() *fw.RadioGroup {
	u.t.Helper()
	for _, o := range u.objects() {
		if r, ok := o.(*fw.RadioGroup); ok {
			return r
		}
	}
	u.t.Fatal("nothing to choose from")
	return nil
}

// passwordsNow and tapNow do not wait for what is under way.
func (u *user) passwordsNow() []*fw.Entry {
	var out []*fw.Entry
	for _, o := range test.LaidOutObjects(u.a.window.Canvas().Content()) {
		if e, ok := o.(*fw.Entry); ok && e.Password {
			out = append(out, e)
		}
	}
	return out
}

func (u *user) tapNow(label string) {
	u.t.Helper()
	for _, o := range test.LaidOutObjects(u.a.window.Canvas().Content()) {
		if b, ok := o.(*fw.Button); ok && b.Text == label {
			test.Tap(b)
			return
		}
	}
	u.t.Fatalf("no button %q", label)
}

// files are all files below a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		out[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// fields are the entries of the page that show what is typed.
func (u *user) fields() []*fw.Entry {
	var out []*fw.Entry
	for _, e := range u.entries() {
		if !e.Password && (u.a.session == nil || u.a.session.shell == nil || e != u.a.session.shell.top.search) {
			out = append(out, e)
		}
	}
	return out
}
