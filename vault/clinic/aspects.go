package clinic

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// aspectsOf are the facts of a resource that are compared between sources.
func aspectsOf(r record.Resource) []aspect {
	list := []aspect{standingAspect(r)}
	switch x := r.(type) {
	case *record.Patient:
		return personAspects(x)
	case *record.AllergyIntolerance:
		return append(list, allergyAspects(x)...)
	case *record.Condition:
		return append(list, conceptAspect("Severity", x.Severity), timeAspect("Since", x.Onset), timeAspect("Ended", x.Abatement))
	case *record.MedicationStatement:
		return append(list, medicineAspects(x)...)
	case *record.Observation:
		return append(list, resultAspects(x)...)
	case *record.DiagnosticReport:
		return append(list, textAspect("Conclusion", x.Conclusion))
	case *record.Immunization:
		return append(list, timeAspect("Date", x.Occurrence), textAspect("Dose number", x.DoseNumber), textAspect("Lot number", x.LotNumber), conceptAspect("Site", x.Site))
	case *record.Procedure:
		return append(list, timeAspect("Date", x.Performed), conceptAspect("Body site", x.BodySite...))
	case *record.Encounter:
		return append(list, timeAspect("Date", x.Period))
	case *record.FamilyMemberHistory:
		return append(list, textAspect("Sex", x.Sex), timeAspect("Born", x.Born))
	case *record.Device:
		return append(list, textAspect("Serial number", x.SerialNumber), textAspect("Lot number", x.LotNumber), textAspect("Unique device identifier", x.UDI), timeAspect("In use", x.Used))
	}
	return list
}

// standingAspect compares what the status means, not its words: formats have
// their own.
func standingAspect(r record.Resource) aspect {
	s := r.Summary()
	switch s.Standing {
	case record.Unstated, record.Uncertain, record.InError, record.Replaced:
		return aspect{}
	}
	return textAspect("Status", string(s.Standing))
}

func personAspects(p *record.Patient) []aspect {
	list := []aspect{dayAspect("Birth date", p.BirthDate), timeAspect("Died", p.Deceased)}
	if p.Gender != "unknown" {
		list = append(list, textAspect("Sex", p.Gender))
	}
	return list
}

func allergyAspects(a *record.AllergyIntolerance) []aspect {
	list := []aspect{textAspect("Criticality", a.Criticality), timeAspect("Since", a.Onset), timeAspect("Ended", a.Abatement)}
	var reactions []record.Concept
	for _, r := range a.Reaction {
		reactions = append(reactions, r.Manifestation...)
	}
	list = append(list, conceptAspect("Reaction", reactions...))
	if len(a.Reaction) == 1 {
		list = append(list, textAspect("How severe", a.Reaction[0].Severity))
	}
	return list
}

func medicineAspects(m *record.MedicationStatement) []aspect {
	list := []aspect{timeAspect("Taken", m.Effective), amountAspect("Amount per fill", m.Quantity)}
	var how []string
	for _, d := range m.Dosage {
		if w := d.String(); w != "" {
			how = append(how, w)
		}
	}
	return append(list, textAspect("How to take it", strings.Join(how, "; ")))
}

// resultAspects are value, flag and range: those that one number or one interval
// states.
func resultAspects(o *record.Observation) []aspect {
	var list []aspect
	switch v := o.Value; {
	case !v.Quantity.Empty():
		list = append(list, amountAspect("Value", v.Quantity))
	case !v.Concept.Empty():
		list = append(list, conceptAspect("Value", v.Concept))
	case !v.Empty():
		list = append(list, textAspect("Value", v.String()))
	case len(o.Component) > 0:
		s := o.Summary()
		list = append(list, textAspect("Value", s.Result()))
	}
	var flags []record.Concept
	for _, c := range o.Interpretation { // tables of v2 and v3 have one set of codes
		for _, k := range c.Coding {
			flags = append(flags, record.Concept{Text: k.Code})
		}
		flags = append(flags, c)
	}
	if len(flags) > 0 {
		a := conceptAspect("Flag", o.Interpretation...)
		a.concepts = flags
		list = append(list, a)
	}
	if len(o.ReferenceRange) == 1 {
		list = append(list, rangeAspects(o.ReferenceRange[0])...)
	}
	return list
}

func rangeAspects(r record.ReferenceRange) []aspect {
	return []aspect{amountAspect("Reference range from", r.Low), amountAspect("Reference range to", r.High)}
}
