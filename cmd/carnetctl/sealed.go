package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/archive"
	"github.com/carnet-phr/carnet/vault/arrive"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// read reads what the paths name: files and folders, or by itself a sealed
// package or an archive.
func (x *importCmd) read(ctx context.Context, c *console, v *vault.Vault, opt exchange.Options) (b *exchange.Batch, done func(), err error) {
	b, done, err = arrive.Read(ctx, v, formats.All(), x.Paths, func(string) ([]byte, error) {
		if x.SecretFile != "" {
			return fileSecret(x.SecretFile)
		}
		return c.ask(ctx, "Passphrase of the sealed file: ", "--secret-file")
	}, opt)
	if errors.Is(err, arrive.ErrAlone) {
		err = usageError(err.Error())
	}
	return b, done, err
}

// writeArchive writes everything of a person, or of the vault, sealed: for the
// passphrase of --secret-file, for the keys of recipients, or for six words that
// are made up and printed once.
func (x *exportCmd) writeArchive(ctx context.Context, c *console) error {
	if x.Out == "" {
		return usageError("name what to write with --out")
	}
	if len(x.Kinds)+len(x.Exclude)+len(x.HoldBack) > 0 || x.From+x.To+x.Preset != "" || x.SinceLast || x.DryRun {
		return usageError("an archive holds everything; to choose, make a package")
	}
	p, made, err := x.sealing()
	if err != nil {
		return err
	}
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	opt := archive.Options{Made: c.now(), Version: version, Progress: func(done, total int64) { c.progress("writing", done, total) }}
	if x.Person != "" {
		person, err := c.person(ctx, v, x.Person)
		if err != nil {
			return err
		}
		opt.Person = person.ID
	}
	var got archive.Contents
	if err := writeWhole(x.Out, func(w *os.File) error {
		sealed, err := seal.EncryptFor(w, p.Passphrase, p.Recipients)
		if err != nil {
			return err
		}
		got, err = archive.Write(ctx, sealed, v, opt)
		return errors.Join(err, sealed.Close())
	}); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s: %d records, %d original files, %d imports\n", x.Out, got.Records, got.Originals, got.Imports)
	if made {
		fmt.Fprintf(c.out, "its passphrase, shown only now: %s\n", p.Passphrase)
	}
	if len(got.Lacking) > 0 {
		return fmt.Errorf("%w: %d of them", errArchiveLacks, len(got.Lacking))
	}
	return nil
}

// sealing is what an archive is sealed for; made says that its passphrase was
// made up here.
func (x *exportCmd) sealing() (p wrap.Protection, made bool, err error) {
	p = wrap.Protection{Kind: wrap.Age, Recipients: x.Recipient}
	switch {
	case len(x.Recipient) > 0:
	case x.SecretFile != "":
		p.Passphrase, err = fileSecret(x.SecretFile)
	default:
		p.Passphrase, made = []byte(seal.GeneratePassphrase()), true
	}
	if err == nil {
		err = p.Check()
	}
	return p, made, err
}

var errArchiveLacks = errors.New("the archive lacks original files that cannot be read: carnetctl check --deep names them")
