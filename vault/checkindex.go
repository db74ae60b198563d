package vault

import (
	"errors"
	"fmt"
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// index compares every item of db/ with what the journal says, both ways.
func (c *checker) index() error {
	var d *DamageError
	if errors.As(c.r.Whole(), &d) {
		c.problem(d.File, d.Text)
		return nil
	}
	total := root{Epoch: c.r.state.Root.Epoch}
	count := func(class byte, name string, raw []byte) bool {
		e := c.v.keys.element(class, name, raw)
		total.Count++
		total.Hash.add(e)
		key := string(class) + name
		item, ok := c.live[key]
		item.seen = true
		if ok {
			c.live[key] = item
		}
		return ok && item.elem == e
	}
	errs := []error{c.indexRecords(count), c.indexOthers(count)}
	for _, err := range errs {
		if errors.Is(err, ErrDamaged) {
			c.problem(store.Dir, "a value cannot be read back: close and open the vault, and it is built again from the journal")
			continue
		}
		if err != nil {
			return err
		}
	}
	if errs[0] != nil || errs[1] != nil {
		return nil
	}
	if total != c.r.state.Root {
		c.problem(store.Dir, "what it holds does not add up: close the vault, move db/ away and open it again")
	}
	c.missing()
	return nil
}

func (c *checker) indexRecords(count func(byte, string, []byte) bool) error {
	return c.v.eachRecord(c.r, func(p place, id record.ID, plain []byte) error {
		c.report.Records++
		r, raw, err := c.v.unpackRecord(c.r, id, plain)
		if errors.Is(err, ErrNewerVersion) {
			return nil
		}
		if err != nil {
			return err
		}
		if !count(itemRecord, string(id), raw) && !c.damaged {
			c.problem(store.Dir, "a record is not as the journal has it", id)
		}
		if want := c.v.entry(r, raw); want.place != p {
			c.problem(store.Dir, "a record stands in the wrong place", id)
		} else if err := c.pointers(want); err != nil {
			return err
		}
		return c.step(int64(len(plain)))
	})
}

// pointers checks that a record is found by its ID and by its keys.
func (c *checker) pointers(e entry) error {
	where, err := c.r.Get(recordKey(e.id))
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return err
	}
	if _, p, ok := parseWhere(where); err != nil || !ok || p != e.place {
		c.problem(store.Dir, "a record cannot be found by its id", e.id)
	}
	for _, k := range e.keys {
		if err := c.r.Has(matchKey(k, e.id)); errors.Is(err, store.ErrAbsent) {
			c.problem(store.Dir, "a record cannot be found by one of its keys", e.id)
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) indexOthers(count func(byte, string, []byte) bool) error {
	for _, class := range []byte{classOriginal, classReceipt} {
		err := c.v.each(c.r, []byte{class}, func(key, plain []byte) error {
			raw, err := c.v.unpackItem(c.r, key, plain)
			if err != nil {
				return err
			}
			if !count(class, string(key[1:]), raw) && !c.damaged { // the classes of items and keys are the same letters
				c.problem(store.Dir, "an original or a receipt is not as the journal has it")
			}
			return c.ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// missing reports what the journal has and db/ has not.
func (c *checker) missing() {
	var ids []record.ID
	others := 0
	for key, item := range c.live {
		switch {
		case item.seen || c.damaged:
		case key[0] == itemRecord:
			ids = append(ids, record.ID(key[1:]))
		default:
			others++
		}
	}
	if len(ids)+others > 0 {
		slices.Sort(ids)
		c.problem(store.Dir, fmt.Sprintf("%d records and %d other entries of the journal are missing in it: close the vault, move db/ away and open it again", len(ids), others), ids...)
	}
}

// originals looks at every sealed file.
func (c *checker) originals() error {
	members := map[string][]sealedOriginal{}
	err := c.v.eachOriginal(c.r, func(o originalEntry) error {
		c.report.Originals++
		if o.inside() {
			if c.deep {
				members[o.File] = append(members[o.File], o.sealedOriginal)
			}
			return c.ctx.Err()
		}
		err := c.sealedFile(o.sealedOriginal)
		var d *DamageError
		switch {
		case errors.As(err, &d):
			c.problem(d.File, d.Text)
		case errors.Is(err, ErrNotFound): // taken back since the check began
		case err != nil:
			return err
		}
		return c.ctx.Err()
	})
	if errors.Is(err, ErrDamaged) {
		return nil // index has reported it
	}
	if err != nil {
		return err
	}
	return c.members(members)
}
