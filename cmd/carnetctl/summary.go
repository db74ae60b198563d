package main

import (
	"context"
	"fmt"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/overview"
	"github.com/carnet-phr/carnet/vault/record"
)

type summaryCmd struct {
	Person  string   `help:"Whose." placeholder:"ID"`
	Section []string `help:"These alone: allergies, medicines, problems, immunizations, procedures, results, vitals, …, missing, differ, changes." placeholder:"NAME"`
	Since   string   `help:"What changed since a date (2026-03-05), an import, or a visit (their IDs); or since the last visit." placeholder:"DATE|ID|visit"`
	JSON    bool     `help:"As JSON."`
}

// Run prints what every face shows of a person.
func (x *summaryCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	person, err := c.person(ctx, v, x.Person)
	if err != nil {
		return err
	}
	whole, err := overview.Read(ctx, v, person)
	if err != nil {
		return err
	}
	changes, err := x.changes(ctx, v, whole)
	if err != nil {
		return err
	}
	if x.JSON {
		all, err := x.wanted(wholeJSON(whole, changes))
		if err != nil {
			return err
		}
		return c.json(all)
	}
	if _, err := x.wanted(wholeJSON(whole, changes)); err != nil {
		return err
	}
	c.printSummary(whole.Summary, x.wants)
	c.printWhole(whole, changes, x.wants)
	return nil
}

// printSummary prints what matters now; what is past is counted.
func (c *console) printSummary(s clinic.Summary, wants func(string) bool) {
	if p, ok := s.Person.Resource.(*record.Patient); ok {
		fmt.Fprintf(c.out, "%s, born %s, %s\n", visible(p.Summary().Title), orElse(p.BirthDate.Human(), "(date unknown)"), orElse(p.Gender, "sex not stated"))
	}
	asked := s.Asked()
	for _, x := range []struct {
		section string
		print   func()
	}{
		{"allergies", func() {
			c.section("Allergies", s.Allergies.Banner(), s.Allergies.Listed(), len(s.Allergies.NotSo)+len(s.Allergies.Past), "ruled out or past")
		}},
		{"medicines", func() {
			c.section("Current medicines", s.Medicines.Banner(), s.Medicines.Current, len(s.Medicines.Past)+len(s.Medicines.NotSo)+len(s.Medicines.Intended), "past, planned or not to be taken")
			c.section("Medicines whose status is not clear", "", s.Medicines.Uncertain, 0, "")
		}},
		{"problems", func() {
			c.section("Problems", s.Problems.Banner(), s.Problems.Current, len(s.Problems.Past)+len(s.Problems.NotSo), "past or ruled out")
			c.section("Problems whose status is not stated", "", s.Problems.Uncertain, 0, "")
		}},
		{"immunizations", func() {
			c.section("Immunizations", "", s.Immunizations.Current, len(s.Immunizations.NotSo), "not given")
		}},
		{"procedures", func() {
			c.section("Procedures", "", s.Procedures.Current, len(s.Procedures.NotSo), "not done")
		}},
		{"results", func() {
			c.tests("Results, the newest of each test", s.Results)
		}},
		{"vitals", func() {
			c.tests("Readings, the newest of each", s.Vitals)
		}},
		{"questions", func() {
			c.section("Questions for the visit", "", asked.Questions.Current, len(asked.Questions.Past), "answered")
		}},
		{"contacts", func() { c.section("Emergency contacts", "", asked.Contacts.Current, 0, "") }},
	} {
		if wants(x.section) {
			x.print()
		}
	}
	if s.InError > 0 {
		fmt.Fprintf(c.out, "\n%d entries were withdrawn or retracted as errors and stand in no list; carnetctl list --status withdrawn shows them\n", s.InError)
	}
	held := len(s.Allergies.Held) + len(s.Medicines.Held) + len(s.Problems.Held)
	if held > 0 {
		fmt.Fprintf(c.out, "\n%d entries are held back: they carry something that may change their meaning and that is not understood\n", held)
	}
}

