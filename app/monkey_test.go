//go:build tour

package app

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
)

// TestMonkey clicks, scrolls and types at random for MONKEY_TIME (24m), from
// MONKEY_SEED: nothing may panic, and neither goroutines nor memory may grow.
func TestMonkey(t *testing.T) {
	length, err := time.ParseDuration(os.Getenv("MONKEY_TIME"))
	if err != nil {
		length = 24 * time.Minute
	}
	seed, err := strconv.ParseUint(os.Getenv("MONKEY_SEED"), 10, 64)
	if err != nil {
		seed = uint64(time.Now().UnixNano())
	}
	s := startOnScreen(t)
	s.demo()
	m := newMonkey(t, s, seed)
	t.Logf("MONKEY_SEED=%d, %s", seed, length)
	for _, l := range append([]look{{"dark", ui.LookDark, 1.4, "en"}}, spoken()...) { // typefaces stay in memory once they were shown
		s.take(l)
		s.open(ui.Route{Place: ui.Results})
		s.open(ui.Route{Place: ui.Home})
	}
	m.typefaces()
	m.play(length / 6) // everything has been there once: pictures, caches
	before := m.rest()
	start := time.Now()
	m.play(length - length/6)
	after := m.rest()
	t.Logf("%d acts in %s, %d times locked; at rest: %v, and after it %v", m.acts, time.Since(start).Round(time.Second), m.locked, before, after)
	if after.goroutines > before.goroutines+2 {
		t.Errorf("%d goroutines, and %d after it", before.goroutines, after.goroutines)
	}
	if after.heap > before.heap+before.heap/20 {
		t.Errorf("%d kB in use, and %d kB after it", before.heap>>10, after.heap>>10)
	}
}

// spoken are the looks of all languages, the first last.
func spoken() []look {
	var looks []look
	for _, l := range slices.Backward(ui.Languages) {
		looks = append(looks, look{l.Code, ui.LookLight, 1, l.Code})
	}
	return looks
}

// typefaces shows a line in every style that a page may have.
func (m *monkey) typefaces() {
	lines := container.NewVBox()
	for n := range 8 {
		for _, words := range []string{"a é − → ✓", "中文"} {
			style := fyne.TextStyle{Bold: n&1 > 0, Italic: n&2 > 0, Monospace: n&4 > 0}
			lines.Add(fw.NewLabelWithStyle(words, fyne.TextAlignLeading, style))
		}
	}
	lines.Add(fw.NewLabelWithStyle("→", fyne.TextAlignLeading, fyne.TextStyle{Symbol: true}))
	var shown *fw.PopUp
	m.do(func() {
		shown = fw.NewModalPopUp(lines, m.a.window.Canvas())
		shown.Show()
	})
	time.Sleep(3 * time.Second)
	m.do(shown.Hide)
}

// monkey has hands on the mouse and the keys.
type monkey struct {
	*onScreen
	rnd          *rand.Rand
	hands        io.Writer // of xdotool
	acts, locked int
}

func newMonkey(t *testing.T, s *onScreen, seed uint64) *monkey {
	t.Helper()
	hands := exec.Command("xdotool", "-")
	in, err := hands.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	hands.Stderr = os.Stderr
	if err := hands.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); hands.Wait() })
	return &monkey{onScreen: s, rnd: rand.New(rand.NewPCG(seed, 0)), hands: in}
}

// play goes on for a while. Where the record was locked, it is opened again.
func (m *monkey) play(length time.Duration) {
	m.t.Helper()
	for end := time.Now().Add(length); time.Now().Before(end); {
		for range 20 {
			if _, err := fmt.Fprintln(m.hands, m.act()); err != nil {
				m.t.Fatal(err)
			}
			m.acts++
			time.Sleep(30 * time.Millisecond)
		}
		open := false
		fyne.DoAndWait(func() { open = m.a.session != nil && m.a.session.shell != nil })
		if !open {
			m.locked++
			m.home()
		}
	}
}

