package fulltext

// typosIn is how many slips of the pen a word of so many letters may hold.
func typosIn(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 8:
		return 1
	}
	return 2
}

// near says whether b can be made from a by at most limit letters left out,
// added, changed or swapped with the next one (Damerau-Levenshtein, no letter
// twice). The first letter is right, or swapped with the second.
func near(a, b []rune, limit int) bool {
	if len(a)-len(b) > limit || len(b)-len(a) > limit || len(a) < 2 || len(b) < 2 {
		return false
	}
	if a[0] != b[0] && (a[0] != b[1] || a[1] != b[0]) {
		return false
	}
	return distance(a, b, limit) <= limit
}

// distance stops early, with more than limit, where it is more. Words are at
// most wordLimit letters.
func distance(a, b []rune, limit int) int {
	var rows [3][wordLimit + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			d := last[j-1]
			if a[i-1] != b[j-1] {
				d = 1 + min(d, last[j], row[j-1])
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					d = min(d, 1+before[j-2])
				}
			}
			row[j] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
