package xdm

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// patientID is the patient's number in the data type CX: Carnet's own, since
// whose number a receiver knows nobody can tell.
func (x *list) patientID() string { return component(x.set.Person) + "^^^&" + source + "&ISO" }

// patientInfo describes the patient as a segment PID does, one field to a value
// (IHE ITI TF-3, 4.2.3.2.23).
func (x *list) patientInfo() []string {
	p := x.set.Patient
	info := []string{"PID-3|" + x.patientID(), "PID-5|" + personXPN(p)}
	if day := strings.ReplaceAll(string(p.BirthDate.Day()), "-", ""); day != "" {
		info = append(info, "PID-7|"+day)
	}
	if sex := map[string]string{"female": "F", "male": "M", "other": "O", "unknown": "U"}[p.Gender]; sex != "" {
		info = append(info, "PID-8|"+sex)
	}
	if len(p.Address) > 0 {
		a, line, more := p.Address[0], "", ""
		if len(a.Line) > 0 {
			line, more = a.Line[0], strings.Join(a.Line[1:], ", ")
		}
		info = append(info, "PID-11|"+joined(line, more, a.City, a.State, a.PostalCode, a.Country))
	}
	return info
}

// component is text as a component of HL7 v2: its separators have no place in it.
func component(s string) string {
	return strings.NewReplacer("^", " ", "&", " ", "|", " ", "~", " ", `\`, " ").Replace(strings.Join(strings.Fields(s), " "))
}

func joined(parts ...string) string {
	for n := range parts {
		parts[n] = component(parts[n])
	}
	return strings.TrimRight(strings.Join(parts, "^"), "^")
}

// personXPN is the patient's name in the data type XPN.
func personXPN(p *record.Patient) string {
	for _, n := range p.Name {
		if n.Family == "" && len(n.Given) == 0 {
			continue
		}
		first, more := "", ""
		if len(n.Given) > 0 {
			first, more = n.Given[0], strings.Join(n.Given[1:], " ")
		}
		return joined(n.Family, first, more, strings.Join(n.Suffix, " "), strings.Join(n.Prefix, " "))
	}
	return component(p.DisplayName())
}

// personName is it in the data type XCN, whose first component is a number.
func personName(p *record.Patient) string { return "^" + personXPN(p) }
