package ui

import (
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault/record"
)

// Tone colours a status. It always stands beside words.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Good
	Calm
	Care
	Alarm
)

// Standing puts a record's standing into words with a tone. For events (results,
// visits, documents) that simply happened the words are empty.
func Standing(r record.Record) (string, Tone) {
	k, s := r.Resource.Kind(), r.Summary().Standing
	switch s {
	case record.Current:
		if isEvent(k) {
			return "", Plain
		}
		return lang.L("Current"), Good
	case record.Past:
		return lang.L("Past"), Plain
	case record.Intended:
		return lang.L("Planned"), Calm
	case record.NotSo:
		return Denial(r.Resource), Care
	case record.InError:
		return lang.L("Withdrawn by its source"), Care
	case record.Replaced:
		return lang.L("Replaced by a later statement"), Care
	case record.Held:
		return lang.L("Read the original"), Care
	}
	if isEvent(k) && s == record.Unstated {
		return "", Plain
	}
	return lang.L("Status not given"), Plain
}

// Denial says what kind of "no" a denied entry is: an allergy that was ruled
// out is not the statement that none is known.
func Denial(r record.Resource) string {
	switch r := r.(type) {
	case *record.AllergyIntolerance:
		if r.NoneKnown() != "" && r.VerificationStatus != "refuted" {
			return lang.L("None known")
		}
		return lang.L("Ruled out")
	case *record.Condition:
		if r.NoneKnown() && r.VerificationStatus != "refuted" {
			return lang.L("None known")
		}
		return lang.L("Ruled out")
	case *record.MedicationStatement:
		return medicineDenial(r)
	case *record.Immunization:
		return lang.L("Not given")
	case *record.Procedure:
		if r.Absent || r.Status == "not-done" {
			return lang.L("Not done")
		}
		return lang.L("Cancelled")
	case *record.Observation:
		switch {
		case len(r.Focus) > 0:
			return lang.L("About someone else")
		case r.Absent:
			return lang.L("Not observed")
		}
		return lang.L("Cancelled")
	}
	return lang.L("Denied or cancelled")
}

func medicineDenial(m *record.MedicationStatement) string {
	switch {
	case m.NoneKnown():
		return lang.L("None known")
	case m.DoNotPerform:
		return lang.L("Do not take")
	case m.Absent, m.Status == "not-taken", m.Status == "not-done":
		return lang.L("Not taken")
	}
	return lang.L("Cancelled")
}

func isEvent(k record.Kind) bool {
	switch k {
	case record.KindObservation, record.KindDiagnosticReport, record.KindProcedure, record.KindEncounter, record.KindImmunization,
		record.KindDocumentReference, record.KindImagingStudy, record.KindPatient, record.KindFamilyMemberHistory, record.KindDevice:
		return true
	}
	return false
}
