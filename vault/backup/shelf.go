package backup

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/seal"
)

// The names inside a shelf.
const (
	blobsDir   = "blobs"
	listsDir   = "lists"
	listName   = "list"
	partSuffix = ".part" // being written; never read
)

// ErrOtherVault says that a shelf holds the backups of another vault.
var ErrOtherVault = errors.New("the folder holds backups of another vault: choose another one")

// Shelf is a folder of copies of one vault.
type Shelf struct {
	dir string
	id  []byte
	box *seal.Box
}

// FolderName is the name of a vault's shelf in a folder that people chose: it
// says whose it is to the program, and nothing to a person.
func FolderName(vaultID []byte) string { return "carnet-" + hex.EncodeToString(vaultID) }

// IsShelf says whether dir looks like a shelf.
func IsShelf(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, listsDir))
	return err == nil && info.IsDir()
}

// IsList says whether dir looks like the folder of one list on a shelf.
func IsList(dir string) bool {
	dir = filepath.Clean(dir)
	return folderName.MatchString(filepath.Base(dir)) && filepath.Base(filepath.Dir(dir)) == listsDir
}

// Open gives the shelf in dir, which need not exist yet. The error is
// [ErrOtherVault] for a folder of another vault.
func Open(dir string, vaultID []byte, box *seal.Box) (*Shelf, error) {
	s := &Shelf{dir: dir, id: vaultID, box: box}
	for _, h := range Headers(dir) {
		if id, ok := headerID(h.Data); ok && !bytes.Equal(id, vaultID) {
			return nil, ErrOtherVault
		}
	}
	return s, nil
}

// headerID reads the id of the vault out of a header.
func headerID(data []byte) ([]byte, bool) {
	var e struct {
		Header struct {
			ID []byte `json:"id"`
		} `json:"header"`
	}
	err := json.Unmarshal(data, &e)
	return e.Header.ID, err == nil && len(e.Header.ID) > 0
}

// Header is the clear header that stands beside a list.
type Header struct {
	Dir  string // the list's folder
	Data []byte
}

// Headers gives the headers of a shelf, newest first by their folders' names.
// No key is needed: they are how a key is found.
func Headers(dir string) []Header {
	var all []Header
	for _, name := range listFolders(dir) {
		folder := filepath.Join(dir, listsDir, name)
		if data, err := readLimited(filepath.Join(folder, HeaderName), headerLimit); err == nil {
			all = append(all, Header{folder, data})
		}
	}
	return all
}

// folderName is what a list's folder is called; what is called otherwise is not
// ours.
var folderName = regexp.MustCompile(`^[0-9]{20}-[0-9]{8}T[0-9]{6}Z(-[0-9]+)?$`)

// listFolders gives the names of the lists' folders, newest first.
func listFolders(dir string) []string {
	entries, err := os.ReadDir(filepath.Join(dir, listsDir))
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && folderName.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	slices.Reverse(names)
	return names
}

// NewestEpoch is the highest epoch of a shelf's lists by their folders' names; 0
// where there are none. It asks for no key.
func NewestEpoch(dir string) uint64 {
	names := listFolders(dir)
	if len(names) == 0 {
		return 0
	}
	epoch, _ := strconv.ParseUint(names[0][:epochDigits], 10, 64) // 0 where it does not fit
	return epoch
}

// epochDigits is how many digits of the epoch begin a list folder's name.
const epochDigits = 20

// Entry is a list on the shelf.
type Entry struct {
	List
	Dir string // its folder
	Err error  // why it cannot be used; then the list is empty
}

// Lists gives what is on the shelf: those that can be used, newest first, then
// the others.
func (s *Shelf) Lists() []Entry {
	var all []Entry
	for _, name := range listFolders(s.dir) {
		e := Entry{Dir: filepath.Join(s.dir, listsDir, name)}
		e.List, e.Err = s.readList(e.Dir)
		if e.Err != nil {
			e.List = List{}
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b Entry) int {
		switch {
		case a.Run > b.Run:
			return -1
		case a.Run < b.Run:
			return 1
		}
		return 0
	})
	return all
}

func (s *Shelf) readList(folder string) (List, error) {
	sealed, err := readLimited(filepath.Join(folder, listName), listLimit)
	if err != nil {
		return List{}, errList
	}
	l, err := openList(s.box, s.id, sealed)
	if err == nil && !strings.HasPrefix(filepath.Base(folder), l.folder()) {
		return List{}, errList // another one's, in its place
	}
	return l, err
}

// newest is the newest list that can be used.
func newest(all []Entry) (Entry, bool) {
	if len(all) > 0 && all[0].Err == nil {
		return all[0], true
	}
	return Entry{}, false
}

// BlobPath is where the bytes with that SHA-256 stand.
func (s *Shelf) BlobPath(sum []byte) string {
	name := hex.EncodeToString(sum)
	return filepath.Join(s.dir, blobsDir, name[:2], name)
}

// Path is where the bytes of a file of a list stand.
func (s *Shelf) Path(e Entry, f File) string {
	if f.Name == HeaderName {
		return filepath.Join(e.Dir, HeaderName)
	}
	return s.BlobPath(f.SHA256)
}

// Copies gives where the bytes of a file of the vault may stand, by the lists
// from the newest one on, each once. They have the right size; whoever uses one
// compares its SHA-256, as [Sum] gives it.
func (s *Shelf) Copies(name string) []Copy {
	var found []Copy
	seen := map[string]bool{}
	for _, e := range s.Lists() {
		for _, f := range e.Files {
			if f.Name != name || seen[string(f.SHA256)] {
				continue
			}
			seen[string(f.SHA256)] = true
			if path := s.Path(e, f); hasSize(path, f.Size) {
				found = append(found, Copy{File: f, Path: path})
			}
		}
	}
	return found
}

// Copy is where the bytes of a file stand.
type Copy struct {
	File
	Path string
}

func hasSize(path string, size int64) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() == size
}

// readLimited reads a whole file of at most limit bytes.
func readLimited(path string, limit int64) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, fs.ErrInvalid
	}
	return os.ReadFile(path)
}
