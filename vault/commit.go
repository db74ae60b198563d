package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// Commit makes c part of the vault, whole and durable, or changes nothing.
// Originals are sealed first, then the journal is written and flushed, then the
// index. Records without a Recorded time get the present one. An original that
// the vault has already is not read again. Deleting what is not there is
// [ErrNotFound]; a full disk is [ErrNoRoom]. Calls queue up.
//
// Undone takes the receipt of an import away, and of the originals it brought
// those that no other import's receipt and no remaining record names.
func (v *Vault) Commit(ctx context.Context, c record.Change) error {
	v.write.Lock()
	event, err := v.commit(ctx, c)
	v.write.Unlock()
	if err == nil {
		v.tell(event)
	}
	return err
}

func (v *Vault) commit(ctx context.Context, c record.Change) (Event, error) {
	if v.broken != nil {
		return Event{}, v.broken
	}
	r, done, err := v.view(ctx)
	if err != nil {
		return Event{}, err
	}
	defer done()
	if err := r.Whole(); err != nil {
		return Event{}, err
	}
	t := &transaction{v: v, r: r, change: c, state: v.now.Load().clone(), index: newBuilding(), sealer: sealer{v: v, touch: map[string]bool{}}}
	defer t.index.wait() // it reads what the caller gave
	err = t.prepare(ctx)
	if err == nil {
		err = v.writable()
	}
	if err != nil {
		t.sealer.undo()
		return Event{}, err
	}
	t.index.finish()
	st := t.state
	frame, err := v.writeFrames(st, t.frames)
	if err != nil {
		if v.broken == nil { // else a frame that names them may be on the disk: the next Open knows
			t.sealer.undo()
		}
		return Event{}, err
	}
	t.frames, t.buf = nil, bytes.Buffer{}
	// Durable from here: whatever fails now is made good by the journal.
	if err := errors.Join(t.sealer.place(), v.applySteps(st.Root.Epoch, t.steps, frame)); err != nil {
		v.broken = fmt.Errorf("the change is kept, but cannot be shown before the vault was closed and opened again: %w", store.ErrBroken)
		return Event{}, v.broken
	}
	v.search.add(t.index.wait()...)
	v.publish(st)
	for _, s := range t.steps {
		for _, o := range s.gone {
			if o.inside() {
				continue // its archive goes by itself
			}
			os.Remove(v.originalPath(o.File))
		}
	}
	v.rotate()
	return t.event(st.Root.Epoch), nil
}

// rotate moves to a new segment when the present one is full. Where that fails
// the present one goes on.
func (v *Vault) rotate() {
	if v.journal.Full() {
		_ = v.journal.Next()
	}
}

// transaction is one commit on its way.
type transaction struct {
	v      *Vault
	r      *read
	change record.Change
	at     time.Time
	sealer sealer
	index  *building
	order  []int // the records to put, the last of each id: where each is in change.Put

	state  *state // behind the steps that are framed
	steps  []*step
	frames [][]byte // of the steps: plain texts, packed
	filled int      // bytes of stored forms in the last step
	size   int64    // bytes of all stored forms
	buf    bytes.Buffer
}

// prepare does all that can fail before the journal is written.
func (t *transaction) prepare(ctx context.Context) error {
	t.at = t.v.opt.Now().UTC()
	t.state.Root.Epoch++
	if err := t.validate(); err != nil {
		return err
	}
	t.choose()
	first := &step{delete: t.deletions()}
	t.steps = []*step{first}
	if err := t.taking(ctx, first); err != nil {
		return err
	}
	if err := t.encode(ctx); err != nil {
		return err
	}
	for _, o := range t.change.Originals {
		if o.Path == "" {
			t.size += o.Size
		}
	}
	if err := enoughRoom(t.v.opt, t.v.dir, t.size); err != nil {
		return err
	}
	if err := t.filing(); err != nil {
		return err
	}
	var err error
	if t.last().add, err = t.seal(ctx); err != nil {
		return err
	}
	if err := t.frame(true); err != nil {
		return err
	}
	return ctx.Err()
}

func (t *transaction) validate() error {
	for i, r := range t.change.Put {
		switch {
		case r.ID == "" || len(r.ID) > idLimit:
			return fmt.Errorf("record %d of the change has no usable id", i)
		case r.Resource == nil:
			return fmt.Errorf("record %s has no content", r.ID)
		case len(r.Person) > idLimit:
			return fmt.Errorf("record %s: the person's id is too long", r.ID)
		}
	}
	for _, o := range t.change.Originals {
		if len(o.Hash) != 64 || o.Size < 0 {
			return errors.New("an original of the change has no usable hash")
		}
	}
	return nil
}

// deletions are the ids to delete: each once, and none that is put as well.
func (t *transaction) deletions() []record.ID {
	skip := make(map[record.ID]bool, len(t.change.Put))
	for _, r := range t.change.Put {
		skip[r.ID] = true
	}
	var ids []record.ID
	for _, id := range t.change.Delete {
		if !skip[id] {
			skip[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// filing adds the receipts. A frame takes one, so that each further one has a
// step of its own.
func (t *transaction) filing() error {
	list := t.change.Receipts
	if t.change.Receipt != nil {
		list = append(slices.Clone(list), *t.change.Receipt)
	}
	for n, r := range list {
		if r.Import == "" || len(r.Import) > idLimit || r.Import == t.change.Undone {
			return errors.New("the receipt of the change has no usable import id")
		}
		raw, err := t.v.codec.enc.Marshal(r)
		if err != nil {
			return errStoredForm
		}
		if n > 0 {
			if err := t.frame(false); err != nil {
				return err
			}
			t.steps = append(t.steps, &step{})
		}
		t.last().receipts = []receiptEntry{{r.Import, raw}}
	}
	return nil
}

// seal writes the originals that the vault does not have.
func (t *transaction) seal(ctx context.Context) ([]originalEntry, error) {
	var list []originalEntry
	seen := map[record.Hash]bool{}
	sealed := map[record.Hash]sealedOriginal{} // that may be archives
	for _, in := range t.change.Originals {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		_, err := t.v.sealedOriginal(t.r, in.Hash)
		if err == nil && !t.goes(in.Hash) || seen[in.Hash] {
			continue
		}
		if err != nil && !errors.Is(err, store.ErrAbsent) {
			return nil, err
		}
		seen[in.Hash] = true
		var o sealedOriginal
		if in.Path != "" {
			o, err = t.member(in, sealed)
		} else {
			o, err = t.sealer.seal(ctx, in)
			sealed[in.Hash] = o
		}
		if err != nil {
			return nil, err
		}
		raw, err := t.v.codec.enc.Marshal(o)
		if err != nil {
			return nil, errStoredForm
		}
		list = append(list, originalEntry{o, cbor.RawMessage(raw)})
	}
	return list, t.sealer.settle()
}

func (t *transaction) goes(h record.Hash) bool {
	for _, o := range t.steps[0].gone {
		if o.Original.Hash == h {
			return true
		}
	}
	return false
}

func (t *transaction) event(epoch uint64) Event {
	e := Event{Epoch: epoch, Undone: t.change.Undone}
	for _, s := range t.steps {
		e.Deleted = append(e.Deleted, s.delete...)
		for _, p := range s.put {
			e.Put = append(e.Put, p.id)
		}
	}
	if t.change.Receipt != nil {
		e.Import = t.change.Receipt.Import
	}
	return e
}
