package clinic

import "github.com/carnet-phr/carnet/vault/record"

// ask puts tests together and apart as the patient says. Of two results that are the
// same thing, all results of their tests are of one test: a name that was confirmed
// for a code holds for the name. A result that is said to be another thing than one of
// its test leaves the test, but for what it is joined to.
func (j *joining) ask(records []record.Record) {
	a := asking{at: map[record.ID]int32{}, keys: map[string]int32{}, things: forest{}}
	for _, r := range records {
		if r.Resource.Kind() != record.KindObservation {
			continue
		}
		if l := line(r); holds(&l) {
			a.add(l, j.stated(&l))
		}
	}
	j.asked, j.codes = make(map[record.ID]string, len(a.lines)), map[string]string{}
	several := map[string]bool{}
	for n, k := range a.named() {
		j.asked[a.lines[n].ID] = k
		code := loincOf(a.lines[n].Codes)
		switch had := j.codes[k]; {
		case knownTest(code) == nil:
		case had == "":
			j.codes[k] = code
		case codeKey(had) != codeKey(code):
			several[k] = true
		default:
			j.codes[k] = min(had, code)
		}
	}
	for k := range several {
		delete(j.codes, k) // which of them the other results are of is not said
	}
}

// asking is the results of a person. Every test has a number, and every result one
// beyond those, for when it leaves its test.
type asking struct {
	lines  []Line
	names  []string // of tests, by their number
	keys   map[string]int32
	test   []int32 // of each result
	at     map[record.ID]int32
	things forest // of tests and of results that left theirs
}

func (a *asking) add(l Line, key string) {
	n, ok := a.keys[key]
	if !ok {
		n = int32(len(a.names))
		a.keys[key] = n
		a.names = append(a.names, key)
	}
	a.at[l.ID] = int32(len(a.lines))
	a.lines, a.test = append(a.lines, l), append(a.test, n)
}

// settle gives the thing that every result is of.
func (a *asking) settle() []int32 {
	of := append([]int32(nil), a.test...)
	leave := func(together func(m, n int32) bool) {
		var gone []int
		for n := range a.lines {
			for m := range said(a.lines[n], a.at, parted) {
				if together(m, int32(n)) {
					gone = append(gone, n)
				}
			}
		}
		for _, n := range gone {
			of[n] = int32(len(a.names) + n)
		}
	}
	leave(func(m, n int32) bool { return of[m] == of[n] })
	for n := range a.lines {
		for m := range said(a.lines[n], a.at, joined) {
			a.things.join(of[m], of[n])
		}
	}
	for n := range of {
		of[n] = a.things.root(of[n])
	}
	leave(func(m, n int32) bool { return of[m] == of[n] }) // that came together by way of others
	return of
}

// named gives the key of every result: that of its test, the least of those that came
// together.
func (a *asking) named() []string {
	of := a.settle()
	least := map[int32]string{}
	note := func(thing int32, key string) {
		if had, ok := least[thing]; !ok || key < had {
			least[thing] = key
		}
	}
	for t, key := range a.names {
		note(a.things.root(int32(t)), key)
	}
	for n, thing := range of {
		if thing >= int32(len(a.names)) { // results alone, that left their tests
			note(thing, a.names[a.test[n]]+"\x00"+string(a.lines[n].ID))
		}
	}
	keys := make([]string, len(of))
	for n, thing := range of {
		keys[n] = least[thing]
	}
	return keys
}
