package vault

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// taking adds what Change.Undone takes away: the receipt, and the originals
// that the import alone brought.
func (t *transaction) taking(ctx context.Context, s *step) error {
	id := t.change.Undone
	if id == "" {
		return nil
	}
	raw, err := t.v.getPacked(t.r, receiptKey(id))
	if errors.Is(err, store.ErrAbsent) {
		return fmt.Errorf("import %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return err
	}
	s.undone = &receiptEntry{id, raw}
	candidates, err := t.candidates(ctx, raw, s.delete)
	if err != nil || len(candidates) == 0 {
		return err
	}
	if err := t.keepNamed(ctx, candidates, s.delete); err != nil {
		return err
	}
	for _, o := range candidates {
		s.gone = append(s.gone, o)
	}
	return nil
}

// candidates are the originals that may go with the import, if nothing that
// stays names them.
func (t *transaction) candidates(ctx context.Context, raw []byte, deleted []record.ID) (map[record.Hash]originalEntry, error) {
	known, err := t.imports()
	if err != nil {
		return nil, err
	}
	named, err := t.namedByUndone(deleted, raw)
	if err != nil {
		return nil, err
	}
	// An original whose own import was undone before stayed because of others;
	// of those this one may be the last.
	stayed := func(o record.Original) bool {
		return !known[o.Import] && (named[o.Hash] || o.Within != "" && named[o.Within])
	}
	candidates := map[record.Hash]originalEntry{}
	holding := map[record.Hash]bool{} // archives that hold another import's members
	err = t.v.eachOriginal(t.r, func(o originalEntry) error {
		if o.Original.Import == t.change.Undone || stayed(o.Original) {
			candidates[o.Original.Hash] = o
		} else if o.inside() {
			holding[o.Original.Within] = true
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	for _, o := range maps.Clone(candidates) { // an archive that stayed because of one of its files
		a, err := t.v.storedOriginal(t.r, o.Original.Within)
		if o.inside() && err == nil && !known[a.Original.Import] {
			candidates[a.Original.Hash] = a
		}
	}
	maps.DeleteFunc(candidates, func(h record.Hash, _ originalEntry) bool { return holding[h] })
	return candidates, nil
}

// imports are those that were not undone; what no import brought has none.
func (t *transaction) imports() (map[record.ID]bool, error) {
	receipts, err := t.v.receipts(t.r)
	known := map[record.ID]bool{"": true}
	for _, r := range receipts {
		known[r.Import] = true
	}
	return known, err
}

// namedByUndone are the originals that the import, or a record that it changed,
// names.
func (t *transaction) namedByUndone(deleted []record.ID, raw []byte) (map[record.Hash]bool, error) {
	named := map[record.Hash]bool{}
	var receipt record.Receipt
	if t.v.codec.dec.Unmarshal(raw, &receipt) != nil {
		return nil, store.ErrBroken
	}
	for _, s := range receipt.Sources {
		named[s.SHA256] = true
	}
	for _, i := range t.order {
		deleted = append(deleted[:len(deleted):len(deleted)], t.change.Put[i].ID)
	}
	for _, id := range deleted {
		r, _, err := t.v.lookup(t.r, id)
		if errors.Is(err, store.ErrAbsent) {
			continue
		}
		if err != nil {
			return nil, err
		}
		namedBy(r, func(h record.Hash) { named[h] = true })
	}
	return named, nil
}

// keepNamed takes out of the candidates what another import's receipt or a
// record that stays names, and what carries such a one inside.
func (t *transaction) keepNamed(ctx context.Context, candidates map[record.Hash]originalEntry, deleted []record.ID) error {
	keep := func(h record.Hash) {
		for h != "" {
			o, ok := candidates[h]
			if !ok {
				return
			}
			delete(candidates, h)
			if !o.inside() {
				return // it is kept by itself, not in what carried it
			}
			h = o.Original.Within
		}
	}
	receipts, err := t.v.receipts(t.r)
	if err != nil {
		return err
	}
	for _, receipt := range receipts {
		for _, source := range receipt.Sources {
			if receipt.Import != t.change.Undone {
				keep(source.SHA256)
			}
		}
	}
	changed := make(map[record.ID]bool, len(deleted)+len(t.order))
	for _, id := range deleted {
		changed[id] = true
	}
	for _, i := range t.order {
		r := t.change.Put[i]
		changed[r.ID] = true
		namedBy(r, keep)
	}
	return t.v.eachRecord(t.r, func(p place, id record.ID, plain []byte) error {
		if changed[id] {
			return ctx.Err()
		}
		r, _, err := t.v.unpackRecord(t.r, id, plain)
		if err != nil {
			return err
		}
		namedBy(r, keep)
		return ctx.Err()
	})
}

// namedBy calls keep for every original that a record points at.
func namedBy(r record.Record, keep func(record.Hash)) {
	for _, p := range r.Provenance {
		keep(p.Original)
		carriedBy(p.Said, keep)
	}
	carriedBy(r.Resource, keep)
}

func carriedBy(r record.Resource, keep func(record.Hash)) {
	switch r := r.(type) {
	case *record.DocumentReference:
		for _, a := range r.Content {
			keep(a.Hash)
		}
	case *record.DiagnosticReport:
		for _, a := range r.PresentedForm {
			keep(a.Hash)
		}
	case *record.ImagingStudy:
		for _, s := range r.Series {
			for _, i := range s.Instance {
				for _, h := range i.Files() {
					keep(h)
				}
			}
		}
	}
}
