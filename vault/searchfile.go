package vault

import (
	"bufio"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/carnet-phr/carnet/vault/fulltext"
)

// What is read of search/ at most.
const (
	searchBlockLimit = 8 << 20  // bytes of one sealed block
	searchCacheSize  = 16 << 20 // bytes of opened blocks that are kept in memory
)

const searchSuffix = ".seg"

// errSearch says that a file of search/ is missing or not as it was written: it
// is built again, and nobody sees this.
var errSearch = errors.New("a file of the search index cannot be used")

// searchFile is one segment of the index on the disk: its blocks, each packed
// and sealed for its place, one behind the other.
type searchFile struct {
	keys   *keyring
	packer *packer
	cache  *blockCache
	name   string
	sizes  []uint32 // of the sealed blocks
	at     []int64  // where each begins
	file   *os.File
}

func (k *keyring) searchPlace(name string, block int) []byte {
	return k.place([]byte(path.Join(searchDir, name)), uint64(block))
}

// openSearchFile opens a file that the list names. Its blocks are looked at when
// they are asked for.
func (s *searchIndex) openSearchFile(l searchListed) (*searchFile, error) {
	f := s.searchFile(l.Name)
	f.sizes = l.Sizes
	end := int64(0)
	for _, n := range l.Sizes {
		if n > searchBlockLimit {
			return nil, errSearch
		}
		f.at = append(f.at, end)
		end += int64(n)
	}
	var err error
	if f.file, err = os.Open(filepath.Join(s.v.dir, searchDir, l.Name)); err != nil {
		return nil, errSearch
	}
	if info, err := f.file.Stat(); err != nil || info.Size() != end {
		f.file.Close()
		return nil, errSearch
	}
	return f, nil
}

func (s *searchIndex) searchFile(name string) *searchFile {
	return &searchFile{keys: s.v.keys, packer: s.v.packer, cache: &s.cache, name: name}
}

// Len implements [fulltext.Blocks].
func (f *searchFile) Len() int { return len(f.sizes) }

// Block implements [fulltext.Blocks].
func (f *searchFile) Block(n int) ([]byte, error) {
	if b := f.cache.get(f, n); b != nil {
		return b, nil
	}
	sealed := make([]byte, f.sizes[n])
	if _, err := f.file.ReadAt(sealed, f.at[n]); err != nil {
		return nil, errSearch
	}
	packed, err := f.keys.search.Open(sealed[:0:0], f.keys.searchPlace(f.name, n), sealed)
	if err != nil {
		return nil, errSearch
	}
	b, err := f.packer.unpack(packed)
	if err != nil {
		return nil, errSearch
	}
	f.cache.put(f, n, b)
	return b, nil
}

func (f *searchFile) listed(docs int) searchListed {
	return searchListed{Name: f.name, Docs: docs, Sizes: f.sizes}
}

// writeSearchFile puts a new segment in place. fill hands its blocks to emit.
// Nothing is flushed: what a cut of the power spoils does not open, and is built
// again.
func (s *searchIndex) writeSearchFile(fill func(emit func(block []byte) error) error) (f *searchFile, err error) {
	f = s.searchFile(newSearchName())
	path := filepath.Join(s.v.dir, searchDir, f.name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	out, err := os.OpenFile(path+partSuffix, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	w := bufio.NewWriterSize(out, 256<<10)
	err = fill(func(block []byte) error {
		sealed := f.keys.search.Seal(nil, f.keys.searchPlace(f.name, len(f.sizes)), f.packer.frame(nil, block))
		at := int64(0)
		if n := len(f.sizes); n > 0 {
			at = f.at[n-1] + int64(f.sizes[n-1])
		}
		f.at, f.sizes = append(f.at, at), append(f.sizes, uint32(len(sealed)))
		_, err := w.Write(sealed)
		return err
	})
	err = errors.Join(err, w.Flush(), out.Close())
	if err == nil {
		err = os.Rename(path+partSuffix, path)
	}
	if err == nil {
		f.file, err = os.Open(path)
	}
	if err != nil {
		os.Remove(path + partSuffix)
		return nil, err
	}
	return f, nil
}

// newSearchName draws a name that no other file ever had: with its name a block
// is bound to the one file that it was written for.
func newSearchName() string {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:]) + searchSuffix
}

// isSearchName says whether a file in search/ is one of ours.
func isSearchName(name string) bool {
	name = strings.TrimSuffix(name, partSuffix)
	stem, ok := strings.CutSuffix(name, searchSuffix)
	_, err := hex.DecodeString(stem)
	return ok && len(stem) == 16 && err == nil || name == searchListName
}

// removeSearchFiles removes what keep does not name.
func (s *searchIndex) removeSearchFiles(keep map[string]bool) {
	entries, err := os.ReadDir(filepath.Join(s.v.dir, searchDir))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	for _, e := range entries {
		if isSearchName(e.Name()) && !keep[e.Name()] {
			os.Remove(filepath.Join(s.v.dir, searchDir, e.Name()))
		}
	}
}

var _ fulltext.Blocks = (*searchFile)(nil)
