package ccd

import (
	"slices"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

func ordered(list []string) []string {
	slices.Sort(list)
	return list
}

// factsOf are the facts of one record.
func factsOf(res record.Resource) []fact {
	switch x := res.(type) {
	case *record.AllergyIntolerance:
		return []fact{allergyFact(x)}
	case *record.Condition:
		return []fact{problemFact(x)}
	case *record.MedicationStatement:
		return []fact{medicineFact(x)}
	case *record.Observation:
		return resultFacts(x, x.In(record.Laboratory))
	case *record.DiagnosticReport:
		return []fact{line("report", conceptWords(x.Code), resultStatus(x.Status))}
	case *record.Immunization:
		return []fact{line("vaccine", negated(x.Status == "not-done"), conceptWords(x.VaccineCode), period(x.Occurrence), planWord(x.Status == "intended" || x.Status == "in-progress" || x.Status == "active"), x.LotNumber, x.Manufacturer)}
	}
	return eventFacts(res)
}

func planWord(planned bool) string {
	if planned {
		return "planned"
	}
	return ""
}

func eventFacts(res record.Resource) []fact {
	switch x := res.(type) {
	case *record.Procedure:
		return []fact{line("procedure", conceptWords(x.Code), period(x.Performed), procedureStatuses[x.Status], valueIf(x.Value))}
	case *record.Encounter:
		return []fact{line("visit", visitWords(x), period(x.Period), encounterStatuses[x.Status])}
	case *record.FamilyMemberHistory:
		return relativeFacts(x)
	case *record.Device:
		return []fact{line("device", conceptWords(deviceType(x)), x.UDI, begun(x.Used), x.ModelNumber, x.Manufacturer)}
	case *record.CarePlan:
		var out []fact
		for _, a := range activities(x) {
			code := a.Code
			if code.Empty() {
				code = record.Concept{Text: a.Description}
			}
			out = append(out, line("plan", mood(x.Intent), conceptWords(code), period(either(a.When, x.Period))))
		}
		return out
	case *record.Goal:
		target := ""
		if len(x.Target) > 0 {
			target = x.Target[0]
		}
		return []fact{line("goal", conceptWords(x.Description), period(x.Start), target)}
	case *record.DocumentReference:
		return []fact{noteFact(x.Type, record.At(x.Date))}
	}
	return nil
}

// begun is the time of a device, which comes back where it says since when.
func begun(w record.When) string {
	if stamp(w.Start) == "" {
		return ""
	}
	return period(w)
}

// noteFact leaves out the code that every note has.
func noteFact(c record.Concept, when record.When) fact {
	var own record.Concept
	for _, k := range c.Coding {
		if k.Code != "34109-9" {
			own.Coding = append(own.Coding, k)
		}
	}
	return line("note", codesOf(own), stamp(when.Start))
}

func valueIf(v record.Value) string {
	if v.Empty() {
		return ""
	}
	return valueWords(v, record.Concept{})
}

func visitWords(v *record.Encounter) string {
	for _, c := range append(append([]record.Concept(nil), v.Type...), v.ServiceType, v.Class) {
		if !c.Empty() {
			return conceptWords(c)
		}
	}
	return conceptWords(record.Concept{})
}

func allergyFact(a *record.AllergyIntolerance) fact {
	none := a.NoneKnown()
	if none != "" {
		none = scopeOf(a)
	}
	if none == "" && a.Absent && a.Code.Has(record.SNOMED, "111088007") && a.Code.Text == "" {
		none = record.NoKnownLatex
	}
	if none != "" && a.VerificationStatus != "refuted" {
		return line("no known "+string(none), stamp(a.Onset.Start))
	}
	var reactions []string
	for _, r := range a.Reaction {
		what := r.Manifestation
		if len(what) == 0 && (r.Description != "" || r.Severity != "") {
			what = []record.Concept{{Text: r.Description}}
		}
		for _, m := range what {
			reactions = append(reactions, conceptWords(m)+" "+strings.ToLower(r.Severity))
		}
	}
	return line("allergy", negated(a.Absent || a.VerificationStatus == "refuted"), conceptWords(a.Code), strings.ToLower(a.ClinicalStatus), stamp(a.Onset.Start), ended(a.Abatement), strings.ToLower(a.Criticality), strings.Join(ordered(reactions), "; "))
}

func problemFact(c *record.Condition) fact {
	if c.NoneKnown() && c.VerificationStatus != "refuted" {
		return line("no known problem", stamp(c.Onset.Start))
	}
	not, certainty := c.Absent || c.VerificationStatus == "refuted", c.VerificationStatus
	if not || c.Code.Empty() || !certainties[certainty] {
		certainty = ""
	}
	status := strings.ToLower(c.ClinicalStatus)
	if end := ended(c.Abatement); end != "" && end != "ended " && (status == "active" || status == "recurrence" || status == "relapse") {
		status = "" // a dated end counts
	}
	return line("problem", negated(not), conceptWords(c.Code), certainty, status, stamp(c.Onset.Start), ended(c.Abatement), strings.ToLower(c.Severity.String()))
}

// medicineFact: "completed" of FHIR says that it is over, and of CDA that the act
// is done; the one is written as inactive.
func medicineFact(m *record.MedicationStatement) fact {
	if m.NoneKnown() {
		return line("no known medicine")
	}
	status := strings.ToLower(nonEmpty(m.Status, act(m)))
	if strings.ToLower(m.Status) == "completed" {
		status = "inactive"
	}
	when, kind := m.Effective, "taken"
	switch {
	case m.Summary().Standing == record.Intended:
		kind, status = "planned "+intent(m), ""
	case m.Origin == record.Dispense:
		kind, status = "handed out", act(m)
		if when.Empty() {
			when = record.At(m.AuthoredOn)
		}
	case m.Origin == record.Request:
		kind = "ordered"
	}
	dose, repeats := "", ""
	if len(m.Dosage) == 1 && kind != "handed out" {
		dose = doseWords(m.Dosage[0])
	}
	if n, err := strconv.Atoi(m.RepeatsAllowed); err == nil && n >= 0 && kind != "handed out" {
		repeats = strconv.Itoa(n)
	}
	return line("medicine", kind, conceptWords(m.Medication), period(when), status, dose, repeats, amount(m.Quantity))
}

func intent(m *record.MedicationStatement) string {
	if m.Intent == "proposal" || m.Intent == "option" {
		return "proposal"
	}
	return "plan"
}

func amount(q record.Quantity) string {
	if q.Comparator != "" || physical("quantity", q) == nil {
		return ""
	}
	return q.String()
}

func doseWords(d record.Dosage) string {
	s := amount(d.Dose)
	if d.Dose.Empty() && span("doseQuantity", d.DoseRange) != nil {
		s = d.DoseRange.String()
	}
	if d.Route.Empty() {
		return s
	}
	return s + " " + conceptWords(d.Route)
}

// resultFacts are a result by its parts.
func resultFacts(o *record.Observation, amongResults bool) []fact {
	var out []fact
	status := ""
	if amongResults { // the other templates have one status
		status = resultStatus(o.Status)
	}
	add := func(c record.Component) {
		out = append(out, line("result", conceptWords(c.Code), valueWords(c.Value, c.DataAbsentReason), period(o.Effective), status, rangeWords(c.ReferenceRange)))
	}
	if len(o.Component) == 0 || !o.Value.Empty() {
		add(record.Component{Code: o.Code, Value: o.Value, DataAbsentReason: o.DataAbsentReason, ReferenceRange: o.ReferenceRange})
	}
	for _, c := range o.Component {
		add(c)
	}
	return out
}

func relativeFacts(f *record.FamilyMemberHistory) []fact {
	var out []fact
	for _, c := range f.Condition {
		onset := ""
		if stamp(c.Onset.Start) != "" || stamp(c.Onset.End) != "" {
			onset = period(c.Onset)
		}
		out = append(out, line("relative", conceptWords(f.Relationship), negated(c.Absent), conceptWords(c.Code), onset))
	}
	return out
}
