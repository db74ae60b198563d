package clinic

import (
	"sort"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Test is one test or reading over time: newest first. Results without a value
// stay in line with their reason.
type Test struct {
	Title  string
	Points []Line
}

// Last is the newest point.
func (t Test) Last() Line { return t.Points[0] }

type tests struct {
	index map[string]int
	all   []Test
}

func newTests() *tests { return &tests{index: map[string]int{}} }

// add files a point under its LOINC code, else under its words. Points that are
// negated, held or about someone else are kept apart by their own title.
func (t *tests) add(l Line) {
	k := testKey(l)
	i, ok := t.index[k]
	if !ok {
		i = len(t.all)
		t.index[k] = i
		t.all = append(t.all, Test{Title: l.Title})
	}
	t.all[i].Points = append(t.all[i].Points, l)
}

func testKey(l Line) string {
	k := string(l.Standing) + "\x00" + strings.ToLower(l.Title)
	if l.Standing == record.Current || l.Standing == record.Unstated {
		k = strings.ToLower(l.Title)
		for _, c := range l.Codes {
			if c.System == record.LOINC && c.Code != "" {
				k = c.Code
				break
			}
		}
	}
	return k
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
