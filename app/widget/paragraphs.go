package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"
)

// Limits that keep one text object small: wrapping is quadratic in Fyne.
const (
	paragraphLimit = 1500 // characters of one text object
	blocksAtOnce   = 120  // objects shown before "Show more"
)

// Paragraphs is text of any length: wrapped, one object a paragraph, the rest
// behind "Show more".
func Paragraphs(text string) fyne.CanvasObject {
	pieces := SplitText(text, paragraphLimit)
	if len(pieces) == 1 {
		return Words(pieces[0])
	}
	blocks := make([]func() fyne.CanvasObject, len(pieces))
	for i, p := range pieces {
		blocks[i] = func() fyne.CanvasObject { return Words(p) }
	}
	return Unrolled(6, blocks)
}

// Unrolled stacks blocks, making them only when they are to be seen: the first
// hundred or so at once, more on demand.
func Unrolled(gap float32, blocks []func() fyne.CanvasObject) *fyne.Container {
	c := Column(gap)
	var more func()
	more = func() {
		if n := len(c.Objects); n > 0 && len(blocks) >= 0 {
			if _, ok := c.Objects[n-1].(*fw.Button); ok {
				c.Objects = c.Objects[:n-1]
			}
		}
		n := min(blocksAtOnce, len(blocks))
		for _, b := range blocks[:n] {
			c.Objects = append(c.Objects, b())
		}
		if blocks = blocks[n:]; len(blocks) > 0 {
			c.Objects = append(c.Objects, fw.NewButton(lang.L("Show more"), more))
		}
		c.Refresh()
	}
	more()
	return c
}

// SplitText cuts text at line ends, and lines longer than limit at a space.
// Nothing is lost: joined with line feeds or spaces it reads the same.
func SplitText(text string, limit int) []string {
	var out []string
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		for len(line) > limit {
			at := strings.LastIndexByte(line[:limit], ' ')
			if at <= 0 {
				at = limit
				for at > 0 && line[at]&0xC0 == 0x80 { // not inside a UTF-8 character
					at--
				}
			}
			out = append(out, line[:at])
			line = strings.TrimPrefix(line[at:], " ")
		}
		out = append(out, line)
	}
	return out
}
