package clinic

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Unstated is a subject of which nothing can be listed, or of which some
// document says that it has nothing to tell. None of it means that there is
// nothing, but for a document that says so (CLINICAL-SAFETY hazard 5).
type Unstated struct {
	Section Section
	Silence Silence
	Listed  bool   // other sources do list something
	Reason  string // as the documents write it: FHIR list-empty-reason, or CDA nullFlavor
	By      []Line // the documents and statements that say so, newest first; nil where nobody said anything
	Text    string // what the newest of these documents writes there, in plain lines
}

// Silence is the way in which nothing is said.
type Silence string

// The silences.
const (
	NobodySaid  Silence = "nobody said anything"
	OnlyInWords Silence = "only in the words of a document"
	LeftEmpty   Silence = "a document leaves the section empty"
	EmptyWhy    Silence = "a document gives a reason for having nothing"
	NotKnown    Silence = "a source says that it does not know"
)

// subject is a section that a reader looks for in every record.
type subject struct {
	section Section
	tellers []teller
	noun    string // what nobody spoke of
	stated  func(*Summary) bool
	unknown func(*Summary) []Line
}

// subjects are those that are looked for, in reading order.
var subjects = []subject{
	{
		SectionAllergies,
		[]teller{tellAllergies},
		"allergies",
		func(s *Summary) bool { return s.Allergies.Len()+len(s.Allergies.NoneKnown) > 0 }, func(s *Summary) []Line { return s.Allergies.NoInformation },
	},
	{
		SectionMedicines,
		[]teller{tellMedicines},
		"medicines",
		func(s *Summary) bool { return s.Medicines.Len()+len(s.Medicines.NoneKnown) > 0 }, func(s *Summary) []Line { return s.Medicines.NoInformation },
	},
	{
		SectionProblems,
		[]teller{tellProblems},
		"problems",
		func(s *Summary) bool { return s.Problems.Len()+len(s.Problems.NoneKnown) > 0 }, func(s *Summary) []Line { return s.Problems.NoInformation },
	},
	{SectionImmunizations, []teller{tellVaccines}, "immunizations", func(s *Summary) bool { return s.Immunizations.Len() > 0 }, nil},
	{SectionProcedures, []teller{tellOperated}, "procedures", func(s *Summary) bool { return s.Procedures.Len() > 0 }, nil},
	{SectionResults, []teller{{[]string{"30954-2"}, "result"}, {nil, "laboratory"}}, "test results", func(s *Summary) bool { return len(s.Results)+s.Reports.Len() > 0 }, nil},
	{SectionVitals, []teller{{[]string{"8716-3"}, "vital"}}, "vital signs", func(s *Summary) bool { return len(s.Vitals) > 0 }, nil},
	{SectionSocialHistory, []teller{{[]string{"29762-2"}, "social history"}}, "social history", func(s *Summary) bool { return s.SocialHistory.Len() > 0 }, nil},
	{SectionFamily, []teller{{[]string{"10157-6"}, "family history"}}, "family history", func(s *Summary) bool { return s.Family.Len() > 0 }, nil},
	{SectionDevices, []teller{{[]string{"46264-8"}, "device"}, {nil, "equipment"}, {nil, "implant"}}, "devices and implants", func(s *Summary) bool { return s.Devices.Len() > 0 }, nil},
	{SectionPlans, []teller{{[]string{"18776-5", "61146-7"}, "care plan"}, {nil, "plan of"}}, "care plans", func(s *Summary) bool { return s.Plans.Len() > 0 }, nil},
	{SectionDocuments, nil, "notes and documents", func(s *Summary) bool { return s.Documents.Len() > 0 }, nil},
}

func (x subject) speaks(s record.Section) bool {
	for _, t := range x.tellers {
		if t.speaks(s) {
			return true
		}
	}
	return false
}

// Missing says of which subjects nothing can be listed, and who says why, in
// reading order: whether nobody spoke of it, a document tells it in words alone,
// a source says that it does not know, or a section stands empty. A document
// that gives a reason for having nothing is told although others list something.
func Missing(s Summary) []Unstated {
	var out []Unstated
	documents := append(append([]Line(nil), s.Documents.Current...), s.Documents.Uncertain...)
	found := emptySections(documents)
	for n, x := range subjects {
		out = append(out, x.missing(&s, found[n])...)
	}
	return out
}

func (x subject) missing(s *Summary, f silent) []Unstated {
	listed := x.stated(s)
	var out []Unstated
	if x.unknown != nil && len(x.unknown(s)) > 0 {
		out = append(out, Unstated{Section: x.section, Silence: NotKnown, Listed: listed, By: x.unknown(s)})
	}
	for _, reason := range f.reasons {
		out = append(out, Unstated{Section: x.section, Silence: EmptyWhy, Listed: listed, Reason: reason, By: f.by[reason], Text: f.text[reason]})
	}
	switch {
	case listed:
	case len(f.told) > 0:
		out = append([]Unstated{{Section: x.section, Silence: OnlyInWords, By: f.told, Text: f.words}}, out...)
	case len(out) > 0:
	case len(f.bare) > 0:
		out = append(out, Unstated{Section: x.section, Silence: LeftEmpty, By: f.bare})
	default:
		out = append(out, Unstated{Section: x.section, Silence: NobodySaid})
	}
	return out
}

// silent is what the documents hold of a subject besides entries.
type silent struct {
	reasons []string // in the order in which the newest document of each comes
	by      map[string][]Line
	text    map[string]string
	told    []Line // those with words or with entries that could not be listed
	words   string // of the newest of these
	bare    []Line // those with nothing at all
}

// emptySections goes through all documents once, subject by subject.
func emptySections(documents []Line) []silent {
	out := make([]silent, len(subjects))
	for _, l := range documents {
		d, ok := l.Resource.(*record.DocumentReference)
		if !ok {
			continue
		}
		for _, section := range d.Section {
			for n, x := range subjects {
				if x.speaks(section) {
					out[n].add(l, section)
				}
			}
		}
	}
	return out
}

func (f *silent) add(l Line, s record.Section) {
	text := strings.Join(strings.Fields(s.Text.Plain()), " ")
	switch {
	case s.EmptyReason != "" && s.Entries == 0:
		if f.by == nil {
			f.by, f.text = map[string][]Line{}, map[string]string{}
		}
		if f.by[s.EmptyReason] == nil {
			f.reasons = append(f.reasons, s.EmptyReason)
			f.text[s.EmptyReason] = text
		}
		f.by[s.EmptyReason] = once(f.by[s.EmptyReason], l)
	case s.Entries > 0 || text != "":
		if f.told == nil {
			f.words = text
		}
		f.told = once(f.told, l)
	default:
		f.bare = once(f.bare, l)
	}
}

// once adds a document that is not the last one already.
func once(to []Line, l Line) []Line {
	if n := len(to); n > 0 && to[n-1].ID == l.ID {
		return to
	}
	return append(to, l)
}
