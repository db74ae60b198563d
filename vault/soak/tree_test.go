package soak_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
)

// tree is every file below a folder by what would change if somebody wrote to
// it; folders end in a slash. The lock, which is empty, is not of it.
type tree map[string]string

func treeOf(dir string) (tree, error) {
	t := tree{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		rel = filepath.ToSlash(rel)
		switch {
		case rel == "." || rel == "lock":
			return nil
		case d.IsDir():
			t[rel+"/"] = ""
			return nil
		}
		info, err := d.Info()
		if err == nil {
			t[rel] = fmt.Sprint(info.Size(), " ", info.ModTime().UnixNano())
		}
		return err
	})
	return t, err
}

// sameFile says whether two files hold the same bytes.
func sameFile(a, b string) bool {
	x, errA := os.ReadFile(a)
	y, errB := os.ReadFile(b)
	return errA == nil && errB == nil && bytes.Equal(x, y)
}

// changes names what differs between two trees.
func changes(got, want tree) (names []string) {
	for name := range maps.Keys(want) {
		if g, ok := got[name]; !ok || g != want[name] {
			names = append(names, name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			names = append(names, name)
		}
	}
	return names
}

// copyTree copies a vault's folder. Files that no open vault writes to in place
// are links, so that a case costs little.
func copyTree(from, to string, linked func(name string) bool) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(from, path)
		target := filepath.Join(to, rel)
		switch {
		case d.IsDir():
			return os.MkdirAll(target, 0o700)
		case rel == "lock":
			return nil
		case linked(filepath.ToSlash(rel)):
			return os.Link(path, target)
		}
		return copyFile(path, target)
	})
}

func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o600)
}

func none(string) bool { return false }

// neverWritten names files that a vault only ever reads, replaces or removes.
func neverWritten(name string) bool {
	return strings.HasPrefix(name, "originals/") || strings.HasPrefix(name, "snapshots/") || strings.HasPrefix(name, "search/")
}
