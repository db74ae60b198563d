package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/seal"
)

type slotsCmd struct {
	List   slotsListCmd   `cmd:"" default:"withargs" help:"List what opens the vault."`
	Add    slotsAddCmd    `cmd:"" help:"Let another passphrase, or a person you trust, open the vault."`
	Remove slotsRemoveCmd `cmd:"" help:"Take one of them away."`
}

type slotsListCmd struct {
	JSON bool `help:"One a line, as JSON."`
}

// Run lists the keys.
func (x *slotsListCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	for _, s := range v.Slots() {
		if !x.JSON {
			c.printSlot(s)
			continue
		}
		err := c.json(struct {
			ID        string        `json:"id"`
			Kind      seal.SlotKind `json:"kind"`
			Label     string        `json:"label"`
			Created   time.Time     `json:"created"`
			Recipient string        `json:"recipient"`
		}{s.ID, s.Kind, s.Label, s.Created, s.Recipient})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *console) printSlot(s vault.Slot) {
	kind := map[seal.SlotKind]string{seal.PassphraseSlot: "passphrase", seal.RecoverySlot: "recovery key", seal.TrustedSlot: "trusted person"}[s.Kind]
	line := fmt.Sprintf("%s  %-14s  of %s", visible(s.ID), orElse(kind, "(of a later version)"), s.Created.Local().Format("2 January 2006"))
	if s.Label != "" {
		line += "  " + visible(s.Label)
	}
	if s.Kind == seal.TrustedSlot {
		line += "  " + visible(s.Recipient)
	}
	fmt.Fprintln(c.out, line)
}

type slotsAddCmd struct {
	Label             string `required:"" help:"Whose it is; kept sealed." placeholder:"WHO"`
	NewPassphraseFile string `help:"Read the added passphrase from the first line of this file." placeholder:"FILE" type:"path" xor:"what" aliases:"passphrase-file-new"`
	Recipient         string `help:"Not a passphrase: the age recipient of the person, as age-keygen prints it." placeholder:"age1…" xor:"what"`
}

// Run adds a passphrase or a trusted person.
func (x *slotsAddCmd) Run(ctx context.Context, c *console) error {
	v, secret, err := c.unlock(ctx, "Passphrase: ")
	if err != nil {
		return err
	}
	defer v.Close()
	var s vault.Slot
	if x.Recipient != "" {
		s, err = v.AddTrusted(ctx, secret, x.Label, x.Recipient)
	} else {
		var added []byte
		if added, err = c.nextPassphrase(ctx, x.NewPassphraseFile, "The passphrase to add: "); err == nil {
			s, err = v.AddPassphrase(ctx, secret, x.Label, added)
		}
	}
	if errors.Is(err, seal.ErrRecipient) || errors.Is(err, seal.ErrLabel) {
		return usageError(err.Error())
	}
	if err != nil {
		return err
	}
	c.printSlot(s)
	fmt.Fprintln(c.out, "It opens all of the vault, now and as it will be.")
	return v.Close()
}

type slotsRemoveCmd struct {
	ID string `arg:"" help:"As carnetctl slots lists it."`
}

// Run takes a key away.
func (x *slotsRemoveCmd) Run(ctx context.Context, c *console) error {
	v, secret, err := c.unlock(ctx, "Passphrase: ")
	if err != nil {
		return err
	}
	defer v.Close()
	err = v.RemoveSlot(ctx, secret, x.ID)
	if errors.Is(err, vault.ErrNotFound) {
		return usageError("nothing that opens the vault has the id " + visible(x.ID) + "; carnetctl slots lists them")
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(c.out, "removed; "+olderCopies)
	for _, s := range v.Slots() {
		if s.Kind == seal.RecoverySlot {
			return v.Close()
		}
	}
	fmt.Fprintln(c.err, "carnetctl: warning: without a recovery key nobody opens the vault when the passphrase is forgotten; carnetctl recovery makes one")
	return v.Close()
}

// olderCopies is what no change of keys can do.
const olderCopies = "copies and backups made before still open with what opened them then"
