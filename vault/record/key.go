package record

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Key is a fingerprint under which the same statement of the same fact is found
// again: a SHA-256 in hexadecimal, so it says nothing about the record.
type Key string

// Keys are all keys of r, those of every source that states it: see
// [Testimony.Keys].
func (r Record) Keys() []Key {
	var keys []Key
	for _, s := range r.Testimonies() {
		keys = append(keys, s.Keys()...)
	}
	if len(r.Provenance) == 0 {
		s := Testimony{Person: r.Person, Resource: r.Resource, Held: r.Held}
		keys = s.Keys()
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Keys are the fingerprints of a statement. Two statements of one person that
// share a key may be of the same fact (CLINICAL-SAFETY hazard 45): the same
// issuer identifier, in whatever format's spelling; the same place of the same
// original; the same description of a patient; the same StudyInstanceUID (DICOM
// PS3.3 C.7.2.1); or the same kind, code and exact time, from the same source
// system unless the time is precise. Medicines are found by identifier or by
// their exact words and time alone. Statements without any of these share a key
// when they say exactly the same under the same local name.
func (s *Testimony) Keys() []Key {
	identified, other := s.Links()
	keys := append(identified, other...)
	if s.Provenance.Original != "" {
		keys = append(keys, s.Place())
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Links are the keys but for the place: those that an issuer's identifier
// gives, and the others.
func (s *Testimony) Links() (identified, other []Key) {
	ids := s.keyring()
	for _, t := range s.Identified() {
		ids.add("identifier", t)
	}
	for _, t := range s.Replaces() { // so that the two documents meet
		ids.add("identifier", t)
	}
	k := s.keyring()
	p := s.Provenance
	if p.Original != "" {
		s.factKeys(&k)
	}
	switch x := s.Resource.(type) {
	case *ImagingStudy:
		if x.StudyInstanceUID != "" {
			k.add("study", x.StudyInstanceUID)
		}
	case *Patient: // each file of a disc describes its patient in the same words
		k.add("patient", s.Content())
	}
	if len(p.Local) > 0 {
		k.add("content", p.Local[0], s.Content())
	}
	return ids.keys, k.keys
}

// Place is the key of where the statement stands.
func (s *Testimony) Place() Key {
	k := s.keyring()
	k.add("place", string(s.Provenance.Original), s.Provenance.Place)
	return k.keys[0]
}

func (s *Testimony) keyring() keyring {
	return keyring{prefix: string(s.Person) + "\x00" + string(s.Resource.Kind())}
}

// factKeys are those of kind, code and time.
func (s *Testimony) factKeys(k *keyring) {
	f := s.Fact()
	if f.summary.When.Start.Precision() < Day {
		return
	}
	switch f.Kind {
	case KindPatient, KindDocumentReference, KindImagingStudy:
	case KindMedicationStatement:
		if f.issuer != "" {
			k.add("words", f.issuer, f.Title, f.start.clock, f.end.clock, f.Value)
		}
	default:
		for _, c := range f.codes {
			switch {
			case f.start.precise:
				k.add("clock", c, f.start.clock)
				if f.start.instant != "" && f.start.instant != f.start.clock {
					k.add("clock", c, f.start.instant)
				}
			case f.issuer != "":
				k.add("day", f.issuer, c, f.start.clock)
			}
		}
	}
}

// keyring collects keys.
type keyring struct {
	prefix string
	keys   []Key
}

func (k *keyring) add(parts ...string) {
	h := sha256.New()
	h.Write([]byte(k.prefix))
	for _, p := range parts {
		h.Write([]byte{0})
		h.Write([]byte(p))
	}
	k.keys = append(k.keys, Key(hex.EncodeToString(h.Sum(nil)[:16])))
}
