package backup

import (
	"os"

	"golang.org/x/sys/unix"
)

// forget asks the system to drop what it keeps of a flushed file in memory, so
// that reading it back reads the disk.
func forget(f *os.File) { _ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED) }
