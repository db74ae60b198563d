package clinic

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// problemKind puts problems together that share a code or exactly the same words.
// A code of ICD is one of a class: it joins only what no code of another kind, no
// number and no side of the body tells apart, and a class of "other specified"
// diseases (fourth character 8, ICD-10 volume 2) joins nothing. What is stated of
// two body sites is two problems.
var problemKind = kindOf{
	name: func(l *Line) naming {
		c, ok := l.Resource.(*record.Condition)
		if !ok {
			return naming{}
		}
		n := naming{words: wordsOf(c.Code), parts: numbersAndSides(c.Code.Words()) + episode(c), apart: siteOf(c.BodySite)}
		for _, k := range codesOf(c.Code) {
			switch {
			case !strings.Contains(strings.ToLower(k.system), "icd"):
				n.codes = append(n.codes, k)
			case !otherSpecified(k.code):
				n.classes = append(n.classes, code{k.system, icd(k.code)})
			}
		}
		return n
	},
	said: func(l *Line) record.Date {
		if c, ok := l.Resource.(*record.Condition); ok {
			return latest(c.RecordedDate, c.Onset.Start)
		}
		return ""
	},
	denies:      func(*Line) bool { return true },
	contradicts: notOverBefore,
}

// episode tells apart what was over before it began again: two pneumonias of two
// years. Only a statement that gives both days is one.
func episode(c *record.Condition) string {
	from, to := c.Onset.Start.Day(), latest(c.Abatement.Start, c.Abatement.End).Day()
	if from.Precision() < record.Day || to.Precision() < record.Day {
		return ""
	}
	return " from " + string(from)
}

// notOverBefore says that a past statement did not end before all that hold began.
func notOverBefore(holding []Line) func(*Line) bool {
	var first record.Date
	dated := true
	for _, l := range holding {
		began, _ := period(l)
		if began.Precision() == record.NoDate {
			dated = false
		} else if first == "" || began.Earliest().Before(first.Earliest()) {
			first = began
		}
	}
	return func(past *Line) bool {
		_, end := period(*past)
		return !dated || first == "" || end == "" || !end.Earliest().Before(first.Earliest())
	}
}

// icd writes a code of ICD without its point and in capitals.
func icd(code string) string { return strings.ToUpper(strings.ReplaceAll(code, ".", "")) }

func otherSpecified(code string) bool {
	c := icd(code)
	return len(c) > 3 && c[3] == '8'
}

func siteOf(sites []record.Concept) string {
	var words []string
	for _, s := range sites {
		words = append(words, folded(s.String()))
	}
	return strings.Join(words, "\x00")
}

// Problems is the problem section, one line a problem.
type Problems struct {
	Group                // without the statements of NoneKnown and NoInformation
	NoneKnown     []Line // statements that no problem is known
	NoInformation []Line // statements that nothing is known either way
	Told          []Told // what documents say in words alone
}

// none takes the statements that name no problem.
func (p *Problems) none(l Line, x *record.Condition) bool {
	switch {
	case l.Standing == record.NotSo && x.NoneKnown() && x.VerificationStatus != "refuted" && !over(x.ClinicalStatus):
		p.NoneKnown = append(p.NoneKnown, l)
	case x.NoInformation() && l.Standing == record.Uncertain:
		p.NoInformation = append(p.NoInformation, l)
	default:
		return false
	}
	return true
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
