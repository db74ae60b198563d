package imaging

import (
	"math"
	"slices"
	"strings"
)

// Orientation says where the edges of an image lie in the patient: letters as
// radiology writes them (R L A P H F), several in the order of their weight. The
// zero value says nothing.
type Orientation struct{ Left, Right, Top, Bottom string }

// Cosines makes an orientation of Image Orientation (Patient): the directions of
// rows and columns (PS3.3, C.7.6.2.1.1). What are no directions says nothing.
func Cosines(c []float64) Orientation {
	if len(c) != 6 {
		return Orientation{}
	}
	row, column := c[:3], c[3:]
	across := row[0]*column[0] + row[1]*column[1] + row[2]*column[2]
	if !unit(row) || !unit(column) || math.Abs(across) > 0.01 {
		return Orientation{}
	}
	right, bottom := letters(row), letters(column)
	return Orientation{Opposite(right), right, Opposite(bottom), bottom}
}

func unit(v []float64) bool {
	n := v[0]*v[0] + v[1]*v[1] + v[2]*v[2]
	return n > 0.98 && n < 1.02
}

// letters names a direction: x rises to the left of the patient, y to the back, z
// to the head.
func letters(v []float64) string {
	type axis struct {
		weight float64
		letter string
	}
	var list []axis
	for n, pair := range [][2]string{{"L", "R"}, {"P", "A"}, {"H", "F"}} {
		switch {
		case v[n] > 0.0001:
			list = append(list, axis{v[n], pair[0]})
		case v[n] < -0.0001:
			list = append(list, axis{-v[n], pair[1]})
		}
	}
	slices.SortStableFunc(list, func(a, b axis) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	var b strings.Builder
	for _, a := range list {
		b.WriteString(a.letter)
	}
	return b.String()
}

// Edges makes an orientation of Patient Orientation: the directions of rows and
// columns in letters (PS3.3, C.7.6.1.1.1).
func Edges(row, column string) Orientation {
	if !named(row) || !named(column) {
		return Orientation{}
	}
	return Orientation{Opposite(row), row, Opposite(column), column}
}

// named says whether a value is directions: letters of people, each axis once.
func named(s string) bool {
	if s == "" || len(s) > 3 {
		return false
	}
	seen := 0
	for _, r := range s {
		axis := strings.IndexRune("LRPAHF", r) / 2
		if !strings.ContainsRune("LRPAHF", r) || seen>>axis&1 != 0 {
			return false
		}
		seen |= 1 << axis
	}
	return true
}

// Opposite is the direction the other way.
func Opposite(letters string) string {
	return strings.Map(func(r rune) rune {
		const pairs = "LRPAHF"
		if at := strings.IndexRune(pairs, r); at >= 0 {
			return rune(pairs[at^1])
		}
		return r
	}, letters)
}
