package vault

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"github.com/carnet-phr/carnet/vault/record"
)

// recordVersion is the version of the stored form of a record. A reader takes
// its own and all earlier ones; fields that it does not know are passed over.
const recordVersion = 1

// What a stored value may hold. Deeper or larger ones were not written by us.
const (
	nestingLimit = 64       // levels
	arrayLimit   = 1 << 24  // elements
	mapLimit     = 1 << 20  // pairs
	recordLimit  = 64 << 20 // bytes of one record's stored form
)

// codec is the CBOR of everything stored (RFC 8949): core deterministic, so
// that equal values have equal bytes.
type codec struct {
	enc cbor.UserBufferEncMode
	dec cbor.DecMode
}

func newCodec() (*codec, error) {
	eo := cbor.CoreDetEncOptions()
	eo.Time = cbor.TimeRFC3339NanoUTC
	enc, err := eo.UserBufferEncMode()
	if err != nil {
		return nil, fmt.Errorf("cbor encoder: %w", err)
	}
	dec, err := cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		TagsMd:            cbor.TagsForbidden,
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
		UTF8:              cbor.UTF8DecodeInvalid, // a source's broken text is kept as it came
		MaxNestedLevels:   nestingLimit,
		MaxArrayElements:  arrayLimit,
		MaxMapPairs:       mapLimit,
	}.DecMode()
	if err != nil {
		return nil, fmt.Errorf("cbor decoder: %w", err)
	}
	return &codec{enc, dec}, nil
}

// stored is the envelope of a record: the version first, the kind to choose the
// resource's struct by, then the resource and the record around it.
type stored struct {
	Version  int             `cbor:"v"`
	Kind     record.Kind     `cbor:"kind"`
	Resource cbor.RawMessage `cbor:"resource"`
	Record   cbor.RawMessage `cbor:"record"`
	Said     []storedSaid    `cbor:"said,omitempty"`
}

// storing is the same on its way out: encoded at one go.
type storing struct {
	Version  int             `cbor:"v"`
	Kind     record.Kind     `cbor:"kind"`
	Resource record.Resource `cbor:"resource"`
	Record   *record.Record  `cbor:"record"`
	Said     []storedSaid    `cbor:"said,omitempty"`
}

// storedSaid is what some of the record's sources say in other words than the
// resource.
type storedSaid struct {
	By       []int           `cbor:"by"` // their places in the provenance
	Resource cbor.RawMessage `cbor:"resource"`
}

var (
	errStoredForm = errors.New("stored record does not decode")
	errTooLarge   = errors.New("record is larger than 64 MB")
)

// encodeRecord gives the stored form of r.
func (c *codec) encodeRecord(r record.Record) ([]byte, error) {
	said, err := c.encodeSaid(r)
	if err != nil {
		return nil, errStoredForm
	}
	b, err := c.enc.Marshal(storing{Version: recordVersion, Kind: r.Resource.Kind(), Resource: r.Resource, Record: &r, Said: said})
	if err != nil {
		return nil, errStoredForm
	}
	if len(b) > recordLimit {
		return nil, errTooLarge
	}
	return b, nil
}

// decodeRecord reads the stored form. A later version's record, or one of a
// kind that only a later version has, is [ErrNewerVersion].
func (c *codec) decodeRecord(b []byte) (record.Record, error) {
	var s stored
	if err := c.dec.Unmarshal(b, &s); err != nil {
		return record.Record{}, errStoredForm
	}
	if s.Version > recordVersion {
		return record.Record{}, ErrNewerVersion
	}
	resource := record.NewResource(s.Kind)
	if resource == nil {
		return record.Record{}, ErrNewerVersion
	}
	if err := c.dec.Unmarshal(s.Resource, resource); err != nil {
		return record.Record{}, errStoredForm
	}
	var r record.Record
	if err := c.dec.Unmarshal(s.Record, &r); err != nil {
		return record.Record{}, errStoredForm
	}
	r.Resource = resource
	return r, c.decodeSaid(r, s)
}

// encodeSaid gives what the sources say otherwise, the same words once.
func (c *codec) encodeSaid(r record.Record) ([]storedSaid, error) {
	var list []storedSaid
	for n, p := range r.Provenance {
		if p.Said == nil {
			continue
		}
		if p.Said.Kind() != r.Resource.Kind() {
			return nil, errStoredForm
		}
		raw, err := c.enc.Marshal(p.Said)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(list, func(s storedSaid) bool { return bytes.Equal(s.Resource, raw) })
		if at < 0 {
			at = len(list)
			list = append(list, storedSaid{Resource: raw})
		}
		list[at].By = append(list[at].By, n)
	}
	return list, nil
}

func (c *codec) decodeSaid(r record.Record, s stored) error {
	for _, one := range s.Said {
		resource := record.NewResource(s.Kind)
		if err := c.dec.Unmarshal(one.Resource, resource); err != nil {
			return errStoredForm
		}
		for _, n := range one.By {
			if n < 0 || n >= len(r.Provenance) {
				return errStoredForm
			}
			r.Provenance[n].Said = resource
		}
	}
	return nil
}
