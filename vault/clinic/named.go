package clinic

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic/plain"
	"github.com/carnet-phr/carnet/vault/record"
)

// named adds Carnet's name to the title of a statement for which its source gives a
// code and no words: "code 2160-0 (Carnet's name: Creatinine)". What the source gave
// comes first and stays as it is, the name is said to be Carnet's (CLINICAL-SAFETY
// hazard 44), and it is no name by which statements are put together.
func named(r record.Resource, title string) string {
	c := called(r)
	if c.Empty() || c.Words() != "" {
		return title
	}
	bare := c.String()
	if !strings.HasPrefix(bare, "code ") || !strings.HasSuffix(title, bare) {
		return title
	}
	for _, k := range c.Coding {
		name, ok := plain.Name(k.System, k.Code)
		switch {
		case !ok:
		case bare == "code "+k.Code:
			return title + " (Carnet's name: " + name + ")"
		default:
			return title + " (Carnet's name for code " + k.Code + ": " + name + ")"
		}
	}
	return title
}

// called is by what a resource's title calls it.
func called(r record.Resource) record.Concept {
	switch x := r.(type) {
	case *record.Observation:
		return x.Code
	case *record.Condition:
		return x.Code
	case *record.AllergyIntolerance:
		return x.Code
	case *record.MedicationStatement:
		return x.Medication
	case *record.Immunization:
		return x.VaccineCode
	case *record.Procedure:
		return x.Code
	case *record.DiagnosticReport:
		return x.Code
	}
	return record.Concept{}
}
