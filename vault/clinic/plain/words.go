package plain

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/carnet-phr/carnet/vault/record"
)

//go:embed words.tsv
var wordsText string

// words of a group by their code; the key is "group\tcode".
type words map[string]string

// loaded is the table. It is part of the program and tested: a mistake in it is a
// programmer's.
var loaded = sync.OnceValue(func() words {
	w, err := read(wordsText)
	if err != nil {
		panic("plain: internal error: " + err.Error())
	}
	return w
})

// read refuses a table in which a code has two names.
func read(text string) (words, error) {
	out := make(words, strings.Count(text, "\n"))
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at := strings.LastIndexByte(line, '\t')
		if at < 0 || at+1 == len(line) || strings.Count(line, "\t") != 2 {
			return nil, fmt.Errorf("read line %d: not a group, a code and words", n)
		}
		if _, twice := out[line[:at]]; twice {
			return nil, fmt.Errorf("read line %d: the code stands twice", n)
		}
		out[line[:at]] = line[at+1:]
	}
	return out, nil
}

func (w words) of(group, code string) (string, bool) {
	s, ok := w[group+"\t"+code]
	return s, ok
}

// Section is what a section of a document is about, by its LOINC code.
func Section(code string) (string, bool) { return loaded().of("section", code) }

// Status is what a status of FHIR says of a record of a kind: status, clinical or
// verification status.
func Status(kind record.Kind, code string) (string, bool) {
	if s, ok := loaded().of("status:"+string(kind), code); ok {
		return s, true
	}
	return loaded().of("status", code)
}

// Interpretation is what the sender's flag on a result says: "H", "AA", "R".
func Interpretation(code string) (string, bool) { return loaded().of("interpretation", code) }

// Criticality is what the criticality of an allergy says.
func Criticality(code string) (string, bool) { return loaded().of("criticality", code) }

// Severity is what the severity of a reaction says.
func Severity(code string) (string, bool) { return loaded().of("severity", code) }

// Route is the way a medicine is given.
func Route(code string) (string, bool) { return loaded().of("route", code) }

// Unit is a UCUM unit as it is spoken.
func Unit(ucum string) (string, bool) { return loaded().of("unit", ucum) }