// home opens the made-up record, whatever the window shows: it may be closing
// one, or making another.
func (m *monkey) home() {
	m.t.Helper()
	for i := range 600 {
		open := false
		m.do(func() {
			for _, o := range m.a.window.Canvas().Overlays().List() {
				o.Hide()
			}
			m.a.prefs.SetLastVault("")
			open = m.a.session != nil && m.a.session.shell != nil
			if !open && m.a.session == nil && i%50 == 0 {
				m.a.showGate("")
				m.tap(madeUpButton)
			}
		})
		if open {
			m.open(ui.Route{Place: ui.Home})
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	m.t.Fatal("no record is open after a minute")
}

// act is one thing to do, for xdotool.
func (m *monkey) act() string {
	pick := func(list ...string) string { return list[m.rnd.IntN(len(list))] }
	switch n := m.rnd.IntN(20); {
	case n < 11:
		return fmt.Sprintf("mousemove %d %d click 1", m.rnd.IntN(1280), m.rnd.IntN(800))
	case n < 13:
		return fmt.Sprintf("mousemove %d %d click --repeat %d %s", m.rnd.IntN(1280), m.rnd.IntN(800), 1+m.rnd.IntN(5), pick("4", "5"))
	case n < 16:
		return "key " + pick("Tab", "Tab", "shift+Tab", "Return", "space", "Escape", "Up", "Down", "Left", "Right", "Next", "Prior", "Home", "End", "BackSpace", "Delete")
	case n < 18:
		return "key " + pick("alt+Left", "alt+Right", "ctrl+h", "ctrl+k", "ctrl+i", "ctrl+p", "ctrl+comma", "ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4", "ctrl+5", "ctrl+6", "ctrl+7", "ctrl+8", "ctrl+9", "ctrl+0")
	}
	return "type " + pick("a", "metformin", "1958", "12,5", "Dr", "x y")
}

// standstill is what is in use while nothing is done.
type standstill struct {
	goroutines int
	heap       uint64
}

func (s standstill) String() string {
	return fmt.Sprintf("%d goroutines, %d kB", s.goroutines, s.heap>>10)
}

// forgotten is how long Fyne keeps what was last on the screen: a minute, looked at
// when something is painted every ten seconds, and once more behind it.
const forgotten = 2 * time.Minute

// rest goes to the first page and waits until all is quiet, and what the last pages
// looked like is forgotten. The garbage collector may leave what the last round of
// painting held, hence the minimum.
func (m *monkey) rest() standstill {
	m.t.Helper()
	for range 3 { // menus and dialogs
		fmt.Fprintln(m.hands, "key Escape")
	}
	time.Sleep(time.Second)
	m.home()
	for end := time.Now().Add(forgotten); time.Now().Before(end); time.Sleep(11 * time.Second) {
		m.home() // the record may have been locked meanwhile: the clock went on
	}
	least := standstill{goroutines: 1 << 30, heap: 1 << 62}
	for range 10 {
		m.settle()
		time.Sleep(500 * time.Millisecond)
		debug.FreeOSMemory()
		var mem runtime.MemStats
		runtime.ReadMemStats(&mem)
		least.goroutines, least.heap = min(least.goroutines, runtime.NumGoroutine()), min(least.heap, mem.HeapAlloc)
	}
	if dir := os.Getenv("MONKEY_HEAP"); dir != "" { // what is in use, for go tool pprof
		if f, err := os.CreateTemp(dir, "heap-*.pprof"); err == nil {
			if err := errors.Join(pprof.Lookup("heap").WriteTo(f, 0), f.Close()); err != nil {
				m.t.Error(err)
			}
		}
	}
	if s := os.Getenv("MONKEY_DUMP"); s != "" {
		buf := make([]byte, 1<<20)
		m.t.Log(strings.TrimSpace(string(buf[:runtime.Stack(buf, true)])))
	}
	return least
}
