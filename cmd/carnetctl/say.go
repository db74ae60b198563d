package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/carnet-phr/carnet/vault"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

// What the patient says about records of files, which stay as they are.

type acceptCmd struct {
	ID   string `arg:"" help:"The record's ID, as list prints it."`
	JSON bool   `help:"Print what holds now as JSON."`
}

// Run says that a record is right.
func (x *acceptCmd) Run(ctx context.Context, c *console) error {
	return c.remark(ctx, x.JSON, func(v *vault.Vault) (record.Change, error) {
		r, err := c.stored(ctx, v, x.ID)
		if err != nil {
			return record.Change{}, err
		}
		return own.Accept(r, c.now())
	})
}

type disputeCmd struct {
	ID   string `arg:"" help:"The record's ID, as list prints it."`
	Why  string `arg:"" optional:"" help:"What is wrong with it."`
	JSON bool   `help:"Print what holds now as JSON."`
}

// Run says that a record is wrong.
func (x *disputeCmd) Run(ctx context.Context, c *console) error {
	return c.remark(ctx, x.JSON, func(v *vault.Vault) (record.Change, error) {
		r, err := c.stored(ctx, v, x.ID)
		if err != nil {
			return record.Change{}, err
		}
		return own.Dispute(r, x.Why, c.now())
	})
}

type annotateCmd struct {
	ID   string `arg:"" help:"The record's ID, as list prints it."`
	Note string `arg:"" help:"The note; it takes the place of the one that is there."`
	JSON bool   `help:"Print what holds now as JSON."`
}

// Run puts a note beside a record.
func (x *annotateCmd) Run(ctx context.Context, c *console) error {
	return c.remark(ctx, x.JSON, func(v *vault.Vault) (record.Change, error) {
		r, err := c.stored(ctx, v, x.ID)
		if err != nil {
			return record.Change{}, err
		}
		return own.Annotate(r, x.Note, c.now())
	})
}

type joinCmd struct {
	ID    string `arg:"" help:"A record's ID, as list prints it."`
	Other string `arg:"" help:"The ID of another one of the same kind."`
	JSON  bool   `help:"Print what holds now as JSON."`
}

// Run says that two records speak of the same thing.
func (x *joinCmd) Run(ctx context.Context, c *console) error {
	return c.pair(ctx, x.ID, x.Other, x.JSON, own.Join)
}

type partCmd joinCmd

// Run says that two records do not speak of the same thing.
func (x *partCmd) Run(ctx context.Context, c *console) error {
	return c.pair(ctx, x.ID, x.Other, x.JSON, own.Part)
}

func (c *console) pair(ctx context.Context, id, other string, asJSON bool, what func(a, b record.Record, now time.Time) (record.Change, error)) error {
	return c.remark(ctx, asJSON, func(v *vault.Vault) (record.Change, error) {
		a, err := c.stored(ctx, v, id)
		if err != nil {
			return record.Change{}, err
		}
		b, err := c.stored(ctx, v, other)
		if err != nil {
			return record.Change{}, err
		}
		return what(a, b, c.now())
	})
}

type unsayCmd struct {
	ID   string `arg:"" help:"The record's ID, as list prints it."`
	JSON bool   `help:"Print what holds now as JSON."`
}

// Run takes back what was said last about a record.
func (x *unsayCmd) Run(ctx context.Context, c *console) error {
	return c.remark(ctx, x.JSON, func(v *vault.Vault) (record.Change, error) {
		r, err := c.stored(ctx, v, x.ID)
		if err != nil {
			return record.Change{}, err
		}
		var partner *record.Record
		if last, ok := own.Last(r); ok && last.With != "" {
			p, err := v.Get(ctx, last.With)
			if err != nil && !errors.Is(err, vault.ErrNotFound) {
				return record.Change{}, err
			}
			if err == nil {
				partner = &p
			}
		}
		return own.Undo(r, partner, c.now())
	})
}

// remark commits what is said and shows what holds now.
func (c *console) remark(ctx context.Context, asJSON bool, what func(v *vault.Vault) (record.Change, error)) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	change, err := what(v)
	if err != nil {
		return err
	}
	if err := v.Commit(ctx, change); err != nil {
		return err
	}
	r := change.Put[0]
	if asJSON {
		return c.json(newEntry(r))
	}
	fmt.Fprintln(c.out, newEntry(r).line(r))
	return nil
}

// printRemarks tells what the patient said about a record, what was taken back
// as well.
func (c *console) printRemarks(r record.Record) {
	if r.Overlay == nil {
		return
	}
	for _, m := range r.Overlay.Remarks {
		fmt.Fprintf(c.out, "the patient, on %s: %s", m.At.Local().Format("2 January 2006, 15:04"), m.Say)
		if m.With != "" {
			fmt.Fprintf(c.out, " with %s", m.With)
		}
		if m.Text != "" {
			fmt.Fprintf(c.out, ": %s", indented(m.Text))
		}
		if !m.Undone.IsZero() {
			fmt.Fprintf(c.out, " (taken back on %s)", m.Undone.Local().Format("2 January 2006, 15:04"))
		}
		fmt.Fprintln(c.out)
	}
}
