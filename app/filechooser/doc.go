// Package filechooser asks for a file or a folder with the system's own dialog: on
// Linux through the desktop portal (org.freedesktop.portal.FileChooser), on Windows and
// macOS through zenity. Where a system has none, package ui asks with the window's.
package filechooser

import (
	"context"
	"net/url"
	"sync"

	"github.com/carnet-phr/carnet/app/ui"
)

var open sync.Mutex // one dialog at a time

// Ask implements [ui.Dialog].
func Ask(ctx context.Context, a ui.Asked) (path string, err error) {
	if !open.TryLock() {
		return "", nil // somebody chooses already
	}
	defer open.Unlock()
	return ask(ctx, a)
}

// pathOf is the path of a file's URI; "" where it is no file of this computer.
func pathOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Host != "" && u.Host != "localhost" {
		return ""
	}
	return u.Path
}
