package vault

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/carnet-phr/carnet/vault/fulltext"
)

// searchIndex is the index that [Vault.Search] asks: segments that lie sealed in
// search/ and segments of the commits since, in memory. It may know too much,
// never too little: each document it names is held against the vault.
//
// It is read when the first search asks for it. Where what lies in search/ does
// not stand for what the vault holds, it is built from db/, while commits go on.
type searchIndex struct {
	v     *Vault
	cache blockCache

	mu      sync.Mutex
	started bool          // the next four are set
	base    root          // what the vault held before the commits of recent
	ready   chan struct{} // closed once settled and the loading failed or did not; nil before the first search
	err     error         // why it failed
	stop    context.CancelFunc
	settled []*searchPart // what lies in search/ or was built in its place
	since   uint64        // the epoch of the vault that settled was built from; 0 where it was only read
	built   bool          // settled is not what the list says
	recent  []*searchPart // of the commits, oldest first
	storing bool          // a goroutine writes some of recent to the disk

	work sync.WaitGroup // goroutines of the index
}

// searchPart is one segment.
type searchPart struct {
	*fulltext.Segment
	file *searchFile // nil: in memory
}

func newSearchIndex(v *Vault) *searchIndex { return &searchIndex{v: v} }

// begin notes what the vault holds before the first commit that the index sees.
// The caller holds s.mu.
func (s *searchIndex) begin() {
	if !s.started {
		s.started, s.base = true, s.v.now.Load().Root
	}
}

// add takes in what a commit put, before readers see the commit.
func (s *searchIndex) add(parts ...*searchPart) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.begin()
	for _, p := range parts {
		s.recent = append(s.recent, p)
		s.gather()
	}
}

// wait has the index loaded, and waits for it.
func (s *searchIndex) wait(ctx context.Context) error {
	for {
		s.mu.Lock()
		s.begin()
		if s.ready == nil {
			s.load(ctx, false)
		}
		ready := s.ready
		s.mu.Unlock()
		select {
		case <-ready:
		case <-ctx.Done():
			return ctx.Err()
		}
		err := s.outcome(ready)
		if !errors.Is(err, context.Canceled) { // that was for another reason than the caller's
			return err
		}
	}
}

// outcome is how a loading ended. After one that failed the next search tries
// again.
func (s *searchIndex) outcome(ready chan struct{}) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ready != ready || s.err == nil {
		return nil
	}
	err := s.err
	s.ready, s.err = nil, nil
	return err
}

// load starts loading. The caller holds s.mu.
func (s *searchIndex) load(ctx context.Context, lost bool) {
	done, err := s.v.use()
	if err != nil {
		s.ready, s.err = make(chan struct{}), err
		close(s.ready)
		return
	}
	ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	ready := make(chan struct{})
	s.ready, s.err = ready, nil
	s.work.Go(func() {
		defer done()
		l := loader{s: s, ctx: ctx}
		err := l.run(lost)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.settled, s.since, s.built, s.err = l.parts, l.since, l.since > 0, err
		close(ready)
	})
}

// parts gives all segments, oldest first, for a look at an epoch; false where
// they were built from a later one.
func (s *searchIndex) parts(epoch uint64) ([]*searchPart, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.ready:
	default:
		return nil, false
	}
	return slices.Concat(s.settled, s.recent), s.err == nil && s.since <= epoch
}

// lost has the index built again, unless that has been done since the parts
// were given.
func (s *searchIndex) lost(ctx context.Context, parts []*searchPart) {
	s.mu.Lock()
	defer s.mu.Unlock()
	same := func(p *searchPart) bool { return slices.Contains(parts, p) }
	if len(s.settled) > 0 && !slices.ContainsFunc(s.settled, same) {
		return
	}
	select {
	case <-s.ready:
	default:
		return // it is being built
	}
	s.forget()
	s.load(ctx, true)
}

// forget drops all that lies on the disk. The caller holds s.mu.
func (s *searchIndex) forget() {
	s.settled = nil
	s.recent = slices.DeleteFunc(s.recent, func(p *searchPart) bool { return p.file != nil })
}

// compacted drops the whole index, in which words of deleted records may still
// be, and its files. The caller is the one writer.
func (s *searchIndex) compacted() {
	s.halt()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range slices.Concat(s.settled, s.recent) {
		p.close()
	}
	s.started, s.ready, s.settled, s.recent, s.built = false, nil, nil, nil, false
	s.removeSearchFiles(nil)
}

// halt ends the goroutines of the index.
func (s *searchIndex) halt() {
	s.mu.Lock()
	if s.stop != nil {
		s.stop()
	}
	s.mu.Unlock()
	s.work.Wait()
}

func (p *searchPart) close() {
	if p.file != nil && p.file.file != nil {
		p.file.file.Close()
	}
}

func segmentsOf(parts []*searchPart) []*fulltext.Segment {
	list := make([]*fulltext.Segment, len(parts))
	for i, p := range parts {
		list[i] = p.Segment
	}
	return list
}

// spoilt says whether an error means that the index is to be built again.
func spoilt(err error) bool {
	return errors.Is(err, errSearch) || errors.Is(err, fulltext.ErrCorrupt)
}
