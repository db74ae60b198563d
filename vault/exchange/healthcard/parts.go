package healthcard

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Limits on looking at the files beside a part.
const (
	siblingsLimit = 500      // names
	partFileLimit = 64 << 10 // bytes
)

// whole puts the parts of cards together. Parts that lie in files of their own
// are looked for beside this one: the file that holds the first part reads the
// card, and the others say so.
func (r *reader) whole(parts []part) []signed {
	var cards []signed
	for _, set := range sets(parts) {
		of := set[0].of
		own := len(missing(set)) == 0
		if !own {
			set = r.beside(set)
		}
		switch gone := missing(set); {
		case len(gone) > 0:
			r.kept(record.Warning, set[0].place, fmt.Sprintf("part %d of %d of a card; %s: scan them too and bring all parts in together", set[0].n, of, goneWords(gone)))
		case !own && !holds(parts, of, 1):
			r.sink.Report(exchange.Issue{
				Issue:   record.Issue{Severity: record.Information, Place: set[0].place, Text: fmt.Sprintf("a part of a card of %d parts; it is read with its first part, in a file beside it", of)},
				Outcome: exchange.Administrative,
			})
		default:
			var digits strings.Builder
			for _, p := range ordered(set) {
				digits.WriteString(p.digits)
			}
			text, err := letters(digits.String())
			if err != nil {
				r.refuse(set[0].place, err)
				continue
			}
			cards = append(cards, signed{jws: text, place: set[0].place})
		}
	}
	return cards
}

// sets gathers the parts that may belong to one card: the first 1 of 3 with the
// first 2 of 3, and so on.
func sets(parts []part) [][]part {
	var all [][]part
next:
	for _, p := range parts {
		for i, set := range all {
			if set[0].of == p.of && p.of > 1 && !holds(set, p.of, p.n) {
				all[i] = append(set, p)
				continue next
			}
		}
		all = append(all, []part{p})
	}
	return all
}

func holds(set []part, of, n int) bool {
	for _, p := range set {
		if p.of == of && p.n == n {
			return true
		}
	}
	return false
}

// missing are the parts that a set has not.
func missing(set []part) []int {
	var gone []int
	for n := 1; n <= set[0].of; n++ {
		if !holds(set, set[0].of, n) {
			gone = append(gone, n)
		}
	}
	return gone
}

func ordered(set []part) []part {
	out := make([]part, len(set))
	for _, p := range set {
		out[p.n-1] = p
	}
	return out
}

func goneWords(gone []int) string {
	words := make([]string, len(gone))
	for i, n := range gone {
		words[i] = fmt.Sprint(n)
	}
	if len(words) == 1 {
		return "part " + words[0] + " is missing"
	}
	return "parts " + strings.Join(words, ", ") + " are missing"
}

var digitRuns = regexp.MustCompile(`[0-9]+`)

// beside looks for the missing parts in the files beside this one whose names
// differ in their numbers alone, as one who scans one code after the other names
// them.
func (r *reader) beside(set []part) []part {
	dir, own := path.Split(r.src.Path)
	alike := digitRuns.ReplaceAllString(own, "0")
	names, err := fs.ReadDir(r.src.FS, path.Clean("./"+dir))
	if err != nil || len(names) > siblingsLimit {
		return set
	}
	for _, e := range names {
		if e.Name() == own || !e.Type().IsRegular() || digitRuns.ReplaceAllString(e.Name(), "0") != alike {
			continue
		}
		other := exchange.Source{Name: e.Name(), FS: r.src.FS, Path: path.Join(dir, e.Name())}
		content, err := other.ReadAll(partFileLimit)
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(content)) {
			if p, err := parsePart(strings.TrimSpace(line)); err == nil && p.of == set[0].of && !holds(set, p.of, p.n) {
				p.place = e.Name()
				set = append(set, p)
			}
		}
	}
	return set
}
