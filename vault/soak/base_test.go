package soak_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// base is the closed vault that every case of damage starts from, with copies
// of its folder from earlier times.
type base struct {
	Top    string // holds now/, the vault; 0/, 1/ …, as it was; memory/, what the computer remembers
	Ages   int
	Secret string
	Former string          // the passphrase before
	Ever   map[string]bool // digests of all that ever was in it
}

func (b base) now() string      { return filepath.Join(b.Top, "now") }
func (b base) memory() string   { return filepath.Join(b.Top, "memory") }
func (b base) age(n int) string { return filepath.Join(b.Top, fmt.Sprint(n)) }

// builder leads a vault through its life.
type builder struct {
	base
	ctx context.Context
	rnd *rand.Rand
	v   *vault.Vault

	filler record.ID // the import that filled a segment
}

// buildBase makes a vault of three segments, with originals of every awkward
// size, receipts, edits, deletions and an import taken back.
func buildBase(ctx context.Context, top string, seed uint64) (base, error) {
	b := &builder{base: base{Top: top, Secret: vaulttest.Passphrase, Ever: map[string]bool{}}, ctx: ctx, rnd: rand.New(rand.NewPCG(seed, 3))}
	v, _, err := vault.Create(ctx, b.now(), []byte(b.Secret), options(b.memory()))
	if err != nil {
		return b.base, err
	}
	b.v = v
	for _, stage := range []func() error{b.first, b.middle, b.last} {
		if err := stage(); err != nil {
			return b.base, err
		}
		if err := b.keep(); err != nil {
			return b.base, err
		}
	}
	if err := b.finish(); err != nil {
		return b.base, err
	}
	return b.base, b.v.Close()
}

// keep copies the closed vault and opens it again.
func (b *builder) keep() error {
	if err := b.v.Close(); err != nil {
		return err
	}
	if err := copyTree(b.now(), b.age(b.Ages), none); err != nil {
		return err
	}
	b.Ages++
	var err error
	b.v, err = vault.Open(b.ctx, b.now(), []byte(b.Secret), options(b.memory()))
	return err
}

// commit remembers what each change leaves, that which the next takes away too.
func (b *builder) commit(list ...record.Change) error {
	for _, c := range list {
		if err := b.v.Commit(b.ctx, c); err != nil {
			return err
		}
		have, err := contentsOf(b.ctx, b.v)
		if err != nil {
			return err
		}
		for d := range have.digests() {
			b.Ever[d] = true
		}
	}
	return nil
}

// fill brings the segment to its full length, so that the next commit starts
// another one: a record that lies in parts, and a receipt with long remarks,
// which cost a search nothing. It takes the remarks of the one before back.
func (b *builder) fill() error {
	c := b.imported(0)
	c.Put = madeRecords(b.rnd, 1, c.Receipt.Import, "")
	c.Put[0].Resource = &record.Other{Title: noise(b.rnd, 600_000)}
	c.Receipt.Sources = []record.SourceReport{{Name: "long", Issues: []record.Issue{{Text: rawNoise(b.rnd, 4_300_000)}}}}
	c.Undone, b.filler = b.filler, c.Receipt.Import
	return b.commit(c)
}

func (b *builder) imported(records int, sizes ...int) record.Change {
	c := madeImport(b.rnd, records)
	c.Originals = nil
	for _, size := range sizes {
		c.Originals = append(c.Originals, madeOriginal(b.rnd, c.Receipt.Import, size))
	}
	return c
}

func (b *builder) first() error {
	if err := b.commit(record.Change{Put: vaulttest.Records()}, b.imported(60, 0, 1, 65536)); err != nil {
		return err
	}
	return b.fill()
}

func (b *builder) middle() error {
	list := vaulttest.Records()[2:5]
	for i := range list {
		list[i].Overlay = &record.Overlay{Note: "made-up note"}
	}
	if err := b.commit(b.imported(40, 70_000, 70_000), record.Change{Put: list}, record.Change{Delete: []record.ID{"aaaaaaaaaaaaaaa5"}}); err != nil {
		return err
	}
	return b.fill()
}

func (b *builder) last() error {
	b.Former, b.Secret = b.Secret, "another "+b.Secret
	if err := b.v.ChangePassphrase(b.ctx, []byte(b.Former), []byte(b.Secret)); err != nil {
		return err
	}
	if err := b.v.SaveDraft("form", madeDraft(b.rnd)); err != nil {
		return err
	}
	c := b.imported(10, 20_000)
	return b.commit(b.imported(30, 5, 200_000), c, record.Change{Undone: c.Receipt.Import})
}

// finish makes the vault of now newer than all copies of it, and backs it up.
func (b *builder) finish() error {
	if err := b.commit(b.imported(5, 300)); err != nil {
		return err
	}
	_, err := b.v.Backup(b.ctx, filepath.Join(b.Top, "stick"), vault.BackupOptions{}, nil)
	return err
}
