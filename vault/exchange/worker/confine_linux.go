package worker

import (
	"bytes"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// confine sets the limits of this process (getrlimit(2)). RLIMIT_DATA counts the
// memory that can be written to, RLIMIT_AS all address space, of which the
// runtime reserves much that it never uses.
func confine() error {
	space := uint64(memoryLimit)
	if b, err := os.ReadFile("/proc/self/statm"); err == nil {
		var pages uint64
		if _, err := fmt.Fscan(bytes.NewReader(b), &pages); err == nil {
			space += pages * uint64(os.Getpagesize())
		}
	} else {
		space *= 3
	}
	for _, l := range []struct {
		what  int
		limit uint64
	}{
		{unix.RLIMIT_AS, space + memoryLimit/2},
		{unix.RLIMIT_DATA, memoryLimit},
		{unix.RLIMIT_FSIZE, 0},
		{unix.RLIMIT_CORE, 0},
		{unix.RLIMIT_NOFILE, 64},
	} {
		if err := unix.Setrlimit(l.what, &unix.Rlimit{Cur: l.limit, Max: l.limit}); err != nil {
			return err
		}
	}
	return unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
}
