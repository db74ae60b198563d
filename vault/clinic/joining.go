package clinic

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// joining is what makes the results of different laboratories one test: their LOINC
// codes, where package labtest knows which of them are one, else the code itself, else
// exactly the same words, and what the patient says is or is not the same. Nothing is
// ever joined by words that merely look alike, and a name without a code never joins a
// code but when the patient says so.
type joining struct {
	split map[string]bool      // words that stand for several samples or codes
	asked map[record.ID]string // the test of every result, where the patient says something of any
	codes map[string]string    // the LOINC code of the one test that is known of those the patient made one
}

// joiningOf looks at all results of a person.
func joiningOf(records []record.Record) *joining {
	j := &joining{split: map[string]bool{}}
	samples := map[string]*sampled{}
	told := false
	for i := range records {
		r := &records[i]
		o, ok := r.Resource.(*record.Observation)
		if !ok || r.Superseded != nil {
			continue
		}
		told = told || r.Overlay != nil && len(r.Overlay.Joined)+len(r.Overlay.Parted) > 0
		words := wordsOf(o.Code)
		if words == "" || loincOf(o.Code.Coding) != "" {
			continue
		}
		if samples[words] == nil {
			samples[words] = &sampled{codes: map[string]string{}}
		}
		if samples[words].differs(o) {
			j.split[words] = true
		}
	}
	if told {
		j.ask(records)
	}
	return j
}

// sampled is what is said of the tests of one name besides.
type sampled struct {
	specimen string
	codes    map[string]string // by system
}

// differs says that a result is of another sample than those before, or has another
// code of the same system: then the name is not that of one test.
func (s *sampled) differs(o *record.Observation) bool {
	specimen := folded(o.Specimen)
	if s.specimen == "" {
		s.specimen = specimen
	}
	other := specimen != "" && specimen != s.specimen
	for _, c := range codesOf(o.Code) {
		if s.codes[c.system] == "" {
			s.codes[c.system] = c.code
		}
		other = other || s.codes[c.system] != c.code
	}
	return other
}

// loincOf is the first LOINC code of a list. Sources also write "UNK" and codes of
// their own under its name: a code is digits, a hyphen and a check digit.
func loincOf(codes []record.Coding) string {
	for i := range codes {
		if codes[i].System != record.LOINC {
			continue
		}
		number, check, ok := strings.Cut(codes[i].Code, "-")
		if ok && len(check) == 1 && number != "" && strings.Trim(number+check, "0123456789") == "" {
			return codes[i].Code
		}
	}
	return ""
}

// loinc is the code of a result's test: its own, else, and where that is not known, the
// one that the patient's word gives it.
func (j *joining) loinc(l *Line) string {
	code := loincOf(l.Codes)
	if len(j.codes) == 0 || knownTest(code) != nil {
		return code
	}
	if confirmed := j.codes[j.asked[l.ID]]; confirmed != "" {
		return confirmed
	}
	return code
}

// key is under which a result is filed. Results that are negated, held or about
// someone else stay apart, by their own title.
func (j *joining) key(l *Line) string {
	if !holds(l) {
		return string(l.Standing) + "\x00" + strings.ToLower(l.Title)
	}
	if k, ok := j.asked[l.ID]; ok {
		return k
	}
	return j.stated(l)
}

// holds says that a result is one of the patient's, and counts.
func holds(l *Line) bool { return l.Standing == record.Current || l.Standing == record.Unstated }

// stated is the key by what the source states.
func (j *joining) stated(l *Line) string {
	if loinc := loincOf(l.Codes); loinc != "" {
		return codeKey(loinc) + finding(*l)
	}
	o, ok := l.Resource.(*record.Observation)
	if !ok {
		return "words\x00" + folded(l.Title)
	}
	words := wordsOf(o.Code)
	k := "words\x00" + words
	if words == "" {
		k += "\x00" + folded(l.Title) // a bare code, or what is called "other"
	}
	if words == "" || j.split[words] {
		k += "\x00" + folded(o.Specimen)
		for _, c := range codesOf(o.Code) {
			k += "\x00" + c.system + "\x00" + c.code
		}
	}
	return k
}

// codeKey is the same for all LOINC codes of one test.
func codeKey(loinc string) string {
	if t := knownTest(loinc); t != nil {
		return "known\x00" + t.Name
	}
	return loinc
}

// nameless says that a result has neither a code nor a name: nothing says of two of
// them that they are of one test.
func nameless(o *record.Observation) bool { return wordsOf(o.Code) == "" && len(codesOf(o.Code)) == 0 }
