package vault

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// Copy makes a new vault in dir with everything that from holds, under a new
// vault key, a passphrase and a new recovery key: so that whoever has an old
// copy and an old secret has no key to what comes, and so that what [Rescue]
// could read is a whole vault again. What was deleted does not go along, nor do
// further keys, drafts and backups. Each item is compared before Copy returns;
// originals that cannot be read are left out and stand in the new vault's
// [Vault.Notices]. One that fails leaves nothing behind. The caller closes both.
// progress may be nil and counts items.
func Copy(ctx context.Context, from *Vault, dir string, passphrase []byte, opt Options, progress func(done, total int64)) (v *Vault, recoveryKey string, err error) {
	v, recoveryKey, err = Create(ctx, dir, passphrase, opt)
	if err != nil {
		return nil, "", err
	}
	c := &copier{from: from, to: v, ctx: ctx, progress: progress}
	if err := c.run(); err != nil {
		err = errors.Join(fmt.Errorf("copy the vault: %w", err), v.Close())
		emptyAgain(dir, true)
		return nil, "", err
	}
	return v, recoveryKey, nil
}

// copier is one Copy on its way.
type copier struct {
	from, to *Vault
	ctx      context.Context // of the one call of Copy
	progress func(done, total int64)
	want     state           // of the records and receipts, under the new key
	files    int             // originals that went along
	members  []originalEntry // of archives: they follow when all archives are there
}

func (c *copier) run() error {
	r, done, err := c.from.view(c.ctx)
	if err != nil {
		return err
	}
	defer done()
	c.want.Counts = map[record.ID]map[record.Kind]int{}
	h := &harvest{v: c.from, ctx: c.ctx, r: r, st: (&state{}).clone(), progress: c.progress, take: func(s *step, _ bool) error { return c.step(s) }}
	if err := h.run(); err != nil {
		return err
	}
	for len(c.members) > 0 {
		n := min(len(c.members), membersAtOnce)
		if err := c.originals(c.members[:n]); err != nil {
			return err
		}
		c.members = c.members[n:]
	}
	return c.compare()
}

// step commits what one step of the harvest holds.
func (c *copier) step(s *step) error {
	change := record.Change{Put: make([]record.Record, len(s.put))}
	for i, e := range s.put {
		r, err := c.from.codec.decodeRecord(e.raw)
		if err != nil {
			return err
		}
		change.Put[i] = r
		c.want.gain(c.to.keys.element(itemRecord, string(e.id), e.raw))
	}
	if len(change.Put) > 0 {
		if err := c.to.Commit(c.ctx, change); err != nil {
			return err
		}
	}
	for _, n := range s.receipts {
		var receipt record.Receipt
		if c.from.codec.dec.Unmarshal(n.raw, &receipt) != nil {
			return errStoredForm
		}
		c.want.gain(c.to.keys.element(itemReceipt, string(n.id), n.raw))
		if err := c.to.Commit(c.ctx, record.Change{Receipt: &receipt}); err != nil {
			return err
		}
	}
	var whole []originalEntry
	for _, o := range s.add {
		if o.inside() {
			c.members = append(c.members, o)
		} else {
			whole = append(whole, o)
		}
	}
	return c.originals(whole)
}

// membersAtOnce is how many members of archives are copied in one change.
const membersAtOnce = 1000

// originals seals them again, together or, where one is damaged, one by one.
func (c *copier) originals(list []originalEntry) error {
	var incoming []record.Incoming
	for _, o := range list {
		incoming = append(incoming, record.Incoming{Original: o.Original, Open: func() (io.ReadCloser, error) {
			f, _, err := c.from.OpenOriginal(c.ctx, o.Original.Hash)
			return f, err
		}})
	}
	if len(list) == 0 {
		return nil
	}
	err := c.to.Commit(c.ctx, record.Change{Originals: incoming})
	if err == nil {
		c.files += len(list)
	}
	if !errors.Is(err, ErrDamaged) && !errors.Is(err, errNoArchive) {
		return err
	}
	if len(list) == 1 {
		c.to.notes = append(c.to.notes, Problem{File: originalDir + "/" + list[0].File, Text: "original " + short(list[0].Original.Hash) + " was damaged or missing in the vault it came from, and was left out"})
		return nil
	}
	for i := range list {
		if err := c.originals(list[i : i+1]); err != nil {
			return err
		}
	}
	return nil
}

// compare reads the new vault back.
func (c *copier) compare() error {
	r, done, err := c.to.view(c.ctx)
	if err != nil {
		return err
	}
	defer done()
	got := &harvest{v: c.to, ctx: c.ctx, r: r, st: (&state{}).clone()}
	files := 0
	got.take = func(s *step, _ bool) error {
		for _, o := range s.add {
			got.st.lose(c.to.keys.element(itemOriginal, string(o.Original.Hash), o.raw))
			files++
		}
		return nil
	}
	if err := got.run(); err != nil {
		return err
	}
	if got.st.Root.Hash != c.want.Root.Hash || got.st.Root.Count != c.want.Root.Count || files != c.files {
		return damaged(store.Dir, "the copy is not the same as what was copied; it was removed")
	}
	report, err := c.to.Check(c.ctx, true, nil)
	if err == nil && len(report.Problems) > 0 {
		err = damaged(report.Problems[0].File, "the copy could not be read back; it was removed")
	}
	return err
}
