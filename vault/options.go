package vault

import (
	"time"

	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/store"
)

// Options are what a caller may set. The zero value is right for the programs.
type Options struct {
	KDF      seal.Cost                               // of the passphrase slot that Create makes; zero: measured on this machine
	Now      func() time.Time                        // nil: time.Now
	Progress func(stage string, done, total int64)   // nil: nobody watches; called while db/ is rebuilt from the journal
	Memory   string                                  // folder on this computer where the newest state seen of each vault is kept, so that an older copy is found out; "": none is kept. Programs: MemoryDir()
	Room     func(dir string) (free uint64, e error) // bytes free on the disk of dir; nil: asks the system

	Watch func() // nil: nobody watches; called before each value is opened or sealed, on the goroutine that does it: tests hold it against the one that draws

	atOnce int64 // bytes of db/ that are compared before it is used; 0: atOnce

	AcceptOlder bool // open a vault that is older than what this computer has seen, and take it for the newest from then on

	Snapshots int // rolling snapshots kept in the vault's folder: 0 means 5, negative none
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	if o.atOnce == 0 {
		o.atOnce = store.AtOnce
	}
	if o.Room == nil {
		o.Room = freeRoom
	}
	if o.Snapshots == 0 {
		o.Snapshots = defaultSnapshots
	}
	return o
}
