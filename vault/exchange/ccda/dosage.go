package ccda

import (
	"reflect"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// dosage reads how a medicine is to be taken. The instruction in words wins for
// display and the parts stand beside it (CLINICAL-SAFETY hazard 16).
func (r *reader) dosage(m *record.MedicationStatement, st *node) record.Dosage {
	d := record.Dosage{Route: r.concept(child(st, "routeCode")), Site: r.concept(child(st, "approachSiteCode")), Method: r.concept(child(st, "code"))}
	if d.Method.Has(v3ActCode, "ASSERTION") {
		d.Method = record.Concept{}
	}
	r.times(m, &d, st)
	d.Text = r.instruction(m.Medication, st)
	var words string
	if d.Dose, d.DoseRange, words = r.amount(child(st, "doseQuantity")); words != "" {
		d.Instructions = append(d.Instructions, "dose: "+words)
	}
	rate, rates, words := r.amount(child(st, "rateQuantity"))
	d.Rate = joinWords("", rate.String(), rates.String(), words)
	d.MaxDose = r.maximum(child(st, "maxDoseQuantity"))
	for c := range children(st, "precondition") {
		d.AsNeeded = joinWords("; ", d.AsNeeded, r.precondition(child(c, "criterion")))
	}
	for _, s := range related(st) {
		if isInstruction(s) {
			if w := r.sentence(s, 0); w != "" {
				d.Instructions = append(d.Instructions, w)
			}
		}
	}
	return d
}

func emptyDosage(d record.Dosage) bool { return reflect.DeepEqual(d, record.Dosage{}) }

// amount reads a dose: one amount, or a range. A unit that is not given stays
// not given (CLINICAL-SAFETY hazard 17).
func (r *reader) amount(n *node) (q record.Quantity, rng record.Range, words string) {
	if n == nil {
		return q, rng, ""
	}
	if attr(n, "value") != "" || child(n, "low") == nil && child(n, "high") == nil {
		q, words = r.physical(n)
		if q.Empty() && child(n, "center") != nil {
			q, words = r.physical(child(n, "center"))
		}
		return q, rng, words
	}
	rng.Low, rng.High, words = r.limits(n)
	if words != "" {
		return q, record.Range{}, words
	}
	return q, rng, ""
}

// maximum is a RTO_PQ_PQ: "4 g per 1 d".
func (r *reader) maximum(n *node) string {
	if n == nil {
		return ""
	}
	num, nw := r.physical(child(n, "numerator"))
	den, dw := r.physical(child(n, "denominator"))
	top := joinWords("", num.String(), nw)
	if top == "" {
		return ""
	}
	bottom := dw
	if !den.Empty() {
		bottom = den.Value + " " + unitWords(den.UnitWords(), den.Value)
	}
	return joinWords(" per ", top, strings.TrimSpace(bottom))
}

// precondition is a criterion that must hold before the medicine is taken
// (Precondition for Substance Administration, 22.4.25).
func (r *reader) precondition(n *node) string {
	if n == nil {
		return ""
	}
	v := r.concept(child(n, "value")).String()
	if v == "" {
		v = r.label(child(n, "text"))
	}
	if v == "" {
		if c := r.concept(child(n, "code")); !c.Has(v3ActCode, "ASSERTION") {
			v = c.String()
		}
	}
	return joinWords(": ", "as needed", v)
}

// isSig knows a Medication Free Text Sig (22.4.147, LOINC 76662-6).
func isSig(s *node) bool {
	return s.Local == "substanceAdministration" && (hasTemplate(s, entryTemplateRoot+"147") || isCode(child(s, "code"), "76662-6"))
}

// isInstruction knows an Instruction (22.4.20) and a Dosage instruction.
func isInstruction(s *node) bool {
	return s.Local == "act" && (hasTemplate(s, entryTemplateRoot+"20", "1.3.6.1.4.1.19376.1.5.3.1.4.3") || attr(s, "moodCode") == "INT")
}

// instruction is the sender's own sentence. Many senders let the statement's
// text point to the name of the medicine: that is no instruction.
func (r *reader) instruction(name record.Concept, st *node) string {
	for _, s := range related(st) {
		if isSig(s) {
			if w := r.label(child(s, "text")); w != "" {
				return w
			}
		}
	}
	w := r.label(child(st, "text"))
	folded := strings.ToLower(w)
	if folded == strings.ToLower(name.Words()) {
		return ""
	}
	for _, c := range name.Coding {
		if folded == strings.ToLower(c.Display) {
			return ""
		}
	}
	return w
}
