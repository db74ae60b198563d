package watch

import (
	"context"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

func system() []Source { return []Source{logins, savers} }

// The interfaces that are listened to.
const (
	manager    = "org.freedesktop.login1.Manager"
	session    = "org.freedesktop.login1.Session"
	properties = "org.freedesktop.DBus.Properties"
)

// saverInterfaces tell that a screen saver, or a lock screen, came on.
var saverInterfaces = []string{
	"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver", "org.xfce.ScreenSaver",
}

// logins hears from systemd-logind that the computer goes to sleep or that the
// session is locked.
func logins(ctx context.Context, found func(Event)) {
	conn, err := connect(ctx, systemAddress())
	if err != nil {
		return
	}
	defer conn.Close()
	release := delaySleep(ctx, conn)
	defer func() { release() }()
	listen(ctx, conn, loginRules, func(s *dbus.Signal) (Event, bool) {
		if s.Name == manager+".PrepareForSleep" && !first[bool](s) { // it woke up, and the record is still open
			release()
			release = delaySleep(ctx, conn)
		}
		return loginEvent(s, func(p dbus.ObjectPath) bool { return slices.Contains(ownSessions(ctx, conn), p) })
	}, func(e Event) {
		found(e)
		if e == Slept {
			settle(ctx)
			release()
		}
	})
}

// settle waits until what locks the record has begun, and then as long as sealing
// drafts and closing the vault take.
func settle(ctx context.Context) {
	const begin, closing = 2 * time.Second, time.Second
	_ = wait(ctx, begin)
	time.Sleep(closing)
}

// delaySleep has the computer wait a moment before it sleeps, so that the record
// is locked and its keys are gone by then; release lets it sleep. Without
// systemd-logind it does nothing.
func delaySleep(ctx context.Context, conn *dbus.Conn) (release func()) {
	var lock dbus.UnixFD
	o := conn.Object("org.freedesktop.login1", "/org/freedesktop/login1")
	if err := o.CallWithContext(ctx, manager+".Inhibit", 0, "sleep", "Carnet", "Locking the record", "delay").Store(&lock); err != nil {
		return func() {}
	}
	f := os.NewFile(uintptr(lock), "sleep")
	return func() { f.Close() } // a second time does nothing
}

// savers hears from the desktop that a screen saver came on.
func savers(ctx context.Context, found func(Event)) {
	conn, err := connect(ctx, sessionAddress())
	if err != nil {
		return
	}
	defer conn.Close()
	var rules [][]dbus.MatchOption
	for _, name := range saverInterfaces {
		rules = append(rules, []dbus.MatchOption{dbus.WithMatchInterface(name), dbus.WithMatchMember("ActiveChanged")})
	}
	listen(ctx, conn, rules, saverEvent, found)
}

var loginRules = [][]dbus.MatchOption{
	{dbus.WithMatchInterface(manager), dbus.WithMatchMember("PrepareForSleep")},
	{dbus.WithMatchInterface(session), dbus.WithMatchMember("Lock")},
	{dbus.WithMatchInterface(properties), dbus.WithMatchMember("PropertiesChanged"), dbus.WithMatchArg(0, session)},
}

func listen(ctx context.Context, conn *dbus.Conn, rules [][]dbus.MatchOption, event func(*dbus.Signal) (Event, bool), found func(Event)) {
	const waiting = 16 // signals that may wait while one is looked at
	signals := make(chan *dbus.Signal, waiting)
	conn.Signal(signals)
	for _, r := range rules {
		if err := conn.AddMatchSignalContext(ctx, r...); err != nil {
			return
		}
	}
	for {
		select {
		case <-ctx.Done():
			return
		case s, ok := <-signals:
			if !ok {
				return
			}
			if e, ok := event(s); ok {
				found(e)
			}
		}
	}
}

// loginEvent reads a signal of logind; own tells this user's sessions from those
// of others on the same computer.
func loginEvent(s *dbus.Signal, own func(dbus.ObjectPath) bool) (Event, bool) {
	switch s.Name {
	case manager + ".PrepareForSleep":
		return Slept, first[bool](s) // false: it woke up
	case session + ".Lock":
		return Locked, own(s.Path)
	case properties + ".PropertiesChanged":
		if len(s.Body) < 2 || first[string](s) != session {
			return "", false
		}
		changed, _ := s.Body[1].(map[string]dbus.Variant)
		locked, _ := changed["LockedHint"].Value().(bool)
		return Locked, locked && own(s.Path)
	}
	return "", false
}

func saverEvent(s *dbus.Signal) (Event, bool) {
	name, ok := strings.CutSuffix(s.Name, ".ActiveChanged")
	return Saver, ok && slices.Contains(saverInterfaces, name) && first[bool](s)
}

// first is the first argument of a signal, or the zero value.
func first[T any](s *dbus.Signal) (v T) {
	if len(s.Body) > 0 {
		v, _ = s.Body[0].(T)
	}
	return v
}

// ownSessions are the login sessions of this user.
func ownSessions(ctx context.Context, conn *dbus.Conn) []dbus.ObjectPath {
	var list []struct {
		ID   string
		User uint32
		Name string
		Seat string
		Path dbus.ObjectPath
	}
	o := conn.Object("org.freedesktop.login1", "/org/freedesktop/login1")
	if err := o.CallWithContext(ctx, manager+".ListSessions", 0).Store(&list); err != nil {
		return nil
	}
	var own []dbus.ObjectPath
	for _, s := range list {
		if int(s.User) == os.Getuid() {
			own = append(own, s.Path)
		}
	}
	return own
}

// connect opens a bus of this computer. An address that leads anywhere else, or
// that would start a program, is refused.
func connect(ctx context.Context, address string) (*dbus.Conn, error) {
	if address == "" {
		return nil, dbus.ErrClosed
	}
	return dbus.Connect(address, dbus.WithContext(ctx))
}

func systemAddress() string {
	if a := os.Getenv("DBUS_SYSTEM_BUS_ADDRESS"); a != "" {
		return local(a)
	}
	return "unix:path=/run/dbus/system_bus_socket"
}

func sessionAddress() string {
	if a := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); a != "" {
		return local(a)
	}
	return "unix:path=/run/user/" + strconv.Itoa(os.Getuid()) + "/bus"
}

// local gives the first part of a bus address that is a socket on this computer.
func local(address string) string {
	for part := range strings.SplitSeq(address, ";") {
		if strings.HasPrefix(part, "unix:") {
			return part
		}
	}
	return ""
}
