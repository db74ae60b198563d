package ccda

import "strings"

// role is what a statement is, and so which record it becomes.
type role int

const (
	noRole role = iota
	allergyRole
	problemRole
	wrapperRole // a concern or diagnosis act: what stands inside counts
	medicationRole
	dispenseRole
	immunizationRole
	reportRole // a result organizer
	groupRole  // any other organizer
	resultRole
	vitalRole
	findingRole
	socialRole
	procedureRole
	encounterRole
	familyRole
	plannedRole
	goalRole
	deviceRole
	noteRole
	studyRole
	mediaRole
	payerRole
	holderRole // an act around results
	detailRole // belongs to the statement around it: severity, status, reaction …
	otherRole
)

// entryTemplates are the entry templates of C-CDA without the root
// 2.16.840.1.113883.10.20.22.4.
var entryTemplates = map[string]role{
	"7": allergyRole, "4": problemRole,
	"30": wrapperRole, "3": wrapperRole, "132": wrapperRole, "136": wrapperRole, "33": wrapperRole, "34": wrapperRole, "35": wrapperRole, "36": wrapperRole, "80": wrapperRole, "65": wrapperRole,
	"16": medicationRole, "18": dispenseRole,
	"52": immunizationRole,
	"1":  reportRole, "2": resultRole,
	"26": groupRole, "66": groupRole, "75": groupRole, "108": groupRole, "135": groupRole,
	"27": vitalRole,
	"67": findingRole, "68": findingRole, "73": findingRole, "74": findingRole, "69": findingRole, "70": findingRole, "72": findingRole, "109": findingRole, "111": findingRole, "114": findingRole, "124": findingRole, "138": findingRole, "144": findingRole, "5": findingRole,
	"38": socialRole, "78": socialRole, "85": socialRole, "200": socialRole, "201": socialRole, "501": socialRole,
	"12": procedureRole, "13": procedureRole, "14": procedureRole,
	"49": encounterRole,
	"45": familyRole, "46": familyRole,
	"39": plannedRole, "40": plannedRole, "41": plannedRole, "43": plannedRole, "44": plannedRole, "20": plannedRole, "130": plannedRole, "140": plannedRole, "146": plannedRole, "131": plannedRole,
	"42": medicationRole, "120": immunizationRole,
	"121": goalRole,
	"50":  deviceRole,
	"202": noteRole,
	"60":  payerRole,
	"8":   detailRole, "6": detailRole, "28": detailRole, "9": detailRole, "143": detailRole, "113": detailRole, "122": detailRole, "145": detailRole, "31": detailRole, "47": detailRole, "64": detailRole, "119": detailRole, "19": detailRole,
}

