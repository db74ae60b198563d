package labcsv

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// row files one row.
func (r *reader) row(one row) error {
	c := r.dialect.columns
	filled := 0
	for i, s := range one.cells {
		if s != "" {
			filled++
			if i >= len(c) {
				r.report(one, exchange.Refused, record.Error, "has more cells than the table has headings; a separator inside a value may be without quotes")
				return nil
			}
		}
	}
	switch {
	case filled == 0:
		return nil // a line between groups
	case filled == 1 && len(c) > 2:
		r.report(one, exchange.Kept, record.Information, "has one cell alone, as a line between groups has; it is kept in the original")
		return nil
	case len(one.cells) < len(c) && one.cell(c, value) == "" && c.has(value):
		r.report(one, exchange.Refused, record.Error, "has fewer cells than the table has headings and ends before its result")
		return nil
	case len(one.cells) < len(c):
		r.report(one, exchange.Remark, record.Warning, "has fewer cells than the table has headings; compare it with the file")
	}
	if c.diary() {
		r.diary(one)
		return nil
	}
	r.result(one)
	return nil
}

// cell is the text of a role's column, "" where there is none.
func (r row) cell(c columns, what role) string {
	if i := c.at(what); i >= 0 && i < len(r.cells) {
		return r.cells[i]
	}
	return ""
}

func (r *reader) report(one row, out exchange.Outcome, sev record.Severity, text string) {
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: sev, Place: one.place(), Text: text}, Outcome: out})
}

// add files a record of a row.
func (r *reader) add(one row, place string, res record.Resource) {
	c := r.dialect.columns
	p := record.Provenance{Place: place, Span: record.Span{Offset: one.start, Length: one.end - one.start}, System: one.cell(c, lab), Local: r.alike.local}
	if p.System != "" {
		p.Asserter = record.ByOrganisation
	}
	r.sink.Add(record.Record{Person: record.ID(r.person(one)), Resource: res, Provenance: []record.Provenance{p}})
}

// statuses are the words for the state of a result in those of FHIR; others
// stay as written.
var statuses = map[string]string{
	"final": "final", "f": "final", "complete": "final", "completed": "final", "endgültig": "final", "endbefund": "final", "définitif": "final", "définitive": "final",
	"preliminary": "preliminary", "p": "preliminary", "vorläufig": "preliminary", "provisoire": "preliminary", "preliminar": "preliminary", "partial": "preliminary",
	"corrected": "corrected", "c": "corrected", "korrigiert": "corrected", "corrigé": "corrected", "corregido": "corrected", "amended": "amended",
	"cancelled": "cancelled", "canceled": "cancelled", "x": "cancelled", "storniert": "cancelled", "annulé": "cancelled", "pending": "registered",
	"w": "entered-in-error", "d": "entered-in-error", "deleted": "entered-in-error", "wrong": "entered-in-error", "entered in error": "entered-in-error", "entered-in-error": "entered-in-error",
}

// result reads a row of one result.
func (r *reader) result(one row) {
	c := r.dialect.columns
	get := func(what role) string { return one.cell(c, what) }
	o := &record.Observation{Code: r.code(one), Category: r.category(get(category)), Specimen: get(specimen), Method: record.Concept{Text: get(method)}}
	written := get(status)
	if fhir, ok := statuses[strings.ToLower(written)]; ok {
		o.Status = fhir
	} else {
		o.Status = strings.ToLower(written)
	}
	o.Effective = r.when(get(date), get(clock))
	if d, ok := r.dated(get(issued)); ok {
		o.Issued = d
	} else if s := get(issued); s != "" {
		o.Note = append(o.Note, "Released: "+s)
	}
	if w := get(lab); w != "" {
		o.Performer = r.alike.labs.of(w, func() []string { return []string{w} })
	}
	if w := get(panel); w != "" {
		o.Panel = record.Reference{Display: w}
	}
	if w := get(flag); w != "" {
		o.Interpretation = r.mark(w)
	}
	r.setValue(o, get(value), r.unitOf(one))
	o.ReferenceRange = r.reference(one)
	if w := get(comment); w != "" {
		o.Note = append(o.Note, w)
	}
	o.Note = append(o.Note, r.others(one)...)
	r.add(one, one.place(), o)
}

func (r *reader) unitOf(one row) string {
	c := r.dialect.columns
	if i := c.at(unit); i >= 0 {
		return one.cell(c, unit)
	}
	return c[max(c.at(value), 0)].unit
}

// others are the cells of columns that are not understood.
func (r *reader) others(one row) []string {
	var out []string
	for i, c := range r.dialect.columns {
		if c.role == "" && i < len(one.cells) && one.cells[i] != "" {
			out = append(out, strings.TrimPrefix(c.heading+": "+one.cells[i], ": "))
		}
	}
	return out
}

// code is what was measured: the words first, a code beside them.
func (r *reader) code(one row) record.Concept {
	c := r.dialect.columns
	stated, other := one.cell(c, loincCode), one.cell(c, code)
	return record.Concept{Text: one.cell(c, test), Coding: r.alike.codes.of([2]string{stated, other}, func() []record.Coding { return r.codings(stated, other) })}
}

func (r *reader) codings(stated, other string) (out []record.Coding) {
	if stated != "" {
		coding := record.Coding{Code: stated}
		if isLOINC(stated) {
			coding.System = record.LOINC
		}
		out = append(out, coding)
	}
	if other != "" {
		coding := record.Coding{Code: other}
		if r.facts.loinc.sure() {
			coding.System = record.LOINC
		}
		out = append(out, coding)
	}
	return out
}

