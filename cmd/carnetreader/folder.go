package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const listLimit = 512 << 20 // bytes of a shelf's list

// folder is where the files of a vault are: its own folder, or the shelf of
// copies that a list belongs to.
type folder struct {
	root  *os.Root
	list  string            // the folder of the list below the shelf; "": a vault
	blobs map[string]string // where the shelf has a file
}

// openFolder opens a vault, or the shelf of dir where that is a list's folder.
func openFolder(dir string) (*folder, error) {
	if _, err := os.Lstat(filepath.Join(dir, "list")); err != nil {
		root, err := os.OpenRoot(dir)
		return &folder{root: root}, err
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	list := "lists/" + filepath.Base(dir) + "/"
	root, err := os.OpenRoot(filepath.Dir(filepath.Dir(dir)))
	return &folder{root, list, map[string]string{"vault.json": list + "vault.json"}}, err
}

// open opens a file by its name in the vault, but no pipe, device or folder.
func (d *folder) open(name string) (*os.File, error) {
	path := name
	if d.list != "" {
		path = d.blobs[name]
	}
	info, err := d.root.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a file")
	}
	return d.root.Open(path)
}

// segments names the files of the journal.
func (d *folder) segments() ([]string, error) {
	if d.list == "" {
		return fs.Glob(d.root.FS(), "journal/[0-9][0-9][0-9][0-9][0-9][0-9].log")
	}
	names := slices.Sorted(maps.Keys(d.blobs))
	return slices.DeleteFunc(names, func(n string) bool { return !strings.HasPrefix(n, "journal/") }), nil
}

// originals names the files of originals that are in place.
func (d *folder) originals() []string {
	paths, err := fs.Glob(d.root.FS(), "originals/??/*")
	if err != nil || d.list != "" {
		return nil
	}
	return slices.DeleteFunc(paths, func(p string) bool { return strings.HasSuffix(p, ".part") })
}

// inventory is what a list says.
type inventory struct {
	V       uint64 `cbor:"v"`
	Vault   []byte `cbor:"vault"`
	Epoch   uint64 `cbor:"epoch"`
	Count   int    `cbor:"count"`
	Lacking int    `cbor:"lacking"`
	Files   []struct {
		Name   string `cbor:"name"`
		Size   int64  `cbor:"size"`
		SHA256 []byte `cbor:"sha256"`
	} `cbor:"files"`
}

// unshelve opens the list of a shelf and compares every file that it names.
func (d *folder) unshelve(k keys, bad func(error) error) (l inventory, err error) {
	if d.list == "" {
		return l, nil
	}
	name := d.list + "list"
	f, err := d.root.Open(name)
	if err != nil {
		return l, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, listLimit))
	if err != nil {
		return l, err
	}
	plain, err := unseal(k.sub("backup"), append([]byte("carnet backup list v1\x00"), k.id...), b)
	if err != nil || decode(plain, &l) != nil || l.V != 1 || string(l.Vault) != string(k.id) {
		return l, damaged(name, 0, 0, "it does not open, or is of a version that this reader does not know")
	}
	names := regexp.MustCompile(`^(vault\.json|journal/[0-9]{6}\.log|originals/[0-9a-z]{2}/[0-9a-z]{26})$`)
	if l.Lacking > 0 {
		err = bad(damaged(name, 0, 0, fmt.Sprintf("%d files were missing when it was made", l.Lacking)))
	}
	for _, f := range l.Files {
		if err != nil || !names.MatchString(f.Name) || len(f.SHA256) != sha256.Size {
			return l, errors.Join(err, damaged(name, 0, 0, "it names a file in a way that this reader does not know"))
		}
		if f.Name != "vault.json" {
			d.blobs[f.Name] = fmt.Sprintf("blobs/%x/%x", f.SHA256[:1], f.SHA256)
		}
		err = d.compare(f.Name, f.Size, f.SHA256)
		if err != nil {
			err = bad(damaged(d.blobs[f.Name], 0, 0, err.Error()))
		}
	}
	return l, err
}

func (d *folder) compare(name string, size int64, want []byte) error {
	f, err := d.open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	if err == nil && (n != size || hex.EncodeToString(sum.Sum(nil)) != hex.EncodeToString(want)) {
		err = fmt.Errorf("its size or SHA-256 is not that of %s", name)
	}
	return err
}
