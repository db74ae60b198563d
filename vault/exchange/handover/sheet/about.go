package sheet

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// missing lists what could not be included: files that stay behind and files
// that the sources only mention.
func (b *builder) missing(sources []Source) []string {
	var out []string
	files, stay := 0, 0
	for _, s := range sources {
		if s.Original != "" {
			files++
			if !s.Included {
				stay++
			}
		}
	}
	switch {
	case stay > 0 && b.sel.Scope.Bare:
		out = append(out, fmt.Sprintf("%d source %s not included: the entries alone were asked for.", stay, map[bool]string{true: "file is", false: "files are"}[stay == 1]))
	case stay > 0:
		out = append(out, fmt.Sprintf("%d of %d source files are not included: they also hold entries outside of this selection.", stay, files))
	}
	reasons := map[string]int{}
	var order []string
	for _, r := range b.sel.Records {
		for _, a := range exchange.Attachments(r.Resource) {
			if a.Missing == "" {
				continue
			}
			if reasons[a.Missing] == 0 {
				order = append(order, a.Missing)
			}
			reasons[a.Missing]++
		}
	}
	for _, why := range order {
		out = append(out, fmt.Sprintf("%d attached %s: %s.", reasons[why], plural(reasons[why], "file"), record.Visible(strings.TrimSuffix(why, "."))))
	}
	return out
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

// WithheldNotice is said whenever the patient held something back; what and how
// much is never told.
const WithheldNotice = "Some items were withheld by the patient."

// notices are what a reader must know before relying on the front page.
func (b *builder) notices() []string {
	var out []string
	if b.sel.Withheld > 0 {
		out = append(out, WithheldNotice)
	}
	if w := b.sel.SinceWords(); w != "" {
		out = append(out, w)
	}
	if w := scopeWords(b.sel.Scope); w != "" {
		out = append(out, w)
	}
	return out
}

// banner is the one line above a list. Where nothing is in it (silent) because
// nothing was selected, it says so, and not that nobody said anything.
func (b *builder) banner(kind record.Kind, silent bool, says string) string {
	lacks := b.sel.Lacks(kind)
	switch {
	case silent && lacks != "":
		return lacks
	case b.sel.Scope.Since != nil:
		return strings.TrimSpace("Only what is new or changed since " + b.sel.Scope.Since.On.Human() + ". " + says)
	}
	return says
}

func (b *builder) allergyBanner() string {
	a := b.sum.Allergies
	return b.banner(record.KindAllergyIntolerance, a.Empty() && len(a.NoneKnown)+len(a.NoInformation)+len(a.Told) == 0, a.Banner())
}

func (b *builder) medicineBanner() string {
	m := b.sum.Medicines
	return b.banner(record.KindMedicationStatement, m.Empty() && len(m.NoneKnown)+len(m.NoInformation)+len(m.Told) == 0, m.Banner())
}

func (b *builder) problemBanner() string {
	p := b.sum.Problems
	return b.banner(record.KindCondition, p.Empty() && len(p.NoneKnown)+len(p.NoInformation)+len(p.Told) == 0, p.Banner())
}

// scopeWords says that only a part was asked for.
func scopeWords(s exchange.Scope) string {
	var parts []string
	switch {
	case s.From != "" && s.To != "":
		parts = append(parts, "dated "+s.From.Human()+" to "+s.To.Human()+", or without a date")
	case s.From != "":
		parts = append(parts, "dated "+s.From.Human()+" or later, or without a date")
	case s.To != "":
		parts = append(parts, "dated up to "+s.To.Human()+", or without a date")
	}
	if len(s.Kinds) > 0 {
		var kinds []string
		for _, k := range s.Kinds {
			kinds = append(kinds, strings.ToLower(k.Section()))
		}
		parts = append(parts, "these sections alone: "+strings.Join(kinds, ", "))
	}
	if w := s.WholeWords(); w != "" {
		parts = append(parts, w)
	}
	if s.Bare {
		parts = append(parts, "without the original files")
	}
	if len(parts) == 0 {
		return ""
	}
	return "A part of the record: " + strings.Join(parts, "; ") + "."
}

func (b *builder) counts() []record.Row {
	n := b.sel.Counts()
	var rows []record.Row
	for _, k := range record.Kinds {
		if n[k.Kind] > 0 && k.Kind != record.KindPatient {
			rows = append(rows, record.Row{Label: k.Section, Value: fmt.Sprint(n[k.Kind])})
		}
	}
	return rows
}

// about is what every export states (hazard 51).
func (b *builder) about(s *Sheet) []record.Row {
	rows := []record.Row{
		{Label: "Made", Value: b.sel.Generated.Format("2 January 2006, 15:04 (UTC-07:00)")},
		{Label: "Made for", Value: or(s.For, "no recipient was named")},
		{Label: "Made by", Value: strings.TrimSpace("the patient, with Carnet " + s.Version)},
		{Label: "Period", Value: s.Period},
		{Label: "Sources", Value: fmt.Sprintf("%d, listed under Sources", len(s.Sources))},
		{Label: "Withdrawn entries", Value: fmt.Sprintf("%d left out because their source entered them in error", b.sel.InError+b.sum.InError)},
		{Label: "Withheld", Value: "nothing was withheld by the patient"},
	}
	if b.sel.Withheld > 0 {
		rows[len(rows)-1].Value = WithheldNotice
	}
	for _, w := range []string{b.sel.SinceWords(), scopeWords(b.sel.Scope)} {
		if w != "" {
			rows = append(rows, record.Row{Label: "Scope", Value: w})
		}
	}
	for _, m := range s.Missing {
		rows = append(rows, record.Row{Label: "Not included", Value: m})
	}
	if len(s.Missing) == 0 {
		rows = append(rows, record.Row{Label: "Not included", Value: "everything that was selected is included"})
	}
	return rows
}
