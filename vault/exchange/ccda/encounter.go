package ccda

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// encounter reads an Encounter Activity (2.16.840.1.113883.10.20.22.4.49). Its
// Encounter Diagnoses (22.4.80) are conditions of their own that name it.
func (r *reader) encounter(p place, st *node) {
	e := &record.Encounter{
		Status: statusCode(st, encounterStatus), Period: r.interval(child(st, "effectiveTime")), Participant: r.performers(st),
		Reason: r.reasons(st), Discharge: r.concept(extension(st, "dischargeDispositionCode")).String(),
	}
	if c := r.named(child(st, "code"), st); !c.Empty() {
		e.Type = []record.Concept{c}
	}
	if where := r.location(st); where != "" {
		e.Location = []string{where}
	}
	inner := p
	inner.encounter = record.Reference{Local: r.local(st), Display: e.Summary().Title}
	inner.category = "encounter-diagnosis"
	var diagnoses []*node
	isDiagnosis := func(_ string, s *node) bool {
		return s.Local == "act" && (hasTemplate(s, entryTemplateRoot+"80") || isCode(child(s, "code"), "29308-4"))
	}
	for typ, s := range related(st) {
		if isDiagnosis(typ, s) {
			diagnoses = append(diagnoses, s)
			for _, o := range related(s) {
				if w := r.indication(o).String(); w != "" && o.Local == "observation" && !isDetail(o) {
					e.Diagnosis = append(e.Diagnosis, w)
				}
			}
		}
	}
	e.Note = r.notes(st, func(typ string, s *node) bool { return isDiagnosis(typ, s) || isReason(typ, s) })
	if negated(st) {
		e.Note = append(e.Note, "the source says that this visit did not take place")
		e.Status = "cancelled"
	}
	r.addNamed(p, st, e)
	for _, s := range diagnoses {
		r.wrapper(inner, s)
	}
}
