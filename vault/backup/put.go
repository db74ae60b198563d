package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Source is one file of the vault as it stands now.
type Source struct {
	Name  string // in the vault, with forward slashes
	Path  string
	Size  int64        // how many bytes count: a segment may have more behind them that no commit acknowledged
	Grows bool         // its bytes change: it counts as copied only where its two ends are those of the copy
	Sound func() error // says what is wrong with the file, before it is copied for the first time; nil: nothing can be
}

// Plan is what a backup is to hold.
type Plan struct {
	Header  []byte // of vault.json
	At      time.Time
	Epoch   uint64
	Frame   uint64
	Tag     []byte
	Count   int
	Sources []Source
}

// Options of [Shelf.Put].
type Options struct {
	Keep     int                          // lists to keep, at least 1
	All      bool                         // read back what was copied before, too
	Damaged  bool                         // go on where the vault is damaged, without what cannot be copied
	Room     func(need int64) error       // refuses what would fill the disk; nil: nobody asks
	Progress func(done, total int64)      // in bytes, from one goroutine at a time; nil: nobody watches
	Lacks    func(name string, why error) // told of what is left out; nil: nobody is
	hands    int                          // for tests: goroutines that copy
	_        struct{}                     // name the fields
}

// UnsoundError says that a file of the vault cannot be copied whole: it is
// missing or damaged, or somebody removed it meanwhile.
type UnsoundError struct {
	Name string
	Err  error
}

// Error implements error.
func (e *UnsoundError) Error() string { return e.Name + " is missing or damaged" }

// Unwrap gives the cause.
func (e *UnsoundError) Unwrap() error { return e.Err }

// put is one run on its way.
type put struct {
	s       *Shelf
	ctx     context.Context // of the one call of Put
	plan    Plan
	opt     Options
	known   map[string]File // by name, of the newest list
	list    List
	missing []int // indexes of files to copy

	mu          sync.Mutex
	done, total int64
	touched     map[string]bool // folders with new names
	lacking     map[int]bool
}

// Put makes the shelf hold what the plan names, and writes the list. On an
// error nothing that was there before has changed.
func (s *Shelf) Put(ctx context.Context, plan Plan, opt Options) (List, error) {
	p := &put{s: s, ctx: ctx, plan: plan, opt: opt, known: map[string]File{}, touched: map[string]bool{}, lacking: map[int]bool{}}
	if err := p.prepare(); err != nil {
		return List{}, err
	}
	if err := p.copyAll(p.missing); err != nil {
		return List{}, err
	}
	if opt.All {
		if err := p.checkAll(); err != nil {
			return List{}, err
		}
	}
	if err := p.settle(); err != nil {
		return List{}, err
	}
	folder, err := p.writeList()
	if err != nil {
		return List{}, err
	}
	s.prune(folder, max(opt.Keep, 1))
	return p.list, nil
}

// prepare finds out what is missing on the shelf, and whether there is room.
func (p *put) prepare() error {
	for _, dir := range []string{blobsDir, listsDir} {
		if err := makeDir(filepath.Join(p.s.dir, dir)); err != nil {
			return err
		}
	}
	p.s.sweepParts()
	all := p.s.Lists()
	p.list = List{Version: listVersion, Vault: p.s.id, Run: 1, At: p.plan.At.UTC(), Epoch: p.plan.Epoch, Frame: p.plan.Frame, Tag: p.plan.Tag, Count: p.plan.Count}
	if last, ok := newest(all); ok {
		p.list.Run = last.Run + 1
		for _, f := range last.Files {
			p.known[f.Name] = f
		}
	}
	need := int64(0)
	p.list.Files = make([]File, len(p.plan.Sources))
	for i, src := range p.plan.Sources {
		if !ValidName(src.Name) {
			return fmt.Errorf("%s is no name of a file in a vault", src.Name)
		}
		if f, ok := p.has(src); ok {
			p.list.Files[i] = f
			continue
		}
		p.missing = append(p.missing, i)
		need += src.Size
	}
	p.total = 2 * need
	if p.opt.All {
		for _, src := range p.plan.Sources {
			p.total += src.Size
		}
	}
	if p.opt.Room == nil {
		return nil
	}
	return p.opt.Room(need)
}

