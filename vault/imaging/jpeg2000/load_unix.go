//go:build (linux || darwin) && (amd64 || arm64)

package jpeg2000

import "github.com/ebitengine/purego"

// names are where OpenJPEG 2 is found: by the system's own search, and where the
// package managers of macOS put it.
var names = []string{"libopenjp2.so.7", "libopenjp2.7.dylib", "/opt/homebrew/lib/libopenjp2.7.dylib", "/usr/local/lib/libopenjp2.7.dylib", "/opt/local/lib/libopenjp2.7.dylib"}

func load() (handle uintptr, ok bool) {
	for _, name := range names {
		if handle, err := purego.Dlopen(name, purego.RTLD_NOW|purego.RTLD_LOCAL); err == nil {
			return handle, true
		}
	}
	return 0, false
}

func symbol(handle uintptr, name string) (at uintptr, ok bool) {
	at, err := purego.Dlsym(handle, name)
	return at, err == nil && at != 0
}
