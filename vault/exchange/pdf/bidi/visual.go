package bidi

import "slices"

// Run is a stretch of one level.
type Run struct{ From, To, Level int }

// RTL says that the run is read from right to left.
func (r Run) RTL() bool { return r.Level%2 == 1 }

// Visual are the runs of a line as they stand from left to right (L2).
func Visual(levels []int) []Run {
	var runs []Run
	highest := 0
	for i, l := range levels {
		if n := len(runs); n > 0 && runs[n-1].Level == l {
			runs[n-1].To = i + 1
			continue
		}
		runs = append(runs, Run{i, i + 1, l})
		highest = max(highest, l)
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(runs); i++ {
			end := i
			for end < len(runs) && runs[end].Level >= level {
				end++
			}
			if end > i {
				slices.Reverse(runs[i:end])
				i = end
			}
		}
	}
	return runs
}
