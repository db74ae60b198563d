package widget

import (
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

// Origin is one source of an entry, for people.
type Origin struct {
	Provenance record.Provenance
	Facts      []Fact
}

// Origins are the sources of an entry; name gives a file's name.
func Origins(r record.Record, name func(record.Hash) string) []Origin {
	var out []Origin
	for _, p := range r.Provenance {
		var f []Fact
		add := func(label, value string) {
			if value != "" {
				f = append(f, Fact{Label: label, Value: value})
			}
		}
		if p.Original != "" {
			add(lang.L("File"), name(p.Original))
			add(lang.L("Place in the file"), p.Place)
		}
		add(lang.L("Recorded"), ui.Capital(p.Asserter.Words()))
		add(lang.L("By"), p.Author)
		if !ui.LooksLikeCode(p.System) {
			add(lang.L("From"), p.System)
		}
		if !p.Received.IsZero() {
			add(lang.L("Brought in"), ui.Moment(p.Received))
		}
		out = append(out, Origin{p, f})
	}
	return out
}
