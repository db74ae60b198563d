package record

import "slices"

// Agrees says whether two statements are of one and the same fact
// (CLINICAL-SAFETY hazard 45). It does not look at who the person is.
func (s *Testimony) Agrees(t *Testimony) bool {
	f, g := s.Fact(), t.Fact()
	if f.Kind != g.Kind {
		return false
	}
	identified := s.SameIdentifier(t)
	if (identified || s.sameName(t) || f.Kind == KindPatient) && s.Content() == t.Content() {
		return true
	}
	if identified && s.sameVersion(t) {
		return true
	}
	if identified {
		return f.SameSubject(*g) && f.Compatible(*g, true)
	}
	return s.elsewhere() && t.elsewhere() && f.meets(*g) && f.Compatible(*g, false)
}

// sameVersion says that a file holds the very version of an entry that the
// patient made: its identifier and its instant are the entry's alone, however the
// file's format put the rest.
func (s *Testimony) sameVersion(t *Testimony) bool {
	return s.Provenance.Version != "" && s.Provenance.Version == t.Provenance.Version && (!s.elsewhere() || !t.elsewhere())
}

// elsewhere says that a file states it: what the patient entered is the
// patient's.
func (s *Testimony) elsewhere() bool { return s.Provenance.Original != "" }

// meets says whether code, time and issuer are enough to take two statements for
// one; of medicines the issuer must be known, since they are compared by words.
func (f Fact) meets(g Fact) bool {
	if f.start.clock == "" || !f.SameIssuer(g) {
		return false
	}
	if f.Kind == KindMedicationStatement {
		return f.issuer != "" && f.issuer == g.issuer
	}
	return f.SharesCode(g)
}

// Tolerates says whether two statements may stand in one record because a third
// one agrees with both.
func (s *Testimony) Tolerates(t *Testimony) bool {
	if s.Agrees(t) {
		return true
	}
	return s.Fact().Compatible(*t.Fact(), s.SameIdentifier(t))
}

// SameIdentifier says whether an issuer identifies both alike.
func (s *Testimony) SameIdentifier(t *Testimony) bool {
	mine := s.Identified()
	return len(mine) > 0 && slices.ContainsFunc(t.Identified(), func(x string) bool { return slices.Contains(mine, x) })
}

// sameName says whether both files call it by one name.
func (s *Testimony) sameName(t *Testimony) bool {
	a, b := s.Provenance.Local, t.Provenance.Local
	return len(a) > 0 && len(b) > 0 && a[0] == b[0]
}
