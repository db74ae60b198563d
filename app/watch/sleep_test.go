package watch_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/app/watch"
)

// at is a reading with the wall clock and the running time in seconds.
func at(wall, ran int) watch.Reading {
	return watch.Reading{Wall: time.Unix(1_000_000+int64(wall), 0), Ran: time.Duration(ran) * time.Second}
}

func TestSleep(t *testing.T) {
	for _, c := range []struct {
		name     string
		readings []watch.Reading
		want     int
	}{
		{"awake", []watch.Reading{at(0, 0), at(2, 2), at(4, 4)}, 0},
		{"slept for an hour", []watch.Reading{at(0, 0), at(3602, 2), at(3604, 4)}, 1},
		{"slept, where the clock counts sleep", []watch.Reading{at(0, 0), at(3602, 3602), at(3604, 3604)}, 1},
		{"twice", []watch.Reading{at(0, 0), at(100, 2), at(102, 4), at(202, 6)}, 2},
		{"a busy computer", []watch.Reading{at(0, 0), at(9, 9)}, 0},
		{"the clock was put back", []watch.Reading{at(0, 0), at(-3600, 2)}, 0},
		{"the clock was corrected a little", []watch.Reading{at(0, 0), at(7, 2)}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			left := c.readings
			now := func() watch.Reading { r := left[0]; left = left[1:]; return r }
			wait := func(context.Context, time.Duration) error {
				if len(left) == 0 {
					return errors.New("the end")
				}
				return nil
			}
			got := 0
			watch.Sleep(now, wait)(t.Context(), func(e watch.Event) {
				if e != watch.Slept {
					t.Errorf("got %q", e)
				}
				got++
			})
			if got != c.want {
				t.Errorf("found %d times, want %d", got, c.want)
			}
		})
	}
}

// Every source ends with its context, whatever this computer has.
func TestSourcesEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for i, s := range slices.All(watch.Sources()) {
		done := make(chan bool)
		go func() { s(ctx, func(watch.Event) {}); close(done) }()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Errorf("source %d does not end", i)
		}
	}
}