// has says whether the shelf holds a source already, by what the newest list
// says: the blob itself is not read.
func (p *put) has(src Source) (File, bool) {
	f, ok := p.known[src.Name]
	if !ok || f.Size != src.Size || !hasSize(p.s.BlobPath(f.SHA256), f.Size) {
		return f, false
	}
	return f, !src.Grows || sameEnds(src.Path, p.s.BlobPath(f.SHA256), src.Size)
}

// copyAll copies sources to the shelf, a few at a time.
func (p *put) copyAll(indexes []int) error {
	hands := p.opt.hands
	if hands == 0 {
		hands = 2 // one waits for the disk while the other one hashes
	}
	var wg sync.WaitGroup
	errs := make([]error, hands)
	for hand := range hands {
		wg.Go(func() {
			for n := hand; n < len(indexes) && errs[hand] == nil; n += hands {
				errs[hand] = p.copyOne(indexes[n])
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

func (p *put) copyOne(i int) error {
	src := p.plan.Sources[i]
	var unsound error
	if src.Sound != nil {
		unsound = src.Sound()
	}
	if unsound != nil {
		if old, ok := p.known[src.Name]; ok && !src.Grows && old.Size == src.Size && hasSize(p.s.BlobPath(old.SHA256), old.Size) {
			p.keep(i, old) // from when it was whole
			return nil
		}
		if !p.opt.Damaged {
			return &UnsoundError{src.Name, unsound}
		}
		p.lack(i, unsound)
		if !src.Grows {
			return nil
		}
	}
	sum, err := p.s.add(p.ctx, src, p.step, p.touch)
	if err != nil {
		return p.notCopied(src, err, unsound)
	}
	p.keep(i, File{src.Name, src.Size, sum})
	return nil
}

// notCopied tells a file of the vault that went away or shrank from a place for
// the backup that fails.
func (p *put) notCopied(src Source, err, unsound error) error {
	var unread *readError
	if _, gone := os.Stat(src.Path); gone == nil && !errors.As(err, &unread) || p.ctx.Err() != nil {
		return err
	}
	if unsound != nil {
		return nil // it was counted as lacking
	}
	return &UnsoundError{src.Name, err}
}

func (p *put) keep(i int, f File) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list.Files[i] = f
}

func (p *put) lack(i int, why error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lacking[i] = true
	if p.opt.Lacks != nil {
		p.opt.Lacks(p.plan.Sources[i].Name, why)
	}
}

func (p *put) touch(dir string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.touched[dir] = true
}

func (p *put) step(n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += n
	if p.opt.Progress != nil {
		p.opt.Progress(min(p.done, p.total), p.total)
	}
}

// checkAll reads every blob of the list that was there before, and copies again
// what is not as it was.
func (p *put) checkAll() error {
	var bad []int
	for i, f := range p.list.Files {
		if f.Name == "" {
			continue
		}
		sum, err := Sum(p.ctx, p.s.BlobPath(f.SHA256), f.Size, p.step)
		if p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		if err != nil || string(sum) != string(f.SHA256) {
			bad = append(bad, i)
		}
	}
	return p.copyAll(bad)
}

// settle makes the blobs' names durable, and closes the list's ranks.
func (p *put) settle() error {
	for dir := range p.touched {
		if err := syncDir(dir); err != nil {
			return err
		}
	}
	p.list.Files = slices.DeleteFunc(p.list.Files, func(f File) bool { return f.Name == "" })
	p.list.Lacking = len(p.lacking)
	return p.ctx.Err()
}

// sweepParts removes what an interrupted run left.
func (s *Shelf) sweepParts() {
	for _, dir := range []string{blobsDir, listsDir} {
		entries, _ := os.ReadDir(filepath.Join(s.dir, dir))
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), partSuffix) {
				os.RemoveAll(filepath.Join(s.dir, dir, e.Name()))
			}
		}
	}
}
