package exchange

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// remark is what the patient must be told about a fact: with its kind and day,
// never its value.
type remark struct {
	source int
	record.Issue
}

// tell notes what a change of a fact means for the patient.
func (rc *reconciler) tell(c *cluster) {
	by := c
	switch {
	case c.superseded != nil:
		if len(c.origins) > 0 && sameSuperseded(c.origins[0].Superseded, c.superseded) {
			return
		}
		if i := rc.clusterOf(c.superseded.By); i != nil && i.item() != nil {
			by = i
		}
	case c.statements[0].Rank() != record.RankWithdrawn || len(c.origins) > 0 || rc.withdraws(c):
		return
	}
	it := by.item()
	if it == nil {
		if it = c.item(); it == nil {
			return
		}
	}
	text, severity := "was withdrawn by its sender; it is kept as history and shown nowhere", record.Warning
	if c.superseded != nil && c.superseded.Why != record.Withdrawn {
		text, severity = "was "+c.superseded.Why.Words()+"; the earlier statement is kept as history", record.Information
	}
	rc.remarks = append(rc.remarks, remark{it.source, record.Issue{Severity: severity, Place: it.record.Source().Place, Text: c.kindAndDay() + " " + text}})
}

// withdraws says whether a withdrawal took something back that is told already.
func (rc *reconciler) withdraws(c *cluster) bool { return rc.superseding()[c.id] }

// superseding are the records that took the place of another one.
func (rc *reconciler) superseding() map[record.ID]bool {
	if rc.supersedes == nil {
		rc.supersedes, rc.byID = map[record.ID]bool{}, map[record.ID]*cluster{}
		for _, d := range rc.clusters {
			rc.byID[d.id] = d
			if d.superseded != nil {
				rc.supersedes[d.superseded.By] = true
			}
		}
	}
	return rc.supersedes
}

func (rc *reconciler) clusterOf(id record.ID) *cluster {
	rc.superseding()
	return rc.byID[id]
}

// item is the first item of the batch that states the fact; nil for none.
func (c *cluster) item() *item {
	for _, s := range c.statements {
		if s.item != nil {
			return s.item
		}
	}
	return nil
}

// singulars are the kinds for people, one of each.
var singulars = map[record.Kind]string{
	record.KindPatient: "a description of the person", record.KindAllergyIntolerance: "an allergy", record.KindMedicationStatement: "a medicine",
	record.KindCondition: "a problem", record.KindObservation: "a result", record.KindDiagnosticReport: "a report", record.KindImmunization: "an immunization",
	record.KindProcedure: "a procedure", record.KindEncounter: "a visit", record.KindDocumentReference: "a document", record.KindImagingStudy: "an imaging study",
	record.KindFamilyMemberHistory: "an entry of the family history", record.KindDevice: "a device", record.KindCarePlan: "a care plan", record.KindGoal: "a goal",
}

// kindAndDay is "a result of 5 March 2021".
func (c *cluster) kindAndDay() string {
	r := c.statements[0].Resource
	words := singulars[r.Kind()]
	if words == "" {
		words = "an entry"
	}
	if day := strings.TrimSpace(r.Summary().When.Start.Day().Human()); day != "" {
		return words + " of " + day
	}
	return words + " without a date"
}
