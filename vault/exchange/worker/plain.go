//go:build !race

package worker

// A program that nothing watches has the limits as they stand.
const (
	slower = 1
	larger = 1
)
