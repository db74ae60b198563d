package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/zstd"
)

const (
	unpackedLimit = 96 << 20 // bytes
	frameVersion  = 2        // the highest that is known
	recordVersion = 1        // the highest that is known
	nestingLimit  = 64       // levels of CBOR
	arrayLimit    = 1 << 24  // elements
	mapLimit      = 1 << 20  // pairs
)

// content is what a frame says.
type content struct {
	V         uint64            `cbor:"v"`
	Epoch     uint64            `cbor:"epoch"`
	Part      uint64            `cbor:"part"`
	Delete    []string          `cbor:"delete"`
	Put       []cbor.RawMessage `cbor:"put"`
	Gone      []string          `cbor:"gone"`
	Originals []cbor.RawMessage `cbor:"originals"`
	Undone    string            `cbor:"undone"`
	Receipt   cbor.RawMessage   `cbor:"receipt"`
	Header    []byte            `cbor:"header"`
	Base      bool              `cbor:"base"`
	Receipts  []cbor.RawMessage `cbor:"receipts"`
	Root      struct {
		Epoch uint64 `cbor:"epoch"`
		Count int    `cbor:"count"`
		Hash  []byte `cbor:"hash"`
	} `cbor:"root"`

	items []item // what it brings: put, originals, receipt
}

// Classes of items, the letters that the set-hash knows them by.
const (
	aRecord    = 'r'
	anOriginal = 'o'
	aReceipt   = 'i'
)

// key tells the items of a vault apart: by ID, hash or import.
type key struct {
	class byte
	name  string
}

// item is a record, original or receipt in its stored form.
type item struct {
	key
	stored []byte
}

// place is where a live item is, and its part of the set-hash.
type place struct {
	frame   uint64
	element *big.Int
}

// state is what the journal comes to.
type state struct {
	rootKey     []byte // the subkey "root"
	zstd        *zstd.Decoder
	live        map[key]place
	sum         *big.Int      // of the elements, modulo 2^256
	undo        map[key]place // what the open transaction changed, as it was
	epoch, part uint64
	open        bool   // the transaction is not whole yet
	whole       uint64 // the epoch of the last that is
	gaps        bool   // something was skipped: order and root no longer tell
	header      []byte // the newest that the journal has
	pending     []byte // that of the open transaction
}

// apply carries a frame out and compares its root.
func (s *state) apply(f frame) error {
	c, err := s.content(f)
	if err != nil {
		return err
	}
	follows := s.follow(c, f.ends)
	for _, k := range c.removed() {
		s.set(k, place{})
	}
	for _, i := range c.items {
		s.set(i.key, place{f.number, element(s.rootKey, i)})
	}
	if c.Header != nil {
		s.pending = c.Header
	}
	if f.ends {
		clear(s.undo)
		s.header, s.whole = s.pending, s.epoch
	}
	hash := s.sum.FillBytes(make([]byte, 32))
	slices.Reverse(hash)
	switch {
	case s.gaps:
	case !follows:
		return fmt.Errorf("part %d of transaction %d is out of order", c.Part, c.Epoch)
	case c.Root.Epoch != c.Epoch || c.Root.Count != len(s.live) || !bytes.Equal(c.Root.Hash, hash):
		return fmt.Errorf("its root does not fit: it names %d items, and there are %d", c.Root.Count, len(s.live))
	}
	return nil
}

// follow takes the frame's place in the order of transactions, and says whether
// it fits. A base begins with nothing.
func (s *state) follow(c content, ends bool) bool {
	was := *s
	s.epoch, s.part, s.open = c.Epoch, c.Part, !ends
	switch {
	case c.Base && c.Part == 0:
		clear(s.live)
		s.sum.SetUint64(0)
		return was.epoch == 0
	case was.open:
		return c.Epoch == was.epoch && c.Part == was.part+1
	}
	return c.Epoch == was.epoch+1 && c.Part == 0
}

