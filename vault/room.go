package vault

import "fmt"

// sparedRoom is left free on the disk for the system and for Badger's own
// files, which a full disk would end the process over, in bytes.
const sparedRoom = 64 << 20

// enoughRoom refuses a write of size bytes that could fill the disk.
func enoughRoom(opt Options, dir string, size int64) error {
	free, err := opt.Room(dir)
	if err != nil {
		return nil // not every file system says; the write itself will
	}
	if need := uint64(sparedRoom + 2*size); free < need {
		return fmt.Errorf("%w (%d MB are free, %d MB are needed)", ErrNoRoom, free>>20, need>>20)
	}
	return nil
}
