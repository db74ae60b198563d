package labtest

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

//go:embed tests.tsv
var testsText string

// columns of a line of tests.tsv.
const columns = 10

type table struct {
	tests  []*Test
	byCode map[string]*Test
	byName map[string]*Test
}

// loaded is the table. It is part of the program and tested: a mistake in it is a
// programmer's.
var loaded = sync.OnceValue(func() *table {
	t, err := read(testsText)
	if err != nil {
		panic("labtest: internal error: " + err.Error())
	}
	return t
})

// read refuses a table in which a code or a name stands for two tests.
func read(text string) (*table, error) {
	lines := strings.Count(text, "\n")
	t := &table{tests: make([]*Test, 0, lines), byCode: make(map[string]*Test, 2*lines), byName: make(map[string]*Test, 4*lines)}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		test, err := readTest(line)
		if err == nil {
			err = t.add(test)
		}
		if err != nil {
			return nil, fmt.Errorf("read line %d: %w", n, err)
		}
	}
	return t, nil
}

func readTest(line string) (*Test, error) {
	c := strings.Split(line, "\t")
	if len(c) != columns {
		return nil, fmt.Errorf("got %d columns, want %d", len(c), columns)
	}
	t := &Test{
		Name: c[0], Analyte: c[1], System: c[2], Property: c[3], Scale: c[4], LOINC: strings.Fields(c[5]), Units: strings.Fields(c[6]), Plain: c[9],
	}
	if len(t.Units) > 0 {
		t.Unit = t.Units[0]
	}
	for a := range strings.SplitSeq(c[8], ";") {
		if a != "" {
			t.Aliases = append(t.Aliases, a)
		}
	}
	for _, f := range strings.Fields(c[7]) {
		if err := t.joined(f); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// joined reads one word of the column that says what joins the test's units.
func (t *Test) joined(word string) error {
	switch {
	case word == "NGSP/IFCC":
		t.ngsp, t.Source = true, sourceNGSP
	case strings.HasPrefix(word, "+"):
		n, err := strconv.ParseInt(word, 10, 8)
		if err != nil || n < 1 {
			return fmt.Errorf("a charge that is none")
		}
		t.charge = n
		if t.Source == "" {
			t.Source = "charge of the ion: " + word
		}
	default:
		m, err := molarMass(word)
		if err != nil {
			return err
		}
		t.MolarMass, t.Source = m, "molar mass of "+word+" by "+sourceWeights
	}
	return nil
}

func (t *table) add(test *Test) error {
	for _, code := range test.LOINC {
		if t.byCode[code] != nil {
			return fmt.Errorf("code %s is of two tests", code)
		}
		t.byCode[code] = test
	}
	for _, name := range append([]string{test.Name}, test.Aliases...) {
		key := normal(name)
		if key == "" || t.byName[key] != nil {
			return fmt.Errorf("name %q is of two tests, or twice of one", name)
		}
		t.byName[key] = test
	}
	t.tests = append(t.tests, test)
	return nil
}

// normal is a name without case, punctuation and spaces in excess.
func normal(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '%' && r != '#'
	}), " ")
}

func (t *Test) properties() []string { return strings.Fields(t.Property) }

// ByLOINC is the test that a LOINC code is of.
func ByLOINC(code string) (*Test, bool) {
	t, ok := loaded().byCode[code]
	return t, ok
}

// ByName is the test that a name or an alias is of, whatever its case and
// punctuation. It is a suggestion: laboratories call different tests alike.
func ByName(name string) (*Test, bool) {
	t, ok := loaded().byName[normal(name)]
	return t, ok
}

// All are the tests in the order of the table: vital signs first.
func All() []*Test { return slices.Clone(loaded().tests) }
