package clinic

import (
	"math"
	"slices"
)

// mostPairwise is up to how many points every pair of them is compared, n(n-1)/2
// slopes. Beyond, each point is compared with the one half the series later (H.
// Theil's incomplete method, 1950): n/2 slopes that share no point, in n log n steps.
const mostPairwise = 200

// theilSen gives the median slope of y over x and its confidence interval of 95 %; of
// four points, which cannot give as much, the interval holds all slopes (92 %). x is
// sorted and holds two different values at the least.
func theilSen(x, y []float64) (slope, low, high float64) {
	if len(x) > mostPairwise {
		return incomplete(x, y)
	}
	slopes := make([]float64, 0, len(x)*(len(x)-1)/2)
	for i := range x {
		for j := i + 1; j < len(x); j++ {
			if x[j] > x[i] {
				slopes = append(slopes, (y[j]-y[i])/(x[j]-x[i]))
			}
		}
	}
	slices.Sort(slopes)
	return interval(slopes, kendallBound(y))
}

// incomplete compares points half the series apart. That so many of independent
// slopes lie above the true one is a matter of heads and tails: the interval is that
// of the sign test.
func incomplete(x, y []float64) (slope, low, high float64) {
	half := (len(x) + 1) / 2
	slopes := make([]float64, 0, half)
	for i := 0; i+half < len(x); i++ {
		if x[i+half] > x[i] {
			slopes = append(slopes, (y[i+half]-y[i])/(x[i+half]-x[i]))
		}
	}
	if len(slopes) == 0 {
		return 0, math.Inf(-1), math.Inf(1)
	}
	slices.Sort(slopes)
	return interval(slopes, z95*math.Sqrt(float64(len(slopes))))
}

const z95 = 1.959963984540054 // of a normal distribution, 95 % lie so many deviations around the mean

// interval is the median of sorted slopes, and those of ranks (n-c)/2 and (n+c)/2+1,
// rounded outward; the first and last where there are none.
func interval(slopes []float64, c float64) (median, low, high float64) {
	n := len(slopes)
	median = slopes[n/2]
	if n%2 == 0 {
		median = (slopes[n/2-1] + slopes[n/2]) / 2
	}
	lower := int(math.Floor((float64(n) - c) / 2)) // a rank, from 1
	lower = max(1, lower)
	return median, slopes[lower-1], slopes[n-lower]
}

// mostExact is up to how many points the distribution of Kendall's S is counted out;
// the normal one is as good beyond.
const mostExact = 20

// kendallBound is c with P(|S| < c) at least 95 %, where S is how many more pairs rise
// than fall when there is no trend.
func kendallBound(y []float64) float64 {
	if n := len(y); n <= mostExact {
		return kendallExact(n)
	}
	n := float64(len(y))
	v := n * (n - 1) * (2*n + 5)
	sorted := slices.Sorted(slices.Values(y))
	for i := 0; i < len(sorted); {
		j := i
		for j < len(sorted) && sorted[j] == sorted[i] {
			j++
		}
		t := float64(j - i)
		v -= t * (t - 1) * (2*t + 5) // equal values
		i = j
	}
	return z95 * math.Sqrt(v/18)
}

// kendallExact counts the orders of n values by their inversions. With equal values
// S spreads less, so that the bound holds for them too.
func kendallExact(n int) float64 {
	counts := []float64{1}
	total := 1.0
	for k := 2; k <= n; k++ {
		next := make([]float64, len(counts)+k-1)
		for i, c := range counts {
			for j := range k {
				next[i+j] += c
			}
		}
		counts, total = next, total*float64(k)
	}
	pairs := len(counts) - 1
	tail := 0.0
	for i, c := range counts { // i inversions: S = pairs - 2i
		if tail += c; tail > 0.025*total {
			return float64(pairs - 2*i)
		}
	}
	return float64(pairs)
}
