package vault

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/carnet-phr/carnet/vault/backup"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// chunkFull is how many bytes of JSON lines go into one file of a backup.
const chunkFull = 4 << 20

// records writes everything in the vault as JSON lines, which no program of ours
// is needed to read: the records, what is known of the originals, the receipts.
func (f *fileBackup) records(a *backup.Archive) error {
	type line struct {
		Kind     record.Kind     `json:"kind"`
		Resource record.Resource `json:"resource"`
		Record   record.Record   `json:"record"`
	}
	c := newChunks(a, "records")
	err := f.v.eachRecord(f.view.r, func(_ place, id record.ID, plain []byte) error {
		r, _, err := f.v.unpackRecord(f.view.r, id, plain)
		if err != nil {
			return err
		}
		return c.add(line{r.Resource.Kind(), r.Resource, r})
	})
	if err == nil {
		err = c.end()
	}
	if err == nil {
		err = f.descriptions(a)
	}
	if err == nil {
		err = f.receipts(a)
	}
	return err
}

// descriptions says which sealed file below vault/originals/ is which original.
func (f *fileBackup) descriptions(a *backup.Archive) error {
	type line struct {
		File     string          `json:"file"`
		Original record.Original `json:"original"`
	}
	c := newChunks(a, "originals")
	err := f.v.eachOriginal(f.view.r, func(o originalEntry) error {
		return c.add(line{backup.VaultDir + originalDir + "/" + o.File, o.Original})
	})
	if err != nil {
		return err
	}
	return c.end()
}

func (f *fileBackup) receipts(a *backup.Archive) error {
	c := newChunks(a, "imports")
	err := f.v.each(f.view.r, []byte{classReceipt}, func(key, plain []byte) error {
		raw, err := f.v.unpackItem(f.view.r, key, plain)
		if err != nil {
			return err
		}
		var r record.Receipt
		if f.v.codec.dec.Unmarshal(raw, &r) != nil {
			return store.ErrBroken
		}
		return c.add(r)
	})
	if err != nil {
		return err
	}
	return c.end()
}

// chunks writes JSON lines as numbered files.
type chunks struct {
	a    *backup.Archive
	name string
	n    int
	b    bytes.Buffer
	enc  *json.Encoder
}

func newChunks(a *backup.Archive, name string) *chunks {
	c := &chunks{a: a, name: name}
	c.enc = json.NewEncoder(&c.b)
	c.enc.SetEscapeHTML(false)
	return c
}

// add writes one line. A line that is larger than a chunk has one to itself.
func (c *chunks) add(line any) error {
	before := c.b.Len()
	if c.enc.Encode(line) != nil {
		return errStoredForm
	}
	if before == 0 || c.b.Len() <= chunkFull {
		return nil
	}
	last := bytes.Clone(c.b.Bytes()[before:])
	c.b.Truncate(before)
	if err := c.end(); err != nil {
		return err
	}
	c.b.Write(last)
	return nil
}

// end writes what is left as the next file.
func (c *chunks) end() error {
	if c.b.Len() == 0 {
		return nil
	}
	c.n++
	err := c.a.AddBytes(fmt.Sprintf("%s-%04d.ndjson", c.name, c.n), c.b.Bytes())
	c.b.Reset()
	return err
}
