package app

import (
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/differ"
	"github.com/carnet-phr/carnet/app/documents"
	"github.com/carnet-phr/carnet/app/entry"
	"github.com/carnet-phr/carnet/app/home"
	"github.com/carnet-phr/carnet/app/imaging"
	"github.com/carnet-phr/carnet/app/intake"
	"github.com/carnet-phr/carnet/app/records"
	"github.com/carnet-phr/carnet/app/results"
	"github.com/carnet-phr/carnet/app/search"
	"github.com/carnet-phr/carnet/app/settings"
	"github.com/carnet-phr/carnet/app/share"
	"github.com/carnet-phr/carnet/app/timeline"
	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

// pages is THE table of screens.
var pages = []struct {
	Place  ui.Place
	Build  ui.Build
	Writes bool // it is of no use where nothing can be written
	Whole  bool // it would mislead where something is missing
}{
	{ui.Home, home.New, false, false},
	{ui.Records, records.New, false, false},
	{ui.Timeline, timeline.New, false, false},
	{ui.Results, results.New, false, false},
	{ui.Imaging, imaging.New, false, false},
	{ui.Documents, documents.New, false, false},
	{ui.Original, documents.NewOriginal, false, false},
	{ui.Search, search.New, false, false},
	{ui.Write, entry.New, true, true},
	{ui.Differ, differ.New, false, true},
	{ui.BringIn, intake.New, true, true},
	{ui.Share, share.New, false, true},
	{ui.Settings, settings.New, false, false},
}

// navItem is one line of the navigation: a place with its count, or the caption
// of a group.
type navItem struct {
	Words string
	Route ui.Route
	Count int // negative: none is shown
	Group bool
	Act   bool // something to do, below the sections
}

// mainSections are always in the navigation; the others come when they hold
// something.
var mainSections = []record.Kind{
	record.KindMedicationStatement, record.KindAllergyIntolerance, record.KindCondition, record.KindObservation, record.KindDiagnosticReport,
	record.KindImmunization, record.KindDocumentReference, record.KindImagingStudy, record.KindProcedure, record.KindEncounter,
}

// rareSections follow in the order of [record.Kinds].
var rareSections = []record.Kind{
	record.KindFamilyMemberHistory, record.KindDevice, record.KindCarePlan, record.KindGoal, record.KindOther, record.KindPatient,
}

// navigation is the list at the left; readOnly leaves out what writes.
func navigation(counts map[record.Kind]int, readOnly bool) []navItem {
	items := []navItem{{Words: lang.L("Home"), Route: ui.Route{Place: ui.Home}, Count: -1}, {Words: lang.L("The record"), Count: -1, Group: true}, {Words: lang.L("Timeline"), Route: ui.Route{Place: ui.Timeline}, Count: -1}, {Words: lang.L("Results over time"), Route: ui.Route{Place: ui.Results}, Count: -1}}
	for _, k := range mainSections {
		items = append(items, navItem{Words: ui.Section(k), Route: ui.Route{Place: ui.Records, Kind: k}.Screen(), Count: counts[k]})
	}
	for _, k := range rareSections {
		if counts[k] > 0 {
			items = append(items, navItem{Words: ui.Section(k), Route: ui.Route{Place: ui.Records, Kind: k}.Screen(), Count: counts[k]})
		}
	}
	act := func(words string, place ui.Place) {
		items = append(items, navItem{Words: words, Route: ui.Route{Place: place}, Count: -1, Act: true})
	}
	if !readOnly {
		act(lang.L("Write something down"), ui.Write)
		act(lang.L("Bring in files"), ui.BringIn)
	}
	act(lang.L("Prepare for a doctor"), ui.Share)
	act(lang.L("Settings"), ui.Settings)
	return items
}