// set puts an item into its place; the zero place is that of none.
func (s *state) set(k key, p place) {
	old, had := s.live[k]
	if _, changed := s.undo[k]; !changed {
		s.undo[k] = old
	}
	if had {
		s.sum.Sub(s.sum, old.element)
	}
	if delete(s.live, k); p.element != nil {
		s.live[k] = p
		s.sum.Add(s.sum, p.element)
	}
	s.sum.And(s.sum, allOnes())
}

// settle takes back a transaction that never became whole.
func (s *state) settle() {
	for k, p := range maps.Clone(s.undo) {
		s.set(k, p)
	}
}

// compare finds an older header that was put in the place of the newest.
func (s *state) compare(h header) error {
	var newest struct {
		Generation uint64 `json:"generation"`
	}
	if s.header == nil || bytes.Equal(s.header, h.H) {
		return nil
	}
	if json.Unmarshal(s.header, &newest) != nil || newest.Generation >= h.fields.Generation {
		return damaged("vault.json", 0, 0, "the journal has a newer one: an older file was put in its place")
	}
	return nil
}

func allOnes() *big.Int { return new(big.Int).SetBytes(bytes.Repeat([]byte{255}, 32)) }

func element(rootKey []byte, i item) *big.Int {
	n, b := sha256.Sum256([]byte(i.name)), sha256.Sum256(i.stored)
	mac := hmac.New(sha256.New, rootKey)
	mac.Write(slices.Concat([]byte{i.class}, n[:], b[:]))
	e := mac.Sum(nil)
	slices.Reverse(e) // it is little-endian
	return new(big.Int).SetBytes(e)
}

// content opens what a frame says.
func (s *state) content(f frame) (c content, err error) {
	if len(f.packed) == 0 || f.packed[0] > 1 {
		return c, errors.New("it is packed in a way that this reader does not know")
	}
	b := f.packed[1:]
	if f.packed[0] == 1 {
		b, err = s.zstd.DecodeAll(b, nil)
	}
	if err != nil || len(b) > unpackedLimit || decode(b, &c) != nil {
		return c, errors.New("what it holds cannot be unpacked")
	}
	if c.V < 1 || c.V > frameVersion {
		return c, fmt.Errorf("it is of version %d, which this reader does not know", c.V)
	}
	return c, c.list()
}

// removed are the items that go.
func (c content) removed() (keys []key) {
	for _, id := range c.Delete {
		keys = append(keys, key{aRecord, id})
	}
	for _, hash := range c.Gone {
		keys = append(keys, key{anOriginal, hash})
	}
	if c.Undone != "" {
		keys = append(keys, key{aReceipt, c.Undone})
	}
	return keys
}

// list names the items that come.
func (c *content) list() error {
	for _, b := range c.Put {
		var r struct {
			V      uint64 `cbor:"v"`
			Record struct {
				ID string `cbor:"id"`
			} `cbor:"record"`
		}
		if decode(b, &r) != nil || r.V != recordVersion {
			return fmt.Errorf("it holds a record of version %d, which this reader does not know", r.V)
		}
		c.items = append(c.items, item{key{aRecord, r.Record.ID}, b})
	}
	for _, b := range c.Originals {
		o, err := parseOriginal(b)
		if err != nil {
			return err
		}
		c.items = append(c.items, item{key{anOriginal, o.Original.Hash}, b})
	}
	if c.Receipt != nil {
		c.Receipts = append(c.Receipts, c.Receipt)
	}
	for _, b := range c.Receipts {
		var r struct {
			Import string `cbor:"import"`
		}
		if decode(b, &r) != nil {
			return errors.New("its receipt cannot be read")
		}
		c.items = append(c.items, item{key{aReceipt, r.Import}, b})
	}
	return nil
}

// decode reads CBOR as the format wants it.
func decode(b []byte, into any) error {
	mode, err := cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		TagsMd:            cbor.TagsForbidden,
		UTF8:              cbor.UTF8DecodeInvalid,
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
		DefaultMapType:    reflect.TypeFor[map[string]any](),
		MaxNestedLevels:   nestingLimit,
		MaxArrayElements:  arrayLimit,
		MaxMapPairs:       mapLimit,
	}.DecMode()
	if err != nil {
		return err
	}
	return mode.Unmarshal(b, into)
}
