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
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/wrap"
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

// free gives the first of path, "path (2)", "path (3)", … that is not taken; what its
// kind of file ends in stays at the end.
func free(path string, taken func(string) bool) string {
	const most = 1000
	ending := endingOf(path)
	base := strings.TrimSuffix(path, ending)
	for n := 2; n < most && taken(base+ending); n++ {
		base = strings.TrimSuffix(base, suffixOf(base)) + " (" + ui.Number(n) + ")"
	}
	return base + ending
}

// endingOf is what a package or a slip ends in; "" for a folder.
func endingOf(path string) string {
	for _, e := range []string{wrap.Age.Ending(), wrap.Zip.Ending(), wrap.Page.Ending(), ".pdf"} {
		if strings.HasSuffix(path, e) {
			return e
		}
	}
	return ""
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

// checkRows puts the self-test into words.
func checkRows(list []handover.Check) []checkRow {
	var rows []checkRow
	for _, c := range list {
		r := checkRow{Words: sentence(c.What), Mark: lang.L("passed"), Tone: ui.Good}
		if c.Note != "" {
			r.Words += ": " + c.Note
		}
		if !c.OK {
			r.Mark, r.Tone = lang.L("failed"), ui.Alarm
		}
		rows = append(rows, r)
	}
	return rows
}

// presetText is a preset in the words of the window.
type presetText struct{ Title, Why string }

// presetWords stand beside [disclose.Presets].
func presetWords() []presetText {
	return []presetText{
		{lang.L("For a new doctor"), lang.L("The whole record, for whoever takes over the care.")},
		{lang.L("For a specialist"), lang.L("What lasts, and results, reports, visits, notes and images of the last five years.")},
		{lang.L("For an emergency"), lang.L("What must be known at once: allergies, medicines, problems, operations, implants, directives; without files.")},
		{lang.L("For a second opinion"), lang.L("Everything that a diagnosis rests on, with the original reports and images.")},
		{lang.L("Everything"), lang.L("All there is, for a copy of your own.")},
	}
}

// kinds are the protections, as they are chosen from.
var kinds = []wrap.Kind{wrap.Page, wrap.Zip, wrap.Age, wrap.None}

// protectionWords stand beside kinds.
func protectionWords() []string {
	return []string{
		lang.L("One page that any browser opens with a passphrase"),
		lang.L("A zip archive with a passphrase (AES-256; needs 7-Zip, WinZip or Keka)"),
		lang.L("An age file with a passphrase (for those who know age)"),
		lang.L("A folder that anybody can read: treat it like paper"),
	}
}
