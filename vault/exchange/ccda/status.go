package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// The tables below are the ConceptMaps of the HL7 guide "C-CDA on FHIR" 2.0.0
// (https://hl7.org/fhir/us/ccda/): CF-ResultStatus and CF-ResultReportStatus,
// CF-ProcedureStatus, CF-EncounterStatus, CF-ImmunizationStatus,
// CF-ProblemStatus, CF-AllergyIntoleranceType, -Category and CF-Severity. A
// status that a table lacks stays as written.
var (
	resultStatus     = map[string]string{"completed": "final", "active": "registered", "held": "registered", "suspended": "registered", "cancelled": "cancelled", "aborted": "cancelled", "nullified": "entered-in-error"}
	procedureStatus  = map[string]string{"completed": "completed", "active": "in-progress", "aborted": "stopped", "cancelled": "not-done", "nullified": "entered-in-error"}
	encounterStatus  = map[string]string{"completed": "finished", "active": "in-progress", "cancelled": "cancelled", "aborted": "unknown", "held": "planned", "new": "unknown", "suspended": "onleave", "nullified": "entered-in-error"}
	vaccineStatus    = map[string]string{"completed": "completed", "aborted": "not-done", "cancelled": "not-done", "held": "not-done", "new": "not-done", "obsolete": "not-done", "suspended": "not-done", "nullified": "entered-in-error"}
	clinicalStatus   = map[string]string{"55561003": "active", "73425007": "inactive", "413322009": "resolved", "246455001": "recurrence", "263855007": "relapse", "277022003": "remission"}
	medicineStatuses = map[string]string{"55561003": "active", "421139008": "on-hold", "392521001": "stopped", "73425007": "inactive"} // HITSP C80 2.2.3.2.3: 392521001 is "prior history, no longer active"
	severities       = map[string]string{"255604002": "mild", "6736007": "moderate", "24484000": "severe"}
	criticalities    = map[string]string{"CRITL": "low", "CRITH": "high", "CRITU": "unable-to-assess"}
)

// statusCode is the statement's statusCode through a table.
func statusCode(st *node, table map[string]string) string {
	code := attr(child(st, "statusCode"), "code")
	if s, ok := table[code]; ok {
		return s
	}
	return code
}

// clinical reads the status observation (Problem Status 22.4.6, Allergy Status
// 22.4.28, code 33999-4) of a problem or allergy. Where there is none, the
// status of the concern act around it counts, as written (CLINICAL-SAFETY
// hazard 10).
func (r *reader) clinical(p place, st *node) string {
	for _, s := range related(st) {
		if isStatus(s) {
			return r.statusWord(child(s, "value"))
		}
	}
	if p.concern == nil || attr(st, "nullFlavor") != "" {
		return "" // what is only nominally a statement is not active because its concern is
	}
	return p.concern.status
}

// isStatus knows a status observation.
func isStatus(st *node) bool {
	return st.Local == "observation" && (isCode(child(st, "code"), "33999-4") || hasTemplate(st, entryTemplateRoot+"6", entryTemplateRoot+"28"))
}

// statusWord is the FHIR word of a status value, else what the source says in
// small letters.
func (r *reader) statusWord(n *node) string {
	c := r.concept(n)
	for _, k := range c.Coding {
		if s := clinicalStatus[k.Code]; s != "" {
			return s
		}
	}
	return strings.ToLower(c.String())
}

// severity reads the Severity Observation (22.4.8, code SEV) of st in the
// source's words, mild, moderate and severe by the guide's codes.
func (r *reader) severity(st *node) string {
	for _, s := range related(st) {
		if isSeverity(s) {
			c := r.concept(child(s, "value"))
			for _, k := range c.Coding {
				if w := severities[k.Code]; w != "" {
					return w
				}
			}
			return c.String()
		}
	}
	return ""
}

func isSeverity(st *node) bool {
	return st.Local == "observation" && (isCode(child(st, "code"), "SEV") || hasTemplate(st, entryTemplateRoot+"8") && !hasTemplate(st, entryTemplateRoot+"9"))
}

// day is a date without its time of day.
func day(w record.When) record.Date {
	if w.Start != "" {
		return w.Start.Day()
	}
	return w.End.Day()
}

// afterEnd is the status of a problem or allergy that has an end: active is
// dropped where only the concern act says it, for a concern outlives its problem
// (CLINICAL-SAFETY hazards 10 and 11). What a status observation says stays. Where
// the words of the document call it active, in a cell of its own row, while the
// data give an end without a date, the words count: they are what was signed, and
// a problem that goes on must not stand among the past ones (hazard 40).
func (r *reader) afterEnd(p place, st *node, status string, end record.When) string {
	for _, s := range related(st) {
		if isStatus(s) {
			return status
		}
	}
	if p.concern != nil && p.concern.stated {
		return status
	}
	if day(end) == "" && r.calledActive(st) {
		r.remark(record.Warning, st, "has an end without a date, yet the words of the document call it active; the words count")
		return "active"
	}
	return ""
}

// calledActive says whether a cell of the table row that tells of the statement
// holds nothing but the word.
func (r *reader) calledActive(st *node) bool {
	row := r.target(child(st, "text", "reference"))
	if row == nil || row.Local != "tr" {
		return false
	}
	for cell := range children(row, "td") {
		if strings.EqualFold(oneLine(r.quote(cell)), "active") {
			return true
		}
	}
	return false
}
