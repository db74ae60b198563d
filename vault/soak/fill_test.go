package soak_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// refusals is how many acts in a row must find no room before the disk counts
// as full.
const refusals = 6

// fill does things to a vault until the disk is full, and leaves it closed.
func fill() error {
	o, err := readOrder()
	if err != nil {
		return err
	}
	w := &worker{order: o, ctx: context.Background(), rnd: rand.New(rand.NewPCG(o.Seed, 1))}
	err = w.untilFull()
	if errors.Is(err, vault.ErrNoRoom) {
		fmt.Fprintln(os.Stderr, "ended with a message:", err)
		err = nil
	}
	return err
}

func (w *worker) untilFull() error {
	if err := w.open(); err != nil {
		if w.v != nil {
			return errors.Join(err, w.v.Close())
		}
		return err
	}
	for n := 0; n < refusals; {
		err := w.one(fillings())
		switch {
		case err == nil:
			n = 0
		case w.v == nil:
			return err
		case errors.Is(err, vault.ErrNoRoom):
			n++
		default:
			return errors.Join(err, w.v.Close())
		}
	}
	return w.close()
}

// fillings are the deeds that need room, small ones too: they must find their
// way when large ones do not.
func fillings() []deed {
	return []deed{
		{4, func(w *worker) error { return w.commit("import", madeImport(w.rnd, w.rnd.IntN(60))) }},
		{2, func(w *worker) error { return w.commit("large import", madeImport(w.rnd, 1500)) }},
		{2, (*worker).long},
		{2, (*worker).originals},
		{2, (*worker).edit},
		{1, (*worker).remove},
		{1, (*worker).undo},
		{1, (*worker).passphrase},
		{1, (*worker).draft},
		{1, (*worker).compact},
		{1, (*worker).reopen},
		{1, func(w *worker) error { return w.backup(w.Stick) }},
		{1, func(w *worker) error { return w.backup(w.Stick + ".age") }},
	}
}

// originals brings in files that fill a disk faster than records do.
func (w *worker) originals() error {
	c := madeImport(w.rnd, 1)
	for range 3 {
		c.Originals = append(c.Originals, madeOriginal(w.rnd, c.Receipt.Import, 1_000_000))
	}
	c.Receipt.Sources = []record.SourceReport{{Name: "files", Read: 1, Filed: 1}}
	return w.commit("originals", c)
}
