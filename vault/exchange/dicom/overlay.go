package dicom

import (
	"github.com/carnet-phr/carnet/vault/imaging"
)

// overlays are the planes that lie over the image (PS3.3, C.9.2): at most
// sixteen, each in a group of its own.
func overlays(d dataset) []imaging.Overlay {
	var out []imaging.Overlay
	for group := tag(0); group < 16; group++ {
		in := func(t tag) tag { return t + group<<17 }
		o := imaging.Overlay{
			Rows: d.number(in(tagOverlayRows), 0), Columns: d.number(in(tagOverlayColumns), 0), Frames: max(1, d.number(in(tagOverlayFrames), 1)),
			First: max(1, d.number(in(tagOverlayFirst), 1)) - 1, Kind: d.text(in(tagOverlayKind)), Label: clip(d.text(in(tagOverlayLabel))),
		}
		if origin := d.numbers(in(tagOverlayOrigin)); len(origin) == 2 {
			o.Row, o.Column = int(origin[0])-1, int(origin[1])-1
		}
		e := d.get(in(tagOverlayData))
		switch allocated := d.number(in(tagOverlayBits), 1); {
		case o.Rows <= 0 || o.Columns <= 0:
			continue
		case e != nil && len(e.Bytes) >= (o.Rows*o.Columns+7)/8:
			o.Bits = e.Bytes
		case e == nil && allocated > 1:
			o.Bit = d.number(in(tagOverlayBit), -1)
		default:
			continue
		}
		out = append(out, o)
	}
	return out
}
