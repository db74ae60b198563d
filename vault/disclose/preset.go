package disclose

import (
	"errors"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Preset is a choice of what a kind of recipient needs.
type Preset struct {
	Name  string // for the command line, and in the log
	Title string // for people
	Why   string
	Kinds []record.Kind // empty for all
	Years int           // what is not lasting goes back that far; 0: without an end
	Bare  bool          // without the original files
}

// Lasting are the kinds that count however old they are: no date that a person or
// a preset asks for cuts them. An allergy of 1990 is an allergy.
var Lasting = []record.Kind{
	record.KindAllergyIntolerance, record.KindMedicationStatement, record.KindCondition, record.KindProcedure, record.KindImmunization,
	record.KindDevice, record.KindFamilyMemberHistory, record.KindCarePlan, record.KindGoal,
}

// Presets is THE list of presets, as a person reads them.
var Presets = []Preset{
	{Name: "new-doctor", Title: "New doctor", Why: "the whole record for whoever takes over the care"},
	{
		Name: "specialist", Title: "Specialist", Years: 5,
		Why: "what lasts, and results, reports, visits, notes and images of the last five years",
	},
	{
		Name: "emergency", Title: "Emergency", Bare: true,
		Why: "what must be known at once: allergies, medicines, problems, operations, implants, directives; without files",
		Kinds: []record.Kind{
			record.KindAllergyIntolerance, record.KindMedicationStatement, record.KindCondition, record.KindProcedure, record.KindDevice,
			record.KindImmunization, record.KindCarePlan, record.KindOther,
		},
	},
	{
		Name: "second-opinion", Title: "Second opinion", Why: "everything that a diagnosis rests on, with the original reports and images",
		Kinds: []record.Kind{
			record.KindAllergyIntolerance, record.KindMedicationStatement, record.KindCondition, record.KindObservation, record.KindDiagnosticReport,
			record.KindProcedure, record.KindDocumentReference, record.KindImagingStudy, record.KindFamilyMemberHistory, record.KindDevice,
		},
	},
	{Name: "everything", Title: "Everything", Why: "all there is, for a copy of your own"},
}

// ErrPreset is returned for a name that no preset has.
var ErrPreset = errors.New("no such preset")

// LookupPreset finds a preset by its name.
func LookupPreset(name string) (Preset, error) {
	for _, p := range Presets {
		if p.Name == name {
			return p, nil
		}
	}
	return Preset{}, ErrPreset
}

// limit puts the preset into a scope where that says nothing of its own.
func (p Preset) limit(s *exchange.Scope, now time.Time) {
	if len(s.Kinds) == 0 {
		s.Kinds = p.Kinds
	}
	if s.From == "" && s.To == "" && p.Years > 0 {
		s.From = record.Date(now.AddDate(-p.Years, 0, 0).Format("2006-01-02"))
	}
	s.Whole = Lasting
	s.Bare = s.Bare || p.Bare
}
