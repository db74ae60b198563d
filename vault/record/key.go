package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
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
		s := Testimony{Person: r.Person, Resource: r.Resource, Held: r.Held, Provenance: &Provenance{}}
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
	links, _ := s.Links(nil)
	if s.Provenance.Original != "" {
		links = append(links, s.Place())
	}
	slices.SortFunc(links, Link.Compare)
	links = slices.Compact(links)
	keys := make([]Key, len(links))
	for n, l := range links {
		keys[n] = l.Key()
	}
	return keys
}

// Link is a [Key] in a short form, for holding many.
type Link [16]byte

// Key is the link as vaults are asked for it.
func (l Link) Key() Key { return Key(hex.EncodeToString(l[:])) }

// Gist is a part of the link: two of different gist differ.
func (l Link) Gist() uint64 { return binary.BigEndian.Uint64(l[:]) }

// Compare orders links as their keys.
func (l Link) Compare(m Link) int { return bytes.Compare(l[:], m[:]) }

// Links appends the keys but for the place to a list: first those that an
// issuer's identifier gives, how many it tells, then the others.
func (s *Testimony) Links(to []Link) (links []Link, identified int) {
	k := s.keyring(to)
	p := s.Provenance
	for _, t := range s.Identified() {
		k.add("identifier", t)
	}
	for _, t := range s.Replaces() { // so that the two documents meet
		k.add("identifier", t)
	}
	identified = len(k.links) - len(to)
	if p.Original != "" {
		s.factKeys(&k)
	}
	switch x := s.Resource.(type) {
	case *ImagingStudy:
		if x.StudyInstanceUID != "" {
			k.add("study", x.StudyInstanceUID)
		}
	case *Patient: // each file of a disc describes its patient in the same words
		k.add("patient", s.Content().hex())
	}
	if len(p.Local) > 0 {
		k.add("content", p.Local[0], s.Content().hex())
	}
	return k.links, identified
}

// Place is the key of where the statement stands.
func (s *Testimony) Place() Link {
	k := s.keyring(nil)
	return k.link("place", string(s.Provenance.Original), s.Provenance.Place)
}

func (s *Testimony) keyring(to []Link) keyring {
	return keyring{person: s.Person, kind: s.Resource.Kind(), links: to}
}

// factKeys are those of kind, code and time.
func (s *Testimony) factKeys(k *keyring) {
	f := s.Fact()
	if !f.dated {
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
	person ID
	kind   Kind
	links  []Link
}

func (k *keyring) add(parts ...string) { k.links = append(k.links, k.link(parts...)) }

func (k *keyring) link(parts ...string) Link {
	var most [512]byte // bytes of nearly every key
	b := append(append(append(most[:0], k.person...), 0), k.kind...)
	for _, p := range parts {
		b = append(append(b, 0), p...)
	}
	sum := sha256.Sum256(b)
	return Link(sum[:16])
}
