package apple

import (
	"strings"
	"unicode"
)

// The prefixes of HealthKit's names.
const (
	quantityPrefix    = "HKQuantityTypeIdentifier"
	categoryPrefix    = "HKCategoryTypeIdentifier"
	correlationPrefix = "HKCorrelationTypeIdentifier"
	valuePrefix       = "HKCategoryValue"
	workoutPrefix     = "HKWorkoutActivityType"
)

// system is the code system of HealthKit's names, as Apple's documentation and
// the mappings of HealthKit to FHIR use it.
const system = "http://developer.apple.com/documentation/healthkit"

// words spells a HealthKit name for people: "WalkingStepLength" is "Walking step
// length", "HeartRateVariabilitySDNN" "Heart rate variability SDNN".
func words(name string) string {
	var out []string
	runes := []rune(name)
	start := 0
	for i := 1; i <= len(runes); i++ {
		if i < len(runes) && !wordStarts(runes, i) {
			continue
		}
		w := string(runes[start:i])
		if len(out) > 0 && !(len(w) > 1 && w == strings.ToUpper(w)) {
			w = strings.ToLower(w)
		}
		out = append(out, w)
		start = i
	}
	return strings.Join(out, " ")
}

func wordStarts(r []rune, i int) bool {
	switch {
	case unicode.IsDigit(r[i]):
		return !unicode.IsDigit(r[i-1])
	case !unicode.IsUpper(r[i]):
		return false
	case !unicode.IsUpper(r[i-1]):
		return true
	}
	return i+1 < len(r) && unicode.IsLower(r[i+1])
}

// valueWords spells a category value: what all values of the type begin with
// says nothing.
func valueWords(value, typ string) string {
	v, found := strings.CutPrefix(value, valuePrefix)
	if !found {
		return value
	}
	for _, prefix := range []string{typ, "Severity", "Presence"} {
		if rest := strings.TrimPrefix(v, prefix); rest != "" {
			v = rest
		}
	}
	return words(v)
}

// safeName says whether a name out of a file may be told in an issue.
func safeName(s string) bool {
	const longest = 80 // letters
	if s == "" || len(s) > longest {
		return false
	}
	for _, c := range []byte(s) {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
