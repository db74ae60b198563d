package sheet

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// sections makes all sections that have something to say, in reading order.
// Allergies, medicines and problems are always there: their absence is a
// statement too.
func (b *builder) sections() []Section {
	s := &b.apart
	asked := s.Asked()
	none := func(title string, lines []clinic.Line, sh shape) []Table {
		if len(lines) == 0 {
			return nil
		}
		return []Table{b.table(title, "", lines, sh)}
	}
	all := []Section{
		{
			ID: "allergies", Title: "Allergies", Banner: b.allergyBanner(),
			Tables: slices.Concat(b.tables(s.Allergies.Group, allergyShape), none("Stated as none known", s.Allergies.NoneKnown, statusShape), none("Stated as not known to the source", s.Allergies.NoInformation, statusShape)),
		},
		{
			ID: "medicines", Title: "Medicines", Banner: b.medicineBanner(),
			Tables: slices.Concat(b.tables(s.Medicines.Group, medicineShape), none("Stated as none", s.Medicines.NoneKnown, statusShape), none("Stated as not known to the source", s.Medicines.NoInformation, statusShape)),
		},
		{
			ID: "problems", Title: "Problems", Banner: b.problemBanner(),
			Tables: slices.Concat(b.tables(s.Problems.Group, problemShape), none("Stated as none known", s.Problems.NoneKnown, statusShape), none("Stated as not known to the source", s.Problems.NoInformation, statusShape)),
		},
		{ID: "results", Title: "Results", Tests: b.tests(s.Results)},
		{ID: "vitals", Title: "Vital signs", Tests: b.tests(s.Vitals)},
		{ID: "immunizations", Title: "Immunizations", Tables: b.tables(s.Immunizations, immunizationShape)},
		{ID: "procedures", Title: "Procedures", Tables: b.tables(s.Procedures, procedureShape)},
		{ID: "visits", Title: "Visits", Tables: b.tables(s.Encounters, visitShape)},
		{ID: "notes", Title: "Notes and documents", Notes: append(b.notes(s.Documents), b.notes(s.Reports)...)},
		{ID: "imaging", Title: "Imaging", Tables: b.tables(s.Imaging, imagingShape), Studies: b.studies(s.Imaging)},
		{ID: "social", Title: "Social history", Tables: b.tables(s.SocialHistory, plainShape)},
		{ID: "family", Title: "Family history", Banner: "About relatives, not about the patient.", Tables: b.tables(s.Family, familyShape)},
		{ID: "devices", Title: "Devices and implants", Tables: b.tables(s.Devices, statusShape)},
		{ID: "plans", Title: "Care plans and goals", Tables: b.tables(s.Plans, statusShape)},
		{ID: "questions", Title: "Questions for the visit", Banner: "What the patient wants to ask.", Tables: b.tables(asked.Questions, questionShape)},
		{ID: "contacts", Title: "Emergency contacts", Tables: b.tables(asked.Contacts, contactShape)},
		{ID: "others", Title: "Other entries", Tables: b.tables(asked.Others, statusShape)},
	}
	var shown []Section
	for i, x := range all {
		x.Banner = record.Visible(x.Banner)
		for _, t := range x.Tables {
			x.Count += len(t.Rows)
		}
		for _, t := range x.Tests {
			x.Count += len(t.Points)
		}
		x.Count += len(x.Notes)
		if x.Count > 0 || i < 3 {
			shown = append(shown, x)
		}
	}
	return shown
}

// notes lists the documents of a group: newest first within each meaning.
func (b *builder) notes(g clinic.Group) []Note {
	var notes []Note
	for _, lines := range [][]clinic.Line{g.Current, g.Uncertain, g.Held, g.Intended, g.Past, g.NotSo} {
		for _, l := range lines {
			n := b.note(l)
			if l.Standing == record.NotSo {
				n.Tags = append(n.Tags, "does not hold: "+record.Visible(l.Status))
			}
			notes = append(notes, n)
		}
	}
	return notes
}
