package watch

import (
	"context"
	"unsafe"

	"golang.org/x/sys/windows"
)

func system() []Source { return []Source{poll} }

// poll asks every few seconds whether the session is locked or left, and whether
// a screen saver runs. Each is told once, when it begins.
func poll(ctx context.Context, found func(Event)) {
	d := desktop{
		query: windows.NewLazySystemDLL("wtsapi32.dll").NewProc("WTSQuerySessionInformationW"),
		free:  windows.NewLazySystemDLL("wtsapi32.dll").NewProc("WTSFreeMemory"),
		info:  windows.NewLazySystemDLL("user32.dll").NewProc("SystemParametersInfoW"),
	}
	for _, p := range []*windows.LazyProc{d.query, d.free, d.info} {
		if p.Find() != nil {
			return
		}
	}
	var locked, saver bool
	for wait(ctx, pause) == nil {
		was, ran := locked, saver
		if locked = d.locked(); locked && !was {
			found(Locked)
		}
		if saver = d.saver(); saver && !ran {
			found(Saver)
		}
	}
}

// desktop is what Windows is asked through.
type desktop struct{ query, free, info *windows.LazyProc }

// sessionInfo begins WTSINFOEXW
// (https://learn.microsoft.com/windows/win32/api/wtsapi32/ns-wtsapi32-wtsinfoexw).
type sessionInfo struct {
	Level   uint32
	_       uint32
	Session uint32
	State   uint32
	Flags   int32
}

// locked says whether this session is locked, or not the one on a screen.
func (d desktop) locked() bool {
	const (
		ownSession = 0xffffffff // WTS_CURRENT_SESSION
		infoEx     = 25         // WTSSessionInfoEx
		active     = 0          // WTSActive
		lockFlag   = 0          // WTS_SESSIONSTATE_LOCK
	)
	var info *sessionInfo
	var size uint32
	ok, _, _ := d.query.Call(0, ownSession, infoEx, uintptr(unsafe.Pointer(&info)), uintptr(unsafe.Pointer(&size)))
	if ok == 0 || info == nil {
		return false
	}
	defer d.free.Call(uintptr(unsafe.Pointer(info)))
	if uintptr(size) < unsafe.Sizeof(*info) || info.Level != 1 {
		return false
	}
	return info.State != active || info.Flags == lockFlag
}

func (d desktop) saver() bool {
	const running = 0x0072 // SPI_GETSCREENSAVERRUNNING
	var on int32
	ok, _, _ := d.info.Call(running, 0, uintptr(unsafe.Pointer(&on)), 0)
	return ok != 0 && on != 0
}
