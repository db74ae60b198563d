package dicom_test

import (
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/imaging"
)

// TestPlaced reads where an image lies, the shape of its pixels and how long its
// frames are shown.
func TestPlaced(t *testing.T) {
	rescaled := []el{{tag: 0x00281052, vr: "DS", value: "-1024"}, {tag: 0x00281053, vr: "DS", value: "1"}}
	for _, c := range []struct {
		name   string
		more   []el
		slice  imaging.Slice
		unit   string
		aspect float64
		stays  int
	}{
		{
			"a CT image", append(rescaled, el{tag: 0x00200032, vr: "DS", value: `-10\5\30.5`}, el{tag: 0x00200037, vr: "DS", value: `1\0\0\0\1\0`}),
			imaging.Slice{Known: true, Position: [3]float64{-10, 5, 30.5}, Row: [3]float64{1, 0, 0}, Column: [3]float64{0, 1, 0}},
			"HU", 1, 0,
		},
		{"two energies", append(rescaled, el{tag: 0x00189361, vr: "CS", value: "YES"}), imaging.Slice{}, "", 1, 0},
		{"no CT image", append(rescaled, el{tag: 0x00080016, vr: "UI", value: ctClass + ".9"}), imaging.Slice{}, "", 1, 0},
		{"not rescaled", nil, imaging.Slice{}, "", 1, 0},
		{"no orientation", []el{{tag: 0x00200032, vr: "DS", value: `1\2\3`}}, imaging.Slice{}, "", 1, 0},
		{"high pixels", []el{{tag: 0x00280034, vr: "IS", value: `2\1`}}, imaging.Slice{}, "", 2, 0},
		{"no pixels", []el{{tag: 0x00280034, vr: "IS", value: `0\1`}}, imaging.Slice{}, "", 1, 0},
		{"times", []el{frames(3), {tag: 0x00181065, vr: "DS", value: `0\40\80`}}, imaging.Slice{}, "", 1, 3},
		{"no times", []el{frames(3), {tag: 0x00181065, vr: "DS", value: `0\0\80`}}, imaging.Slice{}, "", 1, 0},
	} {
		i := opened(t, written(explicitLE, image(c.more...)...))[0]
		g := i.Of(0)
		if g.Slice != c.slice || g.Presentation.Modality.Unit != c.unit || i.PixelAspect(0) != c.aspect || len(i.Stays) != c.stays {
			t.Errorf("%s: %+v, %q, aspect %v, %v", c.name, g.Slice, g.Presentation.Modality.Unit, i.PixelAspect(0), i.Stays)
		}
		if d, stated := i.Stay(1); stated != (c.stays > 0) || stated && d != 80*time.Millisecond {
			t.Errorf("%s: frame 1 is shown for %v, %v", c.name, d, stated)
		}
	}
}
