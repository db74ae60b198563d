// Package share makes the package for a doctor: for whom, which sections, where
// to, and then what was written and how it was checked.
package share

import (
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// section is one line of the choice of sections.
type section struct {
	Kind  record.Kind
	Words string
	Count int
}

// sections are those that hold anything, in reading order. The person's own
// entry always goes along and is no choice.
func sections(counts map[record.Kind]int) []section {
	var out []section
	for _, k := range record.Kinds {
		if n := counts[k.Kind]; n > 0 && k.Kind != record.KindPatient {
			out = append(out, section{k.Kind, ui.Section(k.Kind), n})
		}
	}
	return out
}

// scope is what leaves, from the choices of the page. All sections chosen is no
// restriction, so that sections of later versions go along too.
func scope(person record.ID, all []section, chosen map[record.Kind]bool, held map[record.ID]bool, recipient string) exchange.Scope {
	s := exchange.Scope{Person: person, For: strings.TrimSpace(recipient)}
	kinds := []record.Kind{record.KindPatient}
	for _, x := range all {
		if chosen[x.Kind] {
			kinds = append(kinds, x.Kind)
		}
	}
	if len(kinds) <= len(all) {
		s.Kinds = kinds
	}
	for id, on := range held {
		if on {
			s.Exclude = append(s.Exclude, id)
		}
	}
	return s
}

// folder is where a package goes unless the user says otherwise.
func folder(home string, now time.Time) string {
	return filepath.Join(home, "Documents", lang.L("Carnet package {{.Date}}", map[string]any{"Date": ui.Day(now)}))
}

// free gives the first of path, "path (2)", "path (3)", … that is not taken.
func free(path string, taken func(string) bool) string {
	const most = 1000
	for n := 2; n < most && taken(path); n++ {
		base := strings.TrimSuffix(path, suffixOf(path))
		path = base + " (" + ui.Number(n) + ")"
	}
	return path
}

// suffixOf is the " (2)" at the end of a path, or "".
func suffixOf(path string) string {
	i := strings.LastIndex(path, " (")
	if i < 0 || !strings.HasSuffix(path, ")") || strings.Trim(path[i+2:len(path)-1], "0123456789") != "" {
		return ""
	}
	return path[i:]
}

// leaving says in one line what goes and what stays.
func leaving(all []section, chosen map[record.Kind]bool, held int) string {
	n, left := 0, 0
	for _, s := range all {
		if chosen[s.Kind] {
			n += s.Count
		} else {
			left += s.Count
		}
	}
	words := lang.L("{{.Entries}} chosen", map[string]any{"Entries": ui.Entries(n)})
	if left > 0 {
		words += ", " + lang.L("{{.Count}} in other sections stay here", map[string]any{"Count": ui.Number(left)})
	}
	if held > 0 {
		words += ", " + lang.N("{{.Count}} held back", held, map[string]any{"Count": held})
	}
	return words + "."
}

// checkRow is one line of the self-test.
type checkRow struct {
	Words string
	Mark  string
	Tone  ui.Tone
}

// sentence begins with a capital letter, unless it begins with a file's name.
func sentence(s string) string {
	if first, _, _ := strings.Cut(s, " "); strings.Contains(strings.TrimSuffix(first, "."), ".") {
		return s
	}
	return ui.Capital(s)
}

// checks puts the self-test into words; all is false when anything failed.
func checks(list []ui.Check) (rows []checkRow, all bool) {
	all = true
	for _, c := range list {
		r := checkRow{Words: sentence(c.Name), Mark: lang.L("passed"), Tone: ui.Good}
		if c.Text != "" {
			r.Words += ": " + c.Text
		}
		if !c.OK {
			r.Mark, r.Tone, all = lang.L("failed"), ui.Alarm, false
		}
		rows = append(rows, r)
	}
	return rows, all
}
