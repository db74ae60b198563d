package clinic

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// asked puts together and apart what the patient says is, or is not, the same
// thing, which is stronger than any name. A record that is said to be another thing
// than one beside it leaves that thing alone, but for what it is joined to. of
// numbers the things of the lines, and so does the result.
func asked(lines []Line, of []int32) []int32 {
	if !slices.ContainsFunc(lines, func(l Line) bool { return l.Overlay != nil }) {
		return of
	}
	at := make(map[record.ID]int32, len(lines))
	for n := range lines {
		at[lines[n].ID] = int32(n)
	}
	// Every line has a number of its own beyond those of the things, for when it leaves.
	things := forest{}
	leaves := make([]int32, len(lines))
	for n := range lines {
		leaves[n] = of[n]
		for m := range said(lines[n], at, parted) {
			if of[m] == of[n] {
				leaves[n] = int32(len(lines) + n)
			}
		}
	}
	for n := range lines {
		for m := range said(lines[n], at, joined) {
			things.join(leaves[m], leaves[n])
		}
	}
	first := map[int32]int32{}
	for n := range lines {
		root := things.root(leaves[n])
		if _, ok := first[root]; !ok {
			first[root] = int32(n)
		}
		leaves[n] = first[root]
	}
	return leaves
}

func joined(o *record.Overlay) []record.ID { return o.Joined }
func parted(o *record.Overlay) []record.ID { return o.Parted }

// said gives the lines of which the patient says something about l.
func said(l Line, at map[record.ID]int32, what func(*record.Overlay) []record.ID) func(func(int32) bool) {
	return func(yield func(int32) bool) {
		if l.Overlay == nil {
			return
		}
		for _, id := range what(l.Overlay) {
			if m, ok := at[id]; ok && !yield(m) {
				return
			}
		}
	}
}

// forest joins numbers; those that it does not hold stand alone.
type forest map[int32]int32

func (f forest) root(n int32) int32 {
	for {
		up, ok := f[n]
		if !ok {
			return n
		}
		if upper, ok := f[up]; ok {
			f[n] = upper
		}
		n = up
	}
}

func (f forest) join(a, b int32) {
	a, b = f.root(a), f.root(b)
	if a != b {
		f[max(a, b)] = min(a, b)
	}
}
