package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// immunization reads an Immunization Activity (2.16.840.1.113883.10.20.22.4.52).
// With negationInd the vaccine was not given (CLINICAL-SAFETY hazard 8); in an
// intent mood it is planned.
func (r *reader) immunization(p place, st *node) {
	mp := child(st, "consumable", "manufacturedProduct")
	material := child(mp, "manufacturedMaterial")
	i := &record.Immunization{
		Status: statusCode(st, vaccineStatus), VaccineCode: r.product(st), Occurrence: r.firstTime(st), Recorded: r.recorded(p, st),
		Manufacturer: organisation(child(mp, "manufacturerOrganization")), LotNumber: oneLine(content(child(material, "lotNumberText"))),
		Route: r.concept(child(st, "routeCode")), Site: r.concept(child(st, "approachSiteCode")),
		Performer: strings.Join(r.performers(st), "; "), DoseNumber: attr(child(st, "repeatNumber"), "value"),
		Location: r.location(st), Reason: r.reasons(st), Encounter: p.encounter,
	}
	if i.VaccineCode.Empty() {
		i.VaccineCode.Text = r.label(child(st, "text"))
	}
	var words string
	if i.DoseQuantity, _, words = r.amount(child(st, "doseQuantity")); words != "" {
		i.Note = append(i.Note, "dose: "+words)
	}
	switch {
	case p.absent || negated(st):
		if i.Status != "entered-in-error" {
			i.Status = "not-done"
		}
	case attr(st, "moodCode") != "EVN" && attr(st, "moodCode") != "":
		i.Status = "intended"
	}
	r.aftermath(i, st)
	if i.DoseNumber == "" {
		i.DoseNumber = doseNumber(st)
	}
	r.add(p, st, i)
}

// aftermath reads why a vaccine was refused, how the patient reacted, and what
// else hangs on the activity.
func (r *reader) aftermath(i *record.Immunization, st *node) {
	reacted := func(typ string, s *node) bool {
		return isReaction(typ, s) || typ == "CAUS" && s.Local == "observation"
	}
	for typ, s := range related(st) {
		switch {
		case isRefusal(s):
			i.StatusReason = r.named(child(s, "code"), s)
		case reacted(typ, s):
			re := record.Reaction{Severity: r.severity(s), Onset: r.interval(child(s, "effectiveTime"))}
			if c := r.named(child(s, "value"), s); !c.Empty() {
				re.Manifestation = []record.Concept{c}
			}
			i.Reaction = append(i.Reaction, re)
		}
	}
	i.Note = append(i.Note, r.notes(st, func(typ string, s *node) bool { return isReason(typ, s) || isRefusal(s) || reacted(typ, s) })...)
}

// doseNumber is the place in the series that stands beside a Substance
// Administered Act (22.4.118).
func doseNumber(st *node) string {
	for er := range children(st, "entryRelationship") {
		if s := statementIn(er); s != nil && hasTemplate(s, entryTemplateRoot+"118") {
			return attr(child(er, "sequenceNumber"), "value")
		}
	}
	return ""
}

// isRefusal knows an Immunization Refusal Reason (22.4.53).
func isRefusal(s *node) bool { return hasTemplate(s, entryTemplateRoot+"53") }

// firstTime is the first effectiveTime that says when.
func (r *reader) firstTime(st *node) record.When {
	for n := range children(st, "effectiveTime") {
		if w := r.interval(n); !w.Empty() {
			return w
		}
	}
	return record.When{}
}

// location names the place of a statement (participant LOC, Service Delivery
// Location 22.4.32).
func (r *reader) location(st *node) string {
	var words string
	for p := range children(st, "participant") {
		if attr(p, "typeCode") != "LOC" {
			continue
		}
		role := child(p, "participantRole")
		name := oneLine(content(child(role, "playingEntity", "name")))
		if name == "" {
			name = r.concept(child(role, "code")).String()
		}
		words = joinWords("; ", words, name)
	}
	return words
}
