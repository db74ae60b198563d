package apple

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// lens are the measures of one eye in a VisionPrescription.
var lens = []struct{ title, attribute string }{
	{"sphere", "sphere"},
	{"cylinder", "cylinder"},
	{"axis", "axis"},
	{"addition", "add"},
	{"vertex distance", "vertex"},
	{"prism amount", "prismAmount"},
	{"prism angle", "prismAngle"},
	{"far pupillary distance", "farPD"},
	{"near pupillary distance", "nearPD"},
	{"base curve", "baseCurve"},
	{"diameter", "diameter"},
}

// visionPrescription files a prescription for glasses or contact lenses.
func (r *reader) visionPrescription(e *element) {
	s := r.sampleOf(e).kept()
	s.start = strings.Clone(e.get("dateIssued"))
	o := r.observation(s, record.Concept{Text: "Prescription for glasses or contact lenses", Coding: []record.Coding{{System: system, Code: "HKVisionPrescription"}}}, "exam")
	o.Effective = span(s.start, "")
	if w := words(strings.TrimPrefix(s.typ, "HKVisionPrescriptionType")); w != "" {
		o.Value = record.Value{Text: short(w)}
	}
	if d := date(e.get("expirationDate")); d != "" {
		o.Note = append(o.Note, "good until "+d.Human())
	}
	if b := e.get("brand"); b != "" {
		o.Note = append(o.Note, "brand: "+strings.Clone(short(b)))
	}
	for i := range e.inner {
		switch in := &e.inner[i]; in.Name.Local {
		case "RightEye":
			o.Component = eye(o.Component, in, "Right eye, ")
		case "LeftEye":
			o.Component = eye(o.Component, in, "Left eye, ")
		case "Attachment":
			o.Note = append(o.Note, "a picture of it may lie beside it in the export")
		}
	}
	r.add(o, s.provenance())
}

func eye(to []record.Component, e *element, title string) []record.Component {
	for _, x := range lens {
		to = total(to, title+x.title, e.get(x.attribute), e.get(x.attribute+"Unit"))
	}
	return to
}
