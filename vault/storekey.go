package vault

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/carnet-phr/carnet/vault/record"
)

// Badger's keys. The first byte is the class; variable parts that are not last
// have their length before them. FORMAT.md lists them.
const (
	classRecord   = 'r' // id -> where: frame, person, kind, time
	classTimeline = 't' // person, kind, time (newest first), id -> record
	classChunk    = 'b' // id, number -> part of a record too large for one value
	classPart     = 'p' // key of an original or receipt, number -> part of one too large for one value
	classMatch    = 'k' // fingerprint, id -> nothing, and not sealed: the record itself vouches for its keys
	classOriginal = 'o' // hash -> sealedOriginal
	classReceipt  = 'i' // import -> receipt
)

// idLimit is the length of the longest id or kind, in bytes.
const idLimit = 128

func recordKey(id record.ID) []byte { return append([]byte{classRecord}, id...) }

func originalKey(h record.Hash) []byte { return append([]byte{classOriginal}, h...) }

func receiptKey(id record.ID) []byte { return append([]byte{classReceipt}, id...) }

func personPrefix(person record.ID) []byte {
	return append([]byte{classTimeline, byte(len(person))}, person...)
}

func kindPrefix(person record.ID, kind record.Kind) []byte {
	return append(append(personPrefix(person), byte(len(kind))), kind...)
}

// undated is where records without a date sort: last.
const undated = ^uint64(0)

// sortTime turns the clinical time around, so that newest comes first; to the
// second.
func sortTime(r record.Record) uint64 {
	at := r.Resource.Summary().When.Sort()
	if at.IsZero() {
		return undated
	}
	return ^(uint64(at.Unix()) ^ 1<<63)
}

// place is where a record stands in the timeline.
type place struct {
	person record.ID
	kind   record.Kind
	time   uint64
}

func (p place) key(id record.ID) []byte {
	return append(binary.BigEndian.AppendUint64(kindPrefix(p.person, p.kind), p.time), id...)
}

// where is the plain value behind a record key: frame, then the timeline key
// without its class and the id.
func (p place) where(frame uint64) []byte {
	b := binary.AppendUvarint(nil, frame)
	b = append(append(b, byte(len(p.person))), p.person...)
	b = append(append(b, byte(len(p.kind))), p.kind...)
	return binary.BigEndian.AppendUint64(b, p.time)
}

func parseWhere(b []byte) (frame uint64, p place, ok bool) {
	frame, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, p, false
	}
	person, b, ok1 := cutCounted(b[n:])
	kind, b, ok2 := cutCounted(b)
	if !ok1 || !ok2 || len(b) != 8 {
		return 0, p, false
	}
	return frame, place{record.ID(person), record.Kind(kind), binary.BigEndian.Uint64(b)}, true
}

// parseTimelineKey undoes place.key.
func parseTimelineKey(key []byte) (p place, id record.ID, ok bool) {
	if len(key) == 0 || key[0] != classTimeline {
		return p, "", false
	}
	person, b, ok1 := cutCounted(key[1:])
	kind, b, ok2 := cutCounted(b)
	if !ok1 || !ok2 || len(b) <= 8 {
		return p, "", false
	}
	return place{record.ID(person), record.Kind(kind), binary.BigEndian.Uint64(b)}, record.ID(b[8:]), true
}

func cutCounted(b []byte) (part, rest []byte, ok bool) {
	if len(b) == 0 || len(b) < 1+int(b[0]) {
		return nil, nil, false
	}
	return b[1 : 1+b[0]], b[1+b[0]:], true
}

func chunkKey(id record.ID, n int) []byte {
	b := append([]byte{classChunk, byte(len(id))}, id...)
	return binary.BigEndian.AppendUint32(b, uint32(n))
}

// partKey is that of one part of a large original's or receipt's entry.
func partKey(key []byte, n int) []byte {
	b := append([]byte{classPart}, key...)
	return binary.BigEndian.AppendUint32(b, uint32(n))
}

// fingerprintSize is the part of SHA-256 of a record.Key that the index keeps,
// in bytes. Two keys may share it: Match asks the record.
const fingerprintSize = 8

type fingerprint [fingerprintSize]byte

func fingerprintOf(k record.Key) fingerprint {
	sum := sha256.Sum256([]byte(k))
	return fingerprint(sum[:fingerprintSize])
}

func fingerprints(keys []record.Key) []fingerprint {
	list := make([]fingerprint, len(keys))
	for i, k := range keys {
		list[i] = fingerprintOf(k)
	}
	return list
}

func matchPrefix(f fingerprint) []byte { return append([]byte{classMatch}, f[:]...) }

func matchKey(f fingerprint, id record.ID) []byte { return append(matchPrefix(f), id...) }
