package vault

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// journal is the open end of the chain: where the next frame goes. Its owner
// holds the vault's write lock.
type journal struct {
	dir     string
	keys    *keyring
	file    *os.File
	segment uint32
	size    int64 // bytes of the segment that are acknowledged
	frame   uint64
	tag     tag

	needless []uint32 // segments that were being made or removed when the last process died
}

// createJournal starts the chain of a new vault with an empty segment.
func createJournal(dir string, keys *keyring) (*journal, error) {
	j := &journal{dir: dir, keys: keys}
	return j, j.start(1)
}

// start makes the next segment and moves to it. The old one stays open when
// that fails.
func (j *journal) start(segment uint32) error {
	path := filepath.Join(j.dir, segmentPath(segment))
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	head := segmentHead{segment: segment, first: j.frame + 1, before: j.tag}.bytes(j.keys.id)
	_, err = f.WriteAt(head, 0)
	err = errors.Join(err, f.Sync(), syncDir(filepath.Dir(path)))
	if err != nil {
		f.Close()
		os.Remove(path)
		return err
	}
	if j.file != nil {
		j.file.Close()
	}
	j.file, j.segment, j.size = f, segment, int64(len(head))
	return nil
}

// openJournal finds the end of the chain: it reads the last segment whole. It
// changes nothing; settle does, once the vault is known to be sound.
func openJournal(dir string, keys *keyring, c chain) (*journal, segmentScan, error) {
	list := c.list
	j := &journal{dir: dir, keys: keys, needless: c.outdone}
	for {
		j.segment = list[len(list)-1]
		seen := false
		scan, err := keys.scanSegment(dir, j.segment, func(f frameInfo) error {
			if f.last() {
				j.frame, j.tag, seen = f.number, f.tag, true
			}
			return nil
		})
		if err != nil {
			return nil, scan, err
		}
		if scan.tornHead && len(list) > 1 {
			j.needless = append(j.needless, j.segment)
			list = list[:len(list)-1]
			continue
		}
		if !seen {
			j.frame, j.tag = scan.head.first-1, scan.head.before
		}
		j.size = scan.whole
		return j, scan, nil
	}
}

// settle opens the segment for writing and takes unfinished writes away; cut
// says that there were some.
func (j *journal) settle() (cut bool, err error) {
	for _, segment := range j.needless {
		if err := os.Remove(filepath.Join(j.dir, segmentPath(segment))); err != nil {
			return false, fmt.Errorf("remove a needless segment of the journal: %w", plainCause(err))
		}
	}
	f, err := os.OpenFile(filepath.Join(j.dir, segmentPath(j.segment)), os.O_RDWR, 0o600)
	if err != nil {
		return false, fmt.Errorf("open the journal: %w", plainCause(err))
	}
	j.file = f
	info, err := f.Stat()
	switch {
	case err != nil:
	case j.size < info.Size():
		cut = true
		err = errors.Join(f.Truncate(j.size), f.Sync())
	}
	if err != nil {
		f.Close()
		return false, fmt.Errorf("take an unfinished write off the journal: %w", plainCause(err))
	}
	return cut, nil
}

// write makes frames durable: those before the last one first, so that a last
// frame on the disk vouches for all of its transaction. On an error the segment
// is as it was; where even that fails, broken is true and nothing may follow.
func (j *journal) write(frames func(emit func(frame []byte) error) error) (broken bool, err error) {
	at := j.size
	var held []byte
	written := 0
	put := func() error {
		_, err := j.file.WriteAt(held, at)
		at += int64(len(held))
		written++
		return err
	}
	err = frames(func(frame []byte) error {
		if held != nil {
			if err := put(); err != nil {
				return err
			}
		}
		held = frame
		return nil
	})
	if err == nil && written > 0 {
		err = j.file.Sync()
	}
	if err == nil {
		err = put()
	}
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		undo := errors.Join(j.file.Truncate(j.size), j.file.Sync())
		return undo != nil, err
	}
	j.size = at
	return false, nil
}

func (j *journal) close() error { return j.file.Close() }
