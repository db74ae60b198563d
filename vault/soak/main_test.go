package soak_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// jobEnv names what a child process is to do in place of the tests.
const jobEnv = "CARNET_SOAK_JOB"

func TestMain(m *testing.M) {
	job := os.Getenv(jobEnv)
	if job == "" {
		os.Exit(m.Run())
	}
	jobs := map[string]func() error{"work": work, "look": look, "hurt": hurtCases, "restore": restore, "disk": disk, "fill": fill, "mark": mark}
	if err := jobs[job](); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", job+":", err)
		os.Exit(1)
	}
}

// setting reads a number from the environment.
func setting(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// rounds is how often to try: N when it is asked for, else normal or short.
func rounds(normal, short int) int {
	if testing.Short() {
		normal = short
	}
	return setting("SOAK_N", normal)
}

// seed is the one asked for; by hand another one each time, in the tests always
// the same.
func seed() uint64 {
	otherwise := 1
	if os.Getenv("SOAK_N") != "" {
		otherwise = int(time.Now().UnixNano() % 1_000_000)
	}
	return uint64(setting("SOAK_SEED", otherwise))
}

// scratch is a folder of the test's own, in memory where there is plenty: a
// killed process leaves the same files there as on a disk.
func scratch(t *testing.T) string {
	t.Helper()
	if !plenty("/dev/shm") {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp("/dev/shm", "carnet-soak-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// options are those of every vault here. What this computer remembers of its
// vaults lies in a folder of its own.
func options(memory string) vault.Options {
	opt := vaulttest.Options()
	opt.Memory, opt.Snapshots = memory, 2
	return opt
}