func (c *console) section(title, banner string, lines []clinic.Line, others int, why string) {
	if banner == "" && len(lines) == 0 && others == 0 {
		return
	}
	fmt.Fprintf(c.out, "\n%s\n", title)
	if banner != "" {
		fmt.Fprintf(c.out, "  %s\n", visible(banner))
	}
	for _, l := range lines {
		fmt.Fprintf(c.out, "  %s", newEntry(l.Record).line(l.Record))
		fmt.Fprintln(c.out)
		for _, w := range l.Beside() {
			fmt.Fprintf(c.out, "      %s\n", visible(w))
		}
		for _, r := range l.Same {
			for _, row := range r.Overlay.Says() {
				fmt.Fprintf(c.out, "      %s: %s (%s)\n", row.Label, visible(row.Value), r.ID)
			}
		}
	}
	if others > 0 {
		fmt.Fprintf(c.out, "  and %d %s\n", others, why)
	}
}

func (c *console) tests(title string, tests []clinic.Test) {
	if len(tests) == 0 {
		return
	}
	fmt.Fprintf(c.out, "\n%s\n", title)
	for _, t := range tests {
		fmt.Fprintf(c.out, "  %s", newEntry(t.Last().Record).line(t.Last().Record))
		if n := len(t.Points) - 1; n > 0 {
			fmt.Fprintf(c.out, " | and %d earlier", n)
		}
		fmt.Fprintln(c.out)
	}
}

// summaryLine is a line of the summary: the entry that is shown of it, and what
// its other entries state.
type summaryLine struct {
	entry
	Same     []record.ID `json:"same,omitempty"`
	Against  []record.ID `json:"against,omitempty"`
	Beside   []string    `json:"beside,omitempty"`
	Started  record.Date `json:"started,omitempty"`
	LastSeen record.Date `json:"lastSeen,omitempty"`
	Stopped  record.Date `json:"stopped,omitempty"`
}

func newSummaryLine(l clinic.Line) summaryLine {
	c := l.Course()
	out := summaryLine{entry: newEntry(l.Record), Beside: l.Beside(), Started: c.Started, LastSeen: c.LastSeen, Stopped: c.Stopped}
	for _, r := range l.Same {
		out.Same = append(out.Same, r.ID)
		out.Says = append(out.Says, r.Overlay.Says()...)
	}
	for _, r := range l.Against {
		out.Against = append(out.Against, r.ID)
	}
	return out
}

// summaryJSON is the summary in the words of doc.go.
func summaryJSON(s clinic.Summary) map[string]any {
	entries := func(lines []clinic.Line) []summaryLine {
		out := []summaryLine{}
		for _, l := range lines {
			out = append(out, newSummaryLine(l))
		}
		return out
	}
	group := func(g clinic.Group) map[string][]summaryLine {
		return map[string][]summaryLine{
			"current": entries(g.Current), "notStated": entries(g.Uncertain), "intended": entries(g.Intended),
			"past": entries(g.Past), "notSo": entries(g.NotSo), "held": entries(g.Held),
		}
	}
	tests := func(ts []clinic.Test) []map[string]any {
		out := []map[string]any{}
		for _, t := range ts {
			out = append(out, map[string]any{"title": t.Title, "points": entries(t.Points)})
		}
		return out
	}
	with := func(g clinic.Group, banner string, none, noInformation []clinic.Line) map[string]any {
		m := map[string]any{"banner": banner, "noneKnown": entries(none), "noInformation": entries(noInformation)}
		for k, v := range group(g) {
			m[k] = v
		}
		return m
	}
	return map[string]any{
		"person":        newEntry(s.Person),
		"allergies":     with(s.Allergies.Group, s.Allergies.Banner(), s.Allergies.NoneKnown, s.Allergies.NoInformation),
		"medicines":     with(s.Medicines.Group, s.Medicines.Banner(), s.Medicines.NoneKnown, s.Medicines.NoInformation),
		"problems":      with(s.Problems.Group, s.Problems.Banner(), s.Problems.NoneKnown, s.Problems.NoInformation),
		"immunizations": group(s.Immunizations), "procedures": group(s.Procedures), "encounters": group(s.Encounters),
		"reports": group(s.Reports), "documents": group(s.Documents), "imaging": group(s.Imaging), "family": group(s.Family),
		"devices": group(s.Devices), "plans": group(s.Plans), "socialHistory": group(s.SocialHistory), "other": group(s.Others),
		"results": tests(s.Results), "vitals": tests(s.Vitals),
		"questions": group(s.Asked().Questions), "contacts": group(s.Asked().Contacts),
	}
}
