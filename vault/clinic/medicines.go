package clinic

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Medicines is the medicine section. Current holds active statements and
// orders alone (hazards 13 and 14); what was handed out or given is in Past.
type Medicines struct {
	Group            // without the statements of NoneKnown
	NoneKnown []Line // statements that no medicine is taken
}

func (m *Medicines) add(l Line, x *record.MedicationStatement) {
	if x.NoneKnown() {
		m.NoneKnown = append(m.NoneKnown, l)
		return
	}
	m.Group.add(l)
}

// Banner is the one line above the current medicines; "" when some are listed.
func (m Medicines) Banner() string {
	switch {
	case len(m.Current) > 0:
		return ""
	case len(m.NoneKnown) > 0:
		return "The source says that no medicine is taken" + saidOn(m.NoneKnown[0]) + "."
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
	Group            // without the statements of NoneKnown
	NoneKnown []Line // statements that no problem is known
}

func (p *Problems) add(l Line, x *record.Condition) {
	if x.NoneKnown() {
		p.NoneKnown = append(p.NoneKnown, l)
		return
	}
	p.Group.add(l)
}

// Banner is the one line above the current problems; "" when some are listed.
func (p Problems) Banner() string {
	switch {
	case len(p.Current) > 0:
		return ""
	case len(p.NoneKnown) > 0:
		return "The source says that no problem is known" + saidOn(p.NoneKnown[0]) + "."
	case p.Empty():
		return "Nobody has said anything about problems in these files. That does not mean that there are none."
	}
	return "No problem is stated as current. What is past or of unclear status stands below."
}

// merge joins lines that name the same thing in the same words with the same
// instruction and status (refills), newest first; doses are never guessed to be
// the same.
func merge(lines []Line) []Line {
	index := map[string]int{}
	var out []Line
	for _, l := range lines {
		k := strings.ToLower(l.Title) + "\x00" + strings.ToLower(l.Value) + "\x00" + l.Status
		if i, ok := index[k]; ok {
			out[i].Repeats++
			continue
		}
		index[k] = len(out)
		out = append(out, l)
	}
	return out
}
