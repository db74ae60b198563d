package dicom_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/imaging"
)

const rleSyntax = "1.2.840.10008.1.2.5"

// once is a file that cannot be sought, as a member of an archive is.
type once struct{ io.Reader }

func (once) Close() error { return nil }

// sought is one that can.
type sought struct{ *bytes.Reader }

func (sought) Close() error { return nil }

// opened opens a made-up file as an image, in both ways.
func opened(t testing.TB, b []byte) []*imaging.Image {
	t.Helper()
	var out []*imaging.Image
	for _, file := range []dicom.File{
		func(context.Context) (io.ReadCloser, error) { return once{bytes.NewReader(b)}, nil },
		func(context.Context) (io.ReadCloser, error) { return sought{bytes.NewReader(b)}, nil },
	} {
		i, err := dicom.Open(context.Background(), nil, file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, i)
	}
	return out
}

// fragments writes packed frames behind a first item.
func fragments(table string, parts ...string) el {
	items := [][]byte{[]byte(table)}
	for _, p := range parts {
		if len(p)%2 != 0 {
			p += "\x00"
		}
		items = append(items, []byte(p))
	}
	o := orderOf(explicitLE)
	var b []byte
	for _, i := range items {
		b = append(append(b, o.mark(0xFFFEE000, uint32(len(i)), false)...), i...)
	}
	return el{tag: 0x7FE00010, vr: "OB", value: string(append(b, o.mark(0xFFFEE0DD, 0, false)...)), open: true}
}

// run is a frame of RLE: 16 pixels of one value.
func run(v byte) string {
	head := make([]byte, 64)
	head[0], head[4] = 1, 64
	return string(append(head, 0xF1, v)) // 1 - 16 in two's complement
}

func frames(n int) el { return el{tag: 0x00280008, vr: "IS", value: fmt.Sprint(n)} }

func offsets(n ...int) string {
	var b []byte
	for _, v := range n {
		b = binary.LittleEndian.AppendUint32(b, uint32(v))
	}
	return string(b)
}

func wide(n ...int) string {
	var b []byte
	for _, v := range n {
		b = binary.LittleEndian.AppendUint64(b, uint64(v))
	}
	return string(b)
}

// TestFrames finds each frame by its number, whatever lists them.
func TestFrames(t *testing.T) {
	native := strings.Repeat("a", 16) + strings.Repeat("b", 16) + strings.Repeat("c", 16)
	packed := []string{run('a'), run('b'), run('c')}
	for name, b := range map[string][]byte{
		"implicit":         written(implicitLE, image(frames(3), el{tag: 0x7FE00010, vr: "OW", value: native})...),
		"explicit":         written(explicitLE, image(frames(3), el{tag: 0x7FE00010, vr: "OW", value: native})...),
		"big":              written(explicitBE, image(frames(3), el{tag: 0x7FE00010, vr: "OW", value: native})...),
		"deflated":         written(deflatedLE, image(frames(3), el{tag: 0x7FE00010, vr: "OW", value: native})...),
		"no table":         written(rleSyntax, image(frames(3), fragments("", packed...))...),
		"a table":          written(rleSyntax, image(frames(3), fragments(offsets(0, 74, 148), packed...))...),
		"a table of lies":  written(rleSyntax, image(frames(3), fragments(offsets(0, 0, 148), packed...))...),
		"in two fragments": written(rleSyntax, image(frames(3), fragments(offsets(0, 82, 156), packed[0][:64], packed[0][64:], packed[1], packed[2]))...),
		"an extended table": written(rleSyntax, image(frames(3), el{tag: 0x7FE00001, vr: "OB", value: wide(0, 74, 148)}, el{tag: 0x7FE00002, vr: "OB", value: wide(66, 66, 66)},
			fragments("", packed...))...),
	} {
		for _, i := range opened(t, b) {
			for _, n := range []int{2, 0, 1} {
				f, err := i.Frame(t.Context(), n)
				if err != nil || string(f.Values) != strings.Repeat(string(rune('a'+n)), 16) {
					t.Errorf("%s: frame %d: %v, %v", name, n, f, err)
				}
			}
			if _, err := i.Frame(t.Context(), 3); err == nil {
				t.Errorf("%s: there is no fourth frame", name)
			}
		}
	}
}

