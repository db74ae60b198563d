package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// statement makes the record, or records, of one clinical statement.
func (r *reader) statement(p place, st *node) {
	if r.err != nil || r.media[st] {
		return
	}
	if placeholder(st) {
		r.outcome(exchange.Kept, record.Information, st, "entries", "a placeholder without content")
		return
	}
	switch role := roleOf(p.area(), st); role {
	case wrapperRole:
		r.wrapper(p, st)
	case reportRole:
		r.report(p, st)
	case groupRole:
		r.group(p, st)
	case holderRole:
		r.holder(p, st)
	case mediaRole:
		r.picture(st)
	case payerRole:
		r.outcome(exchange.Administrative, record.Information, st, "insurance entries", "insurance; kept in the original")
	default:
		r.single(role, p, st)
	}
}

func (p place) area() area {
	if p.section == nil {
		return otherArea
	}
	return p.section.area
}

// single files a statement that is one record.
func (r *reader) single(as role, p place, st *node) {
	if r.nominal(as, st) {
		r.outcome(exchange.Kept, record.Information, st, "entries", "an entry that says of itself that it gives no information; the text of its section is kept")
		return
	}
	switch as {
	case allergyRole:
		r.allergy(p, st)
	case problemRole:
		r.problem(p, st)
	case medicationRole:
		r.medication(p, st)
	case dispenseRole:
		r.dispense(p, st)
	case immunizationRole:
		r.immunization(p, st)
	case resultRole:
		r.observation(p, st, record.Laboratory)
	case vitalRole:
		r.observation(p, st, record.VitalSigns)
	case findingRole:
		r.observation(p, st, findingCategory(p.area()))
	case socialRole:
		r.observation(p, st, record.SocialHistory)
	default:
		r.event(as, p, st)
	}
}

// nominal says that a problem or allergy has a nullFlavor of its own and names
// none: "not on file" is no problem (C-CDA R2.1, 4.1.5).
func (r *reader) nominal(as role, st *node) bool {
	if r.nothingKnown(as, st) {
		return true
	}
	if attr(st, "nullFlavor") == "" || negated(st) {
		return false
	}
	switch as {
	case allergyRole:
		return r.allergen(st).Empty()
	case problemRole:
		return isCode(child(st, "value"), "64572001", "55607006")
	}
	return false
}

// nothingKnown says that a procedure, vaccine or device only states that none is
// known or that nothing is known about them (IPS "no-procedure-info"): it is none.
func (r *reader) nothingKnown(as role, st *node) bool {
	var c record.Concept
	switch as {
	case procedureRole:
		c = r.concept(child(st, "code"))
	case immunizationRole:
		c = r.product(st)
	case deviceRole:
		for _, d := range devicesOf(st) {
			c = r.concept(child(d, "playingDevice", "code"))
		}
	}
	for _, k := range c.Coding {
		if k.System == record.AbsentUnknownSystem && strings.HasPrefix(k.Code, "no-") {
			return true
		}
	}
	return false
}

// event files what is neither an allergy, a problem, a medicine nor a result.
func (r *reader) event(as role, p place, st *node) {
	switch as {
	case procedureRole:
		r.procedure(p, st)
	case encounterRole:
		r.encounter(p, st)
	case familyRole:
		r.family(p, st)
	case plannedRole:
		r.planned(p, st)
	case goalRole:
		r.goal(p, st)
	case deviceRole:
		r.supplied(p, st)
	case noteRole:
		r.note(p, st)
	case studyRole:
		r.study(p, st)
	default:
		r.other(p, st)
	}
}

// placeholder says that a statement has nothing to tell: only template ids, null
// flavours and times. Senders put them where a section demands an entry.
func placeholder(st *node) bool {
	if negated(st) {
		return false
	}
	for c := st.First; c != nil; c = c.Next {
		if !silent(c) {
			return false
		}
	}
	return true
}

// silent says that an element of a statement holds no fact.
func silent(n *node) bool {
	switch n.Local {
	case "templateId", "id", "statusCode", "effectiveTime", "realmCode", "typeId", "author", "priorityCode":
		return true
	}
	if oneLine(n.Text()) != "" || attr(n, "code") != "" && n.Local != "code" || attr(n, "value") != "" || attr(n, "displayName") != "" || attr(n, "extension") != "" {
		return false
	}
	if c := attr(n, "code"); c != "" && c != "ASSERTION" && c != "CONC" {
		return false
	}
	for c := n.First; c != nil; c = c.Next {
		if !silent(c) {
			return false
		}
	}
	return true
}

// wrapper reads the statements inside a concern or diagnosis act. One that
// holds none is filed as it is.
func (r *reader) wrapper(p place, st *node) {
	inner := p
	inner.concern, inner.absent = r.readConcern(p, st), p.absent || negated(st)
	switch {
	case hasTemplate(st, entryTemplateRoot+"80"):
		inner.category = "encounter-diagnosis"
	case p.area() == concernArea:
		inner.category = "health-concern"
	case inner.category == "":
		inner.category = wrapperCategory(p.section)
	}
	found := false
	for _, s := range related(st) {
		if as := insideRole(p.area(), s); as != noRole {
			found = true
			r.wrapped(inner, as, s)
		}
	}
	if !found {
		r.other(p, st)
	}
}

func (r *reader) wrapped(p place, as role, st *node) {
	if as == groupRole || as == reportRole || as == wrapperRole {
		r.statement(p, st)
		return
	}
	if placeholder(st) {
		r.outcome(exchange.Kept, record.Information, st, "entries", "a placeholder without content")
		return
	}
	r.single(as, p, st)
}

// insideRole is what a statement inside a wrapper is; noRole for a detail of the
// wrapper itself.
func insideRole(a area, st *node) role {
	switch as := sensible(a, byTemplate(st), st); {
	case as == noRole:
	case as == detailRole:
		return noRole
	case as == problemRole && a == allergyArea:
		return allergyRole
	default:
		return as
	}
	if isCode(child(st, "code"), "33999-4", "SEV", "48767-8") {
		return noRole
	}
	switch st.Local {
	case "observation":
		switch a {
		case allergyArea:
			return allergyRole
		case concernArea, findingArea, otherArea, planArea, goalArea:
			return noRole
		}
		return problemRole
	case "substanceAdministration":
		if a == immunizationArea {
			return immunizationRole
		}
		return medicationRole
	case "procedure":
		if a == problemArea {
			return procedureRole
		}
	}
	return noRole
}

func wrapperCategory(s *section) string {
	if s != nil && s.area == problemArea && isCode(child(s.node, "code"), "11450-4") {
		return "problem-list-item"
	}
	return ""
}

// group reads the statements of an organizer that is no report: vital signs,
// status scales, devices. They keep the organizer as their panel.
func (r *reader) group(p place, st *node) {
	inner := p
	inner.absent = p.absent || negated(st)
	inner.panel = record.Reference{Local: r.local(st), Display: r.concept(child(st, "code")).String()}
	if s := r.specimen(st); s != "" {
		inner.specimen = s
	}
	found := false
	for c := range children(st, "component") {
		if s := statementIn(c); s != nil {
			found = true
			r.statement(inner, s)
		}
	}
	if !found {
		r.other(p, st)
	}
}
