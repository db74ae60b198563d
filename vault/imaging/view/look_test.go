package view_test

import (
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/view"
)

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

// TestLook: what is under the pointer stays there, and the image stays in the view.
func TestLook(t *testing.T) {
	c := view.Canvas{Columns: 512, Rows: 256, Aspect: 1, Width: 1024, Height: 800}
	var l view.Look
	if s := l.Scale(c); !near(s, 2) {
		t.Errorf("fits at %v, want 2", s)
	}
	if p := l.ToView(c, view.Point{}); !near(p.X, 0) || !near(p.Y, 144) {
		t.Errorf("the corner is seen at %v", p)
	}
	at := view.Point{X: 700, Y: 300}
	under := l.ToImage(c, at)
	in := l.Zoomed(c, 4, at)
	if p := in.ToView(c, under); !near(p.X, at.X) || !near(p.Y, at.Y) {
		t.Errorf("the place under the pointer went to %v", p)
	}
	if out := in.Zoomed(c, 1e-9, at); out.Scale(c) > 2 || out.Shift != (view.Point{}) {
		t.Errorf("zoomed out it is %+v", out)
	}
	if far := in.Zoomed(c, 1e9, at); far.Scale(c) > 64 {
		t.Errorf("zoomed in without end: %v", far.Scale(c))
	}
	moved := in.Moved(c, 1e6, -1e6)
	if p := moved.ToImage(c, view.Point{X: 512, Y: 400}); !near(p.X, 0) || !near(p.Y, 256) {
		t.Errorf("moved out of the view: the middle shows %v", p)
	}
	if a := l.Actual(c, 2); !near(a.Scale(c), 0.5) {
		t.Errorf("a pixel on each point: %v", a.Scale(c))
	}
	tall := view.Canvas{Columns: 100, Rows: 100, Aspect: 2, Width: 400, Height: 400}
	if s := l.Scale(tall); !near(s, 2) {
		t.Errorf("pixels twice as high: %v, want 2", s)
	}
}

func TestMeasure(t *testing.T) {
	a, b := view.Point{X: 10, Y: 10}, view.Point{X: 13, Y: 14}
	for _, c := range []struct {
		s  imaging.Spacing
		mm float64
	}{
		{imaging.Spacing{Row: 0.5, Column: 1, Plane: imaging.Patient}, math.Hypot(3, 2)},
		{imaging.Spacing{Row: 1, Column: 1, Plane: imaging.Detector}, 5},
		{imaging.Spacing{Row: 1, Column: 1, Plane: imaging.Film}, 5},
		{imaging.Spacing{}, 0},
		{imaging.Spacing{Row: 1, Column: 1}, 0},
	} {
		got := view.Measure(c.s, a, b)
		if !near(got.Pixels, 5) || !near(got.Millimetres, c.mm) || (c.mm > 0) != (got.Plane != imaging.Unknown) {
			t.Errorf("%+v: got %+v, want %v mm", c.s, got, c.mm)
		}
	}
}

