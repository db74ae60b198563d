package vault

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
	"time"
)

// storeFiles lists the files of db/ that an account names, by name, without
// their hashes.
func storeFiles(dir string) ([]closedFile, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []closedFile
	for _, e := range entries {
		switch e.Name() {
		case closedName, discardName, doubtName:
			continue
		}
		if !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		files = append(files, closedFile{Name: e.Name(), Size: info.Size()})
	}
	slices.SortFunc(files, func(a, b closedFile) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

// accountFiles hashes the files of db/. Of a table that is as it was when the
// vault was opened, the hash is known: tables are never written to. Should it
// have been changed on the disk since, the next Open finds that.
func (v *Vault) accountFiles() ([]closedFile, error) {
	dir := filepath.Join(v.dir, storeDir)
	files, err := storeFiles(dir)
	if err != nil {
		return nil, err
	}
	tails := v.tails(files)
	errs := make([]error, len(files))
	parallel(len(files), func(i int) {
		f := &files[i]
		if known, ok := v.proof.known(*f); ok {
			*f = known
			return
		}
		f.Tail = tails[f.Name]
		errs[i] = f.hash(dir)
	})
	return files, errors.Join(errs...)
}

// hash fills in the hashes of a file, and its size as it was read.
func (f *closedFile) hash(dir string) error {
	whole, tail := sha256.New(), sha256.New()
	n, err := readFile(filepath.Join(dir, f.Name), 0, nil, whole, nil)
	if err == nil && n != f.Size {
		err = errStore
	}
	f.SHA256 = whole.Sum(nil)
	if err == nil && f.Tail > 0 {
		_, err = readFile(filepath.Join(dir, f.Name), f.Size-f.Tail, nil, tail, nil)
		f.TailSHA256 = tail.Sum(nil)
	}
	return err
}

// same says whether the file is as the account has it.
func (f closedFile) same(dir string, stop <-chan struct{}) (bool, error) {
	h := sha256.New()
	n, err := readFile(filepath.Join(dir, f.Name), 0, make([]byte, 256<<10), h, stop)
	return n == f.Size && string(h.Sum(nil)) == string(f.SHA256), err
}

// sameTail is same for the part that Badger reads when it opens the file.
func (f closedFile) sameTail(dir string) (bool, error) {
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
