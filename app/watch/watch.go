// Package watch notices that nobody may be in front of the computer any more:
// it slept, its session was locked, or a screen saver came on.
//
// Linux tells sleep, lock and screen saver over D-Bus, Windows when it is asked;
// macOS tells nothing without cgo, so that there only sleep is noticed, by the
// clock, and the idle time has to do the rest.
package watch

import "context"

// Event is what was noticed.
type Event string

// The events.
const (
	Slept  Event = "the computer slept"
	Locked Event = "the session was locked"
	Saver  Event = "a screen saver came on"
)

// Source watches one thing until ctx ends and calls found for each event, from
// its own goroutine. It returns early where the system has no such thing.
type Source func(ctx context.Context, found func(Event))

// Sources are all that this system has.
func Sources() []Source {
	return append([]Source{Sleep(clocks(), wait)}, system()...)
}
