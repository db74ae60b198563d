package widget

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// seen are the words that are drawn.
func seen(o fyne.CanvasObject) []string {
	var out []string
	for _, x := range test.LaidOutObjects(o) {
		if t, ok := x.(*canvas.Text); ok && t.Text != "" {
			out = append(out, t.Text)
		}
	}
	return out
}

// TestFileTextShowsALine: of many lines those around one are drawn, near the top.
func TestFileTextShowsALine(t *testing.T) {
	test.NewTempApp(t)
	v := NewFileText()
	columns := 0
	v.OnColumns = func(n int) { columns = n }
	w := test.NewTempWindow(t, v)
	w.Resize(fyne.NewSize(600, 300))
	if columns < 40 || columns > 100 {
		t.Errorf("%d letters fit into 600 points", columns)
	}
	var lines []VerbatimLine
	for n := range 5000 {
		lines = append(lines, VerbatimLine{Text: fmt.Sprint("line ", n), Marked: n == 4000, Washes: []Wash{{Stretch: Stretch{0, 4}}, {Stretch: Stretch{90, 10}}}})
	}
	v.Set(lines)
	v.ShowLine(4000)
	got := seen(v)
	if i := slices.Index(got, "line 4000"); i < 1 || i > 8 || len(got) > 60 {
		t.Errorf("the line is not near the top of %q", got)
	}
	v.Set(nil)
	v.ShowLine(3)
}

// TestFlowingMakesWhatIsInSight: of many pieces a few are made, also at the end
// and after the window changed.
func TestFlowingMakesWhatIsInSight(t *testing.T) {
	test.NewTempApp(t)
	f := NewFlowing(8)
	w := test.NewTempWindow(t, f)
	w.Resize(fyne.NewSize(500, 400))
	var blocks []Block
	for n := range 20_000 {
		words := fmt.Sprint("paragraph ", n)
		for range n % 7 {
			words += " with more and more words that go on over the end of a line"
		}
		blocks = append(blocks, Block{Runs: []Run{{Text: words}}})
	}
	made := 0
	pieces := Pieces(blocks, func(int) []Mark { made++; return nil })
	f.Set(pieces)
	if made > 60 {
		t.Errorf("%d pieces are made at first", made)
	}
	inSight := func(n int) bool {
		o := f.made[n]
		return o != nil && o.Position().Y >= f.scroll.Offset.Y && o.Position().Y+o.Size().Height <= f.scroll.Offset.Y+f.scroll.Size().Height+1
	}
	for _, n := range []int{10_000, 19_999, 0, 5_003} {
		if f.ShowPiece(n); !inSight(n) {
			t.Errorf("piece %d is not in sight", n)
		}
	}
	f.Renew(5_003)
	if !f.bar.Visible() || !inSight(5_003) {
		t.Error("no bar beside the piece that is looked at")
	}
	w.Resize(fyne.NewSize(300, 400))
	if n, _ := f.anchor(); n < 4_990 || n > 5_010 {
		t.Errorf("in a narrower window piece %d is at the top", n)
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if f.made[19_999] == nil {
		t.Error("the end key does not lead to the end")
	}
	if f.Set(nil); len(f.made) != 0 {
		t.Error("something of nothing")
	}
	f.ShowPiece(3)
}

func TestMarksCutRuns(t *testing.T) {
	got := parts("potassium and more", 10, []Mark{{Stretch: Stretch{8, 12}}, {Stretch: Stretch{20, 23}, Now: true}, {Stretch: Stretch{27, 99}}})
	want := []part{{"po", true, false}, {"tassium ", false, false}, {"and", true, true}, {" mor", false, false}, {"e", true, false}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := parts("", 0, nil); len(got) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestFindWords(t *testing.T) {
	for _, c := range []struct {
		text, words string
		want        []Stretch
	}{
		{"Größe, GRÖSSE", "größe", []Stretch{{0, 7}}},
		{"aaa", "aa", []Stretch{{0, 2}}},
		{"aab aab", "aab", []Stretch{{0, 3}, {4, 7}}},
		{"a", "", nil},
		{"\xff a", "a", []Stretch{{2, 3}}},
	} {
		if got := FindWords(c.text, c.words); !slices.Equal(got, c.want) {
			t.Errorf("%q in %q: %v", c.words, c.text, got)
		}
	}
}

func FuzzFindWords(f *testing.F) {
	f.Add("Größe \xff", "ö")
	f.Fuzz(func(t *testing.T, text, words string) {
		for _, s := range FindWords(text, words) {
			if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
				t.Fatalf("%v in %d bytes", s, len(text))
			}
		}
	})
}

// TestSheetKeepsItsPlace: a page is in the middle of the room, scrolls inside its
// bounds, and shows what is marked.
func TestSheetKeepsItsPlace(t *testing.T) {
	test.NewTempApp(t)
	s := NewSheet()
	var room fyne.Size
	s.OnSize = func(r fyne.Size, _ float32) { room = r }
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(500, 400))
	if room.Width < 400 || room.Width > 500 {
		t.Errorf("the room is %v", room)
	}
	s.Set(canvas.NewImageFromResource(nil).Image, fyne.NewSize(400, 2000))
	s.Mark([]SheetArea{{Left: 0.1, Top: 0.9, Right: 0.2, Bottom: 0.91, Now: true}})
	if y := s.scroll.Offset.Y; y < 1500 || y > 1800 {
		t.Errorf("the mark is at the end, scrolled to %v", y)
	}
	for range 100 {
		s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	if y := s.scroll.Offset.Y; y > 2000-300 {
		t.Errorf("scrolled past the end: %v", y)
	}
	s.ToTop(false)
	if s.scroll.Offset.Y != 0 {
		t.Error("not at the top")
	}
}
