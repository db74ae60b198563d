package documents

import (
	"context"
	"fmt"
	"io"
	"math"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// fileView shows a file of text exactly as it stands, with what an entry says of
// it marked. It holds a part of the file at a time.
type fileView struct {
	env      *ui.Env
	file     record.Original
	mark     record.Span // length 0: none
	encoding encoding

	piece   piece
	rows    []row
	columns int
	hits    []record.Span
	at      int // of hits; negative for none

	state          *widget.View
	text           *widget.FileText
	earlier, later *fw.Button
	where          *widget.Line
	cancel         context.CancelFunc
}

func newFileView(env *ui.Env, file record.Original, mark record.Span, e encoding) *view {
	v := &fileView{env: env, file: file, mark: mark, encoding: e, at: -1, columns: 80, state: widget.NewView(), text: widget.NewFileText(), where: widget.Caption(""), cancel: func() {}}
	v.text.OnColumns = func(n int) { v.columns = n; v.wrap() }
	v.earlier = button(lang.L("Earlier in the file"), theme.MoveUpIcon(), func() { v.load(v.piece.start-pieceSize+2*lead, v.piece.start, false) })
	v.later = button(lang.L("Later in the file"), theme.MoveDownIcon(), func() { v.load(v.piece.end, v.piece.end, true) })
	v.where.Whole = true
	var tools []fyne.CanvasObject
	if mark.Length > 0 {
		tools = append(tools, button(lang.L("To the marked part"), theme.RadioButtonCheckedIcon(), func() { v.to(mark.Offset) }))
	}
	return &view{
		name: lang.L("The file"), tools: tools, object: v.state.Object, start: func() { v.load(mark.Offset, mark.Offset, false) },
		finder: newFinder(env, v.search, v.show), focus: func() { env.Window.Canvas().Focus(v.text) },
	}
}

// open gives the file's bytes, in any order where it can.
func (v *fileView) open(ctx context.Context) (io.ReadCloser, error) {
	r, _, err := v.env.Vault.OpenOriginalAt(ctx, v.file.Hash)
	return r, err
}

// load shows the part of the file around a place, or from it on where exact, with
// the line of another one near the top.
func (v *fileView) load(at, top int64, exact bool) {
	v.cancel()
	ctx, cancel := context.WithCancel(v.env.Ctx)
	v.cancel = cancel
	ui.Load(ctx, v.env.Work, func(ctx context.Context) (piece, error) {
		return readPiece(ctx, v.open, v.file.Size, v.encoding, at, exact)
	}, func(p piece, err error) {
		if err != nil {
			v.state.Failed(trouble(err), func() { v.load(at, top, exact) })
			return
		}
		if v.piece = p; len(p.letters) == 0 {
			v.state.Empty(lang.L("The file is empty"), "")
			return
		}
		if v.state.State != widget.Ready {
			v.state.Ready(v.layout())
		}
		v.wrap()
		v.text.ShowLine(v.piece.rowAt(v.rows, top))
		v.told()
	})
}

func (v *fileView) layout() fyne.CanvasObject {
	bar := container.NewBorder(nil, nil, v.earlier, v.later, container.NewCenter(v.where))
	return container.NewBorder(nil, bar, nil, nil, v.text)
}

// wrap breaks the lines to the window's width.
func (v *fileView) wrap() {
	v.rows = rowsOf(v.piece.letters, v.columns)
	v.paint()
}

// paint shows the lines with their marks.
func (v *fileView) paint() { v.text.Set(v.piece.lines(v.rows, v.marks())) }

// marks are those that reach into the part that is shown.
func (v *fileView) marks() []mark {
	var out []mark
	if v.mark.Length > 0 {
		out = append(out, mark{Span: v.mark})
	}
	first := sort.Search(len(v.hits), func(i int) bool { return v.hits[i].Offset+v.hits[i].Length > v.piece.start })
	for i := first; i < len(v.hits) && v.hits[i].Offset < v.piece.end; i++ {
		out = append(out, mark{Span: v.hits[i], found: true, now: i == v.at})
	}
	return out
}

func (v *fileView) search(ctx context.Context, words string) (found, error) {
	hits, more, err := findIn(ctx, v.open, v.encoding, words)
	return found{n: len(hits), more: more, take: func() int {
		v.hits = hits
		from := v.piece.start
		if v.mark.Length > 0 && v.mark.Offset >= from && v.mark.Offset < v.piece.end {
			from = v.mark.Offset
		}
		return sort.Search(len(hits), func(i int) bool { return hits[i].Offset >= from }) % max(1, len(hits))
	}}, err
}

// show goes to a place of the words.
func (v *fileView) show(at int) {
	if v.at = at; at < 0 || at >= len(v.hits) {
		v.hits, v.at = nil, -1
		v.paint()
		return
	}
	v.to(v.hits[at].Offset)
}

// to scrolls to a byte, in another part of the file where it stands there.
func (v *fileView) to(at int64) {
	if at < v.piece.start || at >= v.piece.end {
		v.load(at, at, false)
		return
	}
	v.paint()
	v.text.ShowLine(v.piece.rowAt(v.rows, at))
}

// told says which part of the file is shown.
func (v *fileView) told() {
	able := func(b *fw.Button, on bool) {
		if b.Hidden = !on; on {
			b.Enable()
		} else {
			b.Disable()
		}
		b.Refresh()
	}
	able(v.earlier, v.piece.start > 0)
	able(v.later, v.piece.end < v.piece.size)
	v.where.Set(whereWords(v.piece))
}

// whereWords says which part of a file is shown; "" where it is all of it.
func whereWords(p piece) string {
	if p.start == 0 && p.end >= p.size {
		return ""
	}
	percent := func(n int64) string {
		return fmt.Sprintf("%.*f", digits(p.size), 100*float64(n)/math.Max(1, float64(p.size)))
	}
	return lang.L("{{.From}} to {{.To}} % of {{.Size}}", map[string]any{"From": percent(p.start), "To": percent(p.end), "Size": ui.Size(p.size)})
}

// digits are those behind the point that tell one part of a file from the next.
func digits(size int64) int {
	if size > 100*pieceSize {
		return 1
	}
	return 0
}
