package documents

import (
	"context"
	"slices"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// textView shows a document as text.
type textView struct {
	env    *ui.Env
	blocks []widget.Block
	flow   *widget.Flowing
	hits   []hit
	at     int
}

func newTextView(env *ui.Env, blocks []widget.Block) *view {
	v := &textView{env: env, blocks: blocks, flow: widget.NewFlowing(gapOf(blocks)), at: -1}
	v.flow.Set(widget.Pieces(blocks, func(n int) []widget.Mark { return marksIn(v.hits, n, v.at) }))
	return &view{
		name: lang.L("Text"), object: widget.Inset(4, 0, 10, 0, v.flow), start: func() {},
		focus: func() { env.Window.Canvas().Focus(v.flow) }, finder: newFinder(env, v.search, v.show),
	}
}

// gapOf is the room between blocks: lines of plain text stand close, since empty
// ones part them.
func gapOf(blocks []widget.Block) float32 {
	if slices.ContainsFunc(blocks, func(b widget.Block) bool { return b.Kind != widget.Paragraph }) {
		return 8
	}
	return 2
}

func (v *textView) search(_ context.Context, words string) (found, error) {
	hits, more := findInBlocks(v.blocks, words)
	return found{n: len(hits), more: more, take: func() int { v.hits = hits; return 0 }}, nil
}

// show marks a hit and scrolls to it.
func (v *textView) show(at int) {
	if v.at = at; at < 0 || at >= len(v.hits) {
		v.hits, v.at = nil, -1
		v.flow.Renew(-1)
		return
	}
	v.flow.Renew(v.hits[at].block)
	v.flow.ShowPiece(v.hits[at].block)
}
