package vault

import (
	"context"
	"sort"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// receipts reads all receipts.
func (v *Vault) receipts(r *read) ([]record.Receipt, error) {
	var list []record.Receipt
	err := v.each(r, []byte{classReceipt}, func(key, plain []byte) error {
		raw, err := v.unpackItem(r, key, plain)
		if err != nil {
			return err
		}
		var receipt record.Receipt
		if v.codec.dec.Unmarshal(raw, &receipt) != nil {
			return store.ErrBroken
		}
		list = append(list, receipt)
		return nil
	})
	return list, err
}

// Imports gives the receipts of all imports, newest first.
func (v *Vault) Imports(ctx context.Context) ([]record.Receipt, error) {
	r, done, err := v.view(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	list, err := v.receipts(r)
	sort.SliceStable(list, func(i, j int) bool { return list[i].At.After(list[j].At) })
	return list, err
}
