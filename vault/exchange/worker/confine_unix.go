//go:build !windows

package worker

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// confineChild does nothing here: the child confines itself.
func confineChild(*os.Process) (after func(), err error) { return func() {}, nil }

func environment() []string { return []string{} }

func workingDir() string { return "/" }

// allowCPU gives the process time for one more file.
func allowCPU() error {
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		return err
	}
	spent := time.Duration(used.Utime.Nano() + used.Stime.Nano())
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CPU, &limit); err != nil {
		return err
	}
	limit.Cur = min(limit.Max, uint64((spent+cpuLimit).Seconds())+1)
	return unix.Setrlimit(unix.RLIMIT_CPU, &limit)
}
