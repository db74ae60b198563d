package vault

import (
	"bytes"
	"errors"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/record"
)

// The versions of a frame's content. The first frame of a base has the second,
// so that a reader who knows no bases does not take it for a change.
const (
	payloadVersion = 1
	baseVersion    = 2
)

// payload is what one frame says. A transaction is one or more frames with the
// same epoch; it counts with its last frame, or not at all. Within a frame the
// order is: delete, put, gone, originals, undone, receipt, header.
type payload struct {
	Version   int               `cbor:"v"`
	Epoch     uint64            `cbor:"epoch"` // 1 for the vault's creation, then one more for each transaction
	Part      int               `cbor:"part"`  // 0 for the first frame of a transaction
	At        time.Time         `cbor:"at"`
	Delete    []record.ID       `cbor:"delete,omitempty"`
	Put       []cbor.RawMessage `cbor:"put,omitempty"` // records in their stored form
	Gone      []record.Hash     `cbor:"gone,omitempty"`
	Originals []cbor.RawMessage `cbor:"originals,omitempty"` // sealedOriginal
	Undone    record.ID         `cbor:"undone,omitempty"`
	Receipt   cbor.RawMessage   `cbor:"receipt,omitempty"`  // record.Receipt
	Base      bool              `cbor:"base,omitempty"`     // the transaction holds the whole vault; nothing before it counts
	Receipts  []cbor.RawMessage `cbor:"receipts,omitempty"` // of a base
	Header    []byte            `cbor:"header,omitempty"`   // the exact bytes of the header in vault.json from then on
	Root      root              `cbor:"root"`               // of the vault after this frame
}

// receipts are those of a commit or of a base.
func (p *payload) receipts() []cbor.RawMessage {
	if len(p.Receipt) > 0 {
		return append(p.Receipts, p.Receipt)
	}
	return p.Receipts
}

// sealedOriginal is an original and where its sealed form lies.
type sealedOriginal struct {
	Original record.Original `cbor:"original"`
	File     string          `cbor:"file"` // below originals/, with a forward slash
	Size     int64           `cbor:"size"` // of the sealed file, in bytes
	Head     []byte          `cbor:"head"` // seal.Head
}

var errFrameTooLarge = errors.New("the change names more originals or remarks than fit into one frame of the journal; nothing was changed")

// encodePayload packs a payload with its flags into a frame's plain text. It is
// encoded into b, which may serve for the next one.
func (v *Vault) encodePayload(b *bytes.Buffer, p *payload, last bool) ([]byte, error) {
	b.Reset()
	if v.codec.enc.MarshalToBuffer(p, b) != nil {
		return nil, errStoredForm
	}
	if b.Len() > unpackedLimit {
		return nil, errFrameTooLarge
	}
	flags := byte(0)
	if last {
		flags |= journal.FlagLast
	}
	return v.packer.frame([]byte{flags}, b.Bytes()), nil
}

func (v *Vault) decodePayload(f journal.Frame) (*payload, error) {
	b, err := v.packer.unpack(f.Packed)
	if err != nil {
		return nil, damaged(journal.Name(f.Segment), "frame %d does not unpack", f.Number)
	}
	var p payload
	if err := v.codec.dec.Unmarshal(b, &p); err != nil {
		return nil, damaged(journal.Name(f.Segment), "frame %d does not decode", f.Number)
	}
	if p.Version > baseVersion {
		return nil, ErrNewerVersion
	}
	return &p, nil
}
