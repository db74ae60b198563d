package sheet

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// Front is the front page. Its lists are whole; a face shows the first rows of
// each and names how many more there are and where.
type Front struct {
	Allergies     Block
	Medicines     Block
	Problems      Block
	Procedures    Block
	Immunizations Block
	Visits        Block
	Questions     Block // that the patient wants to ask
	Results       []Key
	Chosen        string  // how the results were chosen
	Unclear       []Doubt // what is uncertain, held or in disagreement
}

// Block is one list of the front page.
type Block struct {
	Title   string
	Section string // ID of the section where the rest stands
	Banner  string
	Table
}

// Doubt is one thing that a reader should ask about.
type Doubt struct {
	Text    string
	Section string
}

func (b *builder) front() Front {
	s := &b.sum
	f := Front{
		Allergies: Block{
			Title: "Allergies", Section: "allergies", Banner: record.Visible(b.allergyBanner()),
			Table: b.table("", otherAllergies(s.Allergies), gravest(s.Allergies.Listed()), allergyFront),
		},
		Medicines: Block{
			Title: "Current medicines", Section: "medicines", Banner: record.Visible(b.medicineBanner()),
			Table: b.table("", "", s.Medicines.Current, medicineShape),
		},
		Problems: Block{
			Title: "Problems", Section: "problems", Banner: record.Visible(b.problemBanner()),
			Table: b.table("", "", s.Problems.Current, problemFront),
		},
		Procedures:    Block{Title: "Operations and procedures", Section: "procedures", Table: b.latest(s.Procedures.Current, "Procedure", "Done")},
		Immunizations: Block{Title: "Immunizations", Section: "immunizations", Table: b.vaccines()},
		Visits:        Block{Title: "Recent visits", Section: "visits", Table: b.table("", "", s.Encounters.Current, visitFront)},
		Questions:     Block{Title: "Questions for the visit", Section: "questions", Table: b.table("", "", s.Asked().Questions.Current, questionFront)},
		Unclear:       b.unclear(),
	}
	f.Results, f.Chosen = b.keys()
	return f
}

// allergyFront leaves out the time of day.
var allergyFront = shape{
	columns: allergyShape.columns,
	row: func(b *builder, l clinic.Line) Row {
		if a, ok := l.Resource.(*record.AllergyIntolerance); ok {
			day := *a
			day.Onset, day.RecordedDate = dayOf(a.Onset), a.RecordedDate.Day()
			l.Resource = &day
		}
		return b.row(l, "", allergyCells(l)...)
	},
}

// problemFront, questionFront and visitFront are the narrow shapes of the front page.
var (
	problemFront = shape{
		columns: []Column{{"Problem", 5}, {"Since", 4}},
		row: func(b *builder, l clinic.Line) Row {
			c, ok := l.Resource.(*record.Condition)
			if !ok {
				return b.row(l, "", l.Title, date(l.When))
			}
			day := *c
			day.Onset, day.Abatement, day.RecordedDate = dayOf(c.Onset), dayOf(c.Abatement), c.RecordedDate.Day()
			return b.row(l, "", l.Title, onset(&day))
		},
	}
	questionFront = shape{
		columns: []Column{{"The patient asks", 7}, {"For", 3}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "", l.Title, orNotGiven(joined(of(l, "For"), dayOf(l.When).Human())))
		},
	}
	visitFront = shape{
		columns: []Column{{"Visit", 3}, {"Date", 3.4}, {"Where", 2.8}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "", l.Title, date(dayOf(l.When)), orNotGiven(where(l)))
		},
	}
)

// gravest puts allergies of high criticality first and keeps the order besides.
func gravest(lines []clinic.Line) []clinic.Line {
	sort.SliceStable(lines, func(i, j int) bool { return critical(lines[i]) && !critical(lines[j]) })
	return lines
}

