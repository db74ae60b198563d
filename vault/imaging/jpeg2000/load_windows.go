//go:build amd64 || arm64

package jpeg2000

import "golang.org/x/sys/windows"

// load looks beside the program and in the system's folder, and never where
// documents lie.
func load() (handle uintptr, ok bool) {
	h, err := windows.LoadLibraryEx("openjp2.dll", 0, windows.LOAD_LIBRARY_SEARCH_APPLICATION_DIR|windows.LOAD_LIBRARY_SEARCH_SYSTEM32)
	return uintptr(h), err == nil
}

func symbol(handle uintptr, name string) (at uintptr, ok bool) {
	at, err := windows.GetProcAddress(windows.Handle(handle), name)
	return at, err == nil && at != 0
}
