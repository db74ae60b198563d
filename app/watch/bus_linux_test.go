package watch

import (
	"bufio"
	"context"
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
