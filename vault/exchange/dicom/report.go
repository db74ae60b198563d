package dicom

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// isReport says that the file is a structured report: a tree of content items
// (PS3.3, C.17.3).
func (i *importer) isReport() bool {
	return i.data.text(tagValueType) == "CONTAINER" && len(i.data.items(tagContentSeq)) > 0
}

// structured files a structured report: its text as sections, and as results
// what is coded beyond doubt.
func (i *importer) structured() {
	r := &reporter{importer: i}
	made := moment(i.data.text(tagContentDate), i.data.text(tagContentTime), i.zone)
	d := &record.DocumentReference{
		Type: i.data.concept(tagConceptNameSeq), Title: clip(i.data.concept(tagConceptNameSeq).Words()), Date: made.Start, DocStatus: i.status(),
		Author: i.authors(), Custodian: i.institution(), Replaces: i.predecessors(),
	}
	if d.Title == "" {
		d.Title = className(i.data.text(tagSOPClassUID))
	}
	if i.data.text(tagVerification) == "UNVERIFIED" {
		d.Description = "not verified by a person"
	}
	if i.data.text(tagCompletion) == "PARTIAL" {
		d.Description = strings.TrimPrefix(d.Description+"; marked as not complete", "; ")
	}
	r.issued = made.Start
	r.top(i.data, surroundings{certain: i.data.text(tagCompletion) != "PARTIAL", when: i.data.text(tagObservationDateTime)})
	d.Section = r.sections
	i.add(tagContentSeq, d, nil)
	for n, o := range r.observed {
		i.addAt(r.places[n], o, nil)
	}
}

// status is what the report says of itself (PS3.3, C.17.2). A report that is
// complete but not verified is not called final.
func (i *importer) status() string {
	switch {
	case i.data.text(tagPreliminary) == "PRELIMINARY":
		return "preliminary"
	case i.data.text(tagPreliminary) == "FINAL", i.data.text(tagVerification) == "VERIFIED":
		return "final"
	}
	return ""
}

// authors are who wrote or verified the report.
func (i *importer) authors() []string {
	var out []string
	seen := map[string]bool{}
	add := func(pn string) {
		if s := person(pn); s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	for _, a := range i.data.items(tagAuthorSeq) {
		add(a.text(tagPersonName))
	}
	for _, v := range i.data.items(tagVerifyingSeq) {
		add(v.text(tagVerifyingName))
	}
	return out
}

// predecessors are the reports that this one takes the place of.
func (i *importer) predecessors() []string {
	var out []string
	for _, study := range i.data.items(tagPredecessorsSeq) {
		for _, series := range study.items(tagReferencedSeriesSeq) {
			for _, object := range series.items(tagReferencedSOPSeq) {
				if uid := clip(object.text(tagReferencedUID)); uid != "" {
					out = append(out, "urn:oid:"+uid)
				}
			}
		}
	}
	return out
}

// surroundings is what holds for an item by what is around it (PS3.3, C.17.5).
type surroundings struct {
	place   string
	depth   int
	when    string // Observation DateTime
	certain bool   // nothing around says that it is of another, or changes its meaning
}

// reporter goes through the content tree.
type reporter struct {
	*importer
	sections []record.Section
	observed []*record.Observation
	places   []string
	issued   record.Date
}

// top reads a container: its own items are one section, the containers in it are
// sections below.
func (r *reporter) top(d dataset, c surroundings) {
	if dt := d.text(tagObservationDateTime); dt != "" {
		c.when = dt
	}
	c.certain = c.certain && undisturbed(d, c.depth == 0)
	at := len(r.sections)
	name := d.concept(tagConceptNameSeq)
	r.sections = append(r.sections, record.Section{Title: clip(name.Words()), Code: name, Depth: max(c.depth-1, 0), Place: tagContentSeq.String() + c.place})
	var w record.NarrativeWriter
	for n, item := range d.items(tagContentSeq) {
		inner := surroundings{place: fmt.Sprintf("%s[%d]", c.place, n+1), depth: c.depth + 1, when: c.when, certain: c.certain}
		if item.text(tagValueType) == "CONTAINER" {
			r.top(item, inner)
			continue
		}
		r.sections[at].Entries++
		r.line(&w, item, inner)
	}
	r.sections[at].Text = w.Narrative()
	if r.sections[at].Text == "" && (c.depth == 0 || len(r.sections) > at+1) {
		r.drop(at, c.depth)
	}
}

// drop takes out a section that has no words of its own, if it is the root.
func (r *reporter) drop(at, depth int) {
	if depth == 0 {
		r.sections = append(r.sections[:at], r.sections[at+1:]...)
	}
}

// undisturbed says that nothing in a container changes what its items mean: no
// other subject, no side, no method. Language and country change nothing.
func undisturbed(d dataset, root bool) bool {
	for _, item := range d.items(tagContentSeq) {
		name := item.concept(tagConceptNameSeq)
		switch item.text(tagRelationship) {
		case "HAS OBS CONTEXT":
			kind := item.concept(tagConceptCodeSeq)
			about := name.Has(dcm, "121024") && !kind.Has(dcm, "121025") // Subject Class, Patient
			if about || name.Has(dcm, "121028") || name.Has(dcm, "121030") || name.Has(dcm, "121026") || !root && !name.Has(dcm, "121005") {
				return false
			}
		case "HAS CONCEPT MOD":
			if !root {
				return false
			}
		}
	}
	return true
}
