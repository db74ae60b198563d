package ccda

import (
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// supplies reads the Medication Supply Order (22.4.17) and Medication Dispense
// (22.4.18) inside a medication. The order's repeatNumber counts all fills, the
// first included, so FHIR's number of repeats is one less (CLINICAL-SAFETY
// hazard 15). A dispense's repeatNumber is the number of that fill.
func (r *reader) supplies(m *record.MedicationStatement, st *node) {
	for _, s := range related(st) {
		if s.Local != "supply" {
			continue
		}
		q, words := r.physical(child(s, "quantity"))
		n := attr(child(s, "repeatNumber"), "value")
		if attr(s, "moodCode") == "EVN" {
			line := joinWords(", ", r.product(s).String(), joinWords("", q.String(), words), r.interval(child(s, "effectiveTime")).Human(), strings.Join(r.performers(s), "; "))
			if n != "" {
				line = joinWords(", ", line, "fill "+n)
			}
			if line != "" {
				m.Note = append(m.Note, "handed out: "+line)
			}
			m.Note = append(m.Note, r.notes(s, nil)...)
			continue
		}
		if m.Quantity.Empty() {
			m.Quantity = q
		}
		if words != "" {
			m.Note = append(m.Note, "amount ordered: "+words)
		}
		if repeats, ok := repeatsAllowed(n); ok {
			m.RepeatsAllowed = repeats
		} else if n != "" {
			m.Note = append(m.Note, "fills in all: "+n)
		}
		if m.Requester == "" {
			m.Requester, _ = r.assigned(child(s, "author", "assignedAuthor"), false)
		}
		if w := r.interval(child(s, "effectiveTime")).Human(); w != "" {
			m.Note = append(m.Note, "ordered for: "+w)
		}
		m.Note = append(m.Note, r.notes(s, nil)...)
	}
}

// repeatsAllowed is total fills less the first one.
func repeatsAllowed(fills string) (string, bool) {
	n, err := strconv.Atoi(fills)
	if err != nil || n < 1 {
		return "", false
	}
	return strconv.Itoa(n - 1), true
}

// dispense reads a supply that stands alone in a medication section: handed out,
// or ordered.
func (r *reader) dispense(p place, st *node) {
	m := &record.MedicationStatement{
		Origin: record.Dispense, Absent: p.absent || negated(st), Medication: r.product(st), ActStatus: attr(child(st, "statusCode"), "code"),
		Effective: r.interval(child(st, "effectiveTime")), DateAsserted: r.made, Requester: r.recorder(p, st), Reason: r.reasons(st),
	}
	if m.Medication.Empty() && !m.Absent {
		m.Medication.Text = r.label(child(st, "text"))
	}
	m.Quantity, _ = r.physical(child(st, "quantity"))
	n := attr(child(st, "repeatNumber"), "value")
	if attr(st, "moodCode") != "EVN" {
		m.Origin, m.Intent = record.Request, "order"
		if p.area() == planArea {
			m.Intent = "plan"
		}
		m.RepeatsAllowed, _ = repeatsAllowed(n)
	} else if n != "" {
		m.Note = append(m.Note, "fill "+n)
	}
	m.Performer = strings.Join(r.performers(st), "; ")
	m.Note = append(m.Note, r.notes(st, isReason)...)
	r.add(p, st, m)
}
