package exchange

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Subject is one patient whom the files speak of.
type Subject struct {
	Patient  *record.Patient // nil when no file describes the patient
	Name     string          // for people; "" when the files give none
	Records  int             // how many records are about this patient
	Likeness Likeness        // against Person
	Reasons  []string
	Person   record.ID // the person to file under; "" while undecided
	Match    string    // same, new, chosen; "" while undecided
	SetAside bool      // the user chose another patient of the files: not filed

	identifiers []record.Identifier
	described   []*record.Patient // by the files, each another way
	doubt       string            // why the user must be asked whatever the names say; "" for none
	documents   int               // of Records, how many are files that no format reads
	root        *record.Record    // the Patient record of a new person
}

// subjects finds the patients of all sources. A reference is looked up in its
// own source first, then in the other sources of the batch: one that is unique
// in the world in all of them, one that is relative to a server ("Patient/1") in
// the files of the same folder, as bulk exports lie. Two servers may both have a
// Patient/1 (CLINICAL-SAFETY hazard 34).
type subjects struct {
	sources []*collector
	list    []*Subject
	byLocal map[local]*Subject
	byIndex map[int]*Subject    // by source: whom an index names for a file that names nobody
	global  map[string]*Subject // reach of a name + name; nil when two patients share it
	discs   map[string]*Subject // by discKey
}

// reach is in which files of the batch a name means the same.
func (s *subjects) reach(source int, name string) string {
	if strings.Contains(name, "://") || strings.HasPrefix(name, "urn:") {
		return "\x00" + name
	}
	src := s.sources[source].source
	return src.folder() + "\x00" + name
}

// local is what one source calls something.
type local struct {
	source int
	name   string
}

func findSubjects(sources []*collector) *subjects {
	s := &subjects{sources: sources, byLocal: map[local]*Subject{}, byIndex: map[int]*Subject{}, global: map[string]*Subject{}, discs: map[string]*Subject{}}
	for i, c := range sources {
		for r := range c.records.all() {
			if p, ok := r.Resource.(*record.Patient); ok {
				s.addPatient(i, *r, p)
			}
		}
	}
	s.followLinks()
	s.indexed()
	return s
}

func (s *subjects) addPatient(source int, r record.Record, p *record.Patient) {
	src := r.Source()
	found := s.onDisc(source, p, src.Identifiers)
	for _, name := range append([]string{src.Place}, src.Local...) {
		s.byLocal[local{source, name}] = found
		name = s.reach(source, name)
		if other, taken := s.global[name]; taken && other != found {
			s.global[name] = nil
		} else {
			s.global[name] = found
		}
	}
}

// known is the patient of a description: one of another file of the batch who is
// surely the same, else a new one.
func (s *subjects) known(p *record.Patient, ids []record.Identifier) *Subject {
	var found *Subject
	for _, other := range s.list {
		if other.Patient == nil {
			continue
		}
		l, _ := likest(len(other.described), func(n int) comparison { return compare(p, other.described[n], ids, other.identifiers) })
		if l == Same {
			found = other
			break
		}
	}
	if found == nil {
		found = &Subject{Patient: p, Name: p.DisplayName()}
		s.list = append(s.list, found)
	}
	found.describe(p)
	for _, id := range ids {
		if !slices.Contains(found.identifiers, id) {
			found.identifiers = append(found.identifiers, id)
		}
	}
	return found
}

// describedLimit is how many ways of describing one patient are compared.
const describedLimit = 16

// describe notes one more way in which the files describe the patient.
func (s *Subject) describe(p *record.Patient) {
	same := func(q *record.Patient) bool {
		return p == q || p.BirthDate == q.BirthDate && p.Gender == q.Gender && reflect.DeepEqual(p.Name, q.Name)
	}
	if len(s.described) < describedLimit && !slices.ContainsFunc(s.described, same) {
		s.described = append(s.described, p)
	}
}

// of gives the subject of a record; only is the single patient of its source,
// or nil.
func (s *subjects) of(source int, r *record.Record, only *Subject) *Subject {
	if _, ok := r.Resource.(*record.Patient); ok {
		return s.byLocal[local{source, r.Source().Place}]
	}
	name := string(r.Person)
	if name == "" {
		if only != nil {
			return only
		}
		return s.unknown(local{source, ""})
	}
	if found := s.byLocal[local{source, name}]; found != nil {
		return found
	}
	if found := s.global[s.reach(source, name)]; found != nil {
		return found
	}
	return s.unknown(local{source, name})
}

// unknown is a patient whom no file describes.
func (s *subjects) unknown(key local) *Subject {
	if found := s.byLocal[key]; found != nil {
		return found
	}
	found := &Subject{}
	s.byLocal[key] = found
	s.list = append(s.list, found)
	return found
}

// only gives the single patient that one source describes, else nil.
func (s *subjects) only(source int, c *collector) *Subject {
	var found *Subject
	for r := range c.records.all() {
		if _, ok := r.Resource.(*record.Patient); !ok {
			continue
		}
		this := s.byLocal[local{source, r.Source().Place}]
		if found != nil && this != found {
			return nil
		}
		found = this
	}
	if found == nil {
		return s.byIndex[source]
	}
	return found
}

