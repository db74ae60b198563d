package pdf

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// codeSize is the side of the code in points, without the white around it: 31 mm.
const codeSize = 88

// code puts words into a QR code (ISO/IEC 18004), its top right corner at x, y.
// Level M: a fold or a stain of a seventh of it does no harm. The dark modules
// of a line that touch are one box.
func (d *document) code(x, y float64, text string) error {
	const byteOrderMark = "\uFEFF" // tells readers that guess that the bytes are UTF-8
	if strings.ContainsFunc(text, func(r rune) bool { return r > '~' }) {
		text = byteOrderMark + text
	}
	c, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return fmt.Errorf("make the code of the emergency facts: %w", err)
	}
	n := c.Bounds().Dx()
	dark := func(col, row int) bool { return col < n && c.At(col, row) == color.Black }
	side := codeSize / float64(n)
	for row := range n {
		for col := 0; col < n; col++ {
			first := col
			for dark(col, row) {
				col++
			}
			if col > first {
				// A hair higher than a module, so that no white shows between lines.
				d.put(mark{kind: box, x: x - codeSize + float64(first)*side, y: y + float64(row)*side, w: float64(col-first) * side, h: side * 1.02, style: style{ink: ink{}}})
			}
		}
	}
	return nil
}
