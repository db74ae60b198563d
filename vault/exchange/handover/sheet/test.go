package sheet

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// Test is one test or reading over time, newest first.
type Test struct {
	Title  string
	Codes  string       // "LOINC 4548-4"
	Shared []record.Row // what the source says besides, the same of every point
	Points []Point
	Series []clinic.Series // exact and censored numbers by unit, for charts; those with points alone
	Trend  string          // "rising over 14 months", for each series that has one
}

// Point is one result.
type Point struct {
	Date    string
	Value   string // as written; the reason where there is none
	Unit    string
	Flag    string // the sender's
	Range   string // the laboratory's
	Absent  bool   // Value is a reason, not a value
	Tags    []string
	Remarks string       // specimen, method, notes
	Details []record.Row // what else the source says of this one
	Sources []int
	Patient bool
}

// Last is the newest point.
func (t Test) Last() Point { return t.Points[0] }

func (b *builder) tests(tests []clinic.Test) []Test {
	var out []Test
	for _, t := range tests {
		out = append(out, b.test(t))
	}
	return out
}

func (b *builder) test(t clinic.Test) Test {
	x := Test{Title: record.Visible(t.Title), Codes: codeWords(t.Points[0].Codes)}
	for _, l := range t.Points {
		x.Points = append(x.Points, b.point(l))
	}
	x.share()
	for _, s := range b.sum.Series(t) {
		if len(s.Points) == 0 {
			continue
		}
		s.Unit = record.Visible(s.Unit)
		x.Series = append(x.Series, s)
		if w := s.TrendWords(); w != "" {
			x.Trend = joined(x.Trend, w)
		}
	}
	return x
}

func (b *builder) point(l clinic.Line) Point {
	p := Point{
		Date: record.Visible(date(l.When)), Value: record.Visible(l.Value), Unit: record.Visible(l.Unit), Flag: record.Visible(l.Interpretation), Range: record.Visible(l.Range),
		Tags: tags(l), Sources: b.sources.of(l.Record), Patient: byPatient(l.Record),
	}
	o, ok := l.Resource.(*record.Observation)
	if !ok {
		return p
	}
	if l.When.Empty() && o.Issued != "" {
		p.Date = "date unknown, released " + o.Issued.Human()
	}
	p.Absent = o.Value.Empty() && len(o.Component) == 0
	if p.Value == "" {
		p.Absent = true
		p.Value = "no value, no reason given"
	}
	if l.Standing == record.NotSo {
		p.Tags = append(p.Tags, notSoWords(o))
	}
	p.Remarks = record.Visible(remarks(l, o))
	p.Details = pointDetails(l, o, p)
	return p
}

// pointDetails are what neither the columns nor the remarks say.
func pointDetails(l clinic.Line, o *record.Observation, p Point) []record.Row {
	used := "|Statement|Test|Value|Flag from the source|Reference range|Status|Date|Body site|Method|Specimen|Note|Patient's note|"
	if o.Code.Has(record.LOINC, "85354-9") || o.Value.Empty() {
		used += "No value because|"
	}
	if o.Effective.Empty() || o.Issued.Day() == o.Effective.Start.Day() {
		used += "Released|" // the date says so already
	}
	if c := l.Category; c == record.Laboratory || c == record.VitalSigns {
		used += "Category|"
	}
	rows := details(l, used, []string{p.Value, p.Remarks})
	for _, c := range o.Component { // value and remarks have the parts; what is left are their flags and ranges
		part := record.Row{Label: record.Visible(c.Code.String()), Value: record.Visible(c.String())}
		rows = slices.DeleteFunc(rows, func(r record.Row) bool { return r == part })
	}
	return rows
}

// share takes the details that all points have to the test itself.
func (t *Test) share() {
	for _, row := range t.Points[0].Details {
		if everywhere := !slices.ContainsFunc(t.Points, func(p Point) bool { return !slices.Contains(p.Details, row) }); everywhere {
			t.Shared = append(t.Shared, row)
		}
	}
	for i := range t.Points {
		t.Points[i].Details = slices.DeleteFunc(t.Points[i].Details, func(row record.Row) bool { return slices.Contains(t.Shared, row) })
	}
}

func notSoWords(o *record.Observation) string {
	switch {
	case o.Absent:
		return "NOT observed"
	case len(o.Focus) > 0:
		return "about someone or something else, not the patient"
	}
	return "does not hold: " + o.Status
}

// remarks are what a reader of the value may need beside it.
func remarks(l clinic.Line, o *record.Observation) string {
	var parts []string
	add := func(label, value string) {
		if value != "" {
			parts = append(parts, label+value)
		}
	}
	_, _, pressure := o.BloodPressure()
	for _, c := range o.Component {
		inValue := pressure && (c.Code.Has(record.LOINC, "8480-6") || c.Code.Has(record.LOINC, "8462-4"))
		if !inValue && (pressure || !o.Value.Empty()) { // else the value is made of the parts
			add(c.Code.String()+" ", c.String())
		}
	}
	add("specimen: ", o.Specimen)
	add("method: ", o.Method.String())
	add("site: ", o.BodySite.String())
	add("", strings.Join(o.Note, "; "))
	if l.Overlay != nil {
		add("patient's note: ", l.Overlay.Note)
	}
	return strings.Join(parts, "; ")
}

// codeWords is the first code of each system.
func codeWords(codes []record.Coding) string {
	var words []string
	seen := map[string]bool{}
	for _, c := range codes {
		if c.Code != "" && c.System != "" && !seen[c.System] {
			seen[c.System] = true
			words = append(words, record.SystemName(c.System)+" "+c.Code)
		}
	}
	return record.Visible(strings.Join(words, ", "))
}
