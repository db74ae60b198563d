package vault

import (
	"encoding/binary"
	"errors"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// stored gives the entry of a record that is in the store; store.ErrAbsent if none.
func (v *Vault) stored(r *read, id record.ID) (entry, error) {
	rec, raw, err := v.lookup(r, id)
	if err != nil {
		return entry{}, err
	}
	return v.entry(rec, raw), nil
}

// lookup reads a record by its id.
func (v *Vault) lookup(r *read, id record.ID) (record.Record, []byte, error) {
	where, err := r.Get(recordKey(id))
	if err != nil {
		return record.Record{}, nil, err
	}
	_, p, ok := parseWhere(where)
	if !ok {
		return record.Record{}, nil, store.ErrBroken
	}
	plain, err := r.Get(p.key(id))
	if err != nil {
		return record.Record{}, nil, store.ErrBroken // a pointer to nothing is damage, not absence
	}
	return v.unpackRecord(r, id, plain)
}

// unpackRaw gives the stored form of a record from the plain value behind its
// timeline key.
func (v *Vault) unpackRaw(r *read, id record.ID, plain []byte) ([]byte, error) {
	plain, err := joinChunks(r, plain, func(n int) []byte { return chunkKey(id, n) })
	if err != nil {
		return nil, err
	}
	raw, err := v.packer.unpack(plain)
	if err != nil {
		return nil, store.ErrBroken
	}
	return raw, nil
}

// unpackRecord reads the plain value behind a timeline key.
func (v *Vault) unpackRecord(r *read, id record.ID, plain []byte) (record.Record, []byte, error) {
	raw, err := v.unpackRaw(r, id, plain)
	if err != nil {
		return record.Record{}, nil, err
	}
	rec, err := v.codec.decodeRecord(raw)
	if errors.Is(err, ErrNewerVersion) {
		return rec, nil, err
	}
	if err != nil || rec.ID != id {
		return rec, nil, store.ErrBroken
	}
	return rec, raw, nil
}

// packedChunked marks a value that lies in chunks: the byte is followed by
// their number. Badger takes about a megabyte in one transaction.
const (
	packedChunked = 3
	chunkSize     = 512 << 10 // bytes
)

func joinChunks(r *read, plain []byte, key func(n int) []byte) ([]byte, error) {
	if len(plain) != 5 || plain[0] != packedChunked {
		return plain, nil
	}
	var whole []byte
	for n := range binary.BigEndian.Uint32(plain[1:]) {
		part, err := r.Get(key(int(n)))
		if err != nil {
			return nil, store.ErrBroken
		}
		whole = append(whole, part...)
	}
	return whole, nil
}
