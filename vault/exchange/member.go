package exchange

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// indexed finds the patients whom an index names for files that name nobody
// themselves: a PDF that lies in a portal's download with a list of documents. A
// list that contradicts one of the files it speaks of is told with that file, and
// decides for none: then it is the list of another download, or a forged one.
func (s *subjects) indexed() {
	wrong := map[string]bool{}
	for i, c := range s.sources {
		if c.member.Patient != nil && s.contradicted(i, c) {
			wrong[c.source.treeKey()] = true
			c.issues.add(record.Issue{Severity: record.Warning, Place: c.source.Name, Text: "the list of files that came with it says that it is about another person than the file itself does; the file's own word counts"}, "")
		}
	}
	for i, c := range s.sources {
		if !wrong[c.source.treeKey()] && c.records.count > 0 && !describes(c) {
			if found := s.named(c.member); found != nil {
				s.byIndex[i] = found
			}
		}
	}
}

// treeKey tells the container or folder that a source was found in from others.
func (s Source) treeKey() string { return s.tree + "\x00" + string(s.within) }

// describes says whether a file describes a patient itself.
func describes(c *collector) bool {
	for r := range c.records.all() {
		if _, ok := r.Resource.(*record.Patient); ok {
			return true
		}
	}
	return false
}

// contradicted says whether a file describes a patient who is another than the
// index says.
func (s *subjects) contradicted(source int, c *collector) bool {
	for r := range c.records.all() {
		if p, ok := r.Resource.(*record.Patient); ok {
			if l, _ := Compare(p, c.member.Patient, r.Source().Identifiers, c.member.Identifiers); l == Different {
				return true
			}
		}
	}
	return false
}

// named gives the subject that an index names; one that only it names is new. A
// number alone finds a patient, and makes none.
func (s *subjects) named(m Member) *Subject {
	for _, other := range s.list {
		if m.Patient == nil {
			if other.Patient != nil && identifierAgreement(m.Identifiers, other.identifiers) == agrees {
				return other
			}
		} else if l, _ := Compare(m.Patient, other.Patient, m.Identifiers, other.identifiers); l == Same {
			return other
		}
	}
	if m.Patient == nil {
		return nil
	}
	found := &Subject{Patient: m.Patient, Name: m.Patient.DisplayName(), identifiers: m.Identifiers, described: []*record.Patient{m.Patient}}
	s.list = append(s.list, found)
	return found
}
