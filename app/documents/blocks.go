package documents

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// Limits that keep a block small: wrapping is quadratic in Fyne.
const blockLimit = 1500 // characters

// blocksOf is the text of a document in reading order: its sections with their
// headings, else its formatted text, else that of its files.
func blocksOf(d *record.DocumentReference) []widget.Block {
	var out []widget.Block
	for _, s := range d.Section {
		out = append(out, sectionBlocks(s)...)
	}
	if len(out) == 0 && d.Text != "" {
		out = widget.ParseNarrative(d.Text)
	}
	for _, a := range d.Content {
		if a.Text == "" || formOf(a.ContentType) == pdfForm { // its pages are shown
			continue
		}
		if len(out) > 0 || len(d.Content) > 1 {
			if t := strings.TrimSpace(a.Title); t != "" {
				out = append(out, heading(t, 0))
			}
		}
		out = append(out, plainBlocks(a.Text)...)
	}
	return out
}

func sectionBlocks(s record.Section) []widget.Block {
	var out []widget.Block
	title := strings.TrimSpace(s.Title)
	if title == "" {
		title = s.Code.String()
	}
	switch {
	case s.Text != "":
		out = widget.ParseNarrative(s.Text)
	case s.EmptyReason != "":
		out = plainBlocks(lang.L("Nothing here; the source gives the reason: {{.Reason}}", map[string]any{"Reason": s.EmptyReason}))
	}
	if title != "" && (len(out) > 0 || s.Depth == 0) {
		out = append([]widget.Block{heading(title, s.Depth)}, out...)
	}
	return out
}

func heading(words string, depth int) widget.Block {
	kind := widget.SectionTitle
	if depth > 0 {
		kind = widget.Title
	}
	return widget.Block{Kind: kind, Runs: []widget.Run{{Text: words}}}
}

// plainBlocks are the paragraphs of a text without form.
func plainBlocks(text string) []widget.Block {
	var out []widget.Block
	for _, p := range widget.SplitText(text, blockLimit) {
		out = append(out, widget.Block{Kind: widget.Paragraph, Runs: []widget.Run{{Text: p}}})
	}
	return out
}

// hit is a place of words in blocks.
type hit struct {
	block int
	widget.Mark
}

// findInBlocks looks for words; more says that there are further ones.
func findInBlocks(blocks []widget.Block, words string) (found []hit, more bool) {
	for n, b := range blocks {
		for h, text := range b.Holders() {
			for _, at := range widget.FindWords(text, words) {
				if len(found) == hitsMost {
					return found, true
				}
				found = append(found, hit{n, widget.Mark{Holder: h, Stretch: at}})
			}
		}
	}
	return found, false
}

// marksIn are the marks of a block; now is the hit that is looked at.
func marksIn(found []hit, block, now int) []widget.Mark {
	var out []widget.Mark
	for i, h := range found {
		if h.block == block {
			m := h.Mark
			m.Now = i == now
			out = append(out, m)
		}
	}
	return out
}
