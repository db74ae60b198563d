package clinic

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// Group is the records of one section, sorted by what they mean now. Every
// record given to [Summarise] stands in exactly one list of one section, as the
// record that a line shows or under its Line.Same, but for descriptions of the
// person, which stand in Summary.People, and those entered in error or replaced
// since, which are only counted.
type Group struct {
	Current   []Line // holds now, or happened
	Uncertain []Line // the source states no status, "unknown", or one that we do not know
	Intended  []Line // planned, ordered, draft
	Past      []Line // resolved, stopped, completed
	NotSo     []Line // refuted, negated, not done, "do not take"
	Held      []Line // carries a modifier that is not understood
}

// Empty says that nothing at all was stated.
func (g Group) Empty() bool {
	return len(g.Current)+len(g.Uncertain)+len(g.Intended)+len(g.Past)+len(g.NotSo)+len(g.Held) == 0
}

// Len is the number of lines in all lists.
func (g Group) Len() int {
	return len(g.Current) + len(g.Uncertain) + len(g.Intended) + len(g.Past) + len(g.NotSo) + len(g.Held)
}

func (g *Group) add(l Line) {
	switch l.Standing {
	case record.Current:
		g.Current = append(g.Current, l)
	case record.Past:
		g.Past = append(g.Past, l)
	case record.Intended:
		g.Intended = append(g.Intended, l)
	case record.NotSo:
		g.NotSo = append(g.NotSo, l)
	case record.Held:
		g.Held = append(g.Held, l)
	case record.InError, record.Replaced:
	default:
		g.Uncertain = append(g.Uncertain, l)
	}
}

// Summary is one person's record at a glance.
type Summary struct {
	Person        record.Record
	People        []Line // all descriptions of the person, as the sources give them
	Allergies     Allergies
	Medicines     Medicines
	Problems      Problems
	Immunizations Group  // one line a dose; see [VaccinesOf]
	Results       []Test // laboratory and other results, one row a test
	Vitals        []Test
	SocialHistory Group
	Procedures    Group
	Encounters    Group
	Reports       Group
	Documents     Group
	Imaging       Group
	Family        Group
	Devices       Group
	Plans         Group // care plans and goals
	Others        Group
	Told          []Told // immunizations and procedures that documents tell in words alone
	InError       int    // records that their source withdrew: kept as history, shown nowhere
	Replaced      int    // records that a later statement replaced: the same

	joining *joining // of results
}

// Summarise sorts the records of one person into sections. Records may come in
// any order; the result does not depend on it.
func Summarise(person record.Record, records []record.Record) Summary {
	s := Summary{Person: person}
	records = append([]record.Record(nil), records...)
	record.ByTime(records)
	s.joining = joiningOf(records)
	lists := shelves{Summary: &s, tests: newTests(s.joining), vitals: newTests(s.joining)}
	for _, r := range records {
		l := line(r)
		switch l.Standing {
		case record.InError:
			s.InError++
		case record.Replaced:
			s.Replaced++
		default:
			lists.put(l)
		}
	}
	s.Allergies.Group, s.Medicines.Group = allergyKind.group(lists.allergies), medicineKind.group(lists.medicines)
	s.Problems.Group, s.Immunizations = problemKind.group(lists.problems), doseKind.group(lists.doses)
	s.tell()
	s.Results, s.Vitals = lists.tests.list(), lists.vitals.list()
	return s
}

// shelves put lines into their sections.
type shelves struct {
	*Summary
	allergies, medicines, problems, doses []Line
	tests, vitals                         *tests
}

func (s *shelves) put(l Line) {
	switch x := l.Resource.(type) {
	case *record.Patient:
		s.People = append(s.People, l)
	case *record.AllergyIntolerance:
		if !s.Allergies.none(l, x) {
			s.allergies = append(s.allergies, l)
		}
	case *record.MedicationStatement:
		if !s.Medicines.none(l, x) {
			s.medicines = append(s.medicines, l)
		}
	case *record.Condition:
		if !s.Problems.none(l, x) {
			s.problems = append(s.problems, l)
		}
	case *record.Immunization:
		s.doses = append(s.doses, l)
	case *record.Observation:
		switch {
		case x.In(record.VitalSigns):
			s.vitals.add(l)
		case x.In(record.SocialHistory):
			s.SocialHistory.add(l)
		default:
			s.tests.add(l)
		}
	default:
		if g := s.group(x.Kind()); g != nil {
			g.add(l)
		}
	}
}

// Series gives the series of tests of this summary.
func (s *Summary) Series(tests ...Test) []Series { return s.joining.SeriesOf(tests...) }

func (s *Summary) group(k record.Kind) *Group {
	switch k {
	case record.KindProcedure:
		return &s.Procedures
	case record.KindEncounter:
		return &s.Encounters
	case record.KindDiagnosticReport:
		return &s.Reports
	case record.KindDocumentReference:
		return &s.Documents
	case record.KindImagingStudy:
		return &s.Imaging
	case record.KindFamilyMemberHistory:
		return &s.Family
	case record.KindDevice:
		return &s.Devices
	case record.KindCarePlan, record.KindGoal:
		return &s.Plans
	}
	return &s.Others
}
