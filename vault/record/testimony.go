package record

import "slices"

// Testimony is what one source says: one provenance of a record with its words.
// It keeps what is worked out of them for comparing, so they must not change.
type Testimony struct {
	Person     ID
	Resource   Resource
	Held       []string
	Provenance *Provenance

	fact       *Fact
	content    *content
	identified []string
	rank       Rank
	ranked     bool
}

// Testimonies are what the sources of r say, in the order of its provenance.
func (r Record) Testimonies() []Testimony {
	list := make([]Testimony, len(r.Provenance))
	whole := &content{}
	for n := range r.Provenance {
		p := &r.Provenance[n]
		list[n] = Testimony{Person: r.Person, Resource: r.Resource, Held: r.Held, Provenance: p, content: whole}
		if p.Said != nil {
			own := *p
			own.Said = nil
			list[n].Resource, list[n].content, list[n].Provenance = p.Said, &content{}, &own
		}
	}
	return list
}

// Fact is the statement for comparing.
func (s *Testimony) Fact() *Fact {
	if s.fact == nil {
		f := FactOf(s.Resource, s.Held, *s.Provenance)
		s.fact = &f
	}
	return s.fact
}

// Rank is that of the fact; it stays known when the rest of it is forgotten.
func (s *Testimony) Rank() Rank {
	if !s.ranked {
		s.rank, s.ranked = s.Fact().Rank, true
	}
	return s.rank
}

// Forget gives up what is large of what was worked out: most statements are
// never compared with another one. It is worked out again when asked for.
func (s *Testimony) Forget() {
	s.Rank()
	s.fact, s.identified = nil, nil
}

// Identified are the tokens of all that identifies a statement, for comparing.
func (s *Testimony) Identified() []string {
	if s.identified == nil {
		s.identified = make([]string, 0, len(s.Provenance.Identifiers))
		for _, id := range s.Provenance.Identifiers {
			if t := id.Token(); t != "" && !slices.Contains(s.identified, t) {
				s.identified = append(s.identified, t)
			}
		}
	}
	return s.identified
}

// Replaces are the tokens of the documents that a document replaces.
func (s *Testimony) Replaces() []string {
	d, ok := s.Resource.(*DocumentReference)
	if !ok {
		return nil
	}
	var out []string
	for _, name := range d.Replaces {
		if t := namedDocument(name); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// Content is a fingerprint of every stated element of the resource, but not of
// the IDs that this vault gave to the records it refers to.
func (s *Testimony) Content() Content { return s.words().hash }

// Elements is how many elements the source states.
func (s *Testimony) Elements() int { return s.words().elements }

func (s *Testimony) words() *content {
	if s.content == nil {
		s.content = &content{}
	}
	if !s.content.known {
		*s.content = contentOf(s.Resource)
	}
	return s.content
}

// SameContent says whether two records state exactly the same.
func SameContent(a, b Record) bool {
	return a.Resource.Kind() == b.Resource.Kind() && contentOf(a.Resource).hash == contentOf(b.Resource).hash
}
