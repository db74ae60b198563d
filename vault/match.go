package vault

import (
	"bytes"
	"context"
	"errors"

	"github.com/carnet-phr/carnet/vault/record"
)

// Match gives the records that carry any of the keys, each once.
func (v *Vault) Match(ctx context.Context, keys ...record.Key) ([]record.Record, error) {
	r, done, err := v.view(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	seen := map[record.ID]bool{}
	var found []record.Record
	c := r.cursor([]byte{classMatch})
	defer c.close()
	for _, k := range keys {
		prefix := matchPrefix(k)
		at, err := c.seek(prefix)
		for ; err == nil && bytes.HasPrefix(at, prefix); at, err = c.next() {
			if _, err := c.value(); err != nil {
				return nil, err
			}
			id := record.ID(at[len(prefix):])
			if seen[id] {
				continue
			}
			seen[id] = true
			rec, _, err := v.lookup(r, id)
			if errors.Is(err, errAbsent) {
				err = errStore
			}
			if err != nil {
				return nil, err
			}
			found = append(found, rec)
		}
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}
