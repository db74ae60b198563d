package ui

import (
	"time"

	"github.com/carnet-phr/carnet/vault"
)

// Health is what is known of the soundness of an open record: what opening it
// told, and what the last check found.
type Health struct {
	Running bool
	At      time.Time // when the last check ended; zero: there was none
	Deep    bool      // it read every file too
	Report  vault.Report
	Err     error // why a check could not be done
}

// Problems are what is wrong now: what was made good on opening is not.
func (h Health) Problems() []vault.Problem {
	var out []vault.Problem
	for _, p := range h.Report.Problems {
		if !p.Mended {
			out = append(out, p)
		}
	}
	return out
}

// Pace gives the progress function of work that must not be felt: it leaves at
// least as much time to others as it takes. Call it from that work's goroutine.
func Pace() func(done, total int64) {
	const least, most = 2 * time.Millisecond, 20 * time.Millisecond
	last := time.Now()
	return func(int64, int64) {
		worked := time.Since(last)
		if worked < least {
			return
		}
		time.Sleep(min(worked, most))
		last = time.Now()
	}
}
