package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// secretLimit is the longest passphrase read from a file, in bytes.
const secretLimit = 4096

// open opens the vault that --vault names. The caller closes it.
func (c *console) open(ctx context.Context) (*vault.Vault, error) {
	if c.flags.Vault == "" {
		return nil, usageError("name the vault with --vault DIR")
	}
	secret, err := c.secret("Passphrase: ")
	if err != nil {
		return nil, err
	}
	return vault.Open(ctx, c.flags.Vault, secret, vault.Options{Progress: c.progress})
}

// secret reads the passphrase: from the file, the environment or the terminal.
func (c *console) secret(prompt string) ([]byte, error) {
	if f := c.flags.PassphraseFile; f != "" {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("read the passphrase file: %w", err)
		}
		if len(b) > secretLimit {
			return nil, usageError("the passphrase file is longer than a passphrase can be")
		}
		line, _, _ := bytes.Cut(b, []byte("\n"))
		return bytes.TrimSuffix(line, []byte("\r")), nil
	}
	if s := c.getenv("CARNET_PASSPHRASE"); s != "" {
		return []byte(s), nil
	}
	f, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, usageError("no terminal to ask for the passphrase: use --passphrase-file or CARNET_PASSPHRASE")
	}
	fmt.Fprint(c.err, prompt)
	s, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(c.err)
	if err != nil {
		return nil, errors.New("cannot read the passphrase from the terminal")
	}
	return s, nil
}

// newSecret reads the passphrase of a new vault: twice at a terminal.
func (c *console) newSecret() ([]byte, error) {
	s, err := c.secret("A passphrase for the new vault: ")
	if err != nil || c.flags.PassphraseFile != "" || c.getenv("CARNET_PASSPHRASE") != "" {
		return s, err
	}
	again, err := c.secret("The same passphrase again: ")
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(s, again) {
		return nil, usageError("the two passphrases differ; nothing was made")
	}
	return s, nil
}

// confirm asks a yes-or-no question at the terminal.
func (c *console) confirm(question string) (bool, error) {
	f, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return false, usageError("no terminal to ask: add --yes to file what the receipt shows, or --dry-run to only look")
	}
	fmt.Fprint(c.err, question+" [y/N] ")
	line, err := bufio.NewReader(c.in).ReadString('\n')
	if err != nil {
		return false, errors.New("cannot read the answer from the terminal")
	}
	answer := strings.ToLower(strings.TrimSpace(line))
	return answer == "y" || answer == "yes", nil
}

// progress shows how far a long act has come, at a terminal only.
func (c *console) progress(stage string, done, total int64) {
	f, ok := c.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return
	}
	fmt.Fprintf(f, "\r\x1b[K%s %d of %d", stage, done, total)
	if done >= total {
		fmt.Fprint(f, "\r\x1b[K")
	}
}

// person gives the person that id names; "" is the only person of the vault.
func (c *console) person(ctx context.Context, v *vault.Vault, id string) (record.Record, error) {
	people, err := v.People(ctx)
	if err != nil {
		return record.Record{}, err
	}
	for _, p := range people {
		if string(p.ID) == id {
			return p, nil
		}
	}
	switch {
	case id != "":
		return record.Record{}, usageError("the vault has no person " + id + "; carnetctl people lists them")
	case len(people) == 0:
		return record.Record{}, errors.New("the vault is empty: bring files in first, with carnetctl import")
	case len(people) > 1:
		return record.Record{}, usageError("the vault holds several people; name one with --person ID (carnetctl people lists them)")
	}
	return people[0], nil
}
