package vault

import (
	"crypto/sha256"
	"io"
	"os"
	"path"
	"path/filepath"
	"sort"
	"sync"
)

// closedName is the sealed account of db/ that a clean close leaves in it. It
// is gone once the vault is written to: without it, or when a byte of db/ is not as
// it says, Badger is not asked at all and db/ is built again. So Badger never
// meets a changed file, which it would answer with a panic or fewer records.
const closedName = "CLOSED"

const closedLimit = 16 << 20 // bytes: a million records have 400 files of 60 bytes

// storeLayout is how this version lays out the keys and values of db/. One of
// another layout is built again.
const storeLayout = 3

// closed is the content of that file.
type closed struct {
	Layout int          `cbor:"layout"`
	State  state        `cbor:"state"`
	Files  []closedFile `cbor:"files"`
}

type closedFile struct {
	Name   string `cbor:"name"`
	Size   int64  `cbor:"size"`
	SHA256 []byte `cbor:"sha256"`
}

func (v *Vault) closedPlace() []byte { return v.keys.place([]byte("db/"+closedName), 1) }

// discardName is where Badger keeps count of its value log's waste: a megabyte
// of zeros for ours, which is empty. Badger makes it anew.
const discardName = "DISCARD"

// sealStore writes the account, once Badger is closed.
func (v *Vault) sealStore() error {
	dir := filepath.Join(v.dir, storeDir)
	os.Remove(filepath.Join(dir, discardName))
	files, err := v.storeFiles()
	if err != nil {
		return errStore
	}
	for _, f := range files {
		if os.Chmod(filepath.Join(dir, f.Name), 0o600) != nil { // Badger leaves it to the umask
			return errStore
		}
	}
	b, err := v.codec.enc.Marshal(closed{Layout: storeLayout, State: *v.now.Load(), Files: files})
	if err != nil {
		return errStore
	}
	sealed := v.keys.value.Seal(nil, v.closedPlace(), v.packer.frame(nil, b))
	return writeFile(filepath.Join(dir, closedName), sealed)
}

// readClosed gives the state that db/ holds; false unless every byte of it is
// as the last close left it. What is not is noted, but for what a process that
// died leaves: no account at all.
func (v *Vault) readClosed() (*state, bool) {
	sealed, err := readLimited(filepath.Join(v.dir, storeDir, closedName), closedLimit)
	if err != nil {
		return nil, false
	}
	c, ok := v.openClosed(sealed)
	if !ok {
		v.noteStore(closedName)
		return nil, false
	}
	if c.Layout != storeLayout {
		return nil, false
	}
	files, err := v.storeFiles()
	if err != nil {
		return nil, false
	}
	found := make(map[string]closedFile, len(files))
	for _, f := range files {
		found[f.Name] = f
	}
	for _, w := range c.Files {
		if f := found[w.Name]; f.Size != w.Size || string(f.SHA256) != string(w.SHA256) {
			v.noteStore(w.Name)
			return nil, false
		}
	}
	if len(files) != len(c.Files) {
		v.noteStore("")
		return nil, false
	}
	return c.State.clone(), true
}

func (v *Vault) noteStore(name string) {
	v.noteMended(path.Join(storeDir, name), "it was changed, and the index was built again from the journal")
}

// openClosed opens the account itself.
func (v *Vault) openClosed(sealed []byte) (c closed, ok bool) {
	packed, err := v.keys.value.Open(nil, v.closedPlace(), sealed)
	if err != nil {
		return c, false
	}
	b, err := v.packer.unpack(packed)
	if err != nil {
		return c, false
	}
	return c, v.codec.dec.Unmarshal(b, &c) == nil
}

// storeFiles lists and hashes the files of db/, two at a time.
func (v *Vault) storeFiles() ([]closedFile, error) {
	dir := filepath.Join(v.dir, storeDir)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []closedFile
	for _, e := range entries {
		if e.Name() != closedName && e.Name() != discardName && e.Type().IsRegular() {
			files = append(files, closedFile{Name: e.Name()})
		}
	}
	sort.Slice(files, func(i, j int) bool { return files[i].Name < files[j].Name })
	errs := make([]error, len(files))
	parallel(len(files), func(i int) {
		files[i].Size, files[i].SHA256, errs[i] = hashFile(filepath.Join(dir, files[i].Name))
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

func hashFile(path string) (int64, []byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, nil, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return n, h.Sum(nil), err
}

// hands is how many goroutines share the work of one commit or one open.
const hands = 2

// parallel calls f for 0 … n-1, in any order, from a few goroutines.
func parallel(n int, f func(i int)) {
	const grain = 64 // calls taken at a time
	if n <= 2 {
		for i := range n {
			f(i)
		}
		return
	}
	var mu sync.Mutex
	next := 0
	var wg sync.WaitGroup
	step := max(1, min(grain, n/(2*hands)))
	for range hands {
		wg.Go(func() {
			for {
				mu.Lock()
				from := next
				next += step
				mu.Unlock()
				for i := from; i < min(from+step, n); i++ {
					f(i)
				}
				if from >= n {
					return
				}
			}
		})
	}
	wg.Wait()
}
