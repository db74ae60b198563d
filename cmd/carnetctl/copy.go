package main

import (
	"context"
	"fmt"

	"github.com/carnet-phr/carnet/vault"
)

type copyCmd struct {
	Dir               string `arg:"" help:"The new vault's folder." type:"path"`
	NewPassphraseFile string `help:"Read the new vault's passphrase from the first line of this file." placeholder:"FILE" type:"path"`
}

// Run copies a vault, or what can be read of it, into a new one with a new key.
func (x *copyCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	secret, err := c.nextPassphrase(ctx, x.NewPassphraseFile, "A passphrase for the new vault: ")
	if err != nil {
		return err
	}
	n, recoveryKey, err := vault.Copy(ctx, v, x.Dir, secret, c.options(), func(done, total int64) { c.progress("copying", done, total) })
	if err != nil {
		return err
	}
	defer n.Close()
	fmt.Fprintf(c.out, "made the vault %s\n\n", x.Dir)
	fmt.Fprintf(c.out, "Its recovery key (shown this once; the old one does not open it):\n\n    %s\n\n", recoveryKey)
	c.say(n.Notices())
	return n.Close()
}
