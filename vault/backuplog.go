package vault

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"github.com/carnet-phr/carnet/vault/backup"
)

// The vault remembers its backups in a sealed file of its own, which is no part
// of the record: paths may hold names of people. Where it is lost or damaged,
// the vault has none that it knows of, and the reminder comes.

const (
	backupLogName  = "backups"
	backupLogLimit = 1 << 20 // bytes
	backupLogFull  = 20      // entries
	backupLogV     = 1
)

// When a backup is due.
const (
	backupAge     = 30 * 24 * time.Hour
	backupChanges = 20 // commits
)

// backupLog is the content of that file, newest first.
type backupLog struct {
	Version int              `cbor:"v"`
	List    []backupLogEntry `cbor:"list"`
}

type backupLogEntry struct {
	Path    string    `cbor:"path"`
	At      time.Time `cbor:"at"`
	Epoch   uint64    `cbor:"epoch"`
	Items   int       `cbor:"items"`
	Bytes   int64     `cbor:"bytes"`
	Lacking int       `cbor:"lacking,omitempty"`
}

func (v *Vault) backupLogPlace() []byte {
	return append([]byte("carnet backups v1\x00"), v.keys.id...)
}

// Backups are the backups that the vault remembers, newest first; one for each
// place. Each was read back when it was made; whether it is still there is for
// the caller to find out.
func (v *Vault) Backups() []Backup {
	log, err := v.backupLog()
	if err != nil || log.Version > backupLogV {
		return nil
	}
	var list []Backup
	for _, e := range log.List[:min(len(log.List), backupLogFull)] {
		list = append(list, Backup{Path: e.Path, At: e.At, Epoch: e.Epoch, Items: e.Items, Bytes: e.Bytes, Lacking: e.Lacking})
	}
	return list
}

// backupLog reads what is remembered.
func (v *Vault) backupLog() (log backupLog, err error) {
	sealed, err := readLimited(filepath.Join(v.dir, backupLogName), backupLogLimit)
	if err != nil {
		return log, err
	}
	b, err := v.keys.backup.Open(nil, v.backupLogPlace(), sealed)
	if err != nil {
		return log, err
	}
	return log, v.codec.dec.Unmarshal(b, &log)
}

// backupLogSound says that the vault remembers its backups, or never had any.
func (v *Vault) backupLogSound() bool {
	_, err := v.backupLog()
	return err == nil || errors.Is(err, fs.ErrNotExist)
}

// BackupDue says whether it is time for a backup: there is none that the vault
// remembers, the last one is 30 days old, or 20 commits came since. An empty
// vault needs none.
func (v *Vault) BackupDue() (due bool, last Backup, changes uint64) {
	root := v.now.Load().Root
	list := v.Backups()
	if len(list) == 0 {
		return root.Count > 0, last, root.Epoch
	}
	last = list[0]
	if last.Epoch > root.Epoch {
		return true, last, root.Epoch // of a state that this vault does not have any more
	}
	changes = root.Epoch - last.Epoch
	return changes >= backupChanges || v.opt.Now().Sub(last.At) >= backupAge, last, changes
}

// noteBackup remembers a backup. That it cannot be remembered does not undo it.
func (v *Vault) noteBackup(b Backup) {
	v.write.Lock()
	defer v.write.Unlock()
	list := append([]Backup{b}, slices.DeleteFunc(v.Backups(), func(o Backup) bool { return o.Path == b.Path })...)
	log := backupLog{Version: backupLogV}
	for _, b := range list[:min(len(list), backupLogFull)] {
		log.List = append(log.List, backupLogEntry{b.Path, b.At, b.Epoch, b.Items, b.Bytes, b.Lacking})
	}
	plain, err := v.codec.enc.Marshal(log)
	if err != nil {
		return
	}
	_ = writeFile(filepath.Join(v.dir, backupLogName), v.keys.backup.Seal(nil, v.backupLogPlace(), plain))
}

// shelves are the folders where copies of the vault's files may be: its own
// snapshots, then the backups that it remembers.
func (v *Vault) shelves() []string {
	dirs := []string{filepath.Join(v.dir, snapshotDir)}
	for _, b := range v.Backups() {
		if filepath.Ext(b.Path) != backupSuffix {
			dirs = append(dirs, filepath.Join(b.Path, backup.FolderName(v.keys.id)))
		}
	}
	return dirs
}