// category is the table's own word for the sort of result, else laboratory.
func (r *reader) category(s string) []record.Concept {
	return r.alike.categories.of(s, func() []record.Concept { return categoryOf(s) })
}

func categoryOf(s string) []record.Concept {
	switch k := strings.ReplaceAll(strings.ToLower(s), " ", "-"); k {
	case "":
		return concepts(record.Laboratory)
	case record.Laboratory, record.VitalSigns, record.SocialHistory, "imaging", "procedure", "survey", "exam", "therapy", "activity":
		return concepts(k)
	}
	return []record.Concept{{Text: s}}
}

func concepts(category string) []record.Concept {
	return []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: category}}}}
}

// marks are the flags of HL7's ObservationInterpretation (the former table
// 0078) that a cell may hold as they are.
var marks = map[string]bool{"H": true, "L": true, "HH": true, "LL": true, "N": true, "A": true, "AA": true, "S": true, "I": true, "R": true, "POS": true, "NEG": true, "IND": true}

func (r *reader) mark(s string) []record.Concept {
	return r.alike.marks.of(s, func() []record.Concept { return []record.Concept{mark(s)} })
}

// mark is the sender's flag, as sent.
func mark(s string) record.Concept {
	out := record.Concept{Text: s}
	k := strings.ToUpper(s)
	switch k {
	case "HIGH":
		k = "H"
	case "LOW":
		k = "L"
	case "NORMAL":
		k = "N"
	case "ABNORMAL":
		k = "A"
	}
	if marks[k] {
		out.Coding = []record.Coding{{System: record.InterpretationSystem, Code: k}}
	}
	return out
}

// setValue reads a result: a number with its unit, else the words as they are. A
// flag behind the number is a flag and no unit.
func (r *reader) setValue(o *record.Observation, s, unit string) {
	if s == "" {
		o.DataAbsentReason = record.Concept{Text: "the cell is empty"}
		return
	}
	if parts := r.bloodPressure(o.Code.Text, s, unit); parts != nil {
		o.Component, o.Category = parts, r.category(record.VitalSigns)
		return
	}
	q, rest, ok := r.number(s)
	if ok && behind[rest] {
		if len(o.Interpretation) == 0 {
			o.Interpretation = r.mark(rest)
		} else {
			o.Note = append(o.Note, "Beside the result: "+rest)
		}
		rest = ""
	}
	switch {
	case ok && rest == "":
		q.Unit = unit
		o.Value.Quantity = q
	case ok && (unit == rest || unit == "" && unitLike(rest)):
		q.Unit = rest
		o.Value.Quantity = q
	default:
		o.Value.Text = s
		if strings.ContainsAny(s, "0123456789") && unit != "" {
			o.Value.Text += " " + unit
		}
	}
}

// behind are marks that laboratories print behind a number. A "+" is none: "2+"
// is a grade.
var behind = map[string]bool{"H": true, "L": true, "HH": true, "LL": true, "*": true, "**": true, "↑": true, "↓": true}

// unitLike says whether what stands behind a number can be its unit: one word
// that begins like one.
func unitLike(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return len(s) <= 24 && !strings.ContainsAny(s, " \t\n") && (unicode.IsLetter(c) || c == '%' || c == '°')
}

// pressures are the names of a blood pressure in four languages.
var pressures = map[string]bool{
	"blood pressure": true, "bp": true, "blutdruck": true, "rr": true, "tension artérielle": true, "tension arterielle": true, "pression artérielle": true, "presión arterial": true, "presion arterial": true, "tensión arterial": true, "tension arterial": true,
}

var pressure = regexp.MustCompile(`^(\d{2,3})\s*/\s*(\d{2,3})(?:\s*([\p{L}][^\d]*))?$`)

// bloodPressure reads "120/80": the two stay together.
func (r *reader) bloodPressure(name, s, unit string) []record.Component {
	m := pressure.FindStringSubmatch(s)
	if m == nil || !pressures[strings.ToLower(name)] || unit != "" && m[3] != "" && unit != m[3] {
		return nil
	}
	if unit == "" {
		unit = m[3]
	}
	part := func(words, code, v string) record.Component {
		return record.Component{Code: record.Concept{Text: words, Coding: []record.Coding{{System: record.LOINC, Code: code}}}, Value: record.Value{Quantity: record.Quantity{Value: v, Unit: unit}}}
	}
	return []record.Component{part("Systolic", "8480-6", m[1]), part("Diastolic", "8462-4", m[2])}
}

// reference is the range of a row: its words, and the limits where they are
// plain.
func (r *reader) reference(one row) []record.ReferenceRange {
	c := r.dialect.columns
	k := rangeKey{one.cell(c, rangeText), one.cell(c, low), one.cell(c, high), r.unitOf(one)}
	return r.alike.ranges.of(k, func() []record.ReferenceRange { return r.rangeOf(k) })
}

func (r *reader) rangeOf(k rangeKey) []record.ReferenceRange {
	out := record.ReferenceRange{Text: k.text}
	out.Range = r.limits(out.Text, k.unit)
	for _, end := range []struct {
		role role
		s    string
		to   *record.Quantity
	}{{low, k.low, &out.Low}, {high, k.high, &out.High}} {
		s := end.s
		if s == "" {
			continue
		}
		if q, rest, ok := r.number(s); ok && rest == "" {
			q.Unit = k.unit
			*end.to = q
		} else {
			out.Text = strings.TrimSpace(out.Text + " " + string(end.role) + ": " + s)
		}
	}
	if out.Text == "" && out.Low.Empty() && out.High.Empty() {
		return nil
	}
	return []record.ReferenceRange{out}
}
