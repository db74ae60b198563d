// Package differ shows what sources state differently, side by side, and takes
// what the patient says about it.
package differ

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// side is one of the things stated, as it is shown.
type side struct {
	Words   string
	Sources []string
	Records []record.Record // that state it, each once
	Said    string          // what the patient says of it; "" for nothing
	Tone    ui.Tone
}

// sides are those of a disagreement. names gives the names of files.
func sides(d clinic.Disagreement, records map[record.ID]record.Record, names map[record.Hash]string) []side {
	var out []side
	for _, s := range d.Sides {
		x := side{Words: record.Visible(s.Words)}
		seen := map[record.ID]bool{}
		for _, by := range s.By {
			if from := source(by.Source, names); !slices.Contains(x.Sources, from) {
				x.Sources = append(x.Sources, from)
			}
			if r, ok := records[by.Record]; ok && !seen[by.Record] {
				seen[by.Record] = true
				x.Records = append(x.Records, r)
			}
		}
		x.Said, x.Tone = said(x.Records)
		out = append(out, x)
	}
	return out
}

// source is who states something, when and in which file.
func source(p record.Provenance, names map[record.Hash]string) string {
	var parts []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" && (len(parts) == 0 || parts[len(parts)-1] != s) {
			parts = append(parts, record.Visible(s))
		}
	}
	if p.Asserter == record.ByPatient {
		add(lang.L("written by you"))
	}
	add(p.Author)
	if !ui.LooksLikeCode(p.System) {
		add(p.System)
	}
	add(names[p.Original])
	if len(parts) == 0 {
		return ui.Capital(p.Asserter.Words())
	}
	return strings.Join(parts, "  ·  ")
}

// said is what the patient says of all the records of a side.
func said(records []record.Record) (string, ui.Tone) {
	right, wrong := 0, 0
	for _, r := range records {
		switch o := r.Overlay; {
		case o == nil:
		case o.Disputed:
			wrong++
		case o.Accepted:
			right++
		}
	}
	switch {
	case right > 0 && wrong == 0:
		return lang.L("You say: this is right"), ui.Good
	case wrong > 0 && right == 0:
		return lang.L("You say: this is wrong"), ui.Care
	}
	return "", ui.Plain
}

// settled says whether the patient has spoken of a disagreement.
func settled(list []side) bool {
	for _, s := range list {
		if s.Said != "" {
			return true
		}
	}
	return false
}

// shortened is a title for a button.
func shortened(s string) string {
	const most = 30 // characters
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}
