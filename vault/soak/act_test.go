package soak_test

import "github.com/carnet-phr/carnet/vault/record"

// act is one thing a child does to a vault: announced before it begins, and
// again, with Done, once it returned.
type act struct {
	Name string `json:"name"`
	Done bool   `json:"done,omitempty"`

	Refused bool `json:"refused,omitempty"` // for want of room: nothing was changed

	Put     map[record.ID]string   `json:"put,omitempty"`
	Delete  []record.ID            `json:"delete,omitempty"`
	Add     map[record.Hash]string `json:"add,omitempty"`
	Gone    []record.Hash          `json:"gone,omitempty"`
	Receipt map[record.ID]string   `json:"receipt,omitempty"`
	Undone  record.ID              `json:"undone,omitempty"`

	Secret string `json:"secret,omitempty"` // the passphrase from then on
	Backup string `json:"backup,omitempty"` // the path of one that was made
}

// behind gives the contents behind the act.
func (c contents) behind(a act) contents {
	c = c.clone()
	for _, id := range a.Delete {
		delete(c.Records, id)
	}
	for id, d := range a.Put {
		c.Records[id] = d
	}
	for _, h := range a.Gone {
		delete(c.Originals, h)
	}
	for h, d := range a.Add {
		c.Originals[h] = d
	}
	delete(c.Receipts, a.Undone)
	for id, d := range a.Receipt {
		c.Receipts[id] = d
	}
	return c
}
