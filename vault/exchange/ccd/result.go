package ccd

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// resultStatuses give the ActStatus of a result's status. "completed" is final; a
// status that nobody stated, or that is not final, is "active", which claims the
// least (CLINICAL-SAFETY hazard 24).
var resultStatuses = map[string]string{"final": "completed", "completed": "completed", "amended": "completed", "corrected": "completed", "appended": "completed"}

func resultStatus(s string) string { return nonEmpty(resultStatuses[s], "active") }

// report is a Result Organizer (22.4.1) of a report and its results.
func report(unit []*statement) []*element {
	first := unit[0]
	d, is := first.line.Resource.(*record.DiagnosticReport)
	if !is {
		return []*element{first.lone()}
	}
	e := el("organizer", "classCode", "BATTERY", "moodCode", "EVN").add(template("22.4.1|2015-08-01")...).add(first.ids()...).
		add(conceptOr("code", d.Code, nil), statusCode(resultStatus(d.Status)), bounded(d.Effective))
	e.add(performer(d.Performer...)...).add(first.author(d.Issued, ""))
	for _, n := range d.Note {
		if c := first.comment("Note", n, nil); c != nil {
			e.add(el("component").add(c.kids[0]))
		}
	}
	if c := first.comment("Conclusion", d.Conclusion, nil); c != nil {
		e.add(el("component").add(c.kids[0]))
	}
	for _, s := range unit[1:] {
		for _, o := range s.results("22.4.2|2015-08-01") {
			e.add(el("component").add(o))
		}
	}
	return []*element{e}
}

// bounded is the time of an organizer, which has both ends or none.
func bounded(w record.When) *element {
	if stamp(w.Start) == "" && stamp(w.End) == "" {
		return nil
	}
	end := w.End
	if point(w) {
		end = w.Start
	}
	return el("effectiveTime").add(ts("low", w.Start), ts("high", end))
}

// lone is an organizer around the parts of one result: the standard wants one
// around each. Its code does not apply, for there is no panel.
func (s *statement) lone() *element {
	o := s.line.Resource.(*record.Observation)
	code := null("code", "NA")
	if len(o.Component) > 0 {
		code = conceptOr("code", o.Code, nil)
	}
	parts := s.results("22.4.2|2015-08-01") // first: the record's own id is that of its result
	e := el("organizer", "classCode", "CLUSTER", "moodCode", "EVN").add(template("22.4.1|2015-08-01")...).add(s.ids()...).
		add(code, statusCode(resultStatus(o.Status)), bounded(o.Effective), s.author(o.Issued, ""))
	for _, x := range parts {
		e.add(el("component").add(x))
	}
	return e
}

// results are the observations of one record: itself where it has a value of its
// own, and its components, which stay together in their organizer (hazard 29).
func (s *statement) results(id string) []*element {
	o := s.line.Resource.(*record.Observation)
	var out []*element
	if len(o.Component) == 0 || !o.Value.Empty() {
		main := s.result(o, record.Component{Code: o.Code, Value: o.Value, DataAbsentReason: o.DataAbsentReason, Interpretation: o.Interpretation, ReferenceRange: o.ReferenceRange}, id)
		out = append(out, insert(main, s.notes(o.Note)...))
	}
	for i, c := range o.Component {
		part := s.result(o, c, id)
		if i == 0 && len(out) == 0 {
			insert(part, s.notes(o.Note)...)
		}
		out = append(out, part)
	}
	return out
}

// insert puts what is related to an observation before its reference ranges, as
// the schema orders them.
func insert(o *element, kids ...*element) *element {
	at := len(o.kids)
	for at > 0 && o.kids[at-1].name == "referenceRange" {
		at--
	}
	tail := append([]*element(nil), o.kids[at:]...)
	o.kids = o.kids[:at]
	o.add(kids...)
	o.kids = append(o.kids, tail...)
	return o
}

// result is one observation with the templates of its kind. Its code is of LOINC or
// "other", with its own codes beside it.
func (s *statement) result(o *record.Observation, c record.Component, ids ...string) *element {
	e := el("observation", "classCode", "OBS", "moodCode", "EVN").add(template(ids...)...).add(s.ids()...).
		add(conceptOr("code", c.Code, systems{record.LOINC}), s.text(), statusCode(resultStatus(o.Status)), when("effectiveTime", o.Effective), valueOf(c.Value, c.DataAbsentReason))
	return s.about(e, o, c)
}

// about adds what else is stated of an observation.
func (s *statement) about(e *element, o *record.Observation, c record.Component) *element {
	for _, i := range c.Interpretation {
		e.add(concept("interpretationCode", i, systems{record.InterpretationSystem}))
	}
	e.add(concept("methodCode", o.Method, nil), concept("targetSiteCode", o.BodySite, nil))
	if n := txt("name", o.Specimen); n != nil {
		e.add(el("specimen").add(el("specimenRole").add(el("specimenPlayingEntity").add(n))))
	}
	e.add(performer(o.Performer...)...).add(s.author(o.Issued, ""))
	return e.add(ranges(c.ReferenceRange)...)
}
