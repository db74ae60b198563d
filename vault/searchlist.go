package vault

import (
	"os"
	"path/filepath"
)

// searchListName is the sealed list of what the index is made of.
const searchListName = "INDEX"

const searchListLimit = 4 << 20 // bytes: a million records have 2,000 blocks of 5 bytes

// searchLayout is the form of the files in search/. One of another form is built
// again.
const searchLayout = 1

// searchList is the content of that file. It counts only for a vault that holds
// exactly the items of Root, whatever happened to its journal and db/ since.
type searchList struct {
	Layout int            `cbor:"layout"`
	Rules  int            `cbor:"rules"` // searchRules
	Root   root           `cbor:"root"`
	Files  []searchListed `cbor:"files"` // oldest first
}

type searchListed struct {
	Name  string   `cbor:"name"`
	Docs  int      `cbor:"docs"`
	Sizes []uint32 `cbor:"sizes"` // of its sealed blocks, in bytes
}

// sameItems says whether two roots stand for the same items.
func (r root) sameItems(o root) bool { return r.Count == o.Count && r.Hash == o.Hash }

func (s *searchIndex) listPath() string { return filepath.Join(s.v.dir, searchDir, searchListName) }

func (s *searchIndex) listPlace() []byte { return s.v.keys.searchPlace(searchListName, searchLayout) }

// readList gives the list; false where there is none that can be used.
func (s *searchIndex) readList() (l searchList, ok bool) {
	sealed, err := readLimited(s.listPath(), searchListLimit)
	if err != nil {
		return l, false
	}
	packed, err := s.v.keys.search.Open(nil, s.listPlace(), sealed)
	if err != nil {
		return l, false
	}
	b, err := s.v.packer.unpack(packed)
	if err != nil || s.v.codec.dec.Unmarshal(b, &l) != nil {
		return searchList{}, false
	}
	return l, l.Layout == searchLayout && l.Rules == searchRules
}

// writeList puts the list in place. Until then the former one counts, or none.
func (s *searchIndex) writeList(l searchList) error {
	b, err := s.v.codec.enc.Marshal(l)
	if err != nil {
		return err
	}
	sealed := s.v.keys.search.Seal(nil, s.listPlace(), s.v.packer.frame(nil, b))
	path := s.listPath()
	os.Remove(path + partSuffix)
	if err := os.WriteFile(path+partSuffix, sealed, 0o600); err != nil {
		os.Remove(path + partSuffix)
		return err
	}
	return os.Rename(path+partSuffix, path)
}
