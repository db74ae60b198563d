package seal

import (
	"errors"
	"runtime/debug"
	"time"

	"golang.org/x/crypto/argon2"
)

// Cost is what one try of a passphrase costs: the Argon2id parameters of a key
// slot (RFC 9106). The zero Cost stands for "measure this machine".
type Cost struct {
	Time      uint32 `json:"time"`      // passes
	MemoryKiB uint32 `json:"memoryKiB"` // in KiB
	Threads   uint8  `json:"threads"`
}

// What [Calibrate] chooses from, in KiB of memory and in time.
const (
	leastMemory  = 64 << 10  // KiB: 64 MiB, the floor on any machine
	mostMemory   = 512 << 10 // KiB: 512 MiB
	longestWait  = 800 * time.Millisecond
	passes       = 3
	lanes        = 4
	memoryShare  = 8 // at most 1/8 of the machine's memory
	saltSize     = 16
	wrapKeyBytes = 32
)

// What a stored slot may ask for: more would let a changed file stop the
// machine, and no version ever wrote more.
const (
	memoryCapKiB = 1 << 20 // KiB: 1 GiB
	timeCap      = 16      // passes
	threadsCap   = 16      // lanes
)

var errCost = errors.New("the key slot asks for more memory or time than any version of carnet uses")

// check refuses parameters beyond the caps, and those that Argon2id does not
// define.
func (c Cost) check() error {
	if c.Time < 1 || c.Time > timeCap || c.Threads < 1 || c.Threads > threadsCap {
		return errCost
	}
	if c.MemoryKiB < 8*uint32(c.Threads) || c.MemoryKiB > memoryCapKiB {
		return errCost
	}
	return nil
}

// Calibrate measures this machine: the largest memory of 64 to 512 MiB that
// takes at most 0.8 s and an eighth of the machine's memory. It takes up to
// about a second.
func Calibrate() Cost {
	c := Cost{Time: passes, MemoryKiB: leastMemory, Threads: lanes}
	limit := uint64(mostMemory)
	if total := machineMemory(); total > 0 {
		limit = min(limit, total/1024/memoryShare)
	}
	for spent := c.measure(); uint64(c.MemoryKiB)*2 <= limit && spent*2 <= longestWait; {
		next := c
		next.MemoryKiB *= 2
		if spent = next.measure(); spent > longestWait {
			break
		}
		c = next
	}
	return c
}

func (c Cost) measure() time.Duration {
	start := time.Now()
	c.stretch([]byte("calibration"), make([]byte, saltSize))
	spent := time.Since(start)
	debug.FreeOSMemory() // or the tries' memory adds up
	return spent
}

// stretch is Argon2id. The caller frees the memory ([debug.FreeOSMemory]).
func (c Cost) stretch(passphrase, salt []byte) []byte {
	return argon2.IDKey(passphrase, salt, c.Time, c.MemoryKiB, c.Threads, wrapKeyBytes)
}
