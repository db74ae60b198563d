package exchange

import "github.com/carnet-phr/carnet/vault/record"

// A file may describe its patient without a name: a phone knows its owner's birth
// date and sex alone. That is never enough to file by, but it is no other person
// either while nothing contradicts.

// nameless says that the files describe the patient without a name.
func (s *Subject) nameless() bool { return s.Patient != nil && s.Name == "" }

// mayBe says whether the user's word may file a nameless patient under a person:
// nothing that is known of the two contradicts.
func (s *Subject) mayBe(id record.ID, people []person) bool {
	if !s.nameless() {
		return false
	}
	for _, p := range people {
		if p.ID == id {
			l, _ := p.compare(s)
			return l != Different
		}
	}
	return false
}

// joinNameless files nameless patients, when new people are to be made, with the
// one person of the same folder or archive whose birth date and sex are theirs: an
// export of a phone holds what its owner measured and what their clinics sent.
func (b *Batch) joinNameless() {
	lies := b.treesOfNameless()
	for n, s := range b.Subjects {
		if !s.nameless() || s.Match == "same" {
			continue
		}
		with := map[record.ID]bool{}
		for m, other := range b.Subjects {
			settled := other.Match == "same" || !other.nameless() || m < n
			if m != n && settled && other.Person != "" && alikeUnnamed(s, other) && overlap(lies[s], lies[other]) {
				with[other.Person] = true
			}
		}
		if len(with) == 1 {
			s.Match, s.root = "only person", nil
			for s.Person = range with {
			}
		}
	}
}

// alikeUnnamed says whether birth date and sex agree, and nothing contradicts.
func alikeUnnamed(a, b *Subject) bool {
	if b.Patient == nil || dateAgreement(a.Patient.BirthDate, b.Patient.BirthDate) != agrees || sexAgreement(a.Patient.Gender, b.Patient.Gender) != agrees {
		return false
	}
	l, _ := Compare(a.Patient, b.Patient, a.identifiers, b.identifiers)
	return l != Different
}

// treesOfNameless says in which folders and archives the patients are described,
// when one of them has no name.
func (b *Batch) treesOfNameless() map[*Subject]map[string]bool {
	lies, found := map[*Subject]map[string]bool{}, false
	for _, s := range b.Subjects {
		found = found || s.nameless()
	}
	if !found {
		return lies
	}
	for _, it := range b.items {
		src := b.sources[it.source].source
		if src.tree == "" && src.within == "" || it.subject == nil {
			continue
		}
		if lies[it.subject] == nil {
			lies[it.subject] = map[string]bool{}
		}
		lies[it.subject][src.treeKey()] = true
	}
	return lies
}

func overlap(a, b map[string]bool) bool {
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}
