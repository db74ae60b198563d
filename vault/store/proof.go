package store

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/carnet-phr/carnet/vault/damage"
)

// AtOnce is how much of db/ is compared with its account before it is used, in
// bytes: more would be felt at the first screen.
const AtOnce = 8 << 20

// Proof is the comparison of db/ with the account of the last close.
//
// A small db/ is compared whole before it is used. Of a large one, what Badger
// reads in goroutines of its own when it opens it (where a panic over a changed
// byte cannot be caught) is; the rest is compared while the vault is open, for
// reading only: each value is sealed to its key and version, so what is found is
// true, but that nothing else is there, only the whole comparison shows. So
// whatever claims completeness waits for it: the end of a Query, what is not
// found, a check, the first commit. Where a byte is changed, every call answers
// with damage from then on, and the next Open builds db/ again.
//
// Methods of a nil proof find nothing to prove.
type Proof struct {
	dir   string
	files []File
	times []time.Time // when each was last written to
	small bool        // all has been compared
	limit int64       // see AtOnce

	stop    chan struct{}
	stopped sync.Once
	done    chan struct{} // closed when the comparison has ended
	whole   atomic.Bool
	bad     atomic.Pointer[string]
	doubted atomic.Bool // something did not read as it should
}

// NewProof is the proof of the store in dir by an account of its files. A store
// of more than limit bytes, as a rule [AtOnce], may be used once [Proof.Begin]
// has said so.
func NewProof(dir string, files []File, limit int64) *Proof {
	return &Proof{dir: filepath.Join(dir, Dir), files: files, limit: limit, times: make([]time.Time, len(files)), stop: make(chan struct{})}
}

// Own is the proof of a store that this process makes.
func Own(dir string) *Proof {
	return &Proof{dir: filepath.Join(dir, Dir), small: true}
}

// Begin compares what must be before the store is opened; else it names a file
// that is not as it was, or nothing where there are other files.
func (p *Proof) Begin() (bad string, ok bool) {
	present, err := list(p.dir)
	if err != nil {
		return "", false
	}
	sizes := make(map[string]int64, len(present))
	for _, f := range present {
		sizes[f.Name] = f.Size
	}
	total := int64(0)
	for i, f := range p.files {
		size, exists := sizes[f.Name]
		if !exists || size != f.Size {
			return f.Name, false
		}
		total += size
		p.times[i] = changedAt(filepath.Join(p.dir, f.Name))
	}
	if len(present) != len(p.files) {
		return "", false
	}
	if total <= p.limit || p.leftInDoubt() {
		return p.Now()
	}
	return p.each(func(f File) (bool, error) {
		if f.Tail == 0 {
			return f.same(p.dir, p.stop)
		}
		return f.sameTail(p.dir)
	})
}

// leftInDoubt says whether a process before this one left word of doubt.
func (p *Proof) leftInDoubt() bool {
	_, err := os.Stat(filepath.Join(p.dir, DoubtName))
	return err == nil
}

// each compares the files, a few at a time, and gives the first that is not as
// it was.
func (p *Proof) each(same func(File) (bool, error)) (bad string, ok bool) {
	good := make([]bool, len(p.files))
	parallel(len(p.files), func(i int) {
		var err error
		good[i], err = same(p.files[i])
		good[i] = good[i] && err == nil
	})
	for i, f := range p.files {
		if !good[i] {
			return f.Name, false
		}
	}
	return "", true
}

// Now compares everything, before the store is opened for writing; else it names
// a file that is not as it was.
func (p *Proof) Now() (bad string, ok bool) {
	if p == nil || p.small {
		return "", true
	}
	bad, p.small = p.each(func(f File) (bool, error) { return f.same(p.dir, p.stop) })
	if p.small {
		os.Remove(filepath.Join(p.dir, DoubtName))
	}
	return bad, p.small
}

// Start compares the rest while the store is open for reading. It returns at
// once; [Proof.End] must follow.
func (p *Proof) Start() {
	if p == nil || p.small {
		return
	}
	p.done = make(chan struct{})
	go func() {
		defer close(p.done)
		var next, same atomic.Int64
		var wg sync.WaitGroup
		for range hands {
			wg.Go(func() {
				for i := next.Add(1) - 1; i < int64(len(p.files)) && p.compare(p.files[i]); i = next.Add(1) - 1 {
					same.Add(1)
				}
			})
		}
		wg.Wait()
		p.whole.Store(same.Load() == int64(len(p.files)))
	}()
}

// compare compares one file while the vault is open.
func (p *Proof) compare(f File) bool {
	same, err := f.same(p.dir, p.stop)
	if errors.Is(err, errStopped) {
		return false
	}
	if err != nil || !same {
		p.bad.CompareAndSwap(nil, &f.Name)
		p.doubt()
		return false
	}
	return true
}

// Changed gives the damage that has been found so far; else nil.
func (p *Proof) Changed() error {
	if p == nil {
		return nil
	}
	if name := p.bad.Load(); name != nil {
		return damage.Errorf(path.Join(Dir, *name), "it was changed: close and open the vault, and the index is built again from the journal")
	}
	return nil
}

// Wait waits until the store is shown to be whole, or damaged.
func (p *Proof) Wait(ctx context.Context) error {
	if p == nil || p.done == nil {
		return nil
	}
	select {
	case <-p.done:
		return p.Finish()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Finish is [Proof.Wait] where there is no turning back.
func (p *Proof) Finish() error {
	if p == nil || p.done == nil {
		return nil
	}
	<-p.done
	if err := p.Changed(); err != nil || p.whole.Load() {
		return err
	}
	return ErrBroken // it was stopped
}

// End stops the comparison. It may be called more than once, by one goroutine.
func (p *Proof) End() {
	if p == nil || p.done == nil {
		return
	}
	p.stopped.Do(func() { close(p.stop) })
	<-p.done
}

// doubt leaves word for the next Open that something did not read as it should.
func (p *Proof) doubt() {
	if p == nil || p.doubted.Swap(true) {
		return
	}
	if f, err := os.OpenFile(filepath.Join(p.dir, DoubtName), os.O_WRONLY|os.O_CREATE, 0o600); err == nil {
		f.Close()
	}
}

// InDoubt says whether something did not read as it should.
func (p *Proof) InDoubt() bool { return p != nil && p.doubted.Load() }

// known gives the account of a table that has not been written to since.
func (p *Proof) known(f File) (File, bool) {
	if p == nil || !strings.HasSuffix(f.Name, tableSuffix) {
		return f, false
	}
	for i, k := range p.files {
		if k.Name == f.Name && k.Size == f.Size && k.Tail > 0 {
			at := changedAt(filepath.Join(p.dir, f.Name))
			return k, !at.IsZero() && at.Equal(p.times[i])
		}
	}
	return f, false
}
