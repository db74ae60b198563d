package record

import (
	"slices"
	"strings"
)

// MarkedAsTest begins the reason in [Record.Held] of an entry whose sender says
// that it is a test (HL7 v2 MSH-11). Nothing in it is strange to us; it is just
// not meant for a patient's record.
const MarkedAsTest = "marked as a test"

// HeldWords says, as the end of a sentence about an entry, why it is held back.
func HeldWords(held []string) string {
	if OnlyTest(held) {
		return "is " + MarkedAsTest + " by its sender"
	}
	return "carries something that may change its meaning and that is not understood"
}

// OnlyTest says whether an entry is held back for nothing but being a test.
func OnlyTest(held []string) bool {
	return len(held) > 0 && !slices.ContainsFunc(held, func(why string) bool { return !strings.HasPrefix(why, MarkedAsTest) })
}
