package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/seal"
)

type passphraseCmd struct {
	NewPassphraseFile string `help:"Read the new passphrase from the first line of this file." placeholder:"FILE" type:"path"`
}

// Run changes the passphrase.
func (x *passphraseCmd) Run(ctx context.Context, c *console) error {
	v, secret, err := c.unlock(ctx, "The present passphrase, or the recovery key: ")
	if err != nil {
		return err
	}
	defer v.Close()
	next, err := c.nextPassphrase(ctx, x.NewPassphraseFile, "The new passphrase: ")
	if err != nil {
		return err
	}
	if err := v.ChangePassphrase(ctx, secret, next); err != nil {
		return err
	}
	fmt.Fprintln(c.out, "the passphrase is changed; "+olderCopies)
	return v.Close()
}

// nextPassphrase reads a passphrase that is to open the vault from now on, as
// newSecret does: never the one that opens it now.
func (c *console) nextPassphrase(ctx context.Context, file, prompt string) ([]byte, error) {
	read := func(prompt string) ([]byte, error) { return c.ask(ctx, prompt, "--new-passphrase-file") }
	if file != "" {
		read = func(string) ([]byte, error) { return fileSecret(file) }
	}
	s, err := read(prompt)
	if err != nil {
		return nil, err
	}
	if len(s) == 0 {
		return nil, usageError("the new passphrase is empty; nothing was changed")
	}
	weak := vault.CheckPassphrase(s)
	switch {
	case file != "" && weak != nil:
		fmt.Fprintln(c.err, "carnetctl: warning:", weak)
		return s, nil
	case file != "":
		return s, nil
	case weak != nil:
		return nil, fmt.Errorf("%w, such as %q; nothing was changed", weak, seal.GeneratePassphrase())
	}
	again, err := read("The same passphrase again: ")
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(s, again) {
		return nil, usageError("the two passphrases differ; nothing was changed")
	}
	return s, nil
}
