package vault

import (
	"context"
	"fmt"
	"slices"

	"github.com/carnet-phr/carnet/vault/fulltext"
	"github.com/carnet-phr/carnet/vault/record"
)

// frameFull is how many bytes of records go into one frame of a transaction.
const frameFull = 1 << 20

// encodeStretch is how many records of a commit are encoded together.
const encodeStretch = 512

// choose finds the records to put: the last of each id.
func (t *transaction) choose() {
	latest := make(map[record.ID]int, len(t.change.Put))
	for i, r := range t.change.Put {
		latest[r.ID] = i
	}
	t.order = make([]int, 0, len(latest))
	for i, r := range t.change.Put {
		if latest[r.ID] == i {
			t.order = append(t.order, i)
		}
	}
}

// encode shares the records out over frames. Of each record only what the index
// will hold, packed, is kept, and the packed frames: a commit takes a small part
// of the memory that its records do. The last frame stays open.
func (t *transaction) encode(ctx context.Context) error {
	entries := make([]entry, len(t.order))
	for at := 0; at < len(entries); at += encodeStretch {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := t.encodePart(entries[at:min(len(entries), at+encodeStretch)], t.order[at:]); err != nil {
			return err
		}
	}
	return nil
}

// encodePart fills in entries, and adds them to the last step, or to another one
// where that is full.
func (t *transaction) encodePart(entries []entry, order []int) error {
	texts, errs := make([][]fulltext.Text, len(entries)), make([]error, len(entries))
	parallel(len(entries), func(i int) {
		r := t.change.Put[order[i]]
		entries[i], errs[i] = t.entry(r)
		texts[i] = searchTexts(r)
	})
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return errs[i]
	}
	t.index.take(entries, texts)
	for i := range entries {
		n := len(entries[i].raw)
		if t.filled > 0 && t.filled+n > frameFull {
			if err := t.frame(false); err != nil {
				return err
			}
			t.steps, t.filled = append(t.steps, &step{}), 0
		}
		s := t.last()
		s.put = append(s.put, &entries[i])
		t.filled += n
		t.size += int64(n)
	}
	return nil
}

// entry is a record as it will be stored.
func (t *transaction) entry(r record.Record) (entry, error) {
	if r.Recorded.IsZero() {
		r.Recorded = t.at
	}
	raw, err := t.v.codec.encodeRecord(r)
	if err != nil {
		return entry{}, fmt.Errorf("record %s: %w", r.ID, err)
	}
	e := t.v.entry(r, raw)
	t.v.pack(&e)
	return e, nil
}

func (t *transaction) last() *step { return t.steps[len(t.steps)-1] }

// frame makes the frame of the last step, which gets nothing more.
func (t *transaction) frame(last bool) error {
	s := t.last()
	if err := t.v.account(t.r, t.state, s); err != nil {
		return commitProblem(err)
	}
	plain, err := t.v.encodePayload(&t.buf, s.payload(t.state.Root, len(t.frames), t.at), last)
	if err != nil {
		return err
	}
	t.frames = append(t.frames, plain)
	for i := range s.put {
		s.put[i].raw = nil // it is in the frame
	}
	return nil
}
