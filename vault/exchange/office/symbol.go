package office

import "strings"

// symbols are the characters of the font Symbol that medicine writes with, by
// their place in the font (Adobe Symbol Encoding). A dose in µg is one of them:
// the letter is not to be lost, or taken for an m.
var symbols = map[rune]rune{
	0xa3: '≤', 0xb3: '≥', 0xb1: '±', 0xb4: '×', 0xb8: '÷', 0xb7: '•', 0xb0: '°', 0xb2: '″', 0xa2: '′',
	0xac: '←', 0xad: '↑', 0xae: '→', 0xaf: '↓', 0xab: '↔', 0xb9: '≠', 0xba: '≡', 0xbb: '≈', 0xa5: '∞', 0xc6: '∅',
	0xd2: '®', 0xd3: '©', 0xd4: '™', 0xe2: '®', 0xe3: '©', 0xe4: '™', 0xd6: '√', 0xe5: '∑', 0xc5: '⊕',
}

// greek are the letters at the places of A to Z and a to z.
const (
	upperGreek = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
	lowerGreek = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
)

// fontSymbol is the character at a place of a font whose letters are pictures.
// Such places are often written with 0xF000 added.
func fontSymbol(font string, at rune) rune {
	if at >= 0xf000 && at <= 0xf0ff {
		at -= 0xf000
	} else if at > 0xff {
		return at
	}
	font = strings.ToLower(strings.TrimSpace(font))
	if font == "symbol" || strings.HasPrefix(font, "symbol ") {
		return adobeSymbol(at)
	}
	if strings.HasPrefix(font, "wingdings") && (at == 0xa7 || at == 0x9f || at == 0x6c || at == 0x6e) {
		return '•'
	}
	return '\uFFFD'
}

func adobeSymbol(at rune) rune {
	switch {
	case at >= 'A' && at <= 'Z':
		return []rune(upperGreek)[at-'A']
	case at >= 'a' && at <= 'z':
		return []rune(lowerGreek)[at-'a']
	case at >= ' ' && at <= '?' && strings.IndexByte("\"$'*-", byte(at)) < 0:
		return at
	case at == '-':
		return '−'
	}
	if r, ok := symbols[at]; ok {
		return r
	}
	return '\uFFFD'
}
