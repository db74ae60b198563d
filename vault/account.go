package vault

import (
	"errors"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// account works the step into the state: what was there before comes from r,
// which must not see the step's own writes.
func (v *Vault) account(r *read, st *state, s *step) error {
	for _, id := range s.delete {
		if err := v.replace(r, st, s, id, true); err != nil {
			return err
		}
	}
	for _, e := range s.put {
		if err := v.replace(r, st, s, e.id, false); err != nil {
			return err
		}
		st.gain(e.elem)
		st.tally(e.place, e.elem, 1)
	}
	for _, o := range s.gone {
		st.lose(v.keys.element(itemOriginal, string(o.Original.Hash), o.raw))
	}
	for _, o := range s.add {
		st.gain(v.keys.element(itemOriginal, string(o.Original.Hash), o.raw))
	}
	if s.undone != nil {
		st.lose(v.keys.element(itemReceipt, string(s.undone.id), s.undone.raw))
	}
	for _, n := range s.receipts {
		old, err := v.getPacked(r, receiptKey(n.id))
		if err == nil {
			st.lose(v.keys.element(itemReceipt, string(n.id), old))
		} else if !errors.Is(err, store.ErrAbsent) {
			return err
		}
		st.gain(v.keys.element(itemReceipt, string(n.id), n.raw))
	}
	if len(s.header) > 0 {
		st.Header = s.header
	}
	return nil
}

func (v *Vault) replace(r *read, st *state, s *step, id record.ID, must bool) error {
	old, err := v.stored(r, id)
	if errors.Is(err, store.ErrAbsent) && !must {
		return nil
	}
	if err != nil {
		return err
	}
	st.lose(old.elem)
	st.tally(old.place, old.elem, -1)
	old.parts, old.raw = v.chunks(old.raw), nil
	s.replaced = append(s.replaced, old)
	return nil
}

func (v *Vault) getPacked(r *read, key []byte) ([]byte, error) {
	plain, err := r.Get(key)
	if err != nil {
		return nil, err
	}
	return v.unpackItem(r, key, plain)
}

// unpackItem gives the stored form of an original or receipt from its value.
func (v *Vault) unpackItem(r *read, key, plain []byte) ([]byte, error) {
	plain, err := joinChunks(r, plain, func(n int) []byte { return partKey(key, n) })
	if err != nil {
		return nil, err
	}
	raw, err := v.packer.unpack(plain)
	if err != nil {
		return nil, store.ErrBroken
	}
	return raw, nil
}
