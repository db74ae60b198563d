package share

import (
	"context"
	"errors"
	"image"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/paper"
	"github.com/carnet-phr/carnet/vault/vaulttest"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// The pages that leave can be looked at before, in pictures and in the browser; what
// lies in between is sealed, and goes.
func TestWhatLeavesIsLookedAt(t *testing.T) {
	app := test.NewTempApp(t)
	t.Setenv("TMPDIR", t.TempDir())
	var drawn []int
	env := &ui.Env{
		Ctx: t.Context(), Vault: vaulttest.New(t), Person: vaulttest.Person, Work: ui.InTurn(), Prefs: ui.Prefs{P: app.Preferences()}, Window: test.NewTempWindow(t, nil),
		Touch: func(bool) {}, Used: func() {}, Changed: func() {},
	}
	env.Formats, env.Drafts = formats.All(), ui.NewDrafts(env.Vault)
	env.Now = func() time.Time { return vaulttest.Now }
	env.Paper = paper.Reader{
		PDF: func(ctx context.Context, f paper.File) (paper.PDF, error) {
			r, err := f.Open(ctx)
			if err != nil {
				return paper.PDF{}, err
			}
			b, err := io.ReadAll(r)
			if !strings.HasPrefix(string(b), "%PDF-") {
				err = errors.New("no PDF")
			}
			return paper.PDF{Pages: 2}, err
		},
		Page: func(_ context.Context, _ paper.File, page, width int) (*image.RGBA, image.Point, error) {
			drawn = append(drawn, page)
			return image.NewRGBA(image.Rect(0, 0, width, width*2)), image.Pt(595, 842), nil
		},
	}
	p := New(env, ui.Route{}).Content
	env.Window.SetContent(p)
	env.Window.Resize(fyne.NewSize(1100, 700))
	env.Work.Wait()
	press := func(o fyne.CanvasObject, label string, icon bool) {
		t.Helper()
		last := (*fw.Button)(nil)
		for _, x := range test.LaidOutObjects(o) {
			if b, ok := x.(*fw.Button); ok && (b.Text == label && !icon || icon && b.Text == "" && b.Icon != nil) {
				last = b
			}
		}
		if last == nil {
			t.Fatalf("there is no button %q", label)
		}
		last.OnTapped()
		env.Work.Wait()
	}
	press(p, "Look at what leaves", false)
	pictures := 0
	for _, o := range test.LaidOutObjects(p) {
		if c, ok := o.(*canvas.Image); ok && c.Image != nil && c.Image.Bounds().Dx() == previewPixels {
			pictures++
		}
	}
	if pictures != 1 || len(drawn) != 1 || drawn[0] != 0 {
		t.Errorf("%d pages are shown, %v were drawn", pictures, drawn)
	}
	press(p, "", true)
	if len(drawn) != 2 || drawn[1] != 1 {
		t.Errorf("%v were drawn, want the next page", drawn)
	}
	press(p, "Open it in the browser…", false)
	var files []string
	folders, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if strings.HasPrefix(f.Name(), "carnet-look-") {
			files = append(files, f.Name())
		}
	}
	if len(files) != 1 {
		t.Fatalf("there are %v to look at, want one", files)
	}
	path := os.TempDir() + "/" + files[0]
	b, err := os.ReadFile(path + "/look.html")
	if err != nil {
		t.Fatal(err)
	}
	if wrap.Sealed(b[:min(len(b), wrap.HeadSize)]) != wrap.Page {
		t.Error("the page is not sealed")
	}
	words := ""
	for _, o := range test.LaidOutObjects(p) {
		if l, ok := o.(*widget.Line); ok && strings.Count(l.Text, " ") == 5 && strings.ToLower(l.Text) == l.Text {
			words = l.Text
		}
	}
	f, err := os.Open(path + "/look.html")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := wrap.Open(t.Context(), f, int64(len(b)), []byte(words)); err != nil {
		t.Errorf("the words %q do not open it: %v", words, err)
	}
	press(p, "Back", false)
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("the page still lies there")
	}
}
