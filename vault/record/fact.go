package record

import (
	"slices"
	"strings"
)

// Fact is what one source states, in the form in which statements of different
// formats are compared (CLINICAL-SAFETY hazard 45): codes by one name of their
// system, times as instants, numbers as the decimal text that was written.
// Nothing is compared by words that merely resemble each other.
type Fact struct {
	Kind     Kind
	Standing Standing
	Rank     Rank
	Value    string // the number with its comparator; "" where the value is none
	Title    string

	codes      []string // tokens, sorted
	class      string   // two of different class never state the same
	start, end moment
	rest       string // of the time
	unit       string
	issuer     string
	dated      bool // to the day at least
	resource   Resource
}

// codesCompared is how many codes of one concept are looked at.
const codesCompared = 6

// FactOf draws the fact from what a source says. held are the modifiers that
// are not understood.
func FactOf(r Resource, held []string, p Provenance) Fact {
	s := r.Summary()
	f := Fact{
		Kind: r.Kind(), Standing: s.Standing, Title: s.Title, issuer: issuerWords(p.System), dated: s.When.Start.Precision() >= Day, resource: r,
		start: momentOf(s.When.Start), end: momentOf(s.When.End), rest: s.When.Text,
		codes: nil, Value: s.Value, unit: s.Unit,
	}
	if s.When.Period {
		f.rest += "\x00period"
	}
	if s.When.Ended {
		f.rest += "\x00ended"
	}
	f.codes = tokens(s.Codes, f.issuer)
	f.Rank = rankOf(r, s)
	f.class = classOf(r, s, held)
	return f
}

func tokens(codes []Coding, issuer string) []string {
	var out []string
	for _, c := range codes {
		if t := codeToken(c, issuer); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
		if len(out) == codesCompared {
			break
		}
	}
	slices.Sort(out)
	return out
}

// classOf is all that must be equal of two statements of one fact besides its
// code, time and value.
func classOf(r Resource, s Summary, held []string) string {
	class := string(s.Standing)
	switch x := r.(type) {
	case *Observation:
		class = stage(x.Status, s)
		if x.Absent {
			class += "\x00not observed"
		}
		class += "\x00" + strings.Join(x.Focus, "\x00")
	case *DiagnosticReport:
		class = stage(x.Status, s)
	case *MedicationStatement:
		class += "\x00" + string(x.Origin) + "\x00" + s.Status
	}
	return strings.Join(append([]string{class}, held...), "\x00held ")
}

// stage puts together the statuses of a result between which only its sender's
// thoroughness differs.
func stage(status string, s Summary) string {
	switch {
	case s.Standing == InError:
		return string(InError)
	case status == "preliminary" || status == "partial":
		return "preliminary"
	case status == "registered" || status == "cancelled" || status == "aborted":
		return status
	case status == "" || statusMeaning(status, observationStanding) == Current:
		return "issued"
	}
	return string(Uncertain)
}

// SharesCode says whether two statements have a code of the same system in common.
func (f Fact) SharesCode(g Fact) bool {
	for _, c := range f.codes {
		if slices.Contains(g.codes, c) {
			return true
		}
	}
	return false
}

// SameSubject says whether both speak of the same thing: by a code, or by
// exactly the same words.
func (f Fact) SameSubject(g Fact) bool {
	return f.SharesCode(g) || strings.EqualFold(f.Title, g.Title)
}

// SameTime says whether both state the same time.
func (f Fact) SameTime(g Fact) bool {
	return f.start.same(g.start) && f.end.same(g.end) && f.rest == g.rest
}

// NearTime says whether the times of both do not contradict each other.
func (f Fact) NearTime(g Fact) bool {
	return f.start.near(g.start) && f.end.near(g.end)
}

// Timed says whether the time is precise enough to find the fact by it among
// those of unknown systems: to the minute, and not midnight.
func (f Fact) Timed() bool { return f.start.precise }

// SameIssuer says whether both come from one source system; one of the two that
// is not named may be the other, where the time is precise.
func (f Fact) SameIssuer(g Fact) bool {
	return f.issuer == g.issuer && f.issuer != "" || (f.issuer == "") != (g.issuer == "") && f.Timed() && g.Timed()
}

// Uncoded says that no code names what the fact is about.
func (f Fact) Uncoded() bool { return len(f.codes) == 0 }

// Clock is the wall clock of the fact's start.
func (f Fact) Clock() string { return f.start.clock }
