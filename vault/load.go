package vault

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/carnet-phr/carnet/vault/store"
)

// loadFrom is how many records a commit puts at least for them to be loaded into
// an empty store, not batched.
const loadFrom = 1000

// load writes steps to the store in the order of its keys, and lets go of the
// packed records; false where that cannot be.
func (v *Vault) load(epoch uint64, steps []*step, frame uint64) (done bool, err error) {
	n := 0
	for _, s := range steps {
		n += len(s.put)
		if len(s.replaced) > 0 || len(s.gone) > 0 || s.undone != nil {
			return false, nil
		}
	}
	if n < loadFrom {
		return false, nil
	}
	l := v.store.Load(epoch)
	if l == nil {
		return false, nil
	}
	defer l.Cancel()
	if err := v.loadClasses(l, steps, n, frame); err != nil {
		return true, err
	}
	return true, l.Flush()
}

// loadClasses writes class by class, as the keys begin with it; the largest
// first, to be rid of it. n is how many records there are.
func (v *Vault) loadClasses(l *store.Load, steps []*step, n int, frame uint64) error {
	originals, receipts, parts := v.otherItems(steps)
	for _, load := range []func() error{
		func() error { return loadSorted(l, timelineItems(steps, n)) },
		l.Restart,
		func() error { return loadSorted(l, chunkItems(steps)) },
		func() error { return loadSorted(l, receipts) },
		func() error { return loadMatches(l, steps) },
		func() error { return loadSorted(l, originals) },
		func() error { return loadSorted(l, parts) },
		func() error { return loadSorted(l, recordItems(steps, n, frame)) },
	} {
		if err := load(); err != nil {
			return err
		}
	}
	return nil
}

// loadItem is a key and its value.
type loadItem struct{ key, plain []byte }

// eachPut gives what each entry to put adds to a list, about n in all.
func eachPut[T any](steps []*step, n int, items func(list []T, e *entry, step int) []T) []T {
	list := make([]T, 0, n)
	for i, s := range steps {
		for _, e := range s.put {
			list = items(list, e, i)
		}
	}
	return list
}

func timelineItems(steps []*step, n int) []loadItem {
	return eachPut(steps, n, func(list []loadItem, e *entry, _ int) []loadItem {
		packed, _ := chunked(e.packed)
		if e.parts == 0 {
			e.packed = nil // the list has it
		}
		return append(list, loadItem{e.place.key(e.id), packed})
	})
}

func chunkItems(steps []*step) []loadItem {
	return eachPut(steps, 0, func(list []loadItem, e *entry, _ int) []loadItem {
		if e.parts == 0 {
			return list
		}
		_, parts := chunked(e.packed)
		for n, part := range parts {
			list = append(list, loadItem{chunkKey(e.id, n), part})
		}
		e.packed = nil
		return list
	})
}

func recordItems(steps []*step, n int, frame uint64) []loadItem {
	return eachPut(steps, n, func(list []loadItem, e *entry, step int) []loadItem {
		return append(list, loadItem{recordKey(e.id), e.place.where(frame + uint64(step))})
	})
}

// otherItems are those of originals and receipts.
func (v *Vault) otherItems(steps []*step) (originals, receipts, parts []loadItem) {
	add := func(list []loadItem, key, raw []byte) []loadItem {
		packed, cut := chunked(v.packer.value(raw))
		for n, part := range cut {
			parts = append(parts, loadItem{partKey(key, n), part})
		}
		return append(list, loadItem{key, packed})
	}
	for _, s := range steps {
		for _, o := range s.add {
			originals = add(originals, originalKey(o.Original.Hash), o.raw)
		}
		for _, n := range s.receipts {
			receipts = add(receipts, receiptKey(n.id), n.raw)
		}
	}
	return originals, receipts, parts
}

// loadSorted seals on several goroutines and writes in order.
func loadSorted(l *store.Load, items []loadItem) error {
	slices.SortFunc(items, func(a, b loadItem) int { return bytes.Compare(a.key, b.key) })
	const stretch = 512 // items
	sealed := make([][]byte, stretch)
	for len(items) > 0 {
		part := items[:min(stretch, len(items))]
		items = items[len(part):]
		parallel(len(part), func(i int) { sealed[i] = l.Seal(part[i].key, part[i].plain) })
		for i := range part {
			if err := l.SetSealed(part[i].key, sealed[i]); err != nil {
				return err
			}
			part[i] = loadItem{}
		}
	}
	return nil
}

// loadMatches writes the keys by which records are matched, many for each record:
// they are not made before their turn.
func loadMatches(l *store.Load, steps []*step) error {
	type match struct {
		print fingerprint
		e     *entry
	}
	n := 0
	for _, s := range steps {
		for _, e := range s.put {
			n += len(e.keys)
		}
	}
	list := eachPut(steps, n, func(list []match, e *entry, _ int) []match {
		for _, k := range e.keys {
			list = append(list, match{k, e})
		}
		return list
	})
	slices.SortFunc(list, func(a, b match) int {
		return cmp.Or(bytes.Compare(a.print[:], b.print[:]), cmp.Compare(a.e.id, b.e.id))
	})
	var key []byte
	for _, m := range list {
		key = append(append(append(key[:0], classMatch), m.print[:]...), m.e.id...)
		if err := l.SetSealed(key, nil); err != nil {
			return err
		}
	}
	return nil
}
