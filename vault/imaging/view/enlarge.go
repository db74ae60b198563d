package view

import "image"

// fraction is how finely the place between two pixels is taken, in bits.
const fraction = 8

// between says between which two pixels a point lies, and how near to the second.
type between struct{ low, high, part int }

// betweens are the places of points [from, to) of an enlarged row or column that
// begins at 0 and is as long as shown, out of n pixels.
func betweens(from, to, shown, n int) []between {
	out := make([]between, 0, max(0, to-from))
	for at := from; at < to; at++ {
		// The centers of the first and the last pixel are where they are held.
		p := ((2*at+1)*n<<fraction/shown - 1<<fraction) / 2
		p = min(max(p, 0), (n-1)<<fraction)
		low := p >> fraction
		out = append(out, between{low, min(low+1, n-1), p & (1<<fraction - 1)})
	}
	return out
}

// enlarge draws a part of a grey picture larger, each point between its four
// nearest pixels: what x/image/draw does for all kinds of pictures, in integers.
func enlarge(dst *image.RGBA, dr image.Rectangle, src *image.Gray, sr image.Rectangle) {
	clip := dr.Intersect(dst.Rect)
	if clip.Empty() || sr.Empty() {
		return
	}
	columns := betweens(clip.Min.X-dr.Min.X, clip.Max.X-dr.Min.X, dr.Dx(), sr.Dx())
	rows := betweens(clip.Min.Y-dr.Min.Y, clip.Max.Y-dr.Min.Y, dr.Dy(), sr.Dy())
	mixed := make([]int, sr.Dx()) // a row of pixels between two, in 1/256
	for n, r := range rows {
		upper := src.Pix[src.PixOffset(sr.Min.X, sr.Min.Y+r.low):][:sr.Dx()]
		lower := src.Pix[src.PixOffset(sr.Min.X, sr.Min.Y+r.high):][:sr.Dx()]
		for x := range mixed {
			mixed[x] = int(upper[x])<<fraction + (int(lower[x])-int(upper[x]))*r.part
		}
		line := dst.Pix[dst.PixOffset(clip.Min.X, clip.Min.Y+n):][:4*len(columns)]
		for _, c := range columns {
			a := mixed[c.low]
			v := uint8((a<<fraction + (mixed[c.high]-a)*c.part + 1<<(2*fraction-1)) >> (2 * fraction))
			line[0], line[1], line[2], line[3] = v, v, v, 0xFF
			line = line[4:]
		}
	}
}
