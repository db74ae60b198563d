//go:build tour

package app

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// Trials of the window on a screen, with Fyne's own driver: make tour and make
// monkey give one. A window belongs to the main thread, so that the tests run
// beside it.

func init() { runtime.LockOSThread() }

var onMain = make(chan func())

func TestMain(m *testing.M) {
	ended := make(chan int)
	go func() { ended <- m.Run() }()
	for {
		select {
		case f := <-onMain:
			f()
		case code := <-ended:
			os.Exit(code)
		}
	}
}

// noQuit is an application that a stray Ctrl+Q does not end.
type noQuit struct{ fyne.App }

func (noQuit) Quit() {}

// onScreen is a window on a screen, with a person before it.
type onScreen struct {
	t   *testing.T
	a   *App
	out string // where pictures go
}

// onScreen starts the window, until the test ends. A process can have one.
func startOnScreen(t *testing.T) *onScreen {
	t.Helper()
	if os.Getenv("DISPLAY")+os.Getenv("WAYLAND_DISPLAY") == "" {
		t.Fatal("there is no screen; make tour and make monkey start one")
	}
	home, err := os.MkdirTemp("", "carnet-screen-") // not of the test: Fyne writes into it to the last
	if err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"HOME": "", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_RUNTIME_DIR": "run"} {
		dir = filepath.Join(home, dir)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		t.Setenv(name, dir)
	}
	ready, over := make(chan *App), make(chan struct{})
	var root fyne.App
	onMain <- func() {
		defer close(over)
		root = fyneapp.NewWithID("io.github.carnet_phr.tour")
		kept := vaulttest.Options()
		kept.Memory = filepath.Join(home, "memory")
		a := New(context.Background(), noQuit{root}, Options{Outside: ui.Outside{Version: "tour", Formats: formats.All(), Demo: assets.Demo(), Vault: kept, Image: openImage, Paper: formats.Paper(nil)}})
		root.Lifecycle().SetOnStarted(func() { go func() { ready <- a }() })
		a.window.ShowAndRun()
	}
	s := &onScreen{t: t, a: <-ready, out: os.Getenv("TOUR_OUT")}
	if s.out == "" {
		s.out = t.TempDir()
	}
	t.Cleanup(func() {
		fyne.DoAndWait(func() { s.a.end() })
		s.a.work.Wait()
		fyne.DoAndWait(root.Quit)
		<-over
		os.RemoveAll(home)
	})
	return s
}

// do has the window do something, and waits for what follows from it.
func (s *onScreen) do(f func()) {
	fyne.DoAndWait(f)
	s.settle()
}

// settle waits until nothing is under way and what came of it is shown.
func (s *onScreen) settle() {
	for range 2 {
		s.a.work.Wait()
		fyne.DoAndWait(func() {})
	}
}

// shot keeps a picture of the window.
func (s *onScreen) shot(name string) {
	s.t.Helper()
	s.settle()
	time.Sleep(150 * time.Millisecond) // what moves comes to rest
	// Fyne's own capture reads a buffer that was given away already.
	if out, err := exec.Command("import", "-window", "root", filepath.Join(s.out, name+".png")).CombinedOutput(); err != nil {
		s.t.Fatalf("%v: %s", err, out)
	}
}

// open goes to a place of the open record.
func (s *onScreen) open(r ui.Route) { s.do(func() { s.a.session.shell.open(r) }) }

// lock closes what is open.
func (s *onScreen) lock() {
	s.do(func() {
		if s.a.session != nil {
			s.a.lock()
		}
	})
}

// madeUpButton is the button that opens the made-up record.
const madeUpButton = "Try it with a made-up record"

// demo opens the made-up record.
func (s *onScreen) demo() {
	s.unlocked(func() {
		if !s.tap(madeUpButton) {
			s.t.Error("the made-up record is not offered")
		}
	})
}

// tap taps a button by its words, where it is there.
func (s *onScreen) tap(label string) bool {
	for _, o := range test.LaidOutObjects(s.a.window.Canvas().Content()) {
		if b, ok := o.(*fw.Button); ok && b.Text == lang.L(label) {
			b.OnTapped()
			return true
		}
	}
	return false
}

// large opens a record of n entries.
func (s *onScreen) large(n int) {
	s.t.Helper()
	ctx, dir := s.t.Context(), filepath.Join(s.t.TempDir(), "large.carnet")
	options := vaulttest.Options()
	options.KDF = seal.Cost{Time: 1, MemoryKiB: 8 << 10, Threads: 1}
	v, _, err := vault.Create(ctx, dir, []byte(vaulttest.Passphrase), options)
	if err == nil {
		err = v.Commit(ctx, record.Change{Put: vaulttest.Many(n)})
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.unlocked(func() { s.a.opened(ui.Opening{Vault: v, Dir: dir}) })
}

// unlocked opens a record and waits for its first page.
func (s *onScreen) unlocked(open func()) {
	s.t.Helper()
	s.lock()
	s.do(open)
	for range 600 {
		there := false
		s.do(func() { there = s.a.session != nil && s.a.session.shell != nil })
		if there {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.t.Fatal("no record is open after a minute")
}
