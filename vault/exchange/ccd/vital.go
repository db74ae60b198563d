package ccd

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// measurable says whether a reading can be a Vital Sign Observation (22.4.27):
// every part an exact amount in a UCUM unit, nothing that says it is not final, for
// the template has one status alone, and each flag with a code of HL7's own
// (CONF:1098-32886).
func measurable(o *record.Observation) bool {
	switch o.Status {
	case "", "final", "completed", "amended", "corrected", "appended", "unknown":
	default:
		return false
	}
	flagged := func(list []record.Concept) bool {
		return !slices.ContainsFunc(list, func(c record.Concept) bool { return c.Code(record.InterpretationSystem) == "" })
	}
	fits := func(v record.Value) bool {
		return decimal(v.Quantity.Value) && v.Quantity.Comparator == "" && ucum(v.Quantity) != ""
	}
	if !flagged(o.Interpretation) || (len(o.Component) == 0 || !o.Value.Empty()) && !fits(o.Value) {
		return false
	}
	return !slices.ContainsFunc(o.Component, func(c record.Component) bool { return !fits(c.Value) || !flagged(c.Interpretation) })
}

// vitals is a Vital Signs Organizer (22.4.26) of one reading.
func (s *statement) vitals() *element {
	o := s.line.Resource.(*record.Observation)
	code := fixed("code", "46680005", snomedOID, "Vital signs").
		add(fixed("translation", "74728-7", loincOID, "Vital signs, weight, height, head circumference, oximetry, BMI, and BSA panel"))
	parts := s.results("22.4.27|2014-06-09")
	e := el("organizer", "classCode", "CLUSTER", "moodCode", "EVN").add(template("22.4.26|2015-08-01")...).add(s.ids()...).
		add(code, statusCode("completed"), nonNil(bounded(o.Effective), null("effectiveTime", "UNK")), s.author(o.Issued, ""))
	for _, x := range parts {
		for _, k := range x.kids {
			if k.name == "statusCode" {
				k.attrs = []string{"code", "completed"}
			}
		}
		e.add(el("component").add(x))
	}
	return e
}

func nonNil(e, otherwise *element) *element {
	if e == nil {
		return otherwise
	}
	return e
}

// smoking are the values of Smoking Status (2.16.840.1.113883.11.20.9.38).
var smoking = map[string]bool{
	"449868002": true, "428041000124106": true, "8517006": true, "266919005": true, "77176002": true, "266927001": true, "428071000124103": true, "428061000124105": true,
}

// social is a Social History Observation (22.4.38), or the Smoking Status of
// Meaningful Use (22.4.78) where code, value and time are those it wants.
func (s *statement) social() *element {
	o := s.line.Resource.(*record.Observation)
	var ids []string
	final := resultStatus(o.Status) == "completed" || o.Status == ""
	switch smokes := o.Code.Code(record.LOINC) == "72166-2" && smoking[o.Value.Concept.Code(record.SNOMED)]; {
	case !final:
	case smokes && (o.Effective.Empty() || point(o.Effective)):
		ids = []string{"22.4.78|2014-06-09"}
	default:
		ids = []string{"22.4.38|2015-08-01"}
	}
	main := record.Component{Code: o.Code, Value: o.Value, DataAbsentReason: o.DataAbsentReason, Interpretation: o.Interpretation, ReferenceRange: o.ReferenceRange}
	e := s.result(o, main, ids...)
	for _, k := range e.kids {
		switch k.name {
		case "code":
			loincFirst(k)
		case "statusCode":
			if final {
				k.attrs = []string{"code", "completed"}
			}
		case "value":
			if len(ids) > 0 && ids[0] == "22.4.78|2014-06-09" {
				k.attrs, k.kids = value(o.Value.Concept, systems{record.SNOMED}).attrs, value(o.Value.Concept, systems{record.SNOMED}).kids
			}
		}
	}
	for _, c := range o.Component {
		insert(e, member(o, c))
	}
	return insert(e, s.notes(o.Note)...)
}

// loincFirst adds the translation that the template wants beside a code that is
// not of LOINC: there is none.
func loincFirst(code *element) {
	for i := 0; i+1 < len(code.attrs); i += 2 {
		if code.attrs[i] == "codeSystem" && code.attrs[i+1] == loincOID {
			return
		}
	}
	for _, k := range code.kids {
		if k.name == "translation" {
			return
		}
	}
	code.add(null("translation", "NI"))
}

// functional is an observation of the Functional Status Section. It claims no
// template: Functional Status Observation (22.4.67) wants a code that says no more
// than that it is one, and final results alone.
func (s *statement) functional() *element {
	o := s.line.Resource.(*record.Observation)
	main := record.Component{Code: o.Code, Value: o.Value, DataAbsentReason: o.DataAbsentReason, Interpretation: o.Interpretation, ReferenceRange: o.ReferenceRange}
	e := s.result(o, main)
	for _, c := range o.Component {
		insert(e, member(o, c))
	}
	return insert(e, s.notes(o.Note)...)
}

// member is a part of an observation that stays inside it.
func member(o *record.Observation, c record.Component) *element {
	e := el("observation", "classCode", "OBS", "moodCode", "EVN").
		add(conceptOr("code", c.Code, nil), statusCode(resultStatus(o.Status)), valueOf(c.Value, c.DataAbsentReason))
	for _, i := range c.Interpretation {
		e.add(concept("interpretationCode", i, systems{record.InterpretationSystem}))
	}
	return relate("COMP", e.add(ranges(c.ReferenceRange)...))
}
