package ips

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// The sections of a summary with their LOINC codes, in the order of IPS.
var (
	allergiesHeading  = heading{"48765-2", "Allergies and adverse reactions Document", "Allergies and intolerances"}
	medicinesHeading  = heading{"10160-0", "History of Medication use Narrative", "Medicines"}
	problemsHeading   = heading{"11450-4", "Problem list - Reported", "Problems"}
	vaccinesHeading   = heading{"11369-6", "History of Immunization Narrative", "Immunizations"}
	resultsHeading    = heading{"30954-2", "Relevant diagnostic tests/laboratory data Narrative", "Results"}
	proceduresHeading = heading{"47519-4", "History of Procedures Document", "Procedures"}
	devicesHeading    = heading{"46264-8", "History of medical device use", "Devices and implants"}
	pastHeading       = heading{"11348-0", "History of Past illness Narrative", "Past problems"}
	vitalsHeading     = heading{"8716-3", "Vital signs", "Vital signs"}
	socialHeading     = heading{"29762-2", "Social history Narrative", "Social history"}
	pregnancyHeading  = heading{"10162-6", "History of pregnancies Narrative", "Pregnancy"}
	functionHeading   = heading{"47420-5", "Functional status assessment note", "Functional status"}
	directivesHeading = heading{"42348-3", "Advance healthcare directives", "Advance directives"}
	plansHeading      = heading{"18776-5", "Plan of care note", "Plan of care"}
	familyHeading     = heading{"10157-6", "History of family member diseases Narrative", "Family history"}
	visitsHeading     = heading{"46240-8", "History of Hospitalizations+Outpatient visits Narrative", "Visits"}
	imagingHeading    = heading{"18748-4", "Diagnostic imaging study", "Imaging"}
	documentsHeading  = heading{"77599-9", "Additional documentation", "Notes and documents"}
	othersHeading     = heading{"48767-8", "Annotation comment [Interpretation] Narrative", "Other entries"}
)

// arrange fills the sections.
func (d *document) arrange() {
	s := d.summary
	d.allergies()
	d.medicines()
	d.problems()
	d.vaccines()
	d.results()
	d.simple(proceduresHeading, plainColumns, s.Procedures,
		part{lines: both(s.Procedures)}, part{title: "Begun and stopped", lines: s.Procedures.Past}, part{title: "Not done", lines: s.Procedures.NotSo, told: true})
	d.simple(devicesHeading, plainColumns, s.Devices, part{lines: both(s.Devices)}, part{title: "Not present", lines: s.Devices.NotSo, told: true})
	d.add(&section{heading: pastHeading, columns: plainColumns, parts: []part{{lines: s.Problems.Past}}})
	d.tests(vitalsHeading, points(s.Vitals))
	d.simple(socialHeading, resultColumns, s.SocialHistory, part{lines: own(both(s.SocialHistory))})
	d.observed()
	d.simple(plansHeading, plainColumns, s.Plans, part{lines: both(s.Plans)}, part{title: "Planned or proposed", lines: s.Plans.Intended})
	d.simple(familyHeading, relativeColumns, s.Family, part{lines: both(s.Family)})
	d.simple(visitsHeading, plainColumns, s.Encounters, part{lines: both(s.Encounters)})
	d.simple(imagingHeading, plainColumns, s.Imaging, part{lines: both(s.Imaging)})
	d.documents()
	d.others()
}

// both are the lines that hold, and those whose status nobody stated.
func both(g clinic.Group) []clinic.Line {
	return append(append([]clinic.Line(nil), g.Current...), g.Uncertain...)
}

// add keeps a section that has something to say.
func (d *document) add(s *section) {
	if !s.blank() {
		d.sections = append(d.sections, s)
	}
}

// simple adds a section of a group; what none of the parts holds is counted.
func (d *document) simple(h heading, c columns, g clinic.Group, parts ...part) {
	shown := map[record.ID]bool{}
	for _, p := range parts {
		for _, l := range p.lines {
			shown[l.ID] = true
		}
	}
	d.add(&section{heading: h, columns: c, parts: parts, last: notShown(g, shown)})
}

// notShown counts what a section leaves out, by the reason.
func notShown(g clinic.Group, shown map[record.ID]bool) []string {
	var out []string
	for _, list := range []struct {
		lines []clinic.Line
		words string
	}{
		{g.Past, "past"},
		{g.Intended, "planned or ordered"},
		{g.NotSo, "denied, not done or about someone else"},
		{append(append([]clinic.Line(nil), g.Current...), g.Uncertain...), "of another section"},
	} {
		if n := unseen(list.lines, shown); n > 0 {
			out = append(out, "Not listed here: "+count(n, "entry", "entries")+", "+list.words+".")
		}
	}
	if n := unseen(g.Held, shown); n > 0 {
		out = append(out, heldWords(n))
	}
	return out
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
