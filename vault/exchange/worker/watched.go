//go:build race

package worker

// What the race detector costs.
const (
	slower = 20
	larger = 3
)
