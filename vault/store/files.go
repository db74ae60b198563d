package store

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// The files beside Badger's own.
const (
	AccountName = "CLOSED"  // the sealed account of the others, which a clean close of the vault leaves
	DiscardName = "DISCARD" // where Badger keeps count of its value log's waste: a megabyte of zeros for ours, which is empty. Badger makes it anew
	DoubtName   = "DOUBT"   // empty; says that something did not read as it should: the next Begin compares every byte before any is used
)

// File is one file of the store as an account has it.
type File struct {
	Name   string `cbor:"name"`
	Size   int64  `cbor:"size"`
	SHA256 []byte `cbor:"sha256"`

	// The end of the file that Badger reads when it opens it; absent: all of it.
	Tail       int64  `cbor:"tail,omitempty"` // bytes
	TailSHA256 []byte `cbor:"tailSha256,omitempty"`
}

// list gives the files that an account names, by name, without their hashes.
func list(dir string) ([]File, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []File
	for _, e := range entries {
		switch e.Name() {
		case AccountName, DiscardName, DoubtName:
			continue
		}
		if !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		files = append(files, File{Name: e.Name(), Size: info.Size()})
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

// Account hashes the files of the store in dir, once it is closed. Of a table
// that is as it was when p began, the hash is known: tables are never written
// to. Should it have been changed on the disk since, the next Open finds that.
func Account(dir string, keys *Keys, p *Proof) ([]File, error) {
	dir = filepath.Join(dir, Dir)
	files, err := list(dir)
	if err != nil {
		return nil, err
	}
	tails := p.tails(dir, keys, files)
	errs := make([]error, len(files))
	parallel(len(files), func(i int) {
		f := &files[i]
		if known, ok := p.known(*f); ok {
			*f = known
			return
		}
		f.Tail = tails[f.Name]
		errs[i] = f.hash(dir)
	})
	return files, errors.Join(errs...)
}

// hash fills in the hashes of a file, and its size as it was read.
func (f *File) hash(dir string) error {
	whole, tail := sha256.New(), sha256.New()
	n, err := readFile(filepath.Join(dir, f.Name), 0, nil, whole, nil)
	if err == nil && n != f.Size {
		err = ErrBroken
	}
	f.SHA256 = whole.Sum(nil)
	if err == nil && f.Tail > 0 {
		_, err = readFile(filepath.Join(dir, f.Name), f.Size-f.Tail, nil, tail, nil)
		f.TailSHA256 = tail.Sum(nil)
	}
	return err
}

// same says whether the file is as the account has it.
func (f File) same(dir string, stop <-chan struct{}) (bool, error) {
	h := sha256.New()
	n, err := readFile(filepath.Join(dir, f.Name), 0, make([]byte, 256<<10), h, stop)
	return n == f.Size && string(h.Sum(nil)) == string(f.SHA256), err
}

// sameTail is same for the part that Badger reads when it opens the file.
func (f File) sameTail(dir string) (bool, error) {
	if f.Tail > f.Size {
		return false, nil
	}
	h := sha256.New()
	n, err := readFile(filepath.Join(dir, f.Name), f.Size-f.Tail, nil, h, nil)
	return n == f.Tail && string(h.Sum(nil)) == string(f.TailSHA256), err
}

var errStopped = errors.New("stopped")

// readFile hashes a file from an offset to its end. With a channel to be
// stopped by, it lets others go first.
func readFile(path string, from int64, buf []byte, h hash.Hash, stop <-chan struct{}) (n int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if _, err := f.Seek(from, io.SeekStart); err != nil {
		return 0, err
	}
	if stop == nil {
		return io.Copy(h, f)
	}
	for {
		select {
		case <-stop:
			return n, errStopped
		default:
			runtime.Gosched()
		}
		m, err := f.Read(buf)
		h.Write(buf[:m])
		n += int64(m)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// changedAt is when a file was last written to; zero where that is not known.
func changedAt(path string) time.Time {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&fs.ModeType != 0 {
		return time.Time{}
	}
	return info.ModTime()
}

// hands is how many goroutines read at once.
const hands = 2

// parallel calls f for 0 … n-1, in any order, from a few goroutines.
func parallel(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range hands {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				f(int(i))
			}
		})
	}
	wg.Wait()
}
