package documents

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
)

// pause is how long after the last letter words are looked for.
const pause = 200 * time.Millisecond

// found is what looking for words gave.
type found struct {
	n    int
	more bool       // there are further ones
	take func() int // hands the places over, on the UI goroutine; says which comes first
}

// finder looks for words inside a document and walks through the places where
// they stand.
type finder struct {
	env    *ui.Env
	search func(context.Context, string) (found, error) // off the UI goroutine
	show   func(at int)                                 // negative: words are no longer looked for

	object   fyne.CanvasObject
	entry    *fw.Entry
	count    *widget.Line
	back, on *fw.Button
	now      found
	at       int
	words    string
	cancel   context.CancelFunc
}

func newFinder(env *ui.Env, search func(context.Context, string) (found, error), show func(int)) *finder {
	f := &finder{env: env, search: search, show: show, entry: fw.NewEntry(), count: widget.Caption(""), cancel: func() {}}
	f.entry.SetPlaceHolder(lang.L("Find in this document"))
	f.entry.OnChanged = func(string) { f.soon() }
	f.entry.OnSubmitted = func(string) { f.enter() }
	f.back = fw.NewButtonWithIcon("", theme.MoveUpIcon(), func() { f.step(-1) })
	f.on = fw.NewButtonWithIcon("", theme.MoveDownIcon(), func() { f.step(1) })
	f.count.Whole = true
	room := container.NewStack(widget.Room(fyne.NewSize(210, 1)), f.entry)
	f.object = container.NewHBox(room, f.back, f.on, container.NewCenter(f.count))
	f.tell()
	return f
}

// focus puts the keyboard there.
func (f *finder) focus() { f.env.Window.Canvas().Focus(f.entry) }

// soon looks for the words once nobody types.
func (f *finder) soon() {
	words := f.entry.Text
	ui.After(f.env.Ctx, f.env.Work, pause, func() {
		if f.entry.Text == words {
			f.look()
		}
	})
}

// enter looks at once, or goes on.
func (f *finder) enter() {
	if strings.TrimSpace(f.entry.Text) != f.words {
		f.look()
		return
	}
	f.step(1)
}

// look looks for the words that stand there.
func (f *finder) look() {
	words := strings.TrimSpace(f.entry.Text)
	if words == f.words {
		return
	}
	f.env.Used()
	f.cancel()
	f.words, f.now, f.at = words, found{}, -1
	f.show(-1)
	if words == "" {
		f.tell()
		return
	}
	ctx, cancel := context.WithCancel(f.env.Ctx)
	f.cancel = cancel
	f.count.Set(lang.L("Looking…"))
	ui.Load(ctx, f.env.Work, func(ctx context.Context) (found, error) { return f.search(ctx, words) }, func(r found, err error) {
		if err != nil {
			f.count.Set(lang.L("It could not be searched"))
			return
		}
		if f.now, f.at = r, 0; r.take != nil {
			f.at = r.take()
		}
		if r.n > 0 {
			f.show(f.at)
		}
		f.tell()
	})
}

// step goes to the next place or the one before, round the ends.
func (f *finder) step(by int) {
	if f.now.n == 0 {
		return
	}
	f.env.Used()
	f.at = (f.at + by + f.now.n) % f.now.n
	f.show(f.at)
	f.tell()
}

// tell says where we are.
func (f *finder) tell() {
	f.count.Set(findWords(f.words, f.at, f.now))
	for _, b := range []*fw.Button{f.back, f.on} {
		if f.now.n > 1 {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func findWords(words string, at int, r found) string {
	switch {
	case words == "":
		return ""
	case r.n == 0 && r.more:
		return lang.L("Not found in the part that was searched")
	case r.n == 0:
		return lang.L("Not found")
	}
	all := ui.Number(r.n)
	if r.more {
		all += "+"
	}
	return lang.L("{{.Shown}} of {{.All}}", map[string]any{"Shown": ui.Number(at + 1), "All": all})
}
