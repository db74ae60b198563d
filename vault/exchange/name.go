package exchange

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/carnet-phr/carnet/vault/record"
)

// nameAgreement compares all names of both, old ones too: a family name and a
// given name in common agree. Two people of one family do not, and where a
// further given name differs (twins are called Anna Maria and Anna Lena) or a
// name only looks alike in another script, nobody can tell.
func nameAgreement(a, b *record.Patient) agreement {
	result := silent
	for _, x := range a.Name {
		for _, y := range b.Name {
			switch compareNames(x, y) {
			case agrees:
				return agrees
			case doubtful:
				result = doubtful
			case contradicts:
				if result == silent {
					result = contradicts
				}
			}
		}
	}
	return result
}

func compareNames(x, y record.HumanName) agreement {
	xw, yw := nameWords(x), nameWords(y)
	switch {
	case len(xw) == 0 || len(yw) == 0:
		return silent
	case !sameName(x, y, xw, yw):
		if sameName(skeletons(x), skeletons(y), skeletonWords(xw), skeletonWords(yw)) {
			return doubtful
		}
		return contradicts
	case !furtherAgree(x, y):
		return doubtful
	}
	return agrees
}

func sameName(x, y record.HumanName, xw, yw []string) bool {
	if x.Family != "" && y.Family != "" && len(x.Given) > 0 && len(y.Given) > 0 {
		return fold(x.Family) == fold(y.Family) && firstWord(x.Given[0]) == firstWord(y.Given[0])
	}
	short, long := xw, yw
	if len(short) > len(long) {
		short, long = long, short
	}
	return len(short) >= 2 && subset(short, long)
}

// furtherAgree says that the given names behind the first do not contradict one
// another: one side may leave them out, or write an initial.
func furtherAgree(x, y record.HumanName) bool {
	a, b := furtherWords(x), furtherWords(y)
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(v string) bool {
		return slices.ContainsFunc(b, func(w string) bool {
			return v == w || len([]rune(v)) == 1 && strings.HasPrefix(w, v) || len([]rune(w)) == 1 && strings.HasPrefix(v, w)
		})
	})
}

func furtherWords(n record.HumanName) []string {
	words := strings.FieldsFunc(fold(strings.Join(n.Given, " ")), func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '.' })
	return words[min(1, len(words)):]
}

// nameWords are the folded words of a name without titles.
func nameWords(n record.HumanName) []string {
	var words []string
	if n.Family != "" || len(n.Given) > 0 {
		words = strings.Fields(fold(strings.Join(append(append([]string{}, n.Given...), n.Family), " ")))
	} else {
		words = strings.Fields(fold(n.Text))
	}
	kept := words[:0]
	for _, w := range words {
		switch strings.Trim(w, ".,") {
		case "mr", "mrs", "ms", "miss", "dr", "prof", "jr", "sr", "null", "":
		default:
			kept = append(kept, strings.Trim(w, ".,"))
		}
	}
	return kept
}

func firstWord(s string) string {
	w := strings.Fields(fold(s))
	if len(w) == 0 {
		return ""
	}
	return w[0]
}

func subset(short, long []string) bool {
	for _, w := range short {
		if !slices.Contains(long, w) {
			return false
		}
	}
	return true
}

// fold makes spellings of one name equal: compatibility form, no case, no
// marks, no invisible characters. For comparison only, never for display.
func fold(s string) string {
	s = cases.Fold().String(norm.NFKD.String(s))
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		if r == ',' {
			return ' '
		}
		return r
	}, s)
}

// lookalikes are letters that look like Latin ones and are none, folded
// (Unicode UTS 39, confusables): Cyrillic, Greek, Armenian, Cherokee, and the
// Latin letters and digits that stand for others.
var lookalikes = map[rune]rune{
	'а': 'a', 'ԁ': 'd', 'е': 'e', 'ё': 'e', 'һ': 'h', 'і': 'i', 'ј': 'j', 'ӏ': 'l', 'к': 'k', 'м': 'm', 'н': 'h', 'о': 'o', 'р': 'p', 'ԛ': 'q', 'ѕ': 's',
	'т': 't', 'в': 'b', 'с': 'c', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x', 'у': 'y', 'г': 'r', 'п': 'n', 'и': 'u',
	'α': 'a', 'β': 'b', 'γ': 'y', 'ε': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'μ': 'm', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'σ': 'o', 'τ': 't', 'υ': 'u', 'χ': 'x', 'ω': 'w', 'ζ': 'z',
	'ա': 'w', 'օ': 'o', 'ս': 'u', 'ո': 'n', 'հ': 'h', 'ց': 'g',
	'ı': 'i', 'ɑ': 'a', 'ɡ': 'g', 'ʏ': 'y', 'ⅼ': 'l', '0': 'o', '1': 'l', '|': 'l', 'Ꭺ': 'a', 'Ꭼ': 'e', 'Ꮋ': 'h', 'Ꮇ': 'm', 'Ꭲ': 't', 'Ꮪ': 's', 'Ꮯ': 'c',
}

// skeleton is what a folded name looks like.
func skeleton(s string) string {
	return strings.Map(func(r rune) rune {
		if l, ok := lookalikes[r]; ok {
			r = l
		}
		if r == 'i' || r == 'j' {
			return 'l' // "l" and "I" cannot be told apart in many fonts
		}
		return r
	}, fold(s))
}

func skeletons(n record.HumanName) record.HumanName {
	out := record.HumanName{Family: skeleton(n.Family), Text: skeleton(n.Text)}
	for _, g := range n.Given {
		out.Given = append(out.Given, skeleton(g))
	}
	return out
}

func skeletonWords(words []string) []string {
	out := make([]string, len(words))
	for n, w := range words {
		out[n] = skeleton(w)
	}
	return out
}