// TestFramesRefused: what cannot be told apart, is too large or not there is said.
func TestFramesRefused(t *testing.T) {
	for name, b := range map[string][]byte{
		"fewer frames than claimed": written(explicitLE, image(frames(2))...),
		"fewer fragments":           written(rleSyntax, image(frames(3), fragments("", run('a'), run('b')))...),
		"a table behind the end":    written(rleSyntax, image(frames(2), fragments(offsets(0, 4000), run('a'), run('b')))...),
		"a fragment of another":     written(rleSyntax, image(fragments("", "xx"))...),
		"a packing not shown":       written("1.2.840.10008.1.2.4.102", image(fragments("", "xx"))...),
	} {
		for _, i := range opened(t, b) {
			if _, err := i.Frame(t.Context(), i.Frames-1); err == nil {
				t.Errorf("%s: a frame came of it", name)
			}
		}
	}
	for name, more := range map[string][]el{
		"48 GiB":        {{tag: 0x00280010, vr: "US", value: short(65535)}, {tag: 0x00280011, vr: "US", value: short(65535)}},
		"no bits":       {{tag: 0x00280100, vr: "US", value: short(0)}},
		"20,001 frames": {frames(20_001)},
	} {
		b := written(explicitLE, image(more...)...)
		if _, err := dicom.Open(t.Context(), nil, func(context.Context) (io.ReadCloser, error) { return once{bytes.NewReader(b)}, nil }); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestVideoIsNamed(t *testing.T) {
	i := opened(t, written("1.2.840.10008.1.2.4.102", image(fragments("", "xx"))...))[0]
	if i.Shown == nil || i.Shown.Error() != "MPEG-4 video: kept, not shown here" {
		t.Errorf("got %v", i.Shown)
	}
}

// TestShown reads what the tags say of how an image is shown.
func TestShown(t *testing.T) {
	table := []el{{tag: 0x00283002, vr: "US", value: short(2) + short(0xFFFF) + short(16)}, {tag: 0x00283003, vr: "LO", value: "bone"}, {tag: 0x00283006, vr: "OW", value: short(1) + short(2)}}
	i := opened(t, written(explicitLE, image(
		el{tag: 0x00200037, vr: "DS", value: `1\0\0\0\1\0`}, el{tag: 0x00280030, vr: "DS", value: `0.5\0.25`}, el{tag: 0x00280103, vr: "US", value: short(1)},
		el{tag: 0x00280120, vr: "SS", value: short(0xFF9C)}, el{tag: 0x00281050, vr: "DS", value: `40\300`}, el{tag: 0x00281051, vr: "DS", value: `400\1500`},
		el{tag: 0x00281052, vr: "DS", value: "-1024"}, el{tag: 0x00281053, vr: "DS", value: "2"}, el{tag: 0x00281054, vr: "LO", value: "HU"},
		el{tag: 0x00281055, vr: "LO", value: `soft\lung`}, seq(0x00283010, table), el{tag: 0x00181063, vr: "DS", value: "40"},
		el{tag: 0x60000010, vr: "US", value: short(4)}, el{tag: 0x60000011, vr: "US", value: short(4)}, el{tag: 0x60000050, vr: "SS", value: short(1) + short(1)},
		el{tag: 0x60003000, vr: "OW", value: "\x01\x00"},
	)...))[0]
	g := i.Of(0)
	p := g.Presentation
	switch {
	case p.Modality != (imaging.Modality{Slope: 2, Intercept: -1024, Unit: "HU"}):
		t.Errorf("modality %+v", p.Modality)
	case len(p.Windows) != 3 || p.Windows[0] != (imaging.Window{Center: 40, Width: 400, Curve: imaging.Linear, Name: "soft"}) || p.Windows[1].Name != "lung":
		t.Errorf("windows %+v", p.Windows)
	case p.Windows[2].Name != "bone" || p.Windows[2].Table.First != -1 || p.Windows[2].Table.Values[1] != 2:
		t.Errorf("table %+v", p.Windows[2])
	case *p.Padding != imaging.Padding{Least: -100, Greatest: -100}:
		t.Errorf("padding %+v", p.Padding)
	case g.Orientation.Right != "L" || g.Spacing != imaging.Spacing{Row: 0.5, Column: 0.25, Plane: imaging.Patient}:
		t.Errorf("%+v", g)
	case i.Every.Milliseconds() != 40 || len(i.Overlays) != 1:
		t.Errorf("%v, %d overlays", i.Every, len(i.Overlays))
	}
	f, err := i.Frame(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if m := i.Overlays[0].Mask(f, 0); m == nil || m.Pix[0] != 255 || m.Pix[1] != 0 {
		t.Errorf("overlay %v", m)
	}
}

// TestEachFrame reads the functional groups of an image of many frames.
func TestEachFrame(t *testing.T) {
	window := func(center string) el {
		return seq(0x00289132, []el{{tag: 0x00281050, vr: "DS", value: center}, {tag: 0x00281051, vr: "DS", value: "10"}})
	}
	i := opened(t, written(explicitLE, image(frames(2), el{tag: 0x7FE00010, vr: "OW", value: strings.Repeat("x", 32)},
		seq(0x52009229, []el{seq(0x00289110, []el{{tag: 0x00280030, vr: "DS", value: `1\2`}})}),
		seq(0x52009230, []el{window("5")}, []el{window("7")}),
	)...))[0]
	for n, center := range []float64{5, 7} {
		g := i.Of(n)
		if len(g.Presentation.Windows) != 1 || g.Presentation.Windows[0].Center != center || g.Spacing.Column != 2 {
			t.Errorf("frame %d: %+v", n, g)
		}
	}
}

// TestSegmentedPalette spells out the example of PS3.3, C.7.9.2.
func TestSegmentedPalette(t *testing.T) {
	about := short(7) + short(0) + short(16)
	line := short(0) + short(2) + short(10) + short(20) + short(1) + short(5) + short(120)
	var more []el
	for n := range uint32(3) {
		more = append(more, el{tag: 0x00281101 + n, vr: "US", value: about}, el{tag: 0x00281221 + n, vr: "OW", value: line})
	}
	i := opened(t, written(explicitLE, image(append(more, el{tag: 0x00280004, vr: "CS", value: "PALETTE COLOR"})...)...))[0]
	p := i.Of(0).Presentation.Palette
	if p == nil || fmt.Sprint(p.Blue.Values) != "[10 20 40 60 80 100 120]" {
		t.Errorf("got %+v", p)
	}
}

// FuzzPicture opens anything as an image and decodes its first and last frame.
func FuzzPicture(f *testing.F) {
	for _, syntax := range []string{implicitLE, explicitLE, explicitBE, deflatedLE} {
		f.Add(written(syntax, image()...))
	}
	f.Add(written(rleSyntax, image(frames(2), fragments(offsets(0, 74), run('a'), run('b')))...))
	f.Add(written(rleSyntax, image(frames(2), fragments("", run('a'), run('b')))...))
	f.Fuzz(func(t *testing.T, b []byte) {
		i, err := dicom.Open(t.Context(), nil, func(context.Context) (io.ReadCloser, error) { return sought{bytes.NewReader(b)}, nil })
		if err != nil || i.Size() > 1<<20 {
			return
		}
		for _, n := range []int{0, i.Frames - 1} {
			g := i.Of(n)
			if f, err := i.Frame(t.Context(), n); err == nil {
				g.Presentation.Draw(f, g.Presentation.First(f), false)
				for o := range i.Overlays {
					i.Overlays[o].Mask(f, n)
				}
			}
		}
	})
}
