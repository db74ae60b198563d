package vault

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"math/bits"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
)

// setHash is the sum, modulo 2^256, of one keyed element for each live item: it
// changes with any item added, changed or taken away, in whatever order, and
// cannot be made to agree without the key. Little-endian.
type setHash [32]byte

func (s *setHash) add(e setHash) {
	var carry uint64
	for i := 0; i < len(s); i += 8 {
		var sum uint64
		sum, carry = bits.Add64(binary.LittleEndian.Uint64(s[i:]), binary.LittleEndian.Uint64(e[i:]), carry)
		binary.LittleEndian.PutUint64(s[i:], sum)
	}
}

func (s *setHash) remove(e setHash) {
	var borrow uint64
	for i := 0; i < len(s); i += 8 {
		var diff uint64
		diff, borrow = bits.Sub64(binary.LittleEndian.Uint64(s[i:]), binary.LittleEndian.Uint64(e[i:]), borrow)
		binary.LittleEndian.PutUint64(s[i:], diff)
	}
}

// The classes of live items.
const (
	itemRecord   = 'r'
	itemOriginal = 'o'
	itemReceipt  = 'i'
)

// element is an item's part of the set-hash: HMAC-SHA256 under the root subkey
// over its class and the SHA-256 of its name and of its stored form.
func (k *keyring) element(class byte, name string, storedForm []byte) setHash {
	n, c := sha256.Sum256([]byte(name)), sha256.Sum256(storedForm)
	return seal.MAC(k.root, []byte{class}, n[:], c[:])
}

// root is what a vault holds, in a few bytes.
type root struct {
	Epoch uint64  `cbor:"epoch"`
	Count uint64  `cbor:"count"` // live records, originals and receipts
	Hash  setHash `cbor:"hash"`
}

// state is where a vault stands. A published state is never changed.
type state struct {
	Root   root                                  `cbor:"root"`
	Frame  uint64                                `cbor:"frame"` // number of the last frame of the last transaction
	Tag    journal.Tag                           `cbor:"tag"`   // of that frame
	Counts map[record.ID]map[record.Kind]int     `cbor:"counts"`
	Prints map[record.ID]map[record.Kind]setHash `cbor:"prints"`           // of the same records: sums of their elements
	Header []byte                                `cbor:"header,omitempty"` // the newest one of the journal, never changed in place; nil in a vault of before
}

// clone gives a copy to work on.
func (s *state) clone() *state {
	c := *s
	c.Counts = make(map[record.ID]map[record.Kind]int, len(s.Counts))
	for person, kinds := range s.Counts {
		c.Counts[person] = maps.Clone(kinds)
	}
	c.Prints = make(map[record.ID]map[record.Kind]setHash, len(s.Prints))
	for person, kinds := range s.Prints {
		c.Prints[person] = maps.Clone(kinds)
	}
	return &c
}

func (s *state) gain(e setHash) { s.Root.Count++; s.Root.Hash.add(e) }
func (s *state) lose(e setHash) { s.Root.Count--; s.Root.Hash.remove(e) }

// tally counts a record at its place, and works it into the print of that place.
func (s *state) tally(p place, e setHash, by int) {
	kinds, prints := s.Counts[p.person], s.Prints[p.person]
	if kinds == nil {
		kinds, prints = map[record.Kind]int{}, map[record.Kind]setHash{}
		s.Counts[p.person], s.Prints[p.person] = kinds, prints
	}
	h := prints[p.kind]
	if by > 0 {
		h.add(e)
	} else {
		h.remove(e)
	}
	prints[p.kind] = h
	if kinds[p.kind] += by; kinds[p.kind] == 0 {
		delete(kinds, p.kind)
		delete(prints, p.kind)
	}
	if len(kinds) == 0 {
		delete(s.Counts, p.person)
		delete(s.Prints, p.person)
	}
}

// tallies are the counts by kind, of one person or of all.
func (s *state) tallies(person record.ID) map[record.Kind]int {
	counts := map[record.Kind]int{}
	for p, kinds := range s.Counts {
		if person == "" || p == person {
			for k, n := range kinds {
				counts[k] += n
			}
		}
	}
	return counts
}
