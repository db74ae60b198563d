package backup

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/carnet-phr/carnet/vault/seal"
)

// HeaderName is the name of the header among the files of a list.
const HeaderName = "vault.json"

const (
	listVersion = 1
	listLimit   = 512 << 20 // bytes: a million originals have 90 MB
	headerLimit = 1 << 20   // bytes of vault.json
	filesLimit  = 1 << 23   // files of one list
)

// Errors of reading a list.
var (
	ErrNewer = errors.New("the backup was written by a newer version of carnet: install that version to read it")
	errList  = errors.New("the list of the backup was changed or cut")
)

// List says what made up the vault when a backup was made.
type List struct {
	Version int       `cbor:"v"`
	Vault   []byte    `cbor:"vault"` // its id
	Run     uint64    `cbor:"run"`   // 1, 2, 3 …: which list is the newer one, whatever the clock says
	At      time.Time `cbor:"at"`
	Epoch   uint64    `cbor:"epoch"`
	Frame   uint64    `cbor:"frame"`
	Tag     []byte    `cbor:"tag"`
	Count   int       `cbor:"count"`             // items
	Lacking int       `cbor:"lacking,omitempty"` // files that were missing or damaged in the vault
	Files   []File    `cbor:"files"`
}

// File is one file of a vault: its name there, and its bytes.
type File struct {
	Name   string `cbor:"name"`
	Size   int64  `cbor:"size"`
	SHA256 []byte `cbor:"sha256"`
}

func (f File) same(g File) bool {
	return f.Name == g.Name && f.Size == g.Size && bytes.Equal(f.SHA256, g.SHA256)
}

// fileName is every name that a file of a vault may have in a backup.
var fileName = regexp.MustCompile(`^(vault\.json|journal/[0-9]{6}\.log|originals/[0-9a-z]{2}/[0-9a-z]{26})$`)

// ValidName says whether a file of a vault may have that name. Nothing else is
// ever written by a restore, so that no list or archive reaches outside of the
// folder.
func ValidName(name string) bool {
	if !fileName.MatchString(name) {
		return false
	}
	if rest, ok := strings.CutPrefix(name, "originals/"); ok {
		dir, file, _ := strings.Cut(rest, "/")
		return strings.HasPrefix(file, dir)
	}
	return true
}

// Bytes is the size of all files together.
func (l List) Bytes() (total int64) {
	for _, f := range l.Files {
		total += f.Size
	}
	return total
}

// folder is the name of the list's folder.
func (l List) folder() string {
	return fmt.Sprintf("%020d-%s", l.Epoch, l.At.UTC().Format("20060102T150405Z"))
}

// same says whether two lists name the same bytes.
func (l List) same(o List) bool {
	return l.Epoch == o.Epoch && l.Frame == o.Frame && l.Lacking == o.Lacking && bytes.Equal(l.Tag, o.Tag) &&
		slices.EqualFunc(l.Files, o.Files, File.same)
}

func listPlace(vaultID []byte) []byte { return append([]byte("carnet backup list v1\x00"), vaultID...) }

func (l List) seal(box *seal.Box) ([]byte, error) {
	enc, err := encoder()
	if err != nil {
		return nil, err
	}
	b, err := enc.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("encode the list of the backup: %w", err)
	}
	return box.Seal(nil, listPlace(l.Vault), b), nil
}

// openList opens and checks a list. What is sealed was written by somebody with
// the key, but a reader writes files by these names: they are checked all the
// same.
func openList(box *seal.Box, vaultID, sealed []byte) (List, error) {
	var l List
	b, err := box.Open(nil, listPlace(vaultID), sealed)
	if err != nil {
		return l, errList
	}
	dec, err := decoder()
	if err != nil {
		return l, err
	}
	var v struct {
		Version int `cbor:"v"`
	}
	if dec.Unmarshal(b, &v) == nil && v.Version > listVersion {
		return l, ErrNewer
	}
	if dec.Unmarshal(b, &l) != nil || !bytes.Equal(l.Vault, vaultID) {
		return l, errList
	}
	seen := make(map[string]bool, len(l.Files))
	for _, f := range l.Files {
		if !ValidName(f.Name) || seen[f.Name] || f.Size < 0 || len(f.SHA256) != 32 {
			return l, errList
		}
		seen[f.Name] = true
	}
	if !seen[HeaderName] {
		return l, errList
	}
	return l, nil
}

func encoder() (cbor.EncMode, error) {
	eo := cbor.CoreDetEncOptions()
	eo.Time = cbor.TimeRFC3339NanoUTC
	return eo.EncMode()
}

func decoder() (cbor.DecMode, error) {
	return cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		TagsMd:            cbor.TagsForbidden,
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
		MaxArrayElements:  filesLimit,
	}.DecMode()
}
