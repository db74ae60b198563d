package ccd

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// statement is one record while its entry and its row of the narrative are made:
// words that the entry refers to stand in the row with an ID of their own.
type statement struct {
	w        *writer
	line     clinic.Line
	row      string // ID of the row
	anchors  []anchor
	entries  int  // elements of the record that have an id
	declared bool // its facts are noted
	overlaid bool // the entry tells what the patient says of it
}

type anchor struct{ id, label, words string }

// refer is a text that points to words in the row (CDA R2, section 4.3.5.1); nil
// for none.
func (s *statement) refer(label, words string) *element {
	if words = clean(words); strings.TrimSpace(words) == "" {
		return nil
	}
	id := fmt.Sprintf("%s.%d", s.row, len(s.anchors)+1)
	s.anchors = append(s.anchors, anchor{id, label, words})
	return el("text").add(el("reference", "value", "#"+id))
}

// text points to the whole row.
func (s *statement) text() *element {
	return el("text").add(el("reference", "value", "#"+s.row))
}

// ids are the identifiers of the record's entry, or of a further element of it.
func (s *statement) ids() []*element {
	s.entries++
	if s.entries == 1 {
		return s.w.identifiers(s.line.Record, "")
	}
	return s.w.identifiers(s.line.Record, fmt.Sprint(s.entries))
}

// relate puts a statement under another one.
func relate(kind string, e *element, attrs ...string) *element {
	if e == nil {
		return nil
	}
	return el("entryRelationship", append([]string{"typeCode", kind}, attrs...)...).add(e)
}

// notes are Comment Activities (22.4.64), what the patient says of the record among
// them.
func (s *statement) notes(notes []string) []*element {
	var out []*element
	for _, n := range notes {
		out = append(out, s.comment("Note", n, nil))
	}
	for _, row := range s.line.Overlay.Says() {
		out = append(out, s.comment(row.Label, row.Value, s.w.patientAuthor(dateOf(s.line.Overlay.Changed))))
	}
	s.overlaid = true
	return out
}

func dateOf(t time.Time) record.Date {
	if t.IsZero() {
		return ""
	}
	return record.Date(t.UTC().Format(time.RFC3339))
}

func (s *statement) comment(label, words string, author *element) *element {
	ref := s.refer(label, words)
	if ref == nil {
		return nil
	}
	return relate("SUBJ", el("act", "classCode", "ACT", "moodCode", "EVN").add(template("22.4.64")...).
		add(fixed("code", "48767-8", loincOID, "Annotation comment"), ref, author), "inversionInd", "true")
}

// details are the lines of the row's last cell: all that is stated and stands in
// no other cell, then the words that the entry refers to.
func (s *statement) details(cells []string) *element {
	shown := map[string]bool{}
	for _, c := range cells {
		shown[c] = true
	}
	for _, a := range s.anchors {
		shown[a.words] = true
	}
	for _, t := range texts(s.line.Resource) {
		shown[t.text.Plain()] = true
	}
	cell := el("td")
	for _, row := range s.line.Resource.Details() {
		if v := clean(row.Value); !shown[v] && strings.TrimSpace(v) != "" {
			cell.add(said(row.Label+": "+monthInWords(v), "")...)
		}
	}
	for _, a := range s.anchors {
		cell.add(said(a.label+": ", "")...)
		cell.add(said(a.words, a.id)...)
	}
	if !s.overlaid {
		for _, row := range s.line.Overlay.Says() {
			cell.add(said(row.Label+": "+row.Value, "")...)
		}
	}
	return cell
}

// said are words with breaks for line ends, in a content where they have an ID.
func said(s, id string) []*element {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	c := el("content", "ID", id)
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			c.add(el("br"))
		}
		c.add(text(line))
	}
	switch {
	case id != "":
		return []*element{c, el("br")}
	case strings.HasSuffix(s, ": "):
		return c.kids
	}
	return append(c.kids, el("br"))
}

// monthInWords writes a bare date with the name of its month (hazard 37).
func monthInWords(s string) string {
	if d, err := record.ParseDate(s); err == nil && d.Precision() >= record.Day {
		return d.Human()
	}
	return s
}

// rowOf is the row of a record.
func (s *statement) rowOf(cs columns) *element {
	row := el("tr", "ID", s.row)
	var cells []string
	for _, c := range cs {
		v := clean(c.cell(s.line))
		cells = append(cells, v)
		cell := el("td")
		for i, line := range strings.Split(v, "\n") {
			if i > 0 {
				cell.add(el("br"))
			}
			cell.add(text(line))
		}
		row.add(cell)
	}
	return row.add(s.details(cells))
}

type titled struct {
	title string
	text  record.Narrative
}

// texts are the narratives inside a resource.
func texts(r record.Resource) []titled {
	var out []titled
	switch r := r.(type) {
	case *record.DocumentReference:
		for _, x := range r.Section {
			out = append(out, titled{nonEmpty(x.Title, x.Code.String()), x.Text})
		}
		out = append(out, titled{"", r.Text})
	case *record.DiagnosticReport:
		out = []titled{{"", r.Text}}
	case *record.CarePlan:
		out = []titled{{"", r.Text}}
	case *record.Other:
		out = []titled{{"", r.Text}}
	}
	return slices.DeleteFunc(out, func(t titled) bool { return t.text == "" })
}
