package imaging_test

import (
	"encoding/binary"
	"image"
	"math"
	"testing"

	"github.com/carnet-phr/carnet/vault/imaging"
)

func gray(rows, columns, allocated, stored int, signed bool) imaging.Layout {
	return imaging.Layout{Rows: rows, Columns: columns, Samples: 1, Allocated: allocated, Stored: stored, High: stored - 1, Signed: signed, Photometric: "MONOCHROME2"}
}

func words(v ...int) []byte {
	var b []byte
	for _, n := range v {
		b = binary.LittleEndian.AppendUint16(b, uint16(n))
	}
	return b
}

func frame(t testing.TB, l imaging.Layout, b []byte) *imaging.Frame {
	t.Helper()
	f, err := imaging.NewFrame(l, b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestLayoutLimits(t *testing.T) {
	for name, l := range map[string]imaging.Layout{
		"no rows":       gray(0, 4, 8, 8, false),
		"no bits":       gray(4, 4, 0, 0, false),
		"12 allocated":  gray(4, 4, 12, 12, false),
		"more stored":   gray(4, 4, 8, 12, false),
		"high bit":      {Rows: 4, Columns: 4, Samples: 1, Allocated: 16, Stored: 12, High: 16},
		"samples":       {Rows: 4, Columns: 4, Samples: 4, Allocated: 8, Stored: 8, High: 7},
		"too large":     gray(65535, 65535, 16, 16, false),
		"float of 16":   {Rows: 4, Columns: 4, Samples: 1, Allocated: 16, Stored: 16, High: 15, Float: true},
		"pairs of gray": {Rows: 4, Columns: 4, Samples: 1, Allocated: 8, Stored: 8, High: 7, Photometric: "YBR_FULL_422"},
	} {
		if l.Check() == nil {
			t.Errorf("%s: taken", name)
		}
		if _, err := imaging.NewFrame(l, nil); err == nil {
			t.Errorf("%s: a frame was made", name)
		}
	}
}

func TestNative(t *testing.T) {
	colour := imaging.Layout{Rows: 1, Columns: 2, Samples: 3, Allocated: 8, Stored: 8, High: 7, Photometric: "RGB"}
	planar, pairs := colour, colour
	planar.Planar, pairs.Photometric = true, "YBR_FULL_422"
	for _, c := range []struct {
		name  string
		l     imaging.Layout
		order imaging.Words
		bit   int
		in    []byte
		want  []byte
	}{
		{"16 little", gray(1, 2, 16, 12, false), imaging.LittleEndian, 0, []byte{1, 2, 3, 4}, []byte{1, 2, 3, 4}},
		{"16 big", gray(1, 2, 16, 12, false), imaging.BigEndian, 0, []byte{1, 2, 3, 4}, []byte{2, 1, 4, 3}},
		{"32 big", gray(1, 1, 32, 32, false), imaging.BigWords, 0, []byte{1, 2, 3, 4}, []byte{4, 3, 2, 1}},
		{"8 in big words", gray(1, 3, 8, 8, false), imaging.BigWords, 0, []byte{1, 2, 3, 4}, []byte{2, 1, 4}},
		{"8 big in bytes", gray(1, 3, 8, 8, false), imaging.BigEndian, 0, []byte{1, 2, 3, 4}, []byte{1, 2, 3}},
		{"bits", gray(1, 5, 1, 1, false), imaging.LittleEndian, 0, []byte{0b10101}, []byte{1, 0, 1, 0, 1}},
		{"bits of a second frame", gray(1, 5, 1, 1, false), imaging.LittleEndian, 5, []byte{0b01100000, 0b01}, []byte{1, 1, 0, 1, 0}},
		{"planes", planar, imaging.LittleEndian, 0, []byte{1, 2, 3, 4, 5, 6}, []byte{1, 3, 5, 2, 4, 6}},
		{"pairs", pairs, imaging.LittleEndian, 0, []byte{1, 2, 3, 4}, []byte{1, 3, 4, 2, 3, 4}},
	} {
		got, err := imaging.Native(c.l, append([]byte(nil), c.in...), c.order, c.bit)
		if err != nil || string(got) != string(c.want) {
			t.Errorf("%s: got %v, %v, want %v", c.name, got, err, c.want)
		}
		if _, err := imaging.Native(c.l, append([]byte(nil), c.in[:(int(c.l.Bits())+c.bit-1)/8]...), c.order, c.bit); err == nil {
			t.Errorf("%s: too few bytes were taken", c.name)
		}
	}
}

func TestValues(t *testing.T) {
	l := gray(1, 4, 16, 12, true)
	f := frame(t, l, words(0x0FFF, 0x0800, 0xF7FF, 5)) // the upper four bits are no part of the values
	for n, want := range []float64{-1, -2048, 2047, 5} {
		if got := f.At(n, 0, 0); got != want {
			t.Errorf("value %d: got %v, want %v", n, got, want)
		}
	}
	l.High = 15
	if got := frame(t, l, words(0xFFF0, 0, 0, 0)).At(0, 0, 0); got != -1 {
		t.Errorf("of a high bit of 15: got %v", got)
	}
	if a, b, ok := f.Range(&imaging.Padding{Least: -2048, Greatest: -2048}); a != -1 || b != 2047 || !ok {
		t.Errorf("range %v %v %v", a, b, ok)
	}
}

// TestWindows holds the curves against the formulas of PS3.3, C.11.2.1.2 and
// C.11.2.1.3, and the worked examples there (center 2048, width 4096 is the whole
// of twelve bits; center 0, width 1 is a threshold).
func TestWindows(t *testing.T) {
	for _, c := range []struct {
		w    imaging.Window
		x    float64
		want float64
	}{
		{imaging.Window{Center: 2048, Width: 4096}, 0, 0},
		{imaging.Window{Center: 2048, Width: 4096}, 4095, 1},
		{imaging.Window{Center: 2048, Width: 1}, 2047, 0},
		{imaging.Window{Center: 2048, Width: 1}, 2048, 1},
		{imaging.Window{Center: 0, Width: 100}, -50, 0},
		{imaging.Window{Center: 0, Width: 100}, 49, 1},
		{imaging.Window{Center: 0, Width: 100}, 0, 0.5/99 + 0.5},
		{imaging.Window{Center: 10, Width: 4, Curve: imaging.LinearExact}, 8, 0},
		{imaging.Window{Center: 10, Width: 4, Curve: imaging.LinearExact}, 10, 0.5},
		{imaging.Window{Center: 10, Width: 4, Curve: imaging.LinearExact}, 12, 1},
		{imaging.Window{Center: 10, Width: 4, Curve: imaging.Sigmoid}, 10, 0.5},
		{imaging.Window{Center: 10, Width: 4, Curve: imaging.Sigmoid}, 12, 1 / (1 + math.Exp(-2))},
		{imaging.Window{Table: &imaging.Lookup{First: -1, Bits: 8, Values: []uint16{0, 51, 255}}}, -7, 0},
		{imaging.Window{Table: &imaging.Lookup{First: -1, Bits: 8, Values: []uint16{0, 51, 255}}}, 0, 0.2},
		{imaging.Window{Table: &imaging.Lookup{First: -1, Bits: 8, Values: []uint16{0, 51, 255}}}, 9, 1},
		{imaging.Window{Center: 1, Width: math.NaN()}, math.NaN(), 0},
	} {
		if got := c.w.Part(c.x); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%+v of %v: got %v, want %v", c.w, c.x, got, c.want)
		}
	}
}

func pixels(t testing.TB, i image.Image) []byte {
	t.Helper()
	g, ok := i.(*image.Gray)
	if !ok {
		t.Fatalf("got %T", i)
	}
	return g.Pix
}

func TestDraw(t *testing.T) {
	l := gray(1, 4, 16, 12, true)
	f := frame(t, l, words(0, 100, 200, -2000&0xFFFF))
	p := imaging.Presentation{Modality: imaging.Modality{Slope: 2, Intercept: -200}, Padding: &imaging.Padding{Least: -2000, Greatest: -2000}}
	w := imaging.Window{Center: 0, Width: 400, Curve: imaging.LinearExact}
	for _, c := range []struct {
		name              string
		mono1, inverse, n bool
		want              string
	}{
		{"as it is", false, false, false, "\x00\x80\xff\x00"},
		{"MONOCHROME1", true, false, false, "\xff\x7f\x00\x00"},
		{"MONOCHROME1 and INVERSE say one thing", true, true, false, "\xff\x7f\x00\x00"},
		{"INVERSE", false, true, false, "\xff\x7f\x00\x00"},
		{"negative of MONOCHROME1", true, false, true, "\x00\x80\xff\x00"},
		{"negative", false, false, true, "\xff\x7f\x00\x00"},
	} {
		g := *f
		if c.mono1 {
			g.Photometric = "MONOCHROME1"
		}
		p.Inverse = c.inverse
		if got := string(pixels(t, p.Draw(&g, w, c.n))); got != c.want {
			t.Errorf("%s: got %x, want %x", c.name, got, c.want)
		}
	}
	p = imaging.Presentation{}
	if got := string(pixels(t, p.Draw(f, p.First(frame(t, gray(1, 2, 16, 12, true), words(0, 100))), false))); got != "\x00\xff\xff\x00" {
		t.Errorf("a window over all: %x", got)
	}
	bits := frame(t, gray(1, 2, 1, 1, false), []byte{1, 0})
	if got := string(pixels(t, p.Draw(bits, p.First(bits), false))); got != "\xff\x00" {
		t.Errorf("single bits: %x", got)
	}
}

func TestColours(t *testing.T) {
	l := imaging.Layout{Rows: 1, Columns: 1, Samples: 3, Allocated: 8, Stored: 8, High: 7}
	for photometric, want := range map[string][3]uint8{"RGB": {81, 90, 240}, "YBR_RCT": {81, 90, 240}, "YBR_FULL": {238, 14, 14}, "YBR_PARTIAL_420": {254, 0, 0}} {
		l.Photometric = photometric
		i := imaging.Presentation{}.Draw(frame(t, l, []byte{81, 90, 240}), imaging.Window{}, true)
		got := i.(*image.RGBA).RGBAAt(0, 0)
		if [3]uint8{got.R, got.G, got.B} != want || got.A != 255 {
			t.Errorf("%s: got %v, want %v", photometric, got, want)
		}
	}
	p := imaging.Presentation{Palette: &imaging.Palette{Red: imaging.Lookup{Bits: 16, Values: []uint16{0, 0x8000}}, Green: imaging.Lookup{Bits: 8, Values: []uint16{7, 9}}, Blue: imaging.Lookup{Bits: 16, Values: []uint16{0, 0xFFFF}}}}
	l = gray(1, 2, 8, 8, false)
	l.Photometric = "PALETTE COLOR"
	i := p.Draw(frame(t, l, []byte{0, 200}), imaging.Window{}, false).(*image.RGBA)
	if got := string(i.Pix); got != "\x00\x07\x00\xff\x80\x09\xff\xff" {
		t.Errorf("palette: %x", got)
	}
}

func TestOverlay(t *testing.T) {
	f := frame(t, gray(3, 4, 16, 12, false), words(0, 0x1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
	o := imaging.Overlay{Rows: 2, Columns: 2, Row: 1, Column: -1, Frames: 1, Bits: []byte{0b0110}}
	m := o.Mask(f, 0)
	if m == nil || m.AlphaAt(0, 1).A != 255 || m.AlphaAt(0, 2).A != 0 || m.AlphaAt(1, 1).A != 0 {
		t.Errorf("got %v", m)
	}
	if o.Mask(f, 1) != nil {
		t.Error("it is of one frame")
	}
	o = imaging.Overlay{Rows: 3, Columns: 4, Bit: 12}
	if m := o.Mask(f, 0); m == nil || m.AlphaAt(1, 0).A != 255 || m.AlphaAt(0, 0).A != 0 {
		t.Errorf("in the pixels: %v", m)
	}
	if o.Bit = 5; o.Mask(f, 0) != nil {
		t.Error("a bit of the values is no overlay")
	}
}

func TestOrientation(t *testing.T) {
	for _, c := range []struct {
		cosines []float64
		want    imaging.Orientation
	}{
		{[]float64{1, 0, 0, 0, 1, 0}, imaging.Orientation{Left: "R", Right: "L", Top: "A", Bottom: "P"}},
		{[]float64{0, 1, 0, 0, 0, -1}, imaging.Orientation{Left: "A", Right: "P", Top: "H", Bottom: "F"}},
		{[]float64{0.8, 0.6, 0, 0, 0, -1}, imaging.Orientation{Left: "RA", Right: "LP", Top: "H", Bottom: "F"}},
		{[]float64{1, 0, 0, 1, 0, 0}, imaging.Orientation{}},
		{[]float64{0, 0, 0, 0, 0, 0}, imaging.Orientation{}},
		{nil, imaging.Orientation{}},
	} {
		if got := imaging.Cosines(c.cosines); got != c.want {
			t.Errorf("%v: got %v, want %v", c.cosines, got, c.want)
		}
	}
	if got := imaging.Edges("A", "FR"); got != (imaging.Orientation{Left: "P", Right: "A", Top: "HL", Bottom: "FR"}) {
		t.Errorf("got %v", got)
	}
	for _, s := range []string{"", "X", "LR", "DV", "LAFH"} {
		if imaging.Edges(s, "F") != (imaging.Orientation{}) {
			t.Errorf("%q says nothing", s)
		}
	}
}

func TestSpacing(t *testing.T) {
	a, b := []float64{0.2, 0.3}, []float64{0.25, 0.35}
	for _, c := range []struct {
		name string
		s    imaging.Spaced
		want imaging.Spacing
	}{
		{"a slice", imaging.Spaced{Pixel: a}, imaging.Spacing{Row: 0.2, Column: 0.3, Plane: imaging.Patient}},
		{"nothing", imaging.Spaced{}, imaging.Spacing{}},
		{"impossible", imaging.Spaced{Pixel: []float64{0, -1}}, imaging.Spacing{}},
		{"a detector", imaging.Spaced{Imager: a, Projection: true}, imaging.Spacing{Row: 0.2, Column: 0.3, Plane: imaging.Detector}},
		{"the same twice", imaging.Spaced{Pixel: a, Imager: a, Projection: true}, imaging.Spacing{Row: 0.2, Column: 0.3, Plane: imaging.Detector}},
		{"calibrated", imaging.Spaced{Pixel: a, Imager: b, Projection: true}, imaging.Spacing{Row: 0.2, Column: 0.3, Plane: imaging.Patient}},
		{"calibrated by a ball", imaging.Spaced{Pixel: a, Imager: a, Projection: true, Calibration: "FIDUCIAL"}, imaging.Spacing{Row: 0.2, Column: 0.3, Plane: imaging.Patient, Calibration: "FIDUCIAL"}},
		{"nobody says where", imaging.Spaced{Pixel: a, Projection: true}, imaging.Spacing{Row: 0.2, Column: 0.3, Plane: imaging.Detector}},
		{"a scanned film", imaging.Spaced{Scanned: a, Projection: true}, imaging.Spacing{Row: 0.2, Column: 0.3, Plane: imaging.Film}},
	} {
		if got := c.s.Spacing(); got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

// BenchmarkWindow is what a dragged window costs: 512 × 512 of CT to 8 bits.
func BenchmarkWindow(b *testing.B) {
	l := gray(512, 512, 16, 16, true)
	values := make([]byte, l.Size())
	for n := range 512 * 512 {
		binary.LittleEndian.PutUint16(values[2*n:], uint16(n*7919%4096-1024))
	}
	f := frame(b, l, values)
	p := imaging.Presentation{Modality: imaging.Modality{Slope: 1, Intercept: -1024}}
	dst := make([]byte, 512*512)
	for _, curve := range []imaging.Curve{imaging.Linear, imaging.Sigmoid} {
		b.Run(string(curve), func(b *testing.B) {
			for b.Loop() {
				p.Gray(dst, f, imaging.Window{Center: 40, Width: 400, Curve: curve}, false)
			}
		})
	}
}