// foreignTemplates are whole template ids of older and other guides: CCD 1.0 and
// C32, the imaging report, IHE PCC.
var foreignTemplates = map[string]role{
	"2.16.840.1.113883.10.20.1.18":   allergyRole,
	"2.16.840.1.113883.10.20.1.28":   problemRole,
	"2.16.840.1.113883.10.20.1.27":   wrapperRole,
	"2.16.840.1.113883.10.20.1.24":   medicationRole,
	"2.16.840.1.113883.10.20.1.32":   reportRole,
	"2.16.840.1.113883.10.20.1.35":   groupRole,
	"2.16.840.1.113883.10.20.1.29":   procedureRole,
	"2.16.840.1.113883.10.20.1.21":   encounterRole,
	"2.16.840.1.113883.10.20.1.26":   payerRole,
	"2.16.840.1.113883.10.20.6.2.6":  studyRole,
	"2.16.840.1.113883.10.20.6.2.12": findingRole,
	"2.16.840.1.113883.10.20.6.2.13": findingRole,
	"2.16.840.1.113883.10.20.6.2.14": findingRole,
	"2.16.840.1.113883.10.20.15.3.8": socialRole,
	hitsp + "6":                      wrapperRole, hitsp + "7": wrapperRole, hitsp + "8": medicationRole, hitsp + "13": immunizationRole, hitsp + "14": vitalRole, hitsp + "15": resultRole, hitsp + "15.1": resultRole,
	hitsp + "16": encounterRole, hitsp + "17": procedureRole, hitsp + "18": familyRole, hitsp + "19": socialRole, hitsp + "5": payerRole,
	pcc + "4.5": problemRole, pcc + "4.5.1": wrapperRole, pcc + "4.6": allergyRole, pcc + "4.7": medicationRole, pcc + "4.13.2": vitalRole, pcc + "4.13.4": socialRole, pcc + "4.13.5": socialRole,
	pcc + "4.14": encounterRole, pcc + "4.15": familyRole, pcc + "4.17": payerRole, pcc + "4.19": procedureRole,
	"1.3.6.1.4.1.19376.1.3.1.4":         reportRole,
	"1.3.6.1.4.1.19376.1.3.1.6":         resultRole,
	"1.3.6.1.4.1.19376.1.5.3.1.4.5.2":   wrapperRole,
	"1.3.6.1.4.1.19376.1.5.3.1.4.5.3":   wrapperRole,
	"1.3.6.1.4.1.19376.1.5.3.1.4.12":    immunizationRole,
	"1.3.6.1.4.1.19376.1.5.3.1.4.7.1":   medicationRole,
	"1.3.6.1.4.1.19376.1.5.3.1.4.13.1":  groupRole,
	"1.3.6.1.4.1.19376.1.5.3.1.4.1":     detailRole,
	"1.3.6.1.4.1.19376.1.5.3.1.4.2":     detailRole,
	"1.3.6.1.4.1.19376.1.5.3.1.4.1.1":   detailRole,
	"2.16.840.1.113883.10.20.24.3.88":   detailRole,
	"2.16.840.1.113883.10.20.1.39":      detailRole,
	"2.16.840.1.113883.10.20.1.50":      detailRole,
	"2.16.840.1.113883.10.20.1.55":      detailRole,
	"2.16.840.1.113883.10.20.22.4.64.1": detailRole,
}

const entryTemplateRoot = "2.16.840.1.113883.10.20.22.4."

// byTemplate is the role that the statement's template ids state; noRole for
// unknown ones. An id must fit the element: producers are met that put a
// procedure's template on something else. Where several ids fit, the problem
// observation is the general one, of which the others are made (C32 lists both
// for an allergy).
func byTemplate(st *node) role {
	best := noRole
	for t := range children(st, "templateId") {
		root := attr(t, "root")
		found := foreignTemplates[root]
		if id, ok := strings.CutPrefix(root, entryTemplateRoot); ok && found == noRole {
			found = entryTemplates[id]
		}
		if found != noRole && fits(found, st.Local) && (best == noRole || best == problemRole) {
			best = found
		}
	}
	return best
}

// fits says whether an element can hold a role.
func fits(r role, element string) bool {
	switch r {
	case allergyRole, problemRole, resultRole, vitalRole, findingRole, socialRole, goalRole:
		return element == "observation"
	case wrapperRole, noteRole, payerRole:
		return element == "act"
	case medicationRole, immunizationRole:
		return element == "substanceAdministration"
	case dispenseRole, deviceRole:
		return element == "supply"
	case reportRole, groupRole:
		return element == "organizer"
	case procedureRole:
		return element == "procedure" || element == "observation" || element == "act"
	case encounterRole:
		return element == "encounter"
	case familyRole:
		return element == "organizer" || element == "observation"
	}
	return true
}

// roleOf decides by template, by section and element, and by element alone.
func roleOf(a area, st *node) role {
	if r := bySection(a, st); r != noRole {
		return inMood(r, st)
	}
	switch found := sensible(a, byTemplate(st), st); found {
	case noRole:
	case detailRole:
		if st.Local != "observation" || a == otherArea {
			return otherRole
		}
		// alone in an entry it stands for itself
	default:
		return inMood(found, st)
	}
	found := byArea(a, st.Local)
	if found == noRole {
		found = byElement(st)
	}
	if found == otherRole && holds(st) {
		return holderRole
	}
	return inMood(found, st)
}

