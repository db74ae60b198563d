package clinic

import (
	"sort"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Test is one test or reading over time, whoever measured it: newest first. Results
// without a value stay in line with their reason. [Summary.Series] gives its numbers
// as they may stand on an axis.
type Test struct {
	Title  string
	Points []Line
}

// Last is the newest point.
func (t Test) Last() Line { return t.Points[0] }

type tests struct {
	joining *joining
	index   map[string]int
	all     []Test
}

func newTests(j *joining) *tests { return &tests{joining: j, index: map[string]int{}} }

// mostFindings is how many findings of one test at one time are told apart.
const mostFindings = 16

// add files a point under its test, by its LOINC code, else under its words. Points that are
// negated, held or about someone else are kept apart by their own title, and so
// are two findings of one test: of two organisms in one culture each is shown.
func (t *tests) add(l Line) {
	k := t.joining.key(&l)
	for n := 0; ; n++ {
		i, ok := t.index[k]
		if !ok {
			i = len(t.all)
			t.index[k] = i
			t.all = append(t.all, Test{Title: l.Title})
		} else if n < mostFindings && t.all[i].besides(l) {
			k += "\x00"
			continue
		}
		t.all[i].Points = append(t.all[i].Points, l)
		return
	}
}

// besides says whether a file states another finding in words at the same time.
// Points come sorted by time.
func (t Test) besides(l Line) bool {
	o, ok := l.Resource.(*record.Observation)
	if !ok || !o.Value.Quantity.Empty() || o.Value.Empty() || l.When.Start == "" {
		return false
	}
	for n := len(t.Points) - 1; n >= 0 && t.Points[n].When == l.When; n-- {
		p := t.Points[n]
		if p.Source().Original == l.Source().Original && p.Source().Original != "" && p.Value != l.Value {
			return true
		}
	}
	return false
}

// finding is what a result was measured on where its title names it: the
// organism whose susceptibility was tested. One drug tested on two organisms is
// two tests.
func finding(l Line) string {
	o, ok := l.Resource.(*record.Observation)
	if !ok {
		return ""
	}
	for _, from := range o.DerivedFrom {
		if from.Display != "" && strings.Contains(l.Title, from.Display) {
			return "\x00" + strings.ToLower(from.Display)
		}
	}
	return ""
}

// list gives the tests by the date of their newest point, newest first, then by
// title.
func (t *tests) list() []Test {
	sort.SliceStable(t.all, func(i, j int) bool {
		a, b := t.all[i], t.all[j]
		if x, y := a.Last().When.Sort(), b.Last().When.Sort(); !x.Equal(y) {
			return x.After(y)
		}
		return strings.ToLower(a.Title) < strings.ToLower(b.Title)
	})
	return t.all
}
