package documents

import (
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/paper"
)

// press is a made-up reader of a file of 20 pages, of which one cannot be drawn.
type press struct {
	asked  []string // pages and widths
	broken int
	locked string // the password
}

func (p *press) reader() paper.Reader {
	return paper.Reader{
		PDF: func(_ context.Context, f paper.File) (paper.PDF, error) {
			if p.locked != f.Password {
				return paper.PDF{Locked: true}, nil
			}
			return paper.PDF{Pages: 20, Active: []string{"run a script"}}, nil
		},
		Page: func(_ context.Context, _ paper.File, page, width int) (*image.RGBA, image.Point, error) {
			p.asked = append(p.asked, fmt.Sprint(page, " ", width))
			if page == p.broken {
				return nil, image.Point{}, errors.New("reading this file took longer than 10 seconds")
			}
			return image.NewRGBA(image.Rect(0, 0, width, 2*width)), image.Pt(300, 600), nil
		},
		Find: func(_ context.Context, _ paper.File, words string) ([]paper.Match, bool, error) {
			a := []paper.Area{{Left: 0.1, Top: 0.5, Right: 0.3, Bottom: 0.52}}
			return []paper.Match{{Page: 2, Areas: a}, {Page: 9, Areas: a}}, true, nil
		},
	}
}

// onDesk is a view of a file in a window.
func onDesk(t *testing.T, p *press, page int) (*ui.Env, *view, *widget.Sheet) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(500, 400))
	env := &ui.Env{Ctx: t.Context(), Work: ui.InTurn(), Window: w, Outside: ui.Outside{Paper: p.reader()}, Used: func() {}}
	v := newPDFView(env, "h", "Pages", page)
	w.SetContent(v.object)
	w.Resize(fyne.NewSize(500, 400))
	v.start()
	env.Work.Wait()
	return env, v, sheetIn(v.object)
}

func sheetIn(o fyne.CanvasObject) *widget.Sheet {
	for _, x := range test.LaidOutObjects(o) {
		if s, ok := x.(*widget.Sheet); ok {
			return s
		}
	}
	return nil
}

// TestPagesOfAPDF: the page that is named first; keys turn pages; a page that was
// drawn is not drawn again; one that fails says why and stops nothing.
func TestPagesOfAPDF(t *testing.T) {
	p := &press{broken: 5}
	env, v, s := onDesk(t, p, 3)
	if s == nil || len(p.asked) == 0 || p.asked[0][:2] != "3 " {
		t.Fatalf("asked for %v", p.asked)
	}
	key := func(k fyne.KeyName) {
		s.TypedKey(&fyne.KeyEvent{Name: k})
		env.Work.Wait()
	}
	key(fyne.KeyPageDown)
	n := len(p.asked)
	key(fyne.KeyPageUp)
	if len(p.asked) != n {
		t.Errorf("a page is drawn twice: %v", p.asked)
	}
	key(fyne.KeyPageDown)
	key(fyne.KeyPageDown) // the broken one
	if sheetIn(v.object) != nil {
		t.Error("a page that failed is shown")
	}
	key(fyne.KeyPageDown)
	if sheetIn(v.object) == nil || p.asked[len(p.asked)-1][:2] != "6 " {
		t.Errorf("after the broken page: %v", p.asked)
	}
	if n := slices.IndexFunc(p.asked, func(a string) bool { return a[:2] == "5 " }); n < 0 {
		t.Error("the broken page was never tried")
	}
	for range 30 {
		key(fyne.KeyPageDown)
	}
	if last := p.asked[len(p.asked)-1]; last[:3] != "19 " {
		t.Errorf("the last page is %q", last)
	}
	before := len(p.asked)
	s.TypedRune('+')
	env.Work.Wait()
	if len(p.asked) <= before {
		t.Error("a larger page is not drawn anew")
	}
}

// TestWordsInAPDF: from the page that is shown on, round the end.
func TestWordsInAPDF(t *testing.T) {
	p := &press{broken: -1}
	env, v, _ := onDesk(t, p, 4)
	v.finder.entry.SetText("heart")
	v.finder.enter()
	env.Work.Wait()
	if v.finder.count.Text != "2 of 2+" || p.asked[len(p.asked)-1][:2] != "9 " {
		t.Errorf("found %q, asked for %v", v.finder.count.Text, p.asked)
	}
	v.finder.enter()
	env.Work.Wait()
	if v.finder.count.Text != "1 of 2+" || p.asked[len(p.asked)-1][:2] != "2 " {
		t.Errorf("next %q, asked for %v", v.finder.count.Text, p.asked)
	}
	v.finder.entry.SetText("")
	v.finder.look()
	if v.finder.count.Text != "" {
		t.Errorf("without words it says %q", v.finder.count.Text)
	}
}

// TestPagesAreForgotten: what is kept of drawn pages is bounded.
func TestPagesAreForgotten(t *testing.T) {
	c := newPageCache()
	for n := range 100 {
		c.put(drawnPage{pageKey{n, 1000}, image.NewRGBA(image.Rect(0, 0, 1000, 1400)), image.Pt(1, 1)})
	}
	if c.bytes > cacheLimit || c.get(pageKey{0, 1000}) != nil || c.any(99) == nil {
		t.Errorf("%d bytes of %d pages are kept", c.bytes, len(c.pages))
	}
}

// TestPatience: what another document no longer wants is not begun, and what was
// begun is not ended by it.
func TestPatience(t *testing.T) {
	p := &press{broken: -1}
	page, end := context.WithCancel(t.Context())
	defer end()
	r := patient(page, p.reader())
	gone, leave := context.WithCancel(page)
	leave()
	if _, _, err := r.Page(gone, paper.File{}, 0, 10); err == nil || len(p.asked) != 0 {
		t.Error("a page is drawn that nobody wants")
	}
	if _, err := r.PDF(gone, paper.File{}); err == nil {
		t.Error("a file is opened that nobody wants")
	}
	if _, _, err := r.Find(gone, paper.File{}, "x"); err == nil {
		t.Error("words are looked for that nobody wants")
	}
	if _, _, err := r.Page(page, paper.File{}, 0, 10); err != nil {
		t.Error(err)
	}
	if r := patient(page, paper.Reader{}); r.PDF != nil || r.Picture != nil {
		t.Error("what is not there is offered")
	}
}
