package record

import (
	"slices"
	"strings"
)

// SameValue says whether both state the same value: the same decimal text with
// the same comparator and unit, the same code, or the same words.
func (f Fact) SameValue(g Fact) bool {
	switch a := f.resource.(type) {
	case *Observation:
		b, ok := g.resource.(*Observation)
		return ok && sameObserved(a, b, f, g)
	case *MedicationStatement:
		return f.Title == g.Title && f.Value == g.Value
	}
	return silentOr(f.Value, g.Value) && silentOr(f.unit, g.unit)
}

// silentOr says that two texts are equal, or one says nothing.
func silentOr(a, b string) bool { return a == "" || b == "" || a == b }

func sameObserved(a, b *Observation, f, g Fact) bool {
	if !sameValue(a.Value, b.Value) || len(a.Component) != len(b.Component) {
		return false
	}
	for _, x := range a.Component {
		if !slices.ContainsFunc(b.Component, func(y Component) bool {
			return sameConcept(x.Code, y.Code, f.issuer, g.issuer) && sameValue(x.Value, y.Value)
		}) {
			return false
		}
	}
	if a.Value.Empty() && len(a.Component) == 0 {
		return f.Value == g.Value // the reason for having none
	}
	return true
}

func sameValue(a, b Value) bool {
	x, y := a.amount(), b.amount()
	switch {
	case !x.Empty() || !y.Empty():
		return x.Number() == y.Number() && sameUnit(x, y)
	case !a.Concept.Empty() && !b.Concept.Empty():
		return sameConcept(a.Concept, b.Concept, "", "")
	}
	return a.String() == b.String()
}

// amount is the value as a number with a unit, where it is one.
func (v Value) amount() Quantity {
	if v.Quantity.Empty() && v.Integer != "" {
		return Quantity{Value: v.Integer}
	}
	return v.Quantity
}

// sameUnit compares units by their UCUM codes, else by their exact text; one
// that was not given is no other's.
func sameUnit(a, b Quantity) bool {
	x, y := a.ucum(), b.ucum()
	if x != "" && y != "" {
		return x == y
	}
	return a.UnitWords() == b.UnitWords() || x != "" && x == b.Unit || y != "" && y == a.Unit
}

func (q Quantity) ucum() string {
	if q.System == UCUM || canonicalSystem(q.System) == UCUM {
		return q.Code
	}
	return ""
}

func sameConcept(a, b Concept, issuerA, issuerB string) bool {
	if a.Words() == b.Words() && a.Words() != "" {
		return true
	}
	x := tokens(a.Coding, issuerA)
	return slices.ContainsFunc(tokens(b.Coding, issuerB), func(t string) bool { return slices.Contains(x, t) })
}

// Compatible says whether both can be statements of one fact, whatever they
// name it: of one class, with one value, and without a contradiction in what
// both say. Identified says that their issuer's identifier is the same: then a
// time that one of them wrote less precisely is no difference, nor is the name of
// the system.
func (f Fact) Compatible(g Fact, identified bool) bool {
	switch {
	case f.Kind != g.Kind || f.class != g.class || !f.SameValue(g) || contradict(f.resource, g.resource, identified):
		return false
	case identified:
		return f.NearTime(g)
	}
	return f.SameTime(g) && (f.issuer == g.issuer || f.SameIssuer(g))
}

// contradict looks at what tells two facts of one code and day apart.
func contradict(a, b Resource, identified bool) bool {
	switch x := a.(type) {
	case *Condition:
		y := b.(*Condition)
		return !alikeConcepts(x.Category, y.Category) || !alikeConcepts(x.BodySite, y.BodySite)
	case *AllergyIntolerance:
		y := b.(*AllergyIntolerance)
		return !silentOr(x.Criticality, y.Criticality) || !silentOr(x.Type, y.Type)
	case *Immunization:
		return x.contradicts(b.(*Immunization))
	case *Procedure:
		return !alikeConcepts(x.BodySite, b.(*Procedure).BodySite)
	case *Observation:
		y := b.(*Observation)
		return !identified && !silentOr(x.Specimen, y.Specimen) || !silentOr(x.BodySite.String(), y.BodySite.String())
	case *DiagnosticReport:
		y := b.(*DiagnosticReport)
		return !sameFiles(x.PresentedForm, y.PresentedForm) || !silentOr(x.Conclusion, y.Conclusion)
	case *Patient:
		return x.contradicts(b.(*Patient))
	case *DocumentReference, *ImagingStudy:
		return true // only word for word the same
	}
	return false
}

func (i *Immunization) contradicts(j *Immunization) bool {
	return !silentOr(i.LotNumber, j.LotNumber) || !silentOr(i.DoseNumber, j.DoseNumber) || i.Subpotent != j.Subpotent
}

func (p *Patient) contradicts(q *Patient) bool {
	return p.DisplayName() != q.DisplayName() || p.BirthDate != q.BirthDate || p.Gender != q.Gender
}

func sameFiles(a, b []Attachment) bool {
	return slices.EqualFunc(a, b, func(x, y Attachment) bool { return x.Hash == y.Hash })
}

// alikeConcepts says that one says nothing or that some concept is in both.
func alikeConcepts(a, b []Concept) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if strings.EqualFold(x.String(), y.String()) || sameConcept(x, y, "", "") {
				return true
			}
		}
	}
	return false
}
