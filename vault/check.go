package vault

import (
	"context"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// Problem is one thing that [Vault.Check] found wrong.
type Problem struct {
	File    string      // relative to the vault's folder
	Text    string      // what is wrong; no clinical text
	Records []record.ID // the records it touches, where they are known
	Mended  bool        // Open made it good already
}

// Report is what [Vault.Check] found.
type Report struct {
	Frames, Records, Originals int
	Problems                   []Problem

	journal, index bool     // is damaged
	spoilt         []string // parts of snapshots, by their paths
}

// Sound says that nothing is wrong, but for what was made good already.
func (r Report) Sound() bool {
	return !slices.ContainsFunc(r.Problems, func(p Problem) bool { return !p.Mended })
}

// Check reads the whole vault: the header and its copy, which must be the newest
// that the journal knows, every frame of the
// journal with its seal, its place in the chain and its root, every record of
// db/ against the journal, every original's size and head; with deep, every
// byte of the originals and of the snapshots too; what the vault remembers of
// its backups; and what Open found damaged and made good, once.
// What is wrong is in the report; the error is for a
// check that could not be done. The vault stays usable meanwhile; progress may
// be nil and counts bytes.
func (v *Vault) Check(ctx context.Context, deep bool, progress func(done, total int64)) (Report, error) {
	if v.rescued != "" {
		return v.checkRescued(ctx, deep, progress)
	}
	// One look at both sides: no commit may fall between journal and index.
	v.write.Lock()
	r, done, err := v.look(ctx)
	last, size := uint32(0), int64(0)
	var heads [2][]byte
	if err == nil {
		heads = v.headerFiles()
		last, size = v.journal.End().Segment, v.journal.End().Size
	}
	v.write.Unlock()
	if err != nil {
		return Report{}, err
	}
	defer done()
	c := newChecker(ctx, v, r, deep, progress)
	c.heads = heads
	if err := c.run(last, size); err != nil {
		return Report{}, err
	}
	return c.report, nil
}
