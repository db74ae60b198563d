package dicom_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/view"
)

// slab is a made-up CT image of 512 × 512 pixels that is not compressed.
func slab(b testing.TB) *imaging.Image {
	b.Helper()
	content := written(explicitLE, image(el{tag: 0x00280010, vr: "US", value: short(512)}, el{tag: 0x00280011, vr: "US", value: short(512)}, el{tag: 0x7FE00010, vr: "OW", value: string(make([]byte, 512<<10))})...)
	i, err := dicom.Open(b.Context(), nil, func(context.Context) (io.ReadCloser, error) { return sought{bytes.NewReader(content)}, nil })
	if err != nil {
		b.Fatal(err)
	}
	return i
}

// BenchmarkToScreen takes the next image of a raw CT series to pixels of a window
// of 800 × 600 points: decoded, windowed and scaled.
func BenchmarkToScreen(b *testing.B) {
	i := slab(b)
	w := imaging.Window{Center: 40, Width: 400}
	b.ReportAllocs()
	for b.Loop() {
		f, err := i.Frame(b.Context(), 0)
		if err != nil {
			b.Fatal(err)
		}
		l := view.Look{Window: &w}
		view.Render(view.Picture(i, f, 0, l, true), l, 1, 800, 600, false)
	}
}

// BenchmarkWindow is one step of dragging the window of a frame that is decoded.
func BenchmarkWindow(b *testing.B) {
	i := slab(b)
	f, err := i.Frame(b.Context(), 0)
	if err != nil {
		b.Fatal(err)
	}
	whole := imaging.Whole(f, imaging.Modality{}, nil)
	w := imaging.Window{Center: 40, Width: 400}
	for b.Loop() {
		w = view.Dragged(w, whole, 0.001, 0.001)
		l := view.Look{Window: &w}
		view.Render(view.Picture(i, f, 0, l, true), l, 1, 800, 600, true)
	}
}
