package clinic

import (
	"slices"
	"strings"
	"unicode"
)

// sides are the words for a side of the body, in the languages of the files that
// are common here, by one name.
var sides = map[string]string{
	"left": "left", "links": "left", "linke": "left", "linker": "left", "linkes": "left", "linken": "left", "gauche": "left", "izquierdo": "left", "izquierda": "left", "sinistro": "left", "sinistra": "left",
	"right": "right", "rechts": "right", "rechte": "right", "rechter": "right", "rechtes": "right", "rechten": "right", "droit": "right", "droite": "right", "derecho": "right", "derecha": "right", "destro": "right", "destra": "right",
	"bilateral": "both", "bilaterally": "both", "beidseits": "both", "beidseitig": "both", "bilatéral": "both", "bilatérale": "both",
}

// numbersAndSides are what tells apart two problems or allergens under one code: the
// numbers and the sides of the body in their words ("type 1", "stage 3a", "left
// knee", "yellow 5"). Codes in brackets are no part of a name. "" for none.
func numbersAndSides(words string) string {
	var found []string
	depth := 0
	for w := range strings.FieldsSeq(strings.ToLower(words)) {
		open := strings.Count(w, "(") + strings.Count(w, "[")
		inside := depth > 0 || open > 0
		depth = max(0, depth+open-strings.Count(w, ")")-strings.Count(w, "]"))
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if side := sides[w]; side != "" {
			found = append(found, side)
		} else if !inside && strings.ContainsFunc(w, unicode.IsDigit) {
			found = append(found, w)
		}
	}
	slices.Sort(found)
	return strings.Join(slices.Compact(found), " ")
}
