package intake

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/exchange"
)

// draft is what was being brought in and is not filed yet.
type draft struct {
	Paths  []string              `json:"paths"`
	Answer exchange.PersonChoice `json:"answer,omitempty"` // whose record it is, as far as that was said

	Answers map[string]string `json:"answers,omitempty"` // to what the files ask, by exchange.Question.Key
}

// readDraft reads a draft; what does not read is nothing.
func readDraft(data []byte) (d draft) {
	if len(data) > 0 && json.Unmarshal(data, &d) != nil {
		return draft{}
	}
	return d
}

// draft gives the files under way, or those that are still offered.
func (p *page) draft() ui.Draft {
	d := ui.Draft{Name: ui.IntakeDraft}
	switch {
	case len(p.open.Paths) > 0:
		d.Data, _ = json.Marshal(p.open)
	case len(p.left.Paths) > 0:
		d.Data, _ = json.Marshal(p.left)
	case !p.asked:
		return ui.Draft{}
	}
	return d
}

// loadDraft asks what was left when the record was locked.
func (p *page) loadDraft() {
	ui.Load(p.env.Ctx, p.env.Work, func(context.Context) ([]byte, error) { return p.env.Drafts.Load(ui.IntakeDraft) }, func(data []byte, err error) {
		p.asked = err == nil
		if p.left = readDraft(data); len(p.left.Paths) > 0 && len(p.open.Paths) == 0 {
			p.showIdle("")
		}
	})
}

// offer shows the files that were under way when the record was locked.
func (p *page) offer() fyne.CanvasObject {
	again := fw.NewButton(lang.L("Read them again"), func() { p.bringAs(p.left) })
	again.Importance = fw.HighImportance
	forget := fw.NewButton(lang.L("Forget them"), func() {
		p.left = draft{}
		p.showIdle("")
	})
	return widget.Banner(ui.Calm, lang.L("These files were not filed yet"), leftWords(p.left.Paths), widget.Inset(4, 0, 0, 0, container.NewHBox(again, forget)))
}

// leftWords names the files, the first few of them.
func leftWords(paths []string) string {
	const most = 3
	var names []string
	for _, path := range paths[:min(most, len(paths))] {
		names = append(names, filepath.Base(path))
	}
	words := strings.Join(names, ", ")
	if n := len(paths) - most; n > 0 {
		words += " " + lang.N("and {{.Count}} more files", n, map[string]any{"Count": n})
	}
	return lang.L("The record was locked before {{.Names}} became part of it. Nothing of them is in the record.", map[string]any{"Names": words})
}
