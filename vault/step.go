package vault

import (
	"github.com/fxamacker/cbor/v2"

	"github.com/carnet-phr/carnet/vault/record"
)

// step is what one frame does to the store, worked out: the same for a commit
// and for a replay of the journal.
type step struct {
	put      []*entry
	delete   []record.ID
	gone     []originalEntry
	add      []originalEntry
	undone   *receiptEntry
	receipts []receiptEntry
	base     bool    // the frame is one of a base
	header   []byte  // that vault.json has from then on; nil: as before
	replaced []entry // what the records put or deleted were before
}

// entry is a record with all that the store keeps of it.
type entry struct {
	id    record.ID
	place place
	raw   []byte // stored form; nil once what follows from it is known
	keys  []fingerprint
	elem  setHash

	packed []byte // what the store keeps of raw, in one piece; nil: not known yet
	parts  int    // that it is cut into there; 0 where it is not
}

type originalEntry struct {
	sealedOriginal
	raw cbor.RawMessage
}

type receiptEntry struct {
	id  record.ID
	raw cbor.RawMessage
}

func (v *Vault) entry(r record.Record, raw []byte) entry {
	return entry{
		id:    r.ID,
		place: place{r.Person, r.Resource.Kind(), sortTime(r)},
		raw:   raw,
		keys:  fingerprints(r.Keys()),
		elem:  v.keys.element(itemRecord, string(r.ID), raw),
	}
}

// pack makes an entry ready to be put into the store.
func (v *Vault) pack(e *entry) {
	e.packed = v.packer.value(e.raw)
	e.parts = partsOf(e.packed)
}

// stepOf works out what a frame of the journal does.
func (v *Vault) stepOf(r *read, p *payload) (*step, error) {
	s := &step{delete: p.Delete, header: p.Header, put: make([]*entry, len(p.Put))}
	errs := make([]error, len(p.Put))
	parallel(len(p.Put), func(i int) {
		rec, err := v.codec.decodeRecord(p.Put[i])
		if errs[i] = err; err == nil {
			e := v.entry(rec, p.Put[i])
			s.put[i] = &e
		}
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	for _, h := range p.Gone {
		o, err := v.storedOriginal(r, h)
		if err != nil {
			return nil, err
		}
		s.gone = append(s.gone, o)
	}
	for _, raw := range p.Originals {
		o := originalEntry{raw: raw}
		if err := v.codec.dec.Unmarshal(raw, &o.sealedOriginal); err != nil {
			return nil, errStoredForm
		}
		s.add = append(s.add, o)
	}
	if p.Undone != "" {
		raw, err := v.getPacked(r, receiptKey(p.Undone))
		if err != nil {
			return nil, err
		}
		s.undone = &receiptEntry{p.Undone, raw}
	}
	for _, raw := range p.receipts() {
		var receipt record.Receipt
		if err := v.codec.dec.Unmarshal(raw, &receipt); err != nil {
			return nil, errStoredForm
		}
		s.receipts = append(s.receipts, receiptEntry{receipt.Import, raw})
	}
	return s, nil
}
