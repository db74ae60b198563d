package vault

import (
	"encoding/binary"
	"slices"
)

// apply writes a step to the store. frame is the one that holds it.
func (v *Vault) apply(b *batch, s *step, frame uint64) error {
	if err := v.clear(b, s); err != nil {
		return err
	}
	if err := v.applyRecords(b, s.put, frame); err != nil {
		return err
	}
	for _, o := range s.add {
		if err := b.set(originalKey(o.Original.Hash), v.packer.value(nil, o.raw)); err != nil {
			return err
		}
	}
	if s.receipt != nil {
		return b.set(receiptKey(s.receipt.id), v.packer.value(nil, s.receipt.raw))
	}
	return nil
}

// clear deletes what the step takes away, but not what it writes again.
func (v *Vault) clear(b *batch, s *step) error {
	keep := map[string]bool{}
	if len(s.replaced) > 0 {
		for _, e := range s.put {
			for _, k := range v.entryKeys(e) {
				keep[string(k)] = true
			}
		}
	}
	for _, e := range s.replaced {
		for _, k := range v.entryKeys(e) {
			if keep[string(k)] {
				continue
			}
			if err := b.delete(k); err != nil {
				return err
			}
		}
	}
	for _, o := range s.gone {
		if err := b.delete(originalKey(o.Original.Hash)); err != nil {
			return err
		}
	}
	if s.undone != nil {
		return b.delete(receiptKey(s.undone.id))
	}
	return nil
}

// entryKeys are the keys that a record has in the store.
func (v *Vault) entryKeys(e entry) [][]byte {
	keys := [][]byte{recordKey(e.id), e.place.key(e.id)}
	for _, k := range e.keys {
		keys = append(keys, matchKey(k, e.id))
	}
	if len(e.raw) >= chunkSize { // smaller ones never need chunks
		packed := len(v.packer.value(nil, e.raw))
		for n := 0; packed > chunkSize && n*chunkSize < packed; n++ {
			keys = append(keys, chunkKey(e.id, n))
		}
	}
	return keys
}

// pair is a key with its sealed value.
type pair struct{ key, sealed []byte }

// applyRecords seals on several goroutines and writes in order, a stretch at a
// time so that memory stays flat.
func (v *Vault) applyRecords(b *batch, put []entry, frame uint64) error {
	const stretch = 1024 // records
	for len(put) > 0 {
		part := put[:min(stretch, len(put))]
		put = put[len(part):]
		pairs := make([][]pair, len(part))
		parallel(len(part), func(i int) { pairs[i] = v.sealEntry(b, part[i], frame) })
		for _, ps := range pairs {
			for _, p := range ps {
				if err := b.setSealed(p.key, p.sealed); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (v *Vault) sealEntry(b *batch, e entry, frame uint64) []pair {
	ps := make([]pair, 0, 2+len(e.keys))
	add := func(key, plain []byte) { ps = append(ps, pair{key, b.seal(key, plain)}) }
	add(recordKey(e.id), e.place.where(frame))
	packed := v.packer.value(nil, e.raw)
	if len(packed) > chunkSize {
		n := 0
		for part := range slices.Chunk(packed, chunkSize) {
			add(chunkKey(e.id, n), part)
			n++
		}
		packed = binary.BigEndian.AppendUint32([]byte{packedChunked}, uint32(n))
	}
	add(e.place.key(e.id), packed)
	for _, k := range e.keys {
		add(matchKey(k, e.id), nil)
	}
	return ps
}
