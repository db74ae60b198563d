package imaging

import "image"

// colours draws an image of three samples (PS3.3, C.7.6.3.1.2).
func (f *Frame) colours() *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, f.Columns, f.Rows))
	convert := conversion(f.Photometric)
	shift := max(0, f.Stored-8)
	pix := dst.Pix
	if f.Width() == 1 && f.Stored == 8 {
		for v := f.Values; len(v) >= 3 && len(pix) >= 4; v, pix = v[3:], pix[4:] {
			pix[0], pix[1], pix[2] = convert(v[0], v[1], v[2])
			pix[3] = 255
		}
		return dst
	}
	eight := func(n int) uint8 {
		v := uint32(f.Layout.value(f.raw(n))) & (1<<f.Stored - 1)
		if f.Stored < 8 {
			return uint8(v * 255 / (1<<f.Stored - 1))
		}
		return uint8(v >> shift)
	}
	for n := 0; len(pix) >= 4; n, pix = n+3, pix[4:] {
		pix[0], pix[1], pix[2] = convert(eight(n), eight(n+1), eight(n+2))
		pix[3] = 255
	}
	return dst
}

// conversion gives red, green and blue. What comes out of JPEG 2000 is that
// already (PS3.5, 8.2.4).
func conversion(photometric string) func(a, b, c uint8) (uint8, uint8, uint8) {
	switch photometric {
	case "YBR_FULL", "YBR_FULL_422":
		return full
	case "YBR_PARTIAL_422", "YBR_PARTIAL_420":
		return studio
	}
	return func(r, g, b uint8) (uint8, uint8, uint8) { return r, g, b }
}

// full is of the whole range (PS3.3, C.7.6.3.1.2).
func full(y, cb, cr uint8) (uint8, uint8, uint8) {
	l, b, r := int(y)<<16+1<<15, int(cb)-128, int(cr)-128
	return clamp((l + r*91881) >> 16), clamp((l - b*22554 - r*46802) >> 16), clamp((l + b*116130) >> 16)
}

func clamp(v int) uint8 { return uint8(min(max(v, 0), 255)) }

// studio is of the range of ITU-R BT.601: 16 to 235 and 240.
func studio(y, cb, cr uint8) (uint8, uint8, uint8) {
	const one = 1 << 16
	l := (int(y)-16)*(255*one/219) + one/2
	b, r := int(cb)-128, int(cr)-128
	return clamp((l + r*104597) >> 16), clamp((l - b*25675 - r*53279) >> 16), clamp((l + b*132201) >> 16)
}
