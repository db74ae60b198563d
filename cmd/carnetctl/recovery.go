package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/seal"
)

type recoveryCmd struct {
	Rehearse bool `help:"Make no new one: read the recovery key and say whether it opens the vault." xor:"what"`
	Identity bool `help:"Make no new one: read the recovery key and print the identity with which age opens backups made for it." xor:"what"`
}

// Run makes a new recovery key, or tries the one there is.
func (x *recoveryCmd) Run(ctx context.Context, c *console) error {
	switch {
	case x.Rehearse:
		return c.rehearse(ctx)
	case x.Identity:
		return c.recoveryIdentity(ctx)
	}
	v, secret, err := c.unlock(ctx, "Passphrase: ")
	if err != nil {
		return err
	}
	defer v.Close()
	key, err := v.NewRecoveryKey(ctx, secret)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "New recovery key (shown this once; write it down, try it with carnetctl recovery --rehearse, and keep it away from this computer):\n\n    %s\n\n", key)
	fmt.Fprintln(c.out, "The former one opens nothing any more: strike it out. But "+olderCopies+".")
	return v.Close()
}

// rehearse opens the vault with the recovery key alone, as on the day when the
// passphrase is forgotten.
func (c *console) rehearse(ctx context.Context) error {
	v, secret, err := c.unlock(ctx, "Recovery key: ")
	if errors.Is(err, vault.ErrWrongPassphrase) {
		fmt.Fprintln(c.out, "it does NOT open this vault: make a new one with carnetctl recovery")
	}
	if err != nil {
		return err
	}
	defer v.Close()
	s, err := v.Rehearse(ctx, secret)
	if err != nil {
		return err
	}
	if s.Kind != seal.RecoverySlot {
		return usageError("it opens the vault, but it is not the recovery key: type the key from the paper")
	}
	fmt.Fprintf(c.out, "it opens the vault: the recovery key of %s is right\n", s.Created.Local().Format("2 January 2006"))
	return nil
}

func (c *console) recoveryIdentity(ctx context.Context) error {
	if c.flags.Vault == "" {
		return usageError("name the vault with --vault DIR")
	}
	secret, err := c.secret(ctx, "Recovery key: ")
	if err != nil {
		return err
	}
	identity, err := vault.RecoveryIdentity(c.flags.Vault, secret)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.err, "carnetctl: warning: with this line, age opens every backup made for this recovery key; keep it as you keep the key")
	fmt.Fprintln(c.out, identity)
	return nil
}
