package exchange

import (
	"fmt"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Since is what a recipient has already.
type Since struct {
	On      record.Date // when the last package was made for them
	Carried map[record.ID]record.Version
}

// News is how a selection differs from what the recipient has.
type News struct {
	New, Changed int
	Same         int // not repeated
	Gone         int // handed over before, and withdrawn, replaced or removed since
}

// take counts a record and says whether the recipient has it as it is. The
// person always goes along: every package says whose it is.
func (n *News) take(s *Since, r record.Record) (had bool) {
	if s == nil || r.Resource.Kind() == record.KindPatient {
		return false
	}
	switch v, known := s.Carried[r.ID]; {
	case !known:
		n.New++
	case v == r.Version():
		n.Same++
		return true
	default:
		n.Changed++
	}
	return false
}

// gone counts what was handed over and does not stand any more. standing are the
// records of the vault that do.
func (n *News) gone(s *Since, standing map[record.ID]bool) {
	if s == nil {
		return
	}
	for id := range s.Carried {
		if !standing[id] {
			n.Gone++
		}
	}
}

// SinceWords says that only news are carried, for the head of every export; "" for
// a selection that does not build on an earlier one.
func (s Selection) SinceWords() string {
	if s.Scope.Since == nil {
		return ""
	}
	n := s.News
	words := fmt.Sprintf("NOT the whole record: only what is new or changed since the package of %s (%d new, %d changed). %s carried by earlier packages %s not repeated.",
		s.Scope.Since.On.Human(), n.New, n.Changed, entries(n.Same), isAre(n.Same))
	if n.Gone > 0 {
		words += fmt.Sprintf(" %s of earlier packages %s been withdrawn, replaced or removed since: do not rely on those packages alone.", entries(n.Gone), hasHave(n.Gone))
	}
	return words
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func hasHave(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// Lacks says why a selection may have nothing of a kind though the record does,
// so that no empty list passes for a statement (hazards 5 and 51); "" where the
// selection has all there is of it.
func (s Selection) Lacks(kind record.Kind) string {
	scope := s.Scope
	switch {
	case len(scope.Kinds) > 0 && !slices.Contains(scope.Kinds, kind):
		return "Not part of this package. The record may hold some."
	case scope.Since != nil:
		return "Nothing new or changed since the package of " + scope.Since.On.Human() + "; what that one says still counts unless it was replaced."
	case (scope.From != "" || scope.To != "") && !slices.Contains(scope.Whole, kind):
		return "Nothing in the period that was asked for. The record may hold some from other times."
	case s.Withheld > 0:
		return "This package carries none. Some items were withheld by the patient."
	}
	return ""
}

// WholeWords names the kinds that the dates asked for do not cut; "" for none.
func (s Scope) WholeWords() string {
	if len(s.Whole) == 0 || s.From == "" && s.To == "" {
		return ""
	}
	var names []string
	for _, k := range s.Whole {
		if len(s.Kinds) == 0 || slices.Contains(s.Kinds, k) {
			names = append(names, strings.ToLower(k.Section()))
		}
	}
	return strings.Join(names, ", ") + " of all times"
}
