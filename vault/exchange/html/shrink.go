package html

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
)

// shrunk is a picture no larger than side, each of its pixels the mean of those
// that it stands for.
func shrunk(full image.Image, side int) *image.NRGBA {
	from := full.Bounds()
	w, h := from.Dx(), from.Dy()
	if longer := max(w, h); longer > side {
		w, h = max(1, w*side/longer), max(1, h*side/longer)
	}
	small := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		top, bottom := from.Min.Y+y*from.Dy()/h, from.Min.Y+(y+1)*from.Dy()/h
		for x := range w {
			left, right := from.Min.X+x*from.Dx()/w, from.Min.X+(x+1)*from.Dx()/w
			small.Set(x, y, mean(full, image.Rect(left, top, right, bottom)))
		}
	}
	return small
}

// mean is the mean colour of a part of a picture that is not empty.
func mean(p image.Image, part image.Rectangle) color.Color {
	var r, g, b, a, n uint64
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			cr, cg, cb, ca := p.At(x, y).RGBA()
			r, g, b, a, n = r+uint64(cr), g+uint64(cg), b+uint64(cb), a+uint64(ca), n+1
		}
	}
	return color.RGBA64{R: uint16(r / n), G: uint16(g / n), B: uint16(b / n), A: uint16(a / n)}
}

// upright turns a picture as its Exif orientation says (Exif 2.32, tag 0x0112).
func upright(p *image.NRGBA, orientation int) *image.NRGBA {
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	from := map[int]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return w - 1 - x, y },
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		4: func(x, y int) (int, int) { return x, h - 1 - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return y, h - 1 - x },
		7: func(x, y int) (int, int) { return w - 1 - y, h - 1 - x },
		8: func(x, y int) (int, int) { return w - 1 - y, x },
	}[orientation]
	if from == nil {
		return p
	}
	turned := image.NewNRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		turned = image.NewNRGBA(image.Rect(0, 0, h, w))
	}
	for y := range turned.Bounds().Dy() {
		for x := range turned.Bounds().Dx() {
			turned.Set(x, y, p.At(from(x, y)))
		}
	}
	return turned
}

// orientation is what the Exif header of a JPEG file says of how it was held; 0
// where it says nothing.
func orientation(file []byte) int {
	for at := 2; at+4 <= len(file) && file[at] == 0xff && file[at+1] != 0xda; {
		end := at + 2 + int(binary.BigEndian.Uint16(file[at+2:]))
		if end > len(file) || end < at+4 {
			return 0
		}
		if exif, ok := bytes.CutPrefix(file[at+4:end], []byte("Exif\x00\x00")); ok && file[at+1] == 0xe1 {
			return exifOrientation(exif)
		}
		at = end
	}
	return 0
}

func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 0
	}
	const tag, entry = 0x0112, 12
	n := int(order.Uint16(tiff[at:]))
	for list := tiff[at+2:]; n > 0 && len(list) >= entry; n, list = n-1, list[entry:] {
		if order.Uint16(list) == tag {
			return int(order.Uint16(list[8:]))
		}
	}
	return 0
}
