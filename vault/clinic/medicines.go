package clinic

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// Medicines is the medicine section, one line a medicine: see [MedicineOf]. Current
// holds those that an active statement or order calls so (hazards 13 and 14); what
// was handed out or given never makes one current, nor does a plan.
type Medicines struct {
	Group                // without the statements of NoneKnown and NoInformation
	NoneKnown     []Line // statements that no medicine is taken
	NoInformation []Line // statements that nothing is known either way
	Told          []Told // what documents say in words alone
}

// none takes the statements that name no medicine.
func (m *Medicines) none(l Line, x *record.MedicationStatement) bool {
	switch {
	case l.Standing == record.NotSo && x.NoneKnown():
		m.NoneKnown = append(m.NoneKnown, l)
	case x.NoInformation() && l.Standing == record.Uncertain:
		m.NoInformation = append(m.NoInformation, l)
	default:
		return false
	}
	return true
}

// medicineKind puts statements together that name a medicine by a code of the
// product or its ingredient (RxNorm, NDC, SNOMED CT, UNII, or any other), or in
// exactly the same words. ATC names a class: it joins only what is called by the same
// words, but for further ones. A stated strength keeps apart whatever shares a name;
// doses are never read, compared or guessed.
var medicineKind = kindOf{
	name: func(l *Line) naming {
		m, ok := l.Resource.(*record.MedicationStatement)
		if !ok {
			return naming{}
		}
		words := m.Medication.Words()
		for _, c := range m.Medication.Coding {
			words += "\n" + c.Display
		}
		n := naming{words: wordsOf(m.Medication), parts: strengths(words), within: true}
		n.exact = n.parts != ""
		for _, k := range codesOf(m.Medication) {
			switch k.system {
			case record.ATC:
				n.classes = append(n.classes, k)
			case record.NDC:
				n.codes = append(n.codes, code{k.system, ndc(k.code)})
			default:
				n.codes = append(n.codes, k)
			}
		}
		return n
	},
	said: medicineSaid,
	denies: func(l *Line) bool {
		m, ok := l.Resource.(*record.MedicationStatement)
		return ok && (m.DoNotPerform || m.Absent || m.Status == "not-taken")
	},
	contradicts: stopped,
}

// medicineSaid is the day on which a statement about a medicine was made.
func medicineSaid(l *Line) record.Date {
	if m, ok := l.Resource.(*record.MedicationStatement); ok {
		return latest(m.AuthoredOn, m.DateAsserted, m.Effective.Start)
	}
	return ""
}

// Disagree says that one source denies any medicine while another names one
// that is or may be taken.
func (m Medicines) Disagree() bool {
	return len(m.NoneKnown) > 0 && len(m.Current)+len(m.Uncertain) > 0
}

// Banner is what stands above the current medicines; "" when some are listed
// and no document tells more.
func (m Medicines) Banner() string { return and(m.banner(), ToldWords(m.Told)) }

func (m Medicines) banner() string {
	switch {
	case m.Disagree():
		return "Sources disagree: one says that no medicine is taken" + saidOn(m.NoneKnown[0]) + ", another names those below."
	case len(m.Current) > 0:
		return ""
	case len(m.NoneKnown) > 0:
		return whoSays(m.NoneKnown[0]) + " that no medicine is taken" + saidOn(m.NoneKnown[0]) + "."
	case m.Empty() && len(m.NoInformation) > 0:
		return "The source says that it has no information about medicines" + saidOn(m.NoInformation[0]) + ". That does not mean that none are taken."
	case m.Empty() && len(m.Told) > 0:
		return "No medicine, and no statement that none is taken, stands in a list."
	case m.Empty():
		return "Nobody has said anything about medicines in these files. That does not mean that none are taken."
	}
	return "No medicine is stated as current. What is planned, past or of unclear status stands below."
}

func saidOn(l Line) string {
	if at := l.When.Human(); at != "" {
		return ", as of " + at
	}
	return ""
}
