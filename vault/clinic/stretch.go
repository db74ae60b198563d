package clinic

import (
	"math"
	"math/big"
)

// stretch is a run of points whose reports give one range.
type stretch struct {
	from, to  float64 // seconds; without bounds at the ends of the axis
	low, high *big.Rat
}

// mostStretches is how many ranges one plot shows beside each other; more would be
// read as noise.
const mostStretches = 60

// stretchesOf are those of a single series, each half way to the points beside it:
// every point has the range of its own report, and none has where its report gives
// none. Two series have none in common.
func stretchesOf(list []Series) []stretch {
	if len(list) != 1 {
		return nil
	}
	points := list[0].Points
	var all []stretch
	open := false
	for n := range points {
		p := &points[n]
		if p.Low == nil && p.High == nil {
			open = false
			continue
		}
		from, to := math.Inf(-1), math.Inf(1)
		if n > 0 {
			from = (points[n-1].seconds() + p.seconds()) / 2
		}
		if n+1 < len(points) {
			to = (points[n+1].seconds() + p.seconds()) / 2
		}
		if last := len(all) - 1; open && sameEnd(all[last].low, p.Low) && sameEnd(all[last].high, p.High) {
			all[last].to = to
			continue
		}
		all, open = append(all, stretch{from, to, p.Low, p.High}), true
	}
	if len(all) > mostStretches {
		return nil
	}
	return all
}

func sameEnd(a, b *big.Rat) bool {
	return a == b || a != nil && b != nil && a.Cmp(b) == 0
}

func (s stretch) widen(y *extent) {
	for _, end := range []*big.Rat{s.low, s.high} {
		if end != nil {
			f, _ := end.Float64()
			y.take(f)
		}
	}
}

// band is the stretch in a box.
func (s stretch) band(width, height float64, toX, toY func(float64) float64) Band {
	b := Band{Bottom: height}
	if s.high != nil {
		f, _ := s.high.Float64()
		b.Top = toY(f)
	}
	if s.low != nil {
		f, _ := s.low.Float64()
		b.Bottom = toY(f)
	}
	b.X = max(0, toX(s.from))
	b.Width = min(width, toX(s.to)) - b.X
	return b
}
