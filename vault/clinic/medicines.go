package clinic

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Medicines is the medicine section. Current holds active statements and
// orders alone (hazards 13 and 14); what was handed out or given is in Past.
type Medicines struct {
	Group                // without the statements of NoneKnown and NoInformation
	NoneKnown     []Line // statements that no medicine is taken
	NoInformation []Line // statements that nothing is known either way
	Told          []Told // what documents say in words alone
}

func (m *Medicines) add(l Line, x *record.MedicationStatement) {
	if l.Standing == record.NotSo && x.NoneKnown() {
		m.NoneKnown = append(m.NoneKnown, l)
		return
	}
	if x.NoInformation() && l.Standing == record.Uncertain {
		m.NoInformation = append(m.NoInformation, l)
		return
	}
	m.Group.add(l)
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

// Problems is the problem section.
type Problems struct {
	Group                // without the statements of NoneKnown and NoInformation
	NoneKnown     []Line // statements that no problem is known
	NoInformation []Line // statements that nothing is known either way
	Told          []Told // what documents say in words alone
}

func (p *Problems) add(l Line, x *record.Condition) {
	if l.Standing == record.NotSo && x.NoneKnown() && x.VerificationStatus != "refuted" && !over(x.ClinicalStatus) {
		p.NoneKnown = append(p.NoneKnown, l)
		return
	}
	if x.NoInformation() && l.Standing == record.Uncertain {
		p.NoInformation = append(p.NoInformation, l)
		return
	}
	p.Group.add(l)
}

// over says that a clinical status belongs to the past: "no known problems",
// once stated and since resolved, denies nothing now.
func over(clinicalStatus string) bool {
	return clinicalStatus == "inactive" || clinicalStatus == "resolved" || clinicalStatus == "remission"
}

// Disagree says that one source denies any problem while another names one
// that is or may be current.
func (p Problems) Disagree() bool {
	return len(p.NoneKnown) > 0 && len(p.Current)+len(p.Uncertain) > 0
}

// Banner is what stands above the current problems; "" when some are listed and
// no document tells more.
func (p Problems) Banner() string { return and(p.banner(), ToldWords(p.Told)) }

func (p Problems) banner() string {
	switch {
	case p.Disagree():
		return "Sources disagree: one says that there are none" + saidOn(p.NoneKnown[0]) + ", another names those below."
	case len(p.Current) > 0:
		return ""
	case len(p.NoneKnown) > 0:
		return "The source says that no problem is known" + saidOn(p.NoneKnown[0]) + "."
	case p.Empty() && len(p.NoInformation) > 0:
		return "The source says that it has no information about problems" + saidOn(p.NoInformation[0]) + ". That does not mean that there are none."
	case p.Empty() && len(p.Told) > 0:
		return "No problem, and no statement that there is none, stands in a list."
	case p.Empty():
		return "Nobody has said anything about problems in these files. That does not mean that there are none."
	}
	return "No problem is stated as current. What is past or of unclear status stands below."
}

// merge joins lines that name the same thing in the same words with the same
// instruction and status (refills), newest first; doses are never guessed to be
// the same, and what the patient entered never hides behind what a care provider
// recorded.
func merge(lines []Line) []Line {
	index := map[string]int{}
	var out []Line
	for _, l := range lines {
		k := strings.ToLower(l.Title) + "\x00" + strings.ToLower(l.Value) + "\x00" + l.Status + "\x00" + string(l.Source().Asserter)
		if i, ok := index[k]; ok {
			out[i].Repeats++
			out[i].Same = append(out[i].Same, l.Record)
			continue
		}
		index[k] = len(out)
		out = append(out, l)
	}
	return out
}
