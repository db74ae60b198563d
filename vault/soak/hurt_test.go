package soak_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// patient is a copy of the vault that is being hurt.
type patient struct {
	base
	dir   string
	rnd   *rand.Rand
	names []string // its files
	told  []string // what was done, in words
	hurt  map[string]bool
}

// hurts are all kinds of damage.
func hurts() []struct {
	kind string
	do   func(*patient) error
} {
	return []struct {
		kind string
		do   func(*patient) error
	}{
		{"bit flipped", (*patient).flip},
		{"bytes overwritten", (*patient).overwrite},
		{"cut short", (*patient).cut},
		{"emptied", (*patient).empty},
		{"deleted", (*patient).remove},
		{"bytes added", (*patient).extend},
		{"bytes inserted", (*patient).insert},
		{"page zeroed", (*patient).zero},
		{"files exchanged", (*patient).exchange},
		{"ranges exchanged", (*patient).ranges},
		{"older file", (*patient).olderFile},
		{"older files", (*patient).olderFiles},
		{"older folders", (*patient).olderFolders},
		{"folder deleted", (*patient).folder},
		{"segment twice", (*patient).twice},
		{"conflict copy", (*patient).conflict},
	}
}

// file picks a file: first the folder, then the file, so that a folder of many
// files does not get all of the damage.
func (p *patient) file() string {
	folders := map[string][]string{}
	for _, name := range p.names {
		top, _, _ := strings.Cut(name, "/")
		if strings.HasPrefix(name, "vault.json") {
			top = "header"
		}
		folders[top] = append(folders[top], name)
	}
	tops := []string{}
	for top := range folders {
		tops = append(tops, top)
	}
	slices.Sort(tops)
	for {
		list := folders[pick(p.rnd, tops...)]
		name := pick(p.rnd, list...)
		if _, err := os.Stat(filepath.Join(p.dir, name)); err == nil {
			return name
		}
	}
}

func (p *patient) path(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }

// change rewrites a file as a new one: it may be a link.
func (p *patient) change(name string, f func([]byte) ([]byte, string)) error {
	b, err := os.ReadFile(p.path(name))
	if err != nil {
		return err
	}
	b, what := f(bytes.Clone(b))
	return p.put(name, b, what)
}

func (p *patient) put(name string, b []byte, what string) error {
	os.Remove(p.path(name))
	p.note(name, what)
	os.MkdirAll(filepath.Dir(p.path(name)), 0o700)
	return os.WriteFile(p.path(name), b, 0o600)
}

func (p *patient) note(name, what string) {
	p.hurt[name] = true
	p.told = append(p.told, name+": "+what)
}

// at is a place in n bytes, often near the end, where the newest things are.
func (p *patient) at(n int) int {
	if n == 0 {
		return 0
	}
	if p.rnd.IntN(3) == 0 {
		return max(0, n-1-p.rnd.IntN(400))
	}
	return p.rnd.IntN(n)
}

func (p *patient) flip() error {
	return p.change(p.file(), func(b []byte) ([]byte, string) {
		if len(b) == 0 {
			return []byte{1}, "a byte where there was none"
		}
		at := p.at(len(b))
		b[at] ^= 1 << p.rnd.IntN(8)
		return b, fmt.Sprintf("bit flipped in byte %d of %d", at, len(b))
	})
}

func (p *patient) overwrite() error {
	return p.change(p.file(), func(b []byte) ([]byte, string) {
		at, n := p.at(len(b)), 1+p.rnd.IntN(600)
		for i := at; i < min(at+n, len(b)); i++ {
			b[i] = byte(p.rnd.Uint32())
		}
		return b, fmt.Sprintf("%d bytes overwritten at %d of %d", n, at, len(b))
	})
}

func (p *patient) cut() error {
	return p.change(p.file(), func(b []byte) ([]byte, string) {
		at := p.at(len(b))
		return b[:at], fmt.Sprintf("cut to %d of %d bytes", at, len(b))
	})
}

func (p *patient) empty() error {
	return p.change(p.file(), func(b []byte) ([]byte, string) { return nil, "emptied" })
}

func (p *patient) remove() error {
	name := p.file()
	p.note(name, "deleted")
	return os.Remove(p.path(name))
}

func (p *patient) extend() error {
	return p.change(p.file(), func(b []byte) ([]byte, string) {
		n := pick(p.rnd, 1, 3, 16, 100, 5000)
		add := make([]byte, n)
		if p.rnd.IntN(2) == 0 {
			for i := range add {
				add[i] = byte(p.rnd.Uint32())
			}
		}
		return append(b, add...), fmt.Sprintf("%d bytes added behind %d, blank: %v", n, len(b), bytes.Count(add, []byte{0}) == n)
	})
}

