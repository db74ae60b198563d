package pdf

import (
	"context"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
)

// read lays a selection out and reads the marks' words in their order.
func read(t *testing.T) sheettest.Export {
	return func(sel exchange.Selection) sheettest.Face {
		t.Helper()
		return reading(lay(t, sel))
	}
}

func lay(t testing.TB, sel exchange.Selection) *document {
	t.Helper()
	d, err := layOut(context.Background(), sheet.Build(sel), PaperOf(sel.Patient()))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func reading(d *document) sheettest.Face {
	f := sheettest.Face{Front: pageText(d, 0), Sections: map[string]string{}, Lists: map[string]string{}}
	ids := map[string]string{"Sources": "sources", "The person": "person", "Unclear: please ask": "unclear", "About this summary": "about"}
	for _, s := range d.sheet.Sections {
		ids[s.Title] = s.ID
	}
	section, list := "", ""
	f.All = f.Front
	for _, page := range d.pages[1:] {
		for _, m := range page {
			if m.kind != words || m.y > d.bottom+1 {
				continue
			}
			f.All += " " + m.text
			switch m.style {
			case title2:
				section, list = ids[m.text], ""
			case title3:
				list = m.text
			}
			f.Sections[section] += " " + m.text
			f.Lists[section+"/"+list] += " " + m.text
		}
	}
	return f
}

func pageText(d *document, page int) string {
	var all []string
	for _, m := range d.pages[page] {
		if m.kind == words {
			all = append(all, m.text)
		}
	}
	return strings.Join(all, " ")
}
