package vault

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
)

// atOnce is how much of db/ is compared with its account before it is used, in
// bytes: more would be felt at the first screen.
const atOnce = 8 << 20

// proof is the comparison of db/ with the account of the last close.
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
type proof struct {
	dir   string
	files []closedFile
	times []time.Time // when each was last written to
	small bool        // all has been compared
	limit int64       // see atOnce

	stop    chan struct{}
	stopped sync.Once
	done    chan struct{} // closed when the comparison has ended
	whole   atomic.Bool
	bad     atomic.Pointer[string]
	doubted atomic.Bool // something did not read as it should
}

func newProof(dir string, files []closedFile, limit int64) *proof {
	return &proof{dir: dir, files: files, limit: limit, times: make([]time.Time, len(files)), stop: make(chan struct{})}
}

// ownStore is the proof of a db/ that this process made.
func ownStore(dir string) *proof {
	return &proof{dir: filepath.Join(dir, storeDir), small: true}
}

// begin compares what must be before db/ is used; else it names a file that is
// not as it was, or nothing where there are other files.
func (p *proof) begin() (bad string, ok bool) {
	present, err := storeFiles(p.dir)
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
	if total <= p.limit || exists(filepath.Join(p.dir, doubtName)) {
		return p.now()
	}
	return p.each(func(f closedFile) (bool, error) {
		if f.Tail == 0 {
			return f.same(p.dir, p.stop)
		}
		return f.sameTail(p.dir)
	})
}

// each compares the files, a few at a time, and gives the first that is not as
// it was.
func (p *proof) each(same func(closedFile) (bool, error)) (bad string, ok bool) {
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

// now compares everything.
func (p *proof) now() (bad string, ok bool) {
	if p == nil || p.small {
		return "", true
	}
	bad, p.small = p.each(func(f closedFile) (bool, error) { return f.same(p.dir, p.stop) })
	if p.small {
		os.Remove(filepath.Join(p.dir, doubtName))
	}
	return bad, p.small
}

// start compares the rest while the vault is open.
func (p *proof) start() {
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
func (p *proof) compare(f closedFile) bool {
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

// changed gives the damage that has been found so far.
func (p *proof) changed() error {
	if p == nil {
		return nil
	}
	if name := p.bad.Load(); name != nil {
		return damaged(path.Join(storeDir, *name), "it was changed: close and open the vault, and the index is built again from the journal")
	}
	return nil
}

// wait waits until db/ is shown to be whole, or damaged.
func (p *proof) wait(ctx context.Context) error {
	if p == nil || p.done == nil {
		return nil
	}
	select {
	case <-p.done:
		return p.finish()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// finish is wait where there is no turning back.
func (p *proof) finish() error {
	if p == nil || p.done == nil {
		return nil
	}
	<-p.done
	if err := p.changed(); err != nil || p.whole.Load() {
		return err
	}
	return errStore // it was stopped
}

// end stops the comparison.
func (p *proof) end() {
	if p == nil || p.done == nil {
		return
	}
	p.stopped.Do(func() { close(p.stop) })
	<-p.done
}

// doubt leaves word for the next Open that something did not read as it should.
func (p *proof) doubt() {
	if p == nil || p.doubted.Swap(true) {
		return
	}
	if f, err := os.OpenFile(filepath.Join(p.dir, doubtName), os.O_WRONLY|os.O_CREATE, 0o600); err == nil {
		f.Close()
	}
}

// inDoubt says whether something did not read as it should.
func (p *proof) inDoubt() bool { return p != nil && p.doubted.Load() }

// known gives the account of a table that has not been written to since.
func (p *proof) known(f closedFile) (closedFile, bool) {
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
