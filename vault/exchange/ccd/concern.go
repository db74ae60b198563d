package ccd

import "github.com/carnet-phr/carnet/vault/record"

var clinicalStatuses = snomed(
	"active", "55561003", "Active", "inactive", "73425007", "Inactive", "resolved", "413322009", "Problem resolved",
	"recurrence", "246455001", "Recurrence", "relapse", "263855007", "Relapse", "remission", "277022003", "Remission")

// status is a Problem or Allergy Status Observation (22.4.6, 22.4.28). A status
// that nobody stated is said to be unknown, in an observation that claims no
// template: without one, readers take the status of the act around it, which says
// something else (CLINICAL-SAFETY hazard 10).
func (s *statement) status(stated, id, typ string) *element {
	o := el("observation", "classCode", "OBS", "moodCode", "EVN")
	v := null("value", "UNK", "xsi:type", typ)
	if _, ok := clinicalStatuses[stated]; ok {
		o.add(template(id)...)
		v = known("value", clinicalStatuses, stated, "xsi:type", typ)
	} else if stated != "" {
		v = word("value", stated, "xsi:type", typ)
	}
	return relate("REFR", o.add(fixed("code", "33999-4", loincOID, "Status"), statusCode("completed"), v))
}

// state is the status of the act of concern: over where the record says that it
// is, else active, which says no more than that the entry stands in the list.
func (s *statement) state(clinical string) string {
	if clinical != "" && s.line.Standing == record.Past || clinical == "resolved" || clinical == "inactive" || clinical == "remission" {
		return "completed"
	}
	return "active"
}

// concern is the act around one observation (22.4.3, 22.4.30). Its time is when
// the concern was recorded, not when the problem began.
func (s *statement) concern(id, state string, recorded record.Date, o *element) *element {
	code := fixed("code", "CONC", actClass, "Concern")
	t := el("effectiveTime").add(ts("low", recorded))
	if state == "completed" {
		t.add(null("high", "UNK"))
	}
	return el("act", "classCode", "ACT", "moodCode", "EVN").add(template(id)...).add(s.ids()...).
		add(code, statusCode(state), t, relate("SUBJ", o))
}
