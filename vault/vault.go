package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// Vault is an open vault. [Create] and [Open] give it; Close ends it.
type Vault struct {
	dir       string
	opt       Options
	keys      *keyring
	segments  *journal.Segments // of the journal
	codec     *codec
	packer    *packer
	lock      *os.File
	store     *store.Store
	proof     *store.Proof            // that db/ is what the last close left; nil where it was made since
	retired   *store.Store            // the one that was open for reading before the first commit
	unclean   bool                    // the last process that had it open did not close it, or an older db/ was put in place
	witness   uint64                  // the last frame that the account in db/ knows, whether or not db/ is as it says
	mended    []Problem               // damage that Open made good
	notes     []Problem               // what else Open has to say
	now       atomic.Pointer[state]   // what readers see
	head      atomic.Pointer[headers] // vault.json as it stands; replaced by the one writer
	opened    string                  // the slot that the secret of Open fitted
	unshelved bool                    // a snapshot is to be made though nothing was changed
	began     uint64                  // the epoch when it was opened

	write     sync.Mutex // held by the one writer
	journal   *journal.Journal
	stale     bool            // db/ is wrong: it is not to be kept
	compacted bool            // db/ and snapshots may hold what was deleted
	seen      seen            // what this computer remembers of the vault
	rescued   string          // folder of the index of a rescue; "" for a vault that Open opened
	damage    []Problem       // what Rescue found
	broken    error           // why nothing more can be written until the vault is opened again
	renamed   map[string]bool // folders that hold new names of originals, to be flushed by Close
	taken     map[string]bool // originals that replayed frames took away: their files may still be there

	search *searchIndex

	drafts sync.Mutex // held while a draft is read or written

	mu          sync.Mutex
	closed      bool
	readers     map[uint64]int // open views by epoch
	active      sync.WaitGroup
	subscribers map[int]func(Event)
	subscribed  int
}

// Dir is the vault's folder.
func (v *Vault) Dir() string { return v.dir }

// Notices is what Open found and made good, or has to say, oldest first; empty
// for a vault that was closed as it should be and nobody touched since.
func (v *Vault) Notices() []Problem { return slices.Concat(v.mended, v.notes) }

// view opens a look at the vault as it is now. The caller ends it by calling
// done, once.
func (v *Vault) view(ctx context.Context) (r *read, done func(), err error) {
	if err := v.proof.Changed(); err != nil {
		return nil, nil, err
	}
	return v.look(ctx)
}

// look is view of a vault that may be found to be damaged.
func (v *Vault) look(ctx context.Context) (r *read, done func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return nil, nil, ErrClosed
	}
	st := v.now.Load()
	epoch := st.Root.Epoch
	v.readers[epoch]++
	v.active.Add(1)
	r = v.at(epoch)
	r.state = st
	r.Prove(ctx, v.proof)
	return r, func() {
		r.Close()
		v.mu.Lock()
		if v.readers[epoch]--; v.readers[epoch] == 0 {
			delete(v.readers, epoch)
		}
		v.mu.Unlock()
		v.active.Done()
	}, nil
}

// publish lets readers see a new state, Badger forget what no reader can see
// any more, and this computer remember. The caller is the one writer.
func (v *Vault) publish(s *state) {
	v.mu.Lock()
	v.now.Store(s)
	oldest := s.Root.Epoch
	for epoch := range v.readers {
		oldest = min(oldest, epoch)
	}
	v.mu.Unlock()
	v.store.Forget(oldest)
	v.remember()
}

// Close waits for readers and a running commit, and closes the vault. It must
// not be called from inside a [Vault.Query] loop of the same goroutine. A
// second call does nothing.
func (v *Vault) Close() error {
	v.mu.Lock()
	if v.closed {
		v.mu.Unlock()
		return nil
	}
	v.closed = true
	v.mu.Unlock()
	v.search.halt()
	v.active.Wait()
	v.proof.End()
	v.write.Lock()
	defer v.write.Unlock()
	v.search.close()
	if v.rescued != "" {
		return v.closeRescue()
	}
	err := errors.Join(v.store.Close(), v.journal.Close())
	if v.retired != nil {
		err = errors.Join(err, v.retired.Close())
	}
	for dir := range v.renamed {
		if exists(dir) {
			err = errors.Join(err, syncDir(dir))
		}
	}
	switch {
	case v.store.ReadOnly():
		os.Remove(filepath.Join(v.dir, store.Dir, store.DiscardName))
	case err == nil && v.outlived():
		err = os.RemoveAll(filepath.Join(v.dir, store.Dir)) // built again by the next Open
	case err == nil && v.broken == nil && !v.proof.InDoubt(): // else it is built again by the next Open
		v.remember()
		err = v.sealStore()
	}
	if err == nil {
		v.snapshot()
	}
	v.packer.close()
	v.keys.wipe()
	return errors.Join(err, v.lock.Close())
}

// Event tells a subscriber what a commit changed.
type Event struct {
	Epoch   uint64 // the number of the commit
	Put     []record.ID
	Deleted []record.ID
	Import  record.ID // the import that was filed, or ""
	Undone  record.ID // the import that was taken back, or ""
}

// Subscribe has f called after each commit, in the goroutine that committed and
// outside all locks: f may read the vault. Cancel ends that; it may be called
// more than once.
func (v *Vault) Subscribe(f func(Event)) (cancel func()) {
	v.mu.Lock()
	defer v.mu.Unlock()
	n := v.subscribed
	v.subscribed++
	v.subscribers[n] = f
	return func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		delete(v.subscribers, n)
	}
}

func (v *Vault) tell(e Event) {
	v.mu.Lock()
	var all []func(Event)
	for n := range v.subscribed {
		if f := v.subscribers[n]; f != nil {
			all = append(all, f)
		}
	}
	v.mu.Unlock()
	for _, f := range all {
		f(e)
	}
}
