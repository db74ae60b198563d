package clinic

import "math"

// Thinned is a line for drawing where more spots fall into a unit of the box than
// can be told apart: of each unit from left to right the first spot, the lowest, the
// highest and the last, and the first of those that are flagged, bounds or not final.
// What it draws looks the same.
func (l PlotLine) Thinned() PlotLine {
	const few = 400
	if len(l.Spots) <= few {
		return l
	}
	out := PlotLine{Second: l.Second}
	for first := 0; first < len(l.Spots); {
		column := math.Floor(l.Spots[first].X)
		end := first + 1
		for end < len(l.Spots) && math.Floor(l.Spots[end].X) == column {
			end++
		}
		out.Spots = append(out.Spots, thinned(l.Spots[first:end])...)
		first = end
	}
	return out
}

// thinned are the spots of one unit that are drawn.
func thinned(spots []Spot) []Spot {
	low, high, flag, bound, open := 0, 0, -1, -1, -1
	first := func(at *int, i int, is bool) {
		if is && *at < 0 {
			*at = i
		}
	}
	for i, s := range spots {
		if s.Y < spots[low].Y {
			low = i
		}
		if s.Y > spots[high].Y {
			high = i
		}
		first(&flag, i, s.Flag)
		first(&bound, i, s.Bound)
		first(&open, i, s.Open)
	}
	var out []Spot
	broken := false
	for i, s := range spots {
		broken = broken || s.Break
		switch i {
		case 0, low, high, len(spots) - 1, flag, bound, open:
			s.Break, broken = broken, false
			out = append(out, s)
		}
	}
	return out
}
