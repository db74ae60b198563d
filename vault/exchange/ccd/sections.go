package ccd

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// The sections of the document, with their templates in C-CDA R2.1.
var (
	allergiesHeading  = heading{[]string{"22.2.6|2015-08-01", "22.2.6.1|2015-08-01"}, "48765-2", "Allergies and adverse reactions", "Allergies and intolerances", true}
	medicinesHeading  = heading{[]string{"22.2.1|2014-06-09", "22.2.1.1|2014-06-09"}, "10160-0", "History of medication use", "Medicines", true}
	handedHeading     = heading{nil, "60590-7", "Medication dispensed", "Medicines handed out", false}
	problemsHeading   = heading{[]string{"22.2.5|2015-08-01", "22.2.5.1|2015-08-01"}, "11450-4", "Problem list", "Problems", true}
	pastHeading       = heading{[]string{"22.2.20|2015-08-01"}, "11348-0", "History of past illness", "Past problems", false}
	proceduresHeading = heading{[]string{"22.2.7|2014-06-09"}, "47519-4", "History of procedures", "Procedures", false}
	resultsHeading    = heading{[]string{"22.2.3|2015-08-01", "22.2.3.1|2015-08-01"}, "30954-2", "Relevant diagnostic tests and/or laboratory data", "Results", true}
	vaccinesHeading   = heading{[]string{"22.2.2|2015-08-01"}, "11369-6", "History of immunization", "Immunizations", false}
	vitalsHeading     = heading{[]string{"22.2.4|2015-08-01", "22.2.4.1|2015-08-01"}, "8716-3", "Vital signs", "Vital signs", true}
	socialHeading     = heading{[]string{"22.2.17|2015-08-01"}, "29762-2", "Social history", "Social history", false}
	familyHeading     = heading{[]string{"22.2.15|2015-08-01"}, "10157-6", "Family history", "Family history", false}
	visitsHeading     = heading{[]string{"22.2.22|2015-08-01"}, "46240-8", "History of encounters", "Visits", false}
	plansHeading      = heading{[]string{"22.2.10|2014-06-09"}, "18776-5", "Plan of care", "Plan of treatment", false}
	goalsHeading      = heading{[]string{"!22.2.60"}, "61146-7", "Goals", "Goals", true}
	functionHeading   = heading{[]string{"22.2.14|2014-06-09"}, "47420-5", "Functional status assessment", "Functional status", false}
	devicesHeading    = heading{[]string{"22.2.23|2014-06-09"}, "46264-8", "History of medical device use", "Devices and implants", false}
	directivesHeading = heading{[]string{"22.2.21|2015-08-01"}, "42348-3", "Advance directives", "Advance directives", false}
	documentsHeading  = heading{[]string{"!22.2.65|2016-11-01"}, "34109-9", "Note", "Notes and documents", false}
	imagingHeading    = heading{nil, "18748-4", "Diagnostic imaging study", "Imaging", false}
	othersHeading     = heading{nil, "", "", "Other entries", false}
)

// sections are all sections in reading order.
func (w *writer) sections() []*section {
	s, asked := w.summary, w.summary.Asked()
	others := asked.Others
	list := []*section{w.allergies(), w.medicines()}
	list = append(append(list, w.handedOut()...), w.problems(), w.past(), w.procedures())
	results, vitals := w.measured()
	list = append(list, results, w.vaccines(), vitals, w.socialHistory(),
		group(familyHeading, relativeColumns, s.Family, part{units: each(both(s.Family)), entry: alone((*statement).relative)}, denied(s.Family)),
		group(visitsHeading, plainColumns, s.Encounters, part{units: each(both(s.Encounters)), entry: alone((*statement).encounter)}, denied(s.Encounters)),
		w.plans())
	list = append(list, w.goals()...)
	list = append(list, w.functions(),
		group(devicesHeading, plainColumns, s.Devices, part{units: each(both(s.Devices)), entry: alone((*statement).device)},
			part{title: "Not in use any more (not coded here)", units: each(s.Devices.Past)}, part{title: "Not present", units: each(s.Devices.NotSo)}))
	list = append(list, w.documents()...)
	for _, x := range []*section{
		group(imagingHeading, plainColumns, s.Imaging, part{units: each(both(s.Imaging))}),
		group(othersHeading, plainColumns, others, part{title: "To call in an emergency", units: each(asked.Contacts.Current)}, part{units: each(both(others))}, part{title: "Planned", units: each(others.Intended)}, denied(others)),
	} {
		if !x.blank() {
			x.flavor = ""
			list = append(list, x)
		}
	}
	return list
}

// both are the lines that hold, and those whose status nobody stated.
func both(g clinic.Group) []clinic.Line {
	return append(append([]clinic.Line(nil), g.Current...), g.Uncertain...)
}

// denied is what is denied, not done or not to be done, in words alone: the
// templates have no negation, and software that does not look for one would list
// it as a fact.
func denied(g clinic.Group) part {
	return part{title: "NOT so: denied, not done, or not to be done (not coded here)", units: each(g.NotSo)}
}

// group is a section of a group; what none of its parts holds is counted.
func group(h heading, c columns, g clinic.Group, parts ...part) *section {
	s := &section{heading: h, columns: c, parts: parts}
	s.finish(g)
	return s
}

func (s *section) blank() bool {
	n := len(s.first) + len(s.last)
	for _, p := range s.parts {
		n += len(p.units)
	}
	return n == 0
}

// finish counts what a section leaves out, by the reason. One of which nobody said
// anything has a nullFlavor: that is no statement that there is none
// (CLINICAL-SAFETY hazard 5).
func (s *section) finish(g clinic.Group) {
	shown := map[record.ID]bool{}
	for _, p := range s.parts {
		for _, u := range p.units {
			for _, l := range u {
				shown[l.ID] = true
			}
		}
	}
	for _, list := range []struct {
		lines []clinic.Line
		words string
	}{
		{g.Past, "past"}, {g.Intended, "planned or ordered"}, {g.NotSo, "denied, not done or about someone else"}, {both(g), "of another section"},
	} {
		if n := unseen(list.lines, shown); n > 0 {
			s.last = append(s.last, "Not listed here: "+count(n, "entry", "entries")+", "+list.words+".")
		}
	}
	if n := unseen(g.Held, shown); n > 0 {
		s.last = append(s.last, heldWords(n))
	}
	if s.blank() {
		s.flavor = "NI"
	}
}

func unseen(lines []clinic.Line, shown map[record.ID]bool) int {
	n := 0
	for _, l := range lines {
		if !shown[l.ID] {
			n += l.Entries()
		}
	}
	return n
}

func heldWords(n int) string {
	return count(n, "entry carries something that is not understood and is not in this document.", "entries carry something that is not understood and are not in this document.")
}
