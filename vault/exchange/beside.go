package exchange

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Beside finds the file of that name, with slashes, counted from the folder of
// the source: "scan.pdf", "images/1.jpg". It looks only inside the container, or
// the folder that the user gave, and follows no link. A file that the user gave
// by itself has nothing beside it.
func (s Source) Beside(name string) (Source, bool) {
	at := path.Join(path.Dir(s.Path), name)
	if !fs.ValidPath(name) || !fs.ValidPath(at) || strings.ContainsAny(name, `\:`) || slices.ContainsFunc(strings.Split(at, "/"), passedOver) {
		return Source{}, false
	}
	if s.holder == nil && (s.tree == "" || !isFileBelow(s.tree, at)) {
		return Source{}, false
	}
	if info, err := fs.Stat(s.FS, at); err != nil || !info.Mode().IsRegular() {
		return Source{}, false
	}
	found := s
	found.Name, found.Path, found.Hash = path.Join(path.Dir(s.Name), name), at, ""
	return found, true
}

// isFileBelow says whether a path leads to a file through folders alone.
func isFileBelow(folder, name string) bool {
	parts := strings.Split(name, "/")
	for n := range parts {
		info, err := os.Lstat(filepath.Join(folder, filepath.Join(parts[:n+1]...)))
		if err != nil || n < len(parts)-1 && !info.IsDir() || n == len(parts)-1 && !info.Mode().IsRegular() {
			return false
		}
	}
	return true
}
