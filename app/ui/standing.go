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
func Standing(k record.Kind, s record.Standing) (string, Tone) {
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
		return lang.L("Not so"), Care
	case record.InError:
		return lang.L("Withdrawn by its source"), Care
	case record.Held:
		return lang.L("Read the original"), Care
	}
	if isEvent(k) && s == record.Unstated {
		return "", Plain
	}
	return lang.L("Status not given"), Plain
}

func isEvent(k record.Kind) bool {
	switch k {
	case record.KindObservation, record.KindDiagnosticReport, record.KindProcedure, record.KindEncounter, record.KindImmunization,
		record.KindDocumentReference, record.KindImagingStudy, record.KindPatient, record.KindFamilyMemberHistory, record.KindDevice:
		return true
	}
	return false
}
