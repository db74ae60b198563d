// Package records shows the entries of one section, and one entry with
// everything it says and where it came from.
package records

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// listed are the entries of a section as they are listed.
type listed struct {
	records   []record.Record
	withdrawn int
}

// list puts entries in their order, newest first. Those that their source withdrew
// are left out and counted.
func list(found []record.Record) listed {
	record.ByTime(found)
	l := listed{records: make([]record.Record, 0, len(found))}
	for _, r := range found {
		if ui.Listed(r) {
			l.records = append(l.records, r)
		} else {
			l.withdrawn++
		}
	}
	return l
}

// begins says whether all begins with the same entries as shown.
func begins(all, shown []record.Record) bool {
	return len(all) >= len(shown) && slices.EqualFunc(all[:len(shown)], shown, func(a, b record.Record) bool { return a.ID == b.ID })
}

// among says whether an entry is among others; "" is no entry.
func among(records []record.Record, id record.ID) bool {
	return id == "" || slices.ContainsFunc(records, func(r record.Record) bool { return r.ID == id })
}

// keys are the words of entries in small letters, in their order, for the filter.
type keys []string

func keysOf(records []record.Record) keys {
	k := make(keys, len(records))
	for i, r := range records {
		e := ui.EntryOf(r)
		k[i] = strings.ToLower(strings.Join([]string{e.Title, e.Text, e.Date, e.Status}, " "))
	}
	return k
}

// filtered are the entries that a filter lets through, and what it went by.
type filtered struct {
	records []record.Record
	keys    keys
}

// filter picks the entries that hold all words.
func (k keys) filter(records []record.Record, words string) []record.Record {
	fields := strings.Fields(strings.ToLower(words))
	if len(fields) == 0 {
		return records
	}
	var out []record.Record
	for i, r := range records {
		if !slices.ContainsFunc(fields, func(f string) bool { return !strings.Contains(k[i], f) }) {
			out = append(out, r)
		}
	}
	return out
}

// footer says how many entries are shown and how many are hidden, and why.
func footer(shown, all, withdrawn int) string {
	s := ui.Of(shown, all)
	if withdrawn > 0 {
		s += "  ·  " + lang.N("{{.Count}} withdrawn by their source, not shown", withdrawn, map[string]any{"Count": withdrawn})
	}
	return s
}

// part is formatted text of an entry under its heading.
type part struct {
	Heading string
	Text    record.Narrative
	Plain   string // where there is no formatted text
}

// parts are the texts of an entry, in reading order.
func parts(res record.Resource) []part {
	switch r := res.(type) {
	case *record.DocumentReference:
		return documentParts(r)
	case *record.DiagnosticReport:
		if r.Text != "" {
			return []part{{lang.L("Report text"), r.Text, ""}}
		}
	case *record.Other:
		if r.Text != "" {
			return []part{{lang.L("Text"), r.Text, ""}}
		}
	}
	return nil
}

func documentParts(d *record.DocumentReference) []part {
	var out []part
	for _, s := range d.Section {
		p := part{Heading: s.Title, Text: s.Text}
		if p.Heading == "" {
			p.Heading = s.Code.String()
		}
		if s.Text == "" && s.EmptyReason != "" {
			p.Plain = lang.L("Nothing here; the source gives the reason: {{.Reason}}", map[string]any{"Reason": s.EmptyReason})
		}
		if p.Text != "" || p.Plain != "" {
			out = append(out, p)
		}
	}
	for _, a := range d.Content {
		if a.Text != "" {
			out = append(out, part{Heading: lang.L("Text"), Plain: a.Text})
		}
	}
	return out
}

// facts are the labelled lines of an entry, without those that [parts] shows
// and without codes, which come on their own.
func facts(res record.Resource) (list, codes []widget.Fact) {
	shown := map[string]bool{}
	for _, p := range parts(res) {
		shown[p.Text.Plain()] = true
		shown[p.Plain] = true
	}
	for _, d := range res.Details() {
		switch {
		case d.Label == "Code":
			codes = append(codes, widget.Fact{Label: lang.L("Code"), Value: d.Value})
		case shown[d.Value], d.Label == "Type in the source", isEmptySection(d.Value):
		default:
			list = append(list, widget.Fact{Label: ui.Label(d), Value: ui.Value(d)})
		}
	}
	return list, codes
}

func isEmptySection(value string) bool {
	return strings.HasPrefix(value, "nothing here; the source gives the reason: ")
}

// said are what the patient says about an entry, as lines of it.
func said(r record.Record) []widget.Fact {
	var list []widget.Fact
	for _, row := range r.Overlay.Says() {
		list = append(list, widget.Fact{Label: ui.Label(row), Value: ui.Value(row)})
	}
	return list
}

// ownWarning is that of an entry of the patient's own.
func ownWarning(r record.Record) (heading, text string) {
	if !r.OwnEntry() {
		return "", ""
	}
	switch r.Summary().Standing {
	case record.InError:
		return lang.L("Retracted by you"), lang.L("It is kept as history and never goes into a package. Your reason: {{.Reason}}", map[string]any{"Reason": r.Entered.Reason})
	case record.Replaced:
		return lang.L("An earlier version of your entry"), lang.L("You changed the entry since. This version is kept as history and never goes into a package.")
	}
	return "", ""
}

// warning is what must be read before the entry itself; empty for most.
func warning(r record.Record) (heading, text string) {
	if h, t := ownWarning(r); h != "" {
		return h, t
	}
	switch s := r.Summary(); s.Standing {
	case record.InError:
		return lang.L("Withdrawn by its source"), lang.L("The source says that this was entered in error. It is kept as history and never goes into a package.")
	case record.Replaced:
		return lang.L("Replaced by a later statement"), lang.L("The same source stated this anew, and the later statement counts. This one is kept as history and never goes into a package.")
	case record.NotSo:
		return ui.Denial(r.Resource), lang.L("The source states an absence: that something is not there, was not done, or must not be. Read the words exactly.")
	case record.Held:
		if record.OnlyTest(r.Held) {
			return lang.L("Marked as a test"), lang.L("Its sender says that this is a test, not meant for a patient's record. It never counts as current.")
		}
		return lang.L("Read the original"), lang.L("The source marks this entry with something that can change its meaning and that Carnet does not understand.")
	}
	if r.Overlay != nil && r.Overlay.Disputed {
		return lang.L("Disputed by you"), lang.L("The entry stays as its source states it, and every package says that you dispute it.")
	}
	return "", ""
}