// otherAllergies names what is not listed as an allergy to heed: what was ruled
// out must be seen to be so (hazard 3).
func otherAllergies(a clinic.Allergies) string {
	var parts []string
	for _, g := range []struct {
		words string
		lines []clinic.Line
	}{{"ruled out or denied", a.NotSo}, {"past", a.Past}, {"held, see below", a.Held}, {"not yet so", a.Intended}} {
		if len(g.lines) > 0 {
			parts = append(parts, g.words+": "+titles(g.lines))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return record.Visible("Also recorded, " + strings.Join(parts, "; ") + ".")
}

func critical(l clinic.Line) bool {
	return slices.ContainsFunc(l.Stating(), func(m clinic.Line) bool { return criticality(m) == "high" })
}

// latest lists what was done by name, with the last time and how often before.
func (b *builder) latest(lines []clinic.Line, what, when string) Table {
	t := Table{Columns: []Column{{what, 4.4}, {when, 4}}}
	index := map[string]int{}
	var times []int
	for _, l := range lines {
		k := strings.ToLower(l.Title)
		if i, ok := index[k]; ok {
			times[i]++
			continue
		}
		index[k] = len(t.Rows)
		times = append(times, 0)
		t.Rows = append(t.Rows, b.row(l, "", l.Title, date(dayOf(l.When))))
	}
	for i, n := range times {
		t.Rows[i].Cells[1] += before(n)
	}
	return t
}

// vaccines lists the newest dose of each vaccine, and how many came before.
func (b *builder) vaccines() Table {
	t := Table{Columns: []Column{{"Vaccine", 4.4}, {"Given", 4}}}
	for _, v := range b.sum.Vaccines() {
		earlier := len(v.Doses) - 1
		l := v.Doses[earlier]
		t.Rows = append(t.Rows, b.row(l, "", l.Title, date(dayOf(l.When))+before(earlier)))
	}
	return t
}

func before(times int) string {
	if times == 0 {
		return ""
	}
	return fmt.Sprintf(", %d× before", times)
}

// dayOf leaves out the time of day, which a front page has no room for.
func dayOf(w record.When) record.When {
	w.Start, w.End = w.Start.Day(), w.End.Day()
	return w
}

// unclear gathers what a reader should ask about, gravest first.
func (b *builder) unclear() []Doubt {
	s := &b.sum
	var out []Doubt
	say := func(section, format string, args ...any) {
		out = append(out, Doubt{record.Visible(fmt.Sprintf(format, args...)), section})
	}
	if s.Allergies.Disagree() {
		say("allergies", "Sources disagree about allergies: one denies any, another names %s.", titles(s.Allergies.Listed()))
	}
	if over := b.over(s.Medicines.Current); len(over) > 0 {
		say("medicines", "Stated as current, but the time stated for it has passed since: %s.", titles(over))
	}
	if told := clinic.ToldWords(s.Told); told != "" {
		say("notes", "Immunizations or procedures. %s", told)
	}
	for _, x := range []struct {
		id    string
		lines []clinic.Line
	}{{"allergies", s.Allergies.Listed()}, {"medicines", s.Medicines.Current}, {"problems", s.Problems.Current}, {"immunizations", s.Immunizations.Current}} {
		for _, l := range x.lines {
			for _, d := range l.Conflicts() {
				say(x.id, "%s", d.Words())
			}
		}
	}
	named := []struct {
		id, what string
		g        clinic.Group
	}{
		{"allergies", "Allergy", s.Allergies.Group},
		{"medicines", "Medicine", s.Medicines.Group},
		{"problems", "Problem", s.Problems.Group},
		{"immunizations", "Immunization", s.Immunizations},
		{"procedures", "Procedure", s.Procedures},
		{"devices", "Device", s.Devices},
		{"family", "Family history", s.Family},
		{"plans", "Plan", s.Plans},
		{"visits", "Visit", s.Encounters},
		{"imaging", "Imaging", s.Imaging},
		{"notes", "Document", s.Documents},
		{"notes", "Report", s.Reports},
		{"social", "Social history", s.SocialHistory},
		{"others", "Other entry", s.Others},
	}
	for _, n := range named {
		for _, l := range n.g.Held {
			say(n.id, "%s held, carries what was not understood: %s.", n.what, l.Title)
		}
	}
	for _, n := range named[:6] {
		stated, unclear := split(n.g.Uncertain)
		if len(stated) > 0 {
			say(n.id, "%s, status not stated: %s.", n.what, titles(stated))
		}
		if len(unclear) > 0 {
			say(n.id, "%s, status unclear in the source: %s.", n.what, titles(unclear))
		}
	}
	for _, id := range []struct {
		id    string
		tests []clinic.Test
	}{{"results", s.Results}, {"vitals", s.Vitals}} {
		if n := held(id.tests); n > 0 {
			say(id.id, "%d results held: they carry what was not understood.", n)
		}
	}
	return out
}

// over are the medicines that a source calls current and whose stated end lies
// before the day of this summary. Whether they were taken on nobody has said
// (hazard 12).
func (b *builder) over(lines []clinic.Line) []clinic.Line {
	var out []clinic.Line
	today := record.Date(b.sel.Generated.Format("2006-01-02"))
	for _, l := range lines {
		if m, ok := l.Resource.(*record.MedicationStatement); ok && ended(m.Effective.End.Day(), today) {
			out = append(out, l)
		}
	}
	return out
}

// ended compares days on the digits that both write.
func ended(a, b record.Date) bool {
	n := min(len(a), len(b))
	return n > 0 && a[:n] < b[:n]
}

// split tells lines without a status from those with one that is not clear.
func split(lines []clinic.Line) (unstated, unclear []clinic.Line) {
	for _, l := range lines {
		if l.Standing == record.Unstated {
			unstated = append(unstated, l)
		} else {
			unclear = append(unclear, l)
		}
	}
	return unstated, unclear
}

// titles names the first few lines.
func titles(lines []clinic.Line) string {
	const shown = 4
	var words []string
	for i, l := range lines {
		if i == shown {
			words = append(words, fmt.Sprintf("and %d more", len(lines)-shown))
			break
		}
		words = append(words, l.Title)
	}
	return strings.Join(words, ", ")
}

func held(tests []clinic.Test) int {
	n := 0
	for _, t := range tests {
		for _, l := range t.Points {
			if l.Standing == record.Held {
				n++
			}
		}
	}
	return n
}
