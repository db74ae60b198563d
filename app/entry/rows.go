// Package entry is where patients write: the forms of their own entries, filled in
// for the first time or put right.
package entry

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

// group are the forms that stand under one title.
type group struct {
	Title string
	Forms []own.Kind
}

// groups are the forms that a section offers, or all of them for no section. The
// readings come under a title of their own.
func groups(kind record.Kind) []group {
	var out []group
	for _, k := range own.Kinds() {
		if kind != "" && k.Record != kind {
			continue
		}
		title := ui.Section(k.Record)
		n := slices.IndexFunc(out, func(g group) bool { return g.Title == title })
		if n < 0 {
			n = len(out)
			out = append(out, group{Title: title})
		}
		out[n].Forms = append(out[n].Forms, k)
	}
	return out
}

// title is what the page of a form is called.
func title(k own.Kind, again bool) string {
	if again {
		return lang.L("Put right: {{.Form}}", map[string]any{"Form": say(k.Title)})
	}
	return say(k.Title)
}

// filled are the fields that say something.
func filled(values map[string]string) map[string]string {
	out := map[string]string{}
	for name, s := range values {
		if strings.TrimSpace(s) != "" {
			out[name] = s
		}
	}
	return out
}
