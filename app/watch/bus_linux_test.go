package watch

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

func TestEventsOfTheBus(t *testing.T) {
	const mine, other = dbus.ObjectPath("/session/mine"), dbus.ObjectPath("/session/other")
	own := func(p dbus.ObjectPath) bool { return p == mine }
	hint := func(on any) []any {
		return []any{session, map[string]dbus.Variant{"LockedHint": dbus.MakeVariant(on)}, []string{}}
	}
	for _, c := range []struct {
		name string
		s    dbus.Signal
		want Event // "" for none
	}{
		{"going to sleep", dbus.Signal{Name: manager + ".PrepareForSleep", Body: []any{true}}, Slept},
		{"waking up", dbus.Signal{Name: manager + ".PrepareForSleep", Body: []any{false}}, ""},
		{"locked", dbus.Signal{Name: session + ".Lock", Path: mine}, Locked},
		{"another user's session", dbus.Signal{Name: session + ".Lock", Path: other}, ""},
		{"locked by the desktop", dbus.Signal{Name: properties + ".PropertiesChanged", Path: mine, Body: hint(true)}, Locked},
		{"unlocked by the desktop", dbus.Signal{Name: properties + ".PropertiesChanged", Path: mine, Body: hint(false)}, ""},
		{"not a truth value", dbus.Signal{Name: properties + ".PropertiesChanged", Path: mine, Body: hint("true")}, ""},
		{"another property", dbus.Signal{Name: properties + ".PropertiesChanged", Path: mine, Body: []any{session, map[string]dbus.Variant{}}}, ""},
		{"nothing in it", dbus.Signal{Name: properties + ".PropertiesChanged", Path: mine}, ""},
		{"screen saver on", dbus.Signal{Name: "org.gnome.ScreenSaver.ActiveChanged", Body: []any{true}}, Saver},
		{"screen saver off", dbus.Signal{Name: "org.gnome.ScreenSaver.ActiveChanged", Body: []any{false}}, ""},
		{"something else", dbus.Signal{Name: "org.example.ActiveChanged", Body: []any{true}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := loginEvent(&c.s, own)
			if !ok {
				got, ok = saverEvent(&c.s)
			}
			if !ok {
				got = ""
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOnlyThisComputer(t *testing.T) {
	for address, want := range map[string]string{
		"unix:path=/run/x": "unix:path=/run/x", "tcp:host=example.org,port=1": "", "autolaunch:": "", "unixexec:path=/bin/sh": "",
		"tcp:host=a;unix:abstract=/x,guid=1": "unix:abstract=/x,guid=1",
	} {
		if got := local(address); got != want {
			t.Errorf("%s: got %q, want %q", address, got, want)
		}
	}
}

// TestScreenSaverOnABus says on a real bus that the screen saver came on.
func TestScreenSaverOnABus(t *testing.T) {
	address := privateBus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	ctx, cancel := context.WithCancel(t.Context())
	found, ended := make(chan Event, 8), make(chan bool)
	go func() { savers(ctx, func(e Event) { found <- e }); close(ended) }()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	deadline := time.After(20 * time.Second)
	for {
		if err := conn.Emit("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged", true); err != nil {
			t.Fatal(err)
		}
		select {
		case e := <-found:
			if e != Saver {
				t.Errorf("got %q", e)
			}
			cancel()
			<-ended
			return
		case <-time.After(50 * time.Millisecond): // it may not listen yet
		case <-deadline:
			t.Fatal("the screen saver was not noticed")
		}
	}
}

// logind stands in for systemd-logind on a bus of the test's own.
type logind struct{ held chan [2]*os.File }

// Inhibit gives the one end of a pipe, as logind does: the other shows when it is
// released.
func (l *logind) Inhibit(what, _, _, mode string) (dbus.UnixFD, *dbus.Error) {
	r, w, err := os.Pipe()
	if err != nil || what != "sleep" || mode != "delay" {
		return 0, dbus.NewError("org.example.Refused", nil)
	}
	defer func() { l.held <- [2]*os.File{r, w} }()
	return dbus.UnixFD(w.Fd()), nil
}

// ListSessions gives one session of this user and one of somebody else.
func (l *logind) ListSessions() ([]loginSession, *dbus.Error) {
	me := uint32(os.Getuid())
	return []loginSession{{"1", me, "me", "seat0", "/session/mine"}, {"2", me + 1, "other", "seat0", "/session/other"}}, nil
}

type loginSession struct {
	ID   string
	User uint32
	Name string
	Seat string
	Path dbus.ObjectPath
}

// TestSleepWaitsForTheLock says on a real bus that the computer goes to sleep: it
// is held up until the record was locked.
func TestSleepWaitsForTheLock(t *testing.T) {
	address := privateBus(t)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	l := &logind{held: make(chan [2]*os.File, 8)}
	if err := conn.Export(l, "/org/freedesktop/login1", manager); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName("org.freedesktop.login1", 0); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	found, ended := make(chan Event, 64), make(chan bool)
	go func() { logins(ctx, func(e Event) { found <- e }); close(ended) }()
	held := <-l.held
	next := func(path dbus.ObjectPath, name string, args ...any) Event {
		for range 200 {
			if err := conn.Emit(path, name, args...); err != nil {
				t.Fatal(err)
			}
			select {
			case e := <-found:
				return e
			case <-time.After(50 * time.Millisecond):
			}
		}
		t.Fatalf("%s was not noticed", name)
		return ""
	}
	if e := next("/session/mine", session+".Lock"); e != Locked {
		t.Errorf("got %q, want %q", e, Locked)
	}
	held[1].Close() // it listens, so it has its own by now
	if e := next("/org/freedesktop/login1", manager+".PrepareForSleep", true); e != Slept {
		t.Errorf("got %q, want %q", e, Slept)
	}
	cancel() // the record is locked
	if n, err := held[0].Read(make([]byte, 1)); n != 0 || err == nil {
		t.Errorf("sleep is still held up: %d, %v", n, err)
	}
	<-ended
}

func privateBus(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("no dbus-daemon on this computer")
	}
	cmd := exec.Command(path, "--session", "--nofork", "--nopidfile", "--print-address=1", "--address=unix:tmpdir="+t.TempDir())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skip("the bus does not start here")
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Skip("the bus does not start here")
	}
	return strings.TrimSpace(line)
}
