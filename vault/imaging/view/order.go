package view

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/imaging"
)

// By says what put the images of a series in their order.
type By int

// The orders.
const (
	Listed   By = iota // as the record lists them: nothing says more
	Numbered           // by Instance Number
	Placed             // by where they lie in the patient
)

// Item is one image of a series, as far as its order needs it.
type Item struct {
	Number string // Instance Number as written; "" where there is none
	Slice  imaging.Slice
}

// Order gives the images of a series, by their index, in the order in which they
// are leafed through. DICOM prescribes none: where all are parallel and each lies
// at a place of its own, that decides, in the direction of their numbers (PS3.3,
// C.7.6.2.1.1); else Instance Number does (PS3.3, C.7.6.1), as with several times
// or echoes at one place. Images without a number come last.
func Order(items []Item) ([]int, By) {
	order := make([]int, len(items))
	for n := range order {
		order[n] = n
	}
	numbers, all := numbersOf(items)
	by := Listed
	if all > 0 {
		by = Numbered
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(numbers[a], numbers[b]) })
	}
	depths := depthsOf(items)
	if depths == nil {
		return order, by
	}
	if falls(order, depths) {
		for n := range depths {
			depths[n] = -depths[n]
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(depths[a], depths[b]) })
	return order, Placed
}

// numbersOf are the Instance Numbers; found is how many there are.
func numbersOf(items []Item) (numbers []int, found int) {
	numbers = make([]int, len(items))
	for n, it := range items {
		v, err := strconv.Atoi(strings.TrimSpace(it.Number))
		if err != nil {
			numbers[n] = math.MaxInt
			continue
		}
		numbers[n] = v
		found++
	}
	return numbers, found
}

// depthsOf are the places of parallel slices along their common normal; nil where
// they are not parallel, one has no place, or two share one.
func depthsOf(items []Item) []float64 {
	const (
		apart    = 0.01 // mm, the least between two places
		parallel = 0.999
	)
	if len(items) < 2 {
		return nil
	}
	normal := items[0].Slice.Normal()
	depths := make([]float64, len(items))
	for n, it := range items {
		own := it.Slice.Normal()
		if !it.Slice.Known || own[0]*normal[0]+own[1]*normal[1]+own[2]*normal[2] < parallel {
			return nil
		}
		depths[n] = it.Slice.Along(normal)
	}
	sorted := slices.Sorted(slices.Values(depths))
	for n := 1; n < len(sorted); n++ {
		if sorted[n]-sorted[n-1] < apart {
			return nil
		}
	}
	return depths
}

// falls says that the places go down where the order goes up, more often than not.
func falls(order []int, depths []float64) bool {
	down := 0
	for n := 1; n < len(order); n++ {
		if depths[order[n]] < depths[order[n-1]] {
			down++
		}
	}
	return 2*down > len(order)-1
}
