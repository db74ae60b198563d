package filechooser

import (
	"errors"
	"runtime"
	"testing"

	"github.com/carnet-phr/carnet/app/ui"
)

func TestPathOf(t *testing.T) {
	for uri, want := range map[string]string{
		"file:///home/m/My%20record.json": "/home/m/My record.json", "file://localhost/a": "/a", "file://server/a": "", "smb://server/a": "", "": "", "%": "",
	} {
		if got := pathOf(uri); got != want {
			t.Errorf("%q: got %q, want %q", uri, got, want)
		}
	}
}

// Without a desktop that could ask, the window does.
func TestWithoutADesktopTheWindowAsks(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("SKIPPED: a dialog would open here")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/none")
	for _, a := range []ui.Asked{{Title: "x"}, {Folder: true}, {Name: "copy.pdf"}} {
		if path, err := Ask(t.Context(), a); path != "" || !errors.Is(err, ui.ErrNoDialog) {
			t.Errorf("%+v: got %q, %v", a, path, err)
		}
	}
	open.Lock()
	defer open.Unlock()
	if path, err := Ask(t.Context(), ui.Asked{}); path != "" || err != nil {
		t.Errorf("while another dialog is open: got %q, %v", path, err)
	}
}