// decide finds each subject's person, as far as the choice and the match allow.
// It reports whether all are decided.
func (b *Batch) decide(ctx context.Context, choice PersonChoice) (bool, error) {
	people, err := b.store.People(ctx)
	if err != nil {
		return false, err
	}
	if choice != "" && choice != NewPerson && !isPerson(people, record.ID(choice)) {
		return false, fmt.Errorf("the vault has no person %s", choice)
	}
	described, err := describedPeople(ctx, b.store, people)
	if err != nil {
		return false, err
	}
	for _, s := range b.Subjects {
		s.Person, s.Match, s.root, s.SetAside = "", "", nil, false
		s.compare(described)
	}
	if err := b.recognise(ctx, people); err != nil {
		return false, err
	}
	switch choice {
	case NewPerson:
		b.foundStrangers()
	case "":
		b.matchOnly(people)
	default:
		b.choose(record.ID(choice), described)
	}
	for _, s := range b.Subjects {
		if s.Person == "" && !s.SetAside {
			return false, nil
		}
	}
	return true, nil
}

// foundStrangers makes a new person of everyone who is not in the vault.
// Documents that name nobody are the only patient's of the files, or together
// one new person's.
func (b *Batch) foundStrangers() {
	var papers *Subject // the first of the documents that name nobody
	described := b.described()
	for _, s := range described {
		if s.Likeness == Same {
			s.Match = "same"
		} else {
			s.makeNew()
		}
	}
	b.joinNameless()
	for _, s := range b.Subjects {
		switch {
		case s.Patient != nil:
		case s.Likeness == Same:
			s.Match = "same"
		case !s.documentsOnly():
			s.makeNew()
		case len(described) == 1:
			s.Person, s.Match = described[0].Person, "only person"
		case papers != nil:
			s.Person, s.Match = papers.Person, "new"
		default:
			s.makeNew()
			papers = s
		}
	}
}

// matchOnly decides what leaves no doubt: the same person, the first person of
// an empty vault, and documents that name nobody where there is only one person.
func (b *Batch) matchOnly(people []record.Record) {
	var only record.ID
	switch described := b.described(); {
	case len(people) == 1:
		only = people[0].ID
	case len(people) == 0 && len(described) == 1 && described[0].doubt == "" && b.restAreDocuments():
		described[0].makeNew()
		only = described[0].Person
	}
	for _, s := range b.Subjects {
		switch {
		case s.Match == "new":
		case s.Likeness == Same:
			s.Match = "same"
		case only != "" && s.Patient == nil && s.documentsOnly():
			s.Person, s.Match = only, "only person"
		default:
			s.Person = ""
		}
	}
}

// restAreDocuments says that whatever no file describes a patient for are files
// that no format reads.
func (b *Batch) restAreDocuments() bool {
	for _, s := range b.Subjects {
		if s.Patient == nil && !s.documentsOnly() {
			return false
		}
	}
	return true
}

// choose files under one person. With several patients in the files only the
// one that is the same as that person is filed; the others are set aside. When
// none is, or only one patient is there, the user's word counts.
func (b *Batch) choose(id record.ID, people []person) {
	matches, several := 0, len(b.described()) > 1
	for _, s := range b.Subjects {
		if s.Likeness == Same && s.Person == id {
			matches++
		}
	}
	for _, s := range b.Subjects {
		switch {
		case s.Likeness == Same && s.Person == id:
			s.Match = "same"
		case s.mayBe(id, people):
			s.Person, s.Match = id, "chosen"
		case matches > 0 && s.Patient != nil, several && s.Patient != nil:
			s.Person, s.SetAside = "", matches > 0
		default:
			s.Person, s.Match = id, "chosen"
		}
	}
}

// described are the subjects that a file describes.
func (b *Batch) described() []*Subject {
	var d []*Subject
	for _, s := range b.Subjects {
		if s.Patient != nil {
			d = append(d, s)
		}
	}
	return d
}

// compare sets Person to the best match among people. Somebody who is as surely
// one person as another is nobody for sure.
func (s *Subject) compare(people []person) {
	s.Likeness, s.Reasons = Different, nil
	if s.Patient == nil {
		s.Likeness, s.Reasons = Unsure, []string{"the file does not say whose record it is"}
		return
	}
	same := 0
	for _, p := range people {
		l, reasons := p.compare(s)
		if l == Same {
			same++
		}
		if l > s.Likeness || s.Person == "" {
			s.Likeness, s.Reasons, s.Person = l, reasons, p.ID
		}
	}
	if same > 1 {
		s.Likeness, s.Reasons = Unsure, []string{"fits more than one person of the vault"}
	}
	if s.doubt != "" && s.Likeness == Same {
		s.Likeness, s.Reasons = Unsure, append(s.Reasons, s.doubt)
	}
}

// makeNew founds a new person, named as the file names the patient.
func (s *Subject) makeNew() {
	id := record.NewID()
	s.Person, s.Match = id, "new"
	patient := s.Patient
	if patient == nil {
		patient = &record.Patient{}
	}
	s.root = &record.Record{ID: id, Person: id, Resource: patient}
}

func isPerson(people []record.Record, id record.ID) bool {
	for _, p := range people {
		if p.ID == id {
			return true
		}
	}
	return false
}

// documentsOnly says whether everything about s are files that no format reads:
// those never say whose they are.
func (s *Subject) documentsOnly() bool { return s.Records == s.documents }
