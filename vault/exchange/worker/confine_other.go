//go:build !windows && !linux

package worker

import "golang.org/x/sys/unix"

// confine sets what limits the system has. Memory is watched by watch: macOS
// knows RLIMIT_AS and does not enforce it.
func confine() error {
	for _, what := range []int{unix.RLIMIT_FSIZE, unix.RLIMIT_CORE} {
		if err := unix.Setrlimit(what, &unix.Rlimit{}); err != nil {
			return err
		}
	}
	return nil
}
