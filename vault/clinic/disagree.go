package clinic

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Disagreement is one thing that sources state differently: both sides stand
// beside each other, and none is called right.
type Disagreement struct {
	Section Section
	Title   string // what it is about, as a source calls it
	About   string // which of its facts: "Value", "Birth date", "Whether there is any"
	Sides   []Side // at least two; the one that most sources state first
}

// Side is one of the things stated, with all who state it.
type Side struct {
	Words string
	By    []Statement
}

// Statement is what one source of one record says.
type Statement struct {
	Record record.ID
	Source record.Provenance
}

// Records are the records that the sides stand in, each once.
func (d Disagreement) Records() []record.ID {
	var ids []record.ID
	for _, s := range d.Sides {
		for _, by := range s.By {
			if !slices.Contains(ids, by.Record) {
				ids = append(ids, by.Record)
			}
		}
	}
	return ids
}

// sidesTold is how many sides a sentence quotes.
const sidesTold = 4

// Words is the disagreement in a calm sentence.
func (d Disagreement) Words() string {
	var sides []string
	for n, s := range d.Sides {
		if n == sidesTold {
			sides = append(sides, fmt.Sprintf("and %d more", len(d.Sides)-n))
			break
		}
		w := "“" + shortened(record.Visible(s.Words)) + "”"
		if len(s.By) > 1 {
			w += fmt.Sprintf(" (%d times)", len(s.By))
		}
		sides = append(sides, w)
	}
	return fmt.Sprintf("%s: sources differ. %s: %s.", record.Visible(d.Title), d.About, strings.Join(sides, "; "))
}

// finders look for disagreements; each line of a summary is looked at by all of
// them.
var finders = []func(*Summary) []Disagreement{
	(*Summary).deniedAndNamed,
	(*Summary).bloodGroups,
	(*Summary).differing,
	(*Summary).conflicts,
}

// Disagreements are what the sources of a record state differently, section by
// section: what one denies and another names, and the differing facts of what is
// one and the same by its issuer's identifier, by code and exact time, or because
// several files state one record. What merely says more or less, or the same less
// precisely, is no disagreement. Withdrawn and replaced statements have no say.
func Disagreements(s Summary) []Disagreement {
	var out []Disagreement
	for _, find := range finders {
		out = append(out, find(&s)...)
	}
	slices.SortStableFunc(out, func(a, b Disagreement) int {
		return cmp.Or(cmp.Compare(a.Section.order(), b.Section.order()), cmp.Compare(a.Title, b.Title), cmp.Compare(a.About, b.About),
			slices.Compare(a.Records(), b.Records()))
	})
	return slices.CompactFunc(out, func(a, b Disagreement) bool {
		return a.Section == b.Section && a.About == b.About && slices.Equal(sorted(a.Records()), sorted(b.Records()))
	})
}

func sorted(ids []record.ID) []record.ID {
	slices.Sort(ids)
	return ids
}

// conflicts are those within the lines that stand for one thing.
func (s *Summary) conflicts() []Disagreement {
	var out []Disagreement
	for _, lines := range [][]Line{s.Allergies.Current, s.Allergies.Uncertain, s.Medicines.Current, s.Problems.Current, s.Immunizations.Current} {
		for _, l := range lines {
			out = append(out, l.Conflicts()...)
		}
	}
	return out
}

// eachLine goes through every line of the summary, and the people it describes.
func (s *Summary) eachLine(f func(Section, *Line)) {
	all := func(section Section, lists ...[]Line) {
		for _, list := range lists {
			for n := range list {
				f(section, &list[n])
				for _, same := range list[n].Same {
					l := line(same)
					f(section, &l)
				}
			}
		}
	}
	group := func(section Section, g Group) {
		all(section, g.Current, g.Uncertain, g.Intended, g.Past, g.NotSo, g.Held)
	}
	all(SectionPerson, s.People)
	group(SectionAllergies, s.Allergies.Group)
	all(SectionAllergies, s.Allergies.NoneKnown, s.Allergies.NoInformation)
	group(SectionMedicines, s.Medicines.Group)
	all(SectionMedicines, s.Medicines.NoneKnown, s.Medicines.NoInformation)
	group(SectionProblems, s.Problems.Group)
	all(SectionProblems, s.Problems.NoneKnown, s.Problems.NoInformation)
	for section, g := range s.plainGroups() {
		group(section, g)
	}
	for _, t := range s.Results {
		all(SectionResults, t.Points)
	}
	for _, t := range s.Vitals {
		all(SectionVitals, t.Points)
	}
}

// plainGroups are the sections that are nothing but a group, in reading order.
func (s *Summary) plainGroups() func(func(Section, Group) bool) {
	return func(yield func(Section, Group) bool) {
		for _, x := range []struct {
			Section
			Group
		}{
			{SectionImmunizations, s.Immunizations},
			{SectionSocialHistory, s.SocialHistory},
			{SectionProcedures, s.Procedures},
			{SectionVisits, s.Encounters},
			{SectionReports, s.Reports},
			{SectionDocuments, s.Documents},
			{SectionImaging, s.Imaging},
			{SectionFamily, s.Family},
			{SectionDevices, s.Devices},
			{SectionPlans, s.Plans},
			{SectionOther, s.Others},
		} {
			if !yield(x.Section, x.Group) {
				return
			}
		}
	}
}
