package ui

import (
	"context"
	"fmt"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// Work counts what runs off the UI goroutine and brings its results onto it.
// The zero value is ready, for a real window.
type Work struct {
	Watch func(time.Duration) // nil: nobody watches; is told how long each result took to show, on the UI goroutine

	wg     sync.WaitGroup
	inTurn bool
	mu     sync.Mutex
	queue  []func() // results that wait to be shown, where inTurn
}

// InTurn is the Work of tests, which have no UI goroutine: results wait until
// the test calls [Work.Wait], and are shown on its goroutine.
func InTurn() *Work { return &Work{inTurn: true} }

// Wait returns when nothing is running any more and every result was shown.
// Never call it on the UI goroutine of a real window while that still runs.
func (w *Work) Wait() {
	for w.Once() {
	}
}

// Once is [Work.Wait] for what is under way alone, not for what follows from it. It
// says whether anything was shown.
func (w *Work) Once() bool {
	w.wg.Wait()
	w.mu.Lock()
	ready := w.queue
	w.queue = nil
	w.mu.Unlock()
	for _, f := range ready {
		f()
	}
	return len(ready) > 0
}

// Load runs fetch off the UI goroutine and then show on it. When ctx has ended
// meanwhile, because the page was left or the vault locked, show is not called.
// A panic of fetch becomes an error.
func Load[T any](ctx context.Context, w *Work, fetch func(context.Context) (T, error), show func(T, error)) {
	run(w, func() {
		v, err := guarded(ctx, fetch)
		w.onUI(func() {
			if ctx.Err() == nil {
				show(v, err)
			}
		})
	})
}

// Soon is how many entries of each kind are read for the first look at what is long.
const Soon = 100

// LoadSoon is [Load] for what may be long. fetch reads [Soon] entries of each kind
// first, the newest; where it tells of more, it reads all (0), and show is called again.
func LoadSoon[T any](ctx context.Context, w *Work, fetch func(ctx context.Context, each int) (v T, more bool, err error), show func(v T, more bool, err error)) {
	type found struct {
		v    T
		more bool
	}
	read := func(each int) func(context.Context) (found, error) {
		return func(ctx context.Context) (found, error) {
			v, more, err := fetch(ctx, each)
			return found{v, more}, err
		}
	}
	shown := func(f found, err error) { show(f.v, f.more, err) }
	Load(ctx, w, read(Soon), func(f found, err error) {
		shown(f, err)
		if f.more && err == nil {
			Load(ctx, w, read(0), shown)
		}
	})
}

// Do is [Load] for work whose end must always be told, even when ctx has ended:
// the user pressed Cancel and the page says so.
func Do[T any](ctx context.Context, w *Work, fetch func(context.Context) (T, error), show func(T, error)) {
	run(w, func() {
		v, err := guarded(ctx, fetch)
		w.onUI(func() { show(v, err) })
	})
}

// Aside runs f off the UI goroutine; nobody waits for a result.
func Aside(w *Work, f func()) { run(w, f) }

// After calls f on the UI goroutine once d has passed, unless ctx ends first.
// [Work.Wait] does not wait for it.
func After(ctx context.Context, w *Work, d time.Duration, f func()) {
	go func() {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-ctx.Done():
		case <-t.C:
			w.onUI(func() {
				if ctx.Err() == nil {
					f()
				}
			})
		}
	}()
}

// Hear runs source until ctx ends and brings each event it finds onto the UI
// goroutine. [Work.Wait] does not wait for it.
func Hear[T any](ctx context.Context, w *Work, source func(context.Context, func(T)), heard func(T)) {
	go source(ctx, func(v T) {
		w.onUI(func() {
			if ctx.Err() == nil {
				heard(v)
			}
		})
	})
}

// Throttled gives a function that may be called from any goroutine, often, and
// shows the latest value on the UI goroutine about ten times a second.
func Throttled[T any](w *Work, show func(T)) func(T) {
	const pause = 100 * time.Millisecond
	var mu sync.Mutex
	var last time.Time
	return func(v T) {
		mu.Lock()
		due := time.Since(last) >= pause
		if due {
			last = time.Now()
		}
		mu.Unlock()
		if due {
			w.onUI(func() { show(v) })
		}
	}
}

func run(w *Work, f func()) {
	w.wg.Add(1)
	go func() {
		defer w.wg.Done()
		f()
	}()
}

func (w *Work) onUI(show func()) {
	f := show
	if w.Watch != nil {
		f = func() {
			start := time.Now()
			show()
			w.Watch(time.Since(start))
		}
	}
	if !w.inTurn {
		fyne.Do(f)
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue = append(w.queue, f)
}

// guarded turns a panic into an error without its text, which may be clinical.
func guarded[T any](ctx context.Context, fetch func(context.Context) (T, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("internal error (%T)", p)
		}
	}()
	return fetch(ctx)
}
