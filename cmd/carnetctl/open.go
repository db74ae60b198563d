package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
)

// secretLimit is the longest passphrase read from a file, in bytes.
const secretLimit = 4096

// open opens the vault that --vault names. The caller closes it.
func (c *console) open(ctx context.Context) (*vault.Vault, error) {
	v, _, err := c.unlock(ctx, "Passphrase: ")
	return v, err
}

// unlock opens the vault and gives the secret that did, for what asks for it
// again. What Open has to say is said.
func (c *console) unlock(ctx context.Context, prompt string) (*vault.Vault, []byte, error) {
	if c.flags.Vault == "" {
		return nil, nil, usageError("name the vault with --vault DIR")
	}
	secret, err := c.secret(ctx, prompt)
	if err != nil {
		return nil, nil, err
	}
	open := vault.Open
	if c.flags.Rescue {
		open = vault.Rescue
	}
	v, err := open(ctx, c.flags.Vault, secret, c.options())
	if err != nil {
		return nil, nil, err
	}
	c.say(v.Notices())
	c.say(v.Damage())
	return v, secret, nil
}

// say tells what the vault has to say of itself.
func (c *console) say(list []vault.Problem) {
	for _, n := range list {
		fmt.Fprintf(c.err, "carnetctl: note: %s: %s\n", n.File, n.Text)
	}
}

// options are those of every vault that the program makes or opens.
func (c *console) options() vault.Options {
	return vault.Options{KDF: c.kdf, Progress: c.progress, Memory: c.memory, AcceptOlder: c.flags.AcceptOlder}
}

// secret reads the passphrase: from the file, the environment or the terminal.
func (c *console) secret(ctx context.Context, prompt string) ([]byte, error) {
	if f := c.flags.PassphraseFile; f != "" {
		return fileSecret(f)
	}
	if s := c.getenv("CARNET_PASSPHRASE"); s != "" {
		return []byte(s), nil
	}
	return c.ask(ctx, prompt, "--passphrase-file or CARNET_PASSPHRASE")
}

// ask reads a secret at the terminal; instead says what else could give it.
func (c *console) ask(ctx context.Context, prompt, instead string) ([]byte, error) {
	f, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, usageError("no terminal to ask for the passphrase: use " + instead)
	}
	before, err := term.GetState(int(f.Fd()))
	if err != nil {
		return nil, errors.New("cannot read the passphrase from the terminal")
	}
	fmt.Fprint(c.err, prompt)
	s, err := answer(ctx, func() ([]byte, error) { return term.ReadPassword(int(f.Fd())) })
	fmt.Fprintln(c.err)
	if ctx.Err() != nil {
		return nil, errors.Join(ctx.Err(), term.Restore(int(f.Fd()), before)) // it would not show what is typed
	}
	if err != nil {
		return nil, errors.New("cannot read the passphrase from the terminal")
	}
	return s, nil
}

// fileSecret reads the first line of a file, as any editor writes it; of a file
// that age-keygen wrote, the identity.
func fileSecret(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the passphrase file: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, secretLimit+1))
	if err != nil {
		return nil, fmt.Errorf("read the passphrase file: %w", err)
	}
	line, rest, _ := bytes.Cut(bytes.TrimPrefix(b, []byte("\ufeff")), []byte("\n"))
	for bytes.HasPrefix(line, []byte("# created: ")) || bytes.HasPrefix(line, []byte("# public key: ")) {
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	if len(line) > secretLimit-len("\ufeff") {
		return nil, usageError("the first line of the passphrase file is longer than a passphrase can be")
	}
	return bytes.TrimSuffix(line, []byte("\r")), nil
}

// answer waits for something that only the person at the terminal ends, or for
// ctx.
func answer[T any](ctx context.Context, ask func() (T, error)) (T, error) {
	type reply struct {
		v   T
		err error
	}
	got := make(chan reply, 1)
	go func() {
		v, err := ask()
		got <- reply{v, err}
	}()
	select {
	case r := <-got:
		return r.v, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// newSecret reads the passphrase of a new vault: twice at a terminal. One that is
// easy to guess is refused there, and where a script gives it remarked on.
func (c *console) newSecret(ctx context.Context) ([]byte, error) {
	s, err := c.secret(ctx, "A passphrase for the new vault: ")
	if err != nil {
		return nil, err
	}
	if len(s) == 0 {
		return nil, usageError("the passphrase is empty; nothing was made")
	}
	weak := vault.CheckPassphrase(s)
	if c.flags.PassphraseFile != "" || c.getenv("CARNET_PASSPHRASE") != "" {
		if weak != nil {
			fmt.Fprintln(c.err, "carnetctl: warning:", weak)
		}
		return s, nil
	}
	if weak != nil {
		return nil, fmt.Errorf("%w, such as %q; nothing was made", weak, seal.GeneratePassphrase())
	}
	again, err := c.secret(ctx, "The same passphrase again: ")
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(s, again) {
		return nil, usageError("the two passphrases differ; nothing was made")
	}
	return s, nil
}

// confirm asks a yes-or-no question at the terminal.
func (c *console) confirm(ctx context.Context, question string) (bool, error) {
	f, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return false, usageError("no terminal to ask: add --yes to file what the receipt shows, or --dry-run to only look")
	}
	fmt.Fprint(c.err, question+" [y/N] ")
	line, err := answer(ctx, func() (string, error) { return bufio.NewReader(c.in).ReadString('\n') })
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(c.err)
		return false, ctx.Err()
	case err != nil:
		return false, errors.New("cannot read the answer from the terminal")
	}
	line = strings.ToLower(strings.TrimSpace(line))
	return line == "y" || line == "yes", nil
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
