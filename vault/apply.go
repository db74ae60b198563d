package vault

import (
	"encoding/binary"
	"slices"

	"github.com/carnet-phr/carnet/vault/store"
)

// apply writes a step to the store. frame is the one that holds it.
func (v *Vault) apply(b *store.Batch, s *step, frame uint64) error {
	parallel(len(s.put), func(i int) {
		if e := s.put[i]; e.packed == nil {
			v.pack(e)
		}
	})
	if err := v.clear(b, s); err != nil {
		return err
	}
	if err := v.applyRecords(b, s.put, frame); err != nil {
		return err
	}
	for _, o := range s.add {
		if err := v.setItem(b, originalKey(o.Original.Hash), o.raw); err != nil {
			return err
		}
	}
	for _, n := range s.receipts {
		if err := v.setItem(b, receiptKey(n.id), n.raw); err != nil {
			return err
		}
	}
	return nil
}

// setItem writes the entry of an original or receipt, in parts where it is too
// large for one value.
func (v *Vault) setItem(b *store.Batch, key, raw []byte) error {
	packed, parts := chunked(v.packer.value(raw))
	for n, part := range parts {
		if err := b.Set(partKey(key, n), part); err != nil {
			return err
		}
	}
	return b.Set(key, packed)
}

// deleteItem undoes setItem.
func (v *Vault) deleteItem(b *store.Batch, key, raw []byte) error {
	for n := range v.chunks(raw) {
		if err := b.Delete(partKey(key, n)); err != nil {
			return err
		}
	}
	return b.Delete(key)
}

// chunked cuts a packed value that is too large: what to store in its place,
// and the parts.
func chunked(packed []byte) (value []byte, parts [][]byte) {
	if len(packed) <= chunkSize {
		return packed, nil
	}
	parts = slices.Collect(slices.Chunk(packed, chunkSize))
	return binary.BigEndian.AppendUint32([]byte{packedChunked}, uint32(len(parts))), parts
}

// partsOf is the number of parts that a packed value is cut into.
func partsOf(packed []byte) int {
	_, parts := chunked(packed)
	return len(parts)
}

// chunks is the number of parts that a stored form was cut into.
func (v *Vault) chunks(raw []byte) int {
	if len(raw) < chunkSize { // smaller ones never need parts
		return 0
	}
	return partsOf(v.packer.value(raw))
}

// clear deletes what the step takes away, but not what it writes again.
func (v *Vault) clear(b *store.Batch, s *step) error {
	keep := map[string]bool{}
	if len(s.replaced) > 0 {
		for _, e := range s.put {
			for _, k := range e.storeKeys() {
				keep[string(k)] = true
			}
		}
	}
	for _, e := range s.replaced {
		for _, k := range e.storeKeys() {
			if keep[string(k)] {
				continue
			}
			if err := b.Delete(k); err != nil {
				return err
			}
		}
	}
	for _, o := range s.gone {
		if err := v.deleteItem(b, originalKey(o.Original.Hash), o.raw); err != nil {
			return err
		}
	}
	if s.undone != nil {
		return v.deleteItem(b, receiptKey(s.undone.id), s.undone.raw)
	}
	return nil
}

// storeKeys are the keys that a record has in the store.
func (e *entry) storeKeys() [][]byte {
	keys := [][]byte{recordKey(e.id), e.place.key(e.id)}
	for _, k := range e.keys {
		keys = append(keys, matchKey(k, e.id))
	}
	for n := range e.parts {
		keys = append(keys, chunkKey(e.id, n))
	}
	return keys
}

// pair is a key with its sealed value.
type pair struct{ key, sealed []byte }

// applyRecords seals on several goroutines and writes in order, a stretch at a
// time so that memory stays flat.
func (v *Vault) applyRecords(b *store.Batch, put []*entry, frame uint64) error {
	const stretch = 1024 // records
	for len(put) > 0 {
		part := put[:min(stretch, len(put))]
		put = put[len(part):]
		pairs := make([][]pair, len(part))
		parallel(len(part), func(i int) { pairs[i] = v.sealEntry(b, part[i], frame) })
		for _, ps := range pairs {
			for _, p := range ps {
				if err := b.SetSealed(p.key, p.sealed); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (v *Vault) sealEntry(b *store.Batch, e *entry, frame uint64) []pair {
	ps := make([]pair, 0, 2+len(e.keys))
	add := func(key, plain []byte) { ps = append(ps, pair{key, b.Seal(key, plain)}) }
	add(recordKey(e.id), e.place.where(frame))
	packed, parts := chunked(e.packed)
	for n, part := range parts {
		add(chunkKey(e.id, n), part)
	}
	add(e.place.key(e.id), packed)
	for _, k := range e.keys {
		ps = append(ps, pair{key: matchKey(k, e.id)})
	}
	return ps
}
