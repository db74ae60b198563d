package app

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// still watches the goroutine that draws: the test's own, on which a user's acts
// happen and results are shown. Nothing may be opened or sealed on it.
type still struct {
	drawing string // the goroutine that draws
	mu      sync.Mutex
	found   map[string]int // where a value was opened or sealed on it
	slow    map[string]int // acts that held it up for longer than a frame
}

// frame is how long a picture stands on a screen of 60 Hz.
const frame = 16 * time.Millisecond

func newStill() *still {
	return &still{drawing: goroutine(), found: map[string]int{}, slow: map[string]int{}}
}

// goroutine is the number of the one that asks, as Go prints it.
func goroutine() string {
	b := make([]byte, 64)
	name, _, _ := bytes.Cut(b[:runtime.Stack(b, false)], []byte(" ["))
	return string(name)
}

// opening is called before a value of the vault is opened or sealed.
func (s *still) opening() {
	if goroutine() != s.drawing {
		return
	}
	callers := make([]uintptr, 40)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	at := ""
	for more := true; more; {
		var f runtime.Frame
		if f, more = frames.Next(); strings.Contains(f.Function, "carnet/app") {
			at = fmt.Sprintf("%s (line %d)", f.Function[strings.LastIndex(f.Function, "/")+1:], f.Line)
			break
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.found[at]++
}

// took is called with how long something held the goroutine that draws.
func (s *still) took(what string, d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d > frame {
		s.slow[what]++
	}
}

// TestNothingIsOpenedWhileDrawing uses the window as people do: no value of the
// vault is opened or sealed on the goroutine that draws. What held it for longer
// than a frame is counted and printed; a test driver draws with the processor
// alone, so that this is not held against a limit.
func TestNothingIsOpenedWhileDrawing(t *testing.T) {
	s := newStill()
	kept := vaulttest.Options()
	kept.Watch = s.opening
	u := startWith(t, "", kept)
	u.a.work.Watch = func(d time.Duration) { s.took("a result that is shown", d) }
	acts := 0
	act := func(what string, f func()) {
		start := time.Now()
		f()
		s.took(what, time.Since(start))
		acts++
		u.a.work.Wait()
	}
	act("making a record", func() { u.press("Try it with a made-up record") })
	sh := u.a.session.shell
	if _, err := u.a.session.vault.Get(t.Context(), sh.env.Person); err != nil || len(s.found) == 0 {
		t.Fatalf("reading on the goroutine that draws goes unseen (%v)", err)
	}
	clear(s.found)
	var to []ui.Route
	for _, item := range sh.items {
		if !item.Group {
			to = append(to, item.Route)
		}
	}
	to = append(to, ui.Route{Place: ui.Search, Words: "glucose"}, ui.Route{Place: ui.Differ})
	for _, r := range to {
		act(fmt.Sprintf("opening %s %s", r.Place, r.Kind), func() { sh.open(r) })
		for _, o := range u.objects() {
			l, ok := o.(*fw.List)
			if !ok {
				continue
			}
			for i := range min(l.Length(), 3) {
				act(fmt.Sprintf("choosing in %s %s", r.Place, r.Kind), func() { l.Select(i) })
			}
			act(fmt.Sprintf("scrolling %s %s", r.Place, r.Kind), l.ScrollToBottom)
		}
		u.objects()
	}
	for _, k := range []record.Kind{record.KindMedicationStatement, record.KindCondition} {
		act("opening a list", func() { sh.open(ui.Route{Place: ui.Records, Kind: k}) })
		act("showing the original", func() { u.tapNow("Show in the original") })
	}
	act("back", sh.back)
	act("typing a word to search for", func() { test.Type(sh.top.search, "blood") })
	act("dark", func() { u.a.prefs.SetLook(ui.LookDark); u.a.restyle() })
	act("German", func() { u.a.prefs.SetLanguage("de"); u.a.session.respeak() })
	act("English", func() { u.a.prefs.SetLanguage("en"); u.a.session.respeak() })
	act("locking", u.a.lock)
	for at, n := range s.found {
		t.Errorf("values were opened or sealed on the goroutine that draws: %d in %s", n, at)
	}
	if acts < 60 {
		t.Errorf("only %d acts were tried", acts)
	}
	t.Logf("%d acts; longer than %s: %v", acts, frame, s.slow)
}

// large opens a record of 100,000 entries in the window.
func large(b *testing.B) *App {
	b.Helper()
	v := vaulttest.Empty(b)
	if err := v.Commit(b.Context(), record.Change{Put: vaulttest.Many(100_000)}); err != nil {
		b.Fatal(err)
	}
	window := test.NewTempApp(b)
	window.Preferences().SetString("language", "en")
	a := New(b.Context(), window, Options{Work: ui.InTurn(), Outside: ui.Outside{Version: "bench", Formats: formats.All(), Vault: vault.Options{KDF: vaulttest.Cheap}, Image: openImage, Paper: formats.Paper(nil)}})
	b.Cleanup(func() { a.work.Wait() })
	a.window.Resize(fyne.NewSize(1280, 800))
	a.opened(ui.Opening{Vault: v, Dir: v.Dir()})
	a.work.Wait()
	return a
}

// BenchmarkScroll turns the wheel through the longest list of a record of 100,000
// entries: what a step holds up the goroutine that draws.
func BenchmarkScroll(b *testing.B) {
	const wheel = 120 // points
	a := large(b)
	for _, place := range []ui.Route{{Place: ui.Timeline}, {Place: ui.Records, Kind: record.KindObservation}} {
		a.session.shell.open(place)
		a.work.Wait()
		var list *fw.List
		for _, o := range test.LaidOutObjects(a.window.Canvas().Content()) {
			if l, ok := o.(*fw.List); ok && (list == nil || l.Length() > list.Length()) {
				list = l
			}
		}
		if list == nil || list.Length() < 1000 {
			b.Fatalf("%+v has no long list", place)
		}
		b.Run(strings.TrimSpace(fmt.Sprint(place.Place, " ", place.Kind)), func(b *testing.B) {
			var steps []time.Duration
			for b.Loop() {
				for n := range 200 {
					start := time.Now()
					list.ScrollToOffset(float32(n+1) * wheel)
					steps = append(steps, time.Since(start))
					a.work.Wait()
				}
			}
			slices.Sort(steps)
			b.ReportMetric(float64(steps[len(steps)*95/100].Microseconds())/1000, "ms-p95")
			b.ReportMetric(float64(list.Length()), "rows")
		})
	}
}

// BenchmarkSwitch shows one page after the other of a record of 100,000 entries,
// with all that is read for it.
func BenchmarkSwitch(b *testing.B) {
	a := large(b)
	var first time.Duration // until something of the page is there
	var longest time.Duration
	a.work.Watch = func(d time.Duration) { longest = max(longest, d) }
	sh := a.session.shell
	for _, item := range navigation(map[record.Kind]int{}, false) {
		if item.Group {
			continue
		}
		away := ui.Route{Place: ui.Home}
		if item.Route == away {
			away.Place = ui.Settings
		}
		b.Run(strings.TrimSpace(fmt.Sprint(item.Route.Place, " ", item.Route.Kind)), func(b *testing.B) {
			first, longest = 0, 0
			for b.Loop() {
				start := time.Now()
				sh.open(item.Route)
				longest = max(longest, time.Since(start))
				a.work.Once()
				first += time.Since(start)
				a.work.Wait()
				b.StopTimer()
				sh.open(away)
				a.work.Wait()
				b.StartTimer()
			}
			b.ReportMetric(float64(first.Microseconds())/float64(b.N)/1000, "ms-until-shown/op")
			b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest")
		})
	}
}
