package entry

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// Kind is a form.
type Kind struct {
	Name   string // as the command line calls it
	Title  string // for people
	Record record.Kind
	Fields []Field

	make func(values) record.Resource
	read func(record.Resource) map[string]string // the fields of what make made; empty ones may be left out
	ids  func(values) []record.Identifier        // by which issuers know it; nil for none
}

// Field is one thing that a form asks for.
type Field struct {
	Name     string
	Label    string
	Type     Type
	Required bool
	Default  string   // taken where nothing is filled in
	Hint     string   // an example
	Past     bool     // a date that cannot lie in the future
	Choices  []Choice // of Pick
	Units    []Unit   // of Amount, the most used first
	Compared bool     // an amount may be "<20": what a meter shows as LO
}

// Type is what can be filled in.
type Type string

// The types.
const (
	Text     Type = "text"      // one line
	LongText Type = "long text" // lines
	Date     Type = "date"      // as precise as it is known: 2021, 2021-03, 2021-03-05
	Time     Type = "time"      // a day with or without the time of day, or "now"
	Amount   Type = "amount"    // a number with its unit; the unit may be left out where there is one alone
	Pick     Type = "choice"
)

// Choice is one of the answers to a question.
type Choice struct {
	Value string
	Words string
	code  string // what it is stored as
}

// Unit is a unit of UCUM with the words for it, and the bounds outside of which a
// number must be mistyped.
type Unit struct {
	Code  string
	Words string
	Least string
	Most  string
}

// The forms that other rules speak of.
const (
	allergyForm        = "allergy"
	problemForm        = "problem"
	medicineForm       = "medicine"
	overTheCounterForm = "over-the-counter"
)

// Kinds is THE list of forms, in the order in which they are offered.
func Kinds() []Kind { return slices.Clone(kinds[:]) }

var kinds = [...]Kind{
	medicine, overTheCounter, noMedicines, allergy, noKnownAllergies, problem, vaccine,
	bloodPressure, weight, height, glucose, temperature, pulse, oxygen, respiration, peakFlow, clotting,
	operation, visit, implant, family, note, question, contact,
}

// Lookup finds a form by its name, [Person] too.
func Lookup(name string) (Kind, bool) {
	if name == PersonForm {
		return person, true
	}
	n := slices.IndexFunc(kinds[:], func(k Kind) bool { return k.Name == name })
	if n < 0 {
		return Kind{}, false
	}
	return kinds[n], true
}

// Field finds a field by its name.
func (k Kind) Field(name string) (Field, bool) {
	n := slices.IndexFunc(k.Fields, func(f Field) bool { return f.Name == name })
	if n < 0 {
		return Field{}, false
	}
	return k.Fields[n], true
}

func yesNo(name, label string) Field {
	return Field{Name: name, Label: label, Type: Pick, Required: true, Default: "yes", Choices: []Choice{{"yes", "yes", ""}, {"no", "no", ""}}}
}

func remark() Field { return Field{Name: "note", Label: "Note", Type: LongText} }

// choice finds what a choice is stored as, and back.
func (f Field) code(value string) string {
	for _, c := range f.Choices {
		if c.Value == value {
			return c.code
		}
	}
	return ""
}

func (f Field) chosen(code string) string {
	for _, c := range f.Choices {
		if c.code == code {
			return c.Value
		}
	}
	return ""
}