func (p *patient) insert() error {
	return p.change(p.file(), func(b []byte) ([]byte, string) {
		at := p.at(len(b))
		return slices.Insert(b, at, []byte(noise(p.rnd, 1+p.rnd.IntN(50)))...), fmt.Sprintf("bytes inserted at %d of %d", at, len(b))
	})
}

func (p *patient) zero() error {
	return p.change(p.file(), func(b []byte) ([]byte, string) {
		size := pick(p.rnd, 512, 4096)
		at := p.at(len(b)) / size * size
		clear(b[at:min(len(b), at+size)])
		return b, fmt.Sprintf("%d bytes zeroed at %d of %d", size, at, len(b))
	})
}

func (p *patient) exchange() error {
	a := p.file()
	b := p.file()
	for range 10 { // rather one of its own kind
		if filepath.Ext(b) == filepath.Ext(a) && a != b {
			break
		}
		b = p.file()
	}
	if a == b {
		return p.remove()
	}
	x, err := os.ReadFile(p.path(a))
	if err != nil {
		return err
	}
	y, err := os.ReadFile(p.path(b))
	if err != nil {
		return err
	}
	if err := p.put(a, y, "in the place of "+b); err != nil {
		return err
	}
	return p.put(b, x, "in the place of "+a)
}

func (p *patient) ranges() error {
	return p.change(p.file(), func(b []byte) ([]byte, string) {
		n := 1 + p.rnd.IntN(max(1, len(b)/4))
		x, y := p.at(len(b)), p.at(len(b))
		if x > y {
			x, y = y, x
		}
		n = min(n, y-x, len(b)-y)
		for i := range max(0, n) {
			b[x+i], b[y+i] = b[y+i], b[x+i]
		}
		return b, fmt.Sprintf("%d bytes at %d and %d of %d exchanged", n, x, y, len(b))
	})
}

// older puts one file back as it was.
func (p *patient) older(name string, age int) error {
	b, err := os.ReadFile(filepath.Join(p.age(age), name))
	if err != nil { // it was not there then
		p.note(name, fmt.Sprintf("deleted, as at age %d", age))
		return os.Remove(p.path(name))
	}
	return p.put(name, b, fmt.Sprintf("as at age %d", age))
}

func (p *patient) olderFile() error { return p.older(p.file(), p.rnd.IntN(p.Ages)) }

func (p *patient) olderFiles() error {
	age := p.rnd.IntN(p.Ages)
	for range 2 + p.rnd.IntN(4) {
		if err := p.older(p.file(), age); err != nil {
			return err
		}
	}
	return nil
}

// parts are what a copying program may bring back as a whole.
func parts() []string {
	return []string{"vault.json", "journal", "db", "originals", "search", "snapshots", "drafts", "kept"}
}

func (p *patient) olderFolders() error {
	age := p.rnd.IntN(p.Ages)
	for _, part := range parts() {
		if p.rnd.IntN(3) > 0 {
			continue
		}
		for _, name := range p.names {
			if strings.HasPrefix(name, part) {
				os.Remove(p.path(name))
				p.hurt[name] = true
			}
		}
		p.told = append(p.told, fmt.Sprintf("%s as at age %d", part, age))
		err := filepath.WalkDir(p.age(age), func(path string, d os.DirEntry, err error) error {
			rel, _ := filepath.Rel(p.age(age), path)
			if err != nil || d.IsDir() || !strings.HasPrefix(filepath.ToSlash(rel), part) {
				return err
			}
			p.hurt[filepath.ToSlash(rel)] = true
			os.MkdirAll(filepath.Dir(p.path(rel)), 0o700)
			return copyFile(path, p.path(rel))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *patient) folder() error {
	part := pick(p.rnd, parts()[1:]...)
	for _, name := range p.names {
		if strings.HasPrefix(name, part+"/") {
			p.hurt[name] = true
		}
	}
	p.told = append(p.told, part+" deleted")
	return os.RemoveAll(p.path(part))
}

// segments are those of the journal.
func (p *patient) segments() (list []string) {
	for _, name := range p.names {
		if strings.HasPrefix(name, "journal/") && strings.HasSuffix(name, ".log") {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// twice puts a segment behind the last one, or over another.
func (p *patient) twice() error {
	list := p.segments()
	from := pick(p.rnd, list...)
	to := pick(p.rnd, append(list, fmt.Sprintf("journal/%06d.log", len(list)+1))...)
	b, err := os.ReadFile(p.path(from))
	if err != nil {
		return p.flip() // it is gone already
	}
	return p.put(to, b, "a copy of "+from)
}

// conflict leaves a file as synchronising programs name it.
func (p *patient) conflict() error {
	name := p.file()
	b, err := os.ReadFile(p.path(name))
	if err != nil {
		return err
	}
	ext := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	copied := pick(p.rnd, stem+" (1)"+ext, stem+" (Marie's conflicted copy 2026-01-02)"+ext, stem+".sync-conflict-20260102-101112-ABCDEFG"+ext)
	return p.put(copied, b, "a copy of "+name)
}
