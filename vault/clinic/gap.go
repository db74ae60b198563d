package clinic

import (
	"slices"
	"time"
)

// Gap is a stretch of a series without a result, far longer than those between the
// others: no line is drawn through it.
type Gap struct {
	After    int // the point that comes before it, by its place in Series.Points
	From, To time.Time
}

// What a gap is: longer than so many times the median distance of two results, and
// than so many days.
const (
	gapTimes = 3
	gapDays  = 180
)

func gaps(points []Point) []Gap {
	var distances []time.Duration
	for i := 1; i < len(points); i++ {
		if d := points[i].At.Sub(points[i-1].At); d > 0 {
			distances = append(distances, d)
		}
	}
	if len(distances) == 0 {
		return nil
	}
	sorted := slices.Sorted(slices.Values(distances))
	least := max(gapTimes*sorted[(len(sorted)-1)/2], gapDays*24*time.Hour)
	var list []Gap
	for i := 1; i < len(points); i++ {
		if points[i].At.Sub(points[i-1].At) > least {
			list = append(list, Gap{After: i - 1, From: points[i-1].At, To: points[i].At})
		}
	}
	return list
}