// sensible holds a template against its section. An alert (CCD template 1.18) in
// a problem list that names no substance is a problem: C32 senders are met that
// put both templates on every entry, and a disease is no allergen.
func sensible(a area, as role, st *node) role {
	if as != allergyRole || a != problemArea {
		return as
	}
	for part := range children(st, "participant") {
		if child(part, "participantRole", "playingEntity") != nil {
			return as
		}
	}
	return problemRole
}

// bySection are the sections whose code alone decides, whatever templates their
// entries claim: a relative's problem is never the patient's own
// (CLINICAL-SAFETY hazard 31), and C32 builds vital signs and vaccines on the
// templates of results and medicines.
func bySection(a area, st *node) role {
	switch {
	case a == payerArea:
		return payerRole
	case a == familyArea && (st.Local == "organizer" || st.Local == "observation"):
		return familyRole
	case a == goalArea && st.Local == "observation":
		return goalRole
	case a == immunizationArea && st.Local == "substanceAdministration":
		return immunizationRole
	case a == vitalArea && st.Local == "organizer":
		return groupRole
	case a == vitalArea && st.Local == "observation" && byTemplate(st) != detailRole:
		return vitalRole
	}
	return noRole
}

// byArea is what an element is in a section.
func byArea(a area, element string) role {
	switch a {
	case allergyArea:
		return pick(element, "act", wrapperRole, "observation", allergyRole)
	case problemArea:
		return pick(element, "act", wrapperRole, "observation", problemRole)
	case concernArea:
		return pick(element, "act", wrapperRole, "observation", findingRole)
	case medicationArea:
		return pick(element, "act", wrapperRole, "supply", dispenseRole)
	case immunizationArea:
		return pick(element, "substanceAdministration", immunizationRole, "act", wrapperRole)
	case resultArea:
		return pick(element, "organizer", reportRole, "observation", resultRole)
	case vitalArea:
		return pick(element, "observation", vitalRole, "act", otherRole)
	case procedureArea:
		if element == "observation" || element == "act" {
			return procedureRole
		}
	}
	return byLesserArea(a, element)
}

func byLesserArea(a area, element string) role {
	switch a {
	case encounterArea:
		return pick(element, "act", wrapperRole, "observation", problemRole)
	case socialArea:
		return pick(element, "observation", socialRole, "act", otherRole)
	case planArea:
		switch element {
		case "act", "observation", "procedure", "encounter", "supply":
			return plannedRole
		}
	case findingArea:
		return pick(element, "observation", findingRole, "act", otherRole)
	case equipmentArea:
		return pick(element, "supply", deviceRole, "act", otherRole)
	}
	return noRole
}

func pick(element, first string, a role, second string, b role) role {
	switch element {
	case first:
		return a
	case second:
		return b
	}
	return noRole
}

// byElement is what an element is anywhere.
func byElement(st *node) role {
	switch st.Local {
	case "substanceAdministration":
		if isVaccine(st) {
			return immunizationRole
		}
		return medicationRole
	case "procedure":
		return procedureRole
	case "encounter":
		return encounterRole
	case "observation":
		return byContent(st)
	case "organizer":
		if attr(st, "classCode") == "BATTERY" {
			return reportRole
		}
		return groupRole
	case "observationMedia":
		return mediaRole
	case "act":
		if isCode(child(st, "code"), "CONC") {
			return wrapperRole
		}
		if isCode(child(st, "code"), "113014") {
			return studyRole
		}
	}
	return otherRole
}

// inMood turns what is not (yet) an event into a plan or a goal: an order for a
// procedure is no procedure (CLINICAL-SAFETY hazard 14). Medicines and vaccines
// keep their own kind and carry the mood themselves.
func inMood(r role, st *node) role {
	switch attr(st, "moodCode") {
	case "", "EVN", "DEF":
		return r
	case "GOL":
		return goalRole
	}
	switch r {
	case procedureRole, encounterRole, resultRole, vitalRole, findingRole, socialRole, problemRole, deviceRole, otherRole, groupRole:
		return plannedRole
	}
	return r
}
