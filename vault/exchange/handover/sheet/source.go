package sheet

import (
	"fmt"
	"sort"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Source is one file, or the patient, with the number that rows name it by.
type Source struct {
	Number   int
	Original record.Hash // "" for what the patient entered
	Name     string      // the file's name, or why it is not told
	Format   string
	By       string // systems and authors, the first few
	Received string // the day, for people
	Records  int    // rows that name it
	Included bool   // the file itself is in the package
}

// sources numbers the originals in the order in which rows name them.
type sources struct {
	names   map[record.Hash]string
	numbers map[record.Hash]int
	all     []*gathered
	counted bool // every record stands in its section: naming it again does not count
}

type gathered struct {
	Source
	by map[string]int
}

func newSources(sel exchange.Selection) *sources {
	s := &sources{names: map[record.Hash]string{}, numbers: map[record.Hash]int{}}
	for _, o := range sel.Originals {
		s.names[o.Hash] = o.Name
	}
	return s
}

// of gives the numbers of a record's sources, each once, in rising order.
func (s *sources) of(records ...record.Record) []int {
	var numbers []int
	for _, r := range records {
		for _, p := range r.Provenance {
			n := s.number(p)
			if !containsInt(numbers, n) {
				numbers = append(numbers, n)
				s.count(n)
			}
		}
	}
	if len(numbers) == 0 {
		n := s.number(record.Provenance{Format: "unstated"})
		s.count(n)
		return []int{n}
	}
	sort.Ints(numbers)
	return numbers
}

func (s *sources) count(n int) {
	if !s.counted {
		s.all[n-1].Records++
	}
}

func (s *sources) number(p record.Provenance) int {
	key := p.Original
	if key == "" && p.Format == "unstated" {
		key = "unstated"
	}
	n, ok := s.numbers[key]
	if !ok {
		s.all = append(s.all, &gathered{Source: s.describe(p, key), by: map[string]int{}})
		n = len(s.all)
		s.all[n-1].Number = n
		s.numbers[key] = n
	}
	g := s.all[n-1]
	for _, who := range []string{p.System, p.Author} {
		if who != "" {
			g.by[who]++
		}
	}
	return n
}

func (s *sources) describe(p record.Provenance, key record.Hash) Source {
	src := Source{Original: p.Original, Format: record.Visible(p.Format)}
	if !p.Received.IsZero() {
		src.Received = Day(p.Received)
	}
	name, included := s.names[p.Original]
	switch {
	case key == "unstated":
		src.Name, src.Format = "Source not recorded", ""
	case key == "":
		src.Name, src.Format = "Entered in Carnet by the patient", ""
	case included:
		src.Name, src.Included = record.Visible(name), true
	default:
		src.Name = "A file that stays with the patient"
	}
	return src
}

// list gives the sources with who stands behind them.
func (s *sources) list() []Source {
	const shown = 3 // names of one source
	var list []Source
	for _, g := range s.all {
		names := make([]string, 0, len(g.by))
		for n := range g.by {
			names = append(names, n)
		}
		sort.Slice(names, func(i, j int) bool {
			if g.by[names[i]] != g.by[names[j]] {
				return g.by[names[i]] > g.by[names[j]]
			}
			return names[i] < names[j]
		})
		src := g.Source
		if rest := len(names) - shown; rest > 0 {
			names = append(names[:shown], fmt.Sprintf("and %d more", rest))
		}
		src.By = record.Visible(strings.Join(names, ", "))
		list = append(list, src)
	}
	return list
}

func containsInt(s []int, n int) bool {
	for _, x := range s {
		if x == n {
			return true
		}
	}
	return false
}
