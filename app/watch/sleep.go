package watch

import (
	"context"
	"time"
)

// Reading is one look at the clocks.
type Reading struct {
	Wall time.Time     // the wall clock
	Ran  time.Duration // how long the computer ran: sleep counts on Windows, elsewhere not
}

const (
	pause  = 2 * time.Second  // between two looks
	leap   = 10 * time.Second // by which the wall clock is ahead after sleep
	longer = 60 * time.Second // a pause that took this long was sleep, where sleep counts
)

// Sleep notices sleep by the clocks: the wall clock went on while the computer
// did not run, or one short pause took very long. The second also finds a
// process that was stopped. A clock that somebody put forward counts as sleep
// too, which costs no more than unlocking once.
func Sleep(now func() Reading, wait func(context.Context, time.Duration) error) Source {
	return func(ctx context.Context, found func(Event)) {
		before := now()
		for wait(ctx, pause) == nil {
			after := now()
			if slept(before, after) {
				found(Slept)
			}
			before = after
		}
	}
}

func slept(before, after Reading) bool {
	ran := after.Ran - before.Ran
	return after.Wall.Sub(before.Wall)-ran > leap || ran > longer
}

// clocks reads this computer's two clocks: the wall clock, and the monotonic one
// from now on.
func clocks() func() Reading {
	start := time.Now()
	return func() Reading { return Reading{Wall: time.Now().Round(0), Ran: time.Since(start)} }
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