func ramp(t testing.TB, columns, rows int) *imaging.Frame {
	t.Helper()
	var b []byte
	for n := range columns * rows {
		b = binary.LittleEndian.AppendUint16(b, uint16(n%4096))
	}
	f, err := imaging.NewFrame(imaging.Layout{Rows: rows, Columns: columns, Samples: 1, Allocated: 16, Stored: 12, High: 11, Photometric: "MONOCHROME2"}, b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestPresets(t *testing.T) {
	f := ramp(t, 64, 64)
	named := imaging.Window{Center: 40, Width: 400, Name: "ABDOMEN"}
	count := func(p imaging.Presentation, f *imaging.Frame) (own, tissue, whole int) {
		for _, x := range view.Presets(p, f) {
			switch {
			case x.Whole:
				whole++
			case x.Tissue != "":
				tissue++
			default:
				own++
			}
		}
		return own, tissue, whole
	}
	ct := imaging.Presentation{Windows: []imaging.Window{named}, Modality: imaging.Modality{Slope: 1, Intercept: -1024, Unit: "HU"}}
	if own, tissue, whole := count(ct, f); own != 1 || tissue < 4 || whole != 1 {
		t.Errorf("of CT: %d %d %d", own, tissue, whole)
	}
	mr := imaging.Presentation{Windows: []imaging.Window{named, named}}
	if own, tissue, whole := count(mr, f); own != 2 || tissue != 0 || whole != 1 {
		t.Errorf("without units: %d %d %d", own, tissue, whole)
	}
	colour := *f
	colour.Samples = 3
	if view.Presets(mr, &colour) != nil {
		t.Error("colours have windows")
	}
}

func TestDragged(t *testing.T) {
	whole := imaging.Window{Center: 0, Width: 1000, Curve: imaging.LinearExact}
	w := view.Dragged(imaging.Window{Center: 40, Width: 400, Name: "x"}, whole, 0.1, -0.1)
	if !near(w.Width, 440) || !near(w.Center, 0) || w.Name != "" {
		t.Errorf("got %+v", w)
	}
	if w := view.Dragged(w, whole, -10, 0); w.Width != 1 {
		t.Errorf("the least width is %v", w.Width)
	}
	if w := view.Dragged(imaging.Window{Table: &imaging.Lookup{}}, whole, 0.1, 0); w.Table != nil || !near(w.Width, 1100) {
		t.Errorf("from a table: %+v", w)
	}
}

// TestRender: each pixel is where the look says, and nothing outside is invented.
func TestRender(t *testing.T) {
	src := image.NewGray(image.Rect(0, 0, 4, 4))
	for n := range src.Pix {
		src.Pix[n] = 100
	}
	src.SetGray(3, 0, color.Gray{Y: 250})
	for _, fast := range []bool{false, true} {
		dst := view.Render(src, view.Look{}, 1, 400, 200, fast)
		for _, c := range []struct {
			x, y int
			want uint8
		}{{10, 100, 0}, {390, 100, 0}, {110, 150, 100}, {285, 10, 250}} {
			if got := dst.RGBAAt(c.x, c.y); got.R != c.want || got.A != 255 {
				t.Errorf("at %d,%d: %v, want %d", c.x, c.y, got, c.want)
			}
		}
	}
	c := view.Canvas{Columns: 4, Rows: 4, Aspect: 1, Width: 400, Height: 200}
	deep := view.Look{}.Zoomed(c, 1e9, view.Point{X: 285, Y: 10})
	if got := view.Render(src, deep, 1, 400, 200, false).RGBAAt(285, 10); got.R != 250 {
		t.Errorf("magnified: %v", got)
	}
	if b := view.Thumbnail(src, 2, 100).Bounds(); b.Dx() != 50 || b.Dy() != 100 {
		t.Errorf("the thumbnail has %v", b)
	}
}

func TestPicture(t *testing.T) {
	f := ramp(t, 4, 1)
	i := &imaging.Image{
		Layout: f.Layout, Frames: 1, Each: []imaging.Geometry{{Presentation: imaging.Presentation{Windows: []imaging.Window{{Center: 2, Width: 2, Curve: imaging.LinearExact}}}}},
		Overlays: []imaging.Overlay{{Rows: 1, Columns: 4, Frames: 1, Bits: []byte{0b0010}}},
	}
	plain := view.Picture(i, f, 0, view.Look{}, false).(*image.Gray)
	if got := plain.Pix; got[0] != 0 || got[1] != 0 || got[2] != 128 || got[3] != 255 {
		t.Errorf("got %v", got)
	}
	over := view.Picture(i, f, 0, view.Look{Negative: true}, true)
	if r, g, b, _ := over.At(1, 0).RGBA(); r == g && g == b {
		t.Error("the overlay is not seen")
	}
	if r, _, _, _ := over.At(0, 0).RGBA(); r>>8 != 255 {
		t.Error("black is not white in the negative")
	}
}

func TestCache(t *testing.T) {
	c := view.NewCache(100)
	f := ramp(t, 5, 4) // 40 bytes
	for n := range 4 {
		c.Put(view.Step{Image: n}, f)
		c.Get(view.Step{Image: 0})
	}
	if c.Size() != 80 || c.Get(view.Step{Image: 0}) == nil || c.Get(view.Step{Image: 3}) == nil || c.Get(view.Step{Image: 1}) != nil {
		t.Errorf("%d bytes are held, or not those that were asked for last", c.Size())
	}
	c.Put(view.Step{Image: 3}, f)
	if c.Size() != 80 || c.Room(40) || !c.Room(20) {
		t.Errorf("%d bytes are held", c.Size())
	}
	c.Put(view.Step{Image: 9}, ramp(t, 100, 4))
	if c.Get(view.Step{Image: 9}) == nil || c.Size() != 800 {
		t.Error("a frame larger than the room is not held")
	}
}
