package vault

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/carnet-phr/carnet/vault/seal"
)

const (
	draftSizeLimit  = 1 << 20 // of one draft, in bytes
	draftCountLimit = 256     // drafts in one vault
	draftVersion    = 1       // the last part of a draft's place
)

// SaveDraft keeps what somebody typed and did not file yet under a name, sealed,
// until the vault is open again; empty data drops it. A draft is no part of the
// record: no backup, check or epoch knows it. It may be called at any time and
// concurrently; a draft above 1 MiB is refused and the former one stays. In what
// [Rescue] opened it is [ErrRescued].
func (v *Vault) SaveDraft(name string, data []byte) error {
	if v.rescued != "" {
		return ErrRescued
	}
	done, err := v.use()
	if err != nil {
		return err
	}
	defer done()
	v.drafts.Lock()
	defer v.drafts.Unlock()
	path := v.draftPath(name)
	if len(data) == 0 {
		return draftProblem(v.dropDraft(path))
	}
	if len(data) > draftSizeLimit {
		return fmt.Errorf("keep a draft: it has %d bytes, and a draft may have %d: file it, or make it shorter", len(data), draftSizeLimit)
	}
	if err := v.roomForDraft(path); err != nil {
		return err
	}
	return draftProblem(writeFile(path, v.keys.value.Seal(nil, v.draftPlace(path), data)))
}

// Draft gives the draft with that name, nil when there is none. One that was
// changed, cut or moved counts as none.
func (v *Vault) Draft(name string) ([]byte, error) {
	done, err := v.use()
	if err != nil {
		return nil, err
	}
	defer done()
	v.drafts.Lock()
	defer v.drafts.Unlock()
	path := v.draftPath(name)
	sealed, err := readLimited(path, draftSizeLimit+seal.Overhead)
	if err != nil {
		return nil, nil
	}
	data, err := v.keys.value.Open(nil, v.draftPlace(path), sealed)
	if err != nil || len(data) == 0 {
		return nil, nil
	}
	return data, nil
}

// use keeps the vault open until done is called.
func (v *Vault) use() (done func(), err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return nil, ErrClosed
	}
	v.active.Add(1)
	return v.active.Done, nil
}

// draftPath is where a draft lies. Its name there says nothing of it to anybody
// without the key.
func (v *Vault) draftPath(name string) string {
	mac := seal.MAC(v.keys.drafts, []byte(name))
	return filepath.Join(v.dir, draftDir, hex.EncodeToString(mac[:16]))
}

func (v *Vault) draftPlace(path string) []byte {
	return v.keys.place([]byte(draftDir+"/"+filepath.Base(path)), draftVersion)
}

func (v *Vault) dropDraft(path string) error {
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return errors.Join(err, syncDir(filepath.Dir(path)))
}

// roomForDraft makes the folder, takes away what a write that was cut short left
// there, and counts.
func (v *Vault) roomForDraft(path string) error {
	dir := filepath.Dir(path)
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return draftProblem(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return draftProblem(err)
	}
	others := 0
	for _, e := range entries {
		switch {
		case strings.HasSuffix(e.Name(), partSuffix):
			os.Remove(filepath.Join(dir, e.Name()))
		case e.Name() != filepath.Base(path):
			others++
		}
	}
	if others >= draftCountLimit {
		return fmt.Errorf("keep a draft: there are %d already: finish some of them first", others)
	}
	return nil
}

func draftProblem(err error) error {
	switch {
	case err == nil:
		return nil
	case isFull(err):
		return ErrNoRoom
	case errors.Is(err, fs.ErrPermission) || isReadOnly(err):
		return ErrReadOnly
	}
	return fmt.Errorf("keep a draft: %w", plainCause(err))
}
