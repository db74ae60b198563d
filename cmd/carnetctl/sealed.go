package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/archive"
	"github.com/carnet-phr/carnet/vault/container"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// read reads what the paths name: files and folders, or by itself a sealed
// package or an archive.
func (x *importCmd) read(ctx context.Context, c *console, v *vault.Vault, opt exchange.Options) (b *exchange.Batch, done func(), err error) {
	f, sealed, err := x.whole()
	if err != nil {
		return nil, nil, err
	}
	if f == nil {
		sources, err := exchange.Paths(x.Paths...)
		if err != nil {
			return nil, nil, err
		}
		b, err := exchange.Import(ctx, v, formats.All(), sources, opt)
		return b, func() {}, err
	}
	b, err = x.unsealed(ctx, c, v, f, sealed, opt)
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return b, func() { f.Close() }, nil
}

// whole opens the one path where it is a sealed file or an archive; nil for
// anything else.
func (x *importCmd) whole() (f *os.File, sealed bool, err error) {
	for _, p := range x.Paths {
		info, err := os.Stat(p)
		if err != nil || !info.Mode().IsRegular() {
			continue // exchange.Paths says what is wrong with it
		}
		f, err := os.Open(p)
		if err != nil {
			continue
		}
		head := make([]byte, wrap.HeadSize)
		n, err := io.ReadFull(f, head)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			n = 0
		}
		sealed := wrap.Sealed(head[:n]) != wrap.None
		switch {
		case !sealed && !archive.Is(head[:n]):
			f.Close()
		case len(x.Paths) > 1:
			f.Close()
			return nil, false, usageError(filepath.Base(p) + " is sealed, or an archive: bring it in by itself")
		default:
			return f, sealed, nil
		}
	}
	return nil, false, nil
}

// unsealed reads a sealed file or an archive.
func (x *importCmd) unsealed(ctx context.Context, c *console, v *vault.Vault, f *os.File, sealed bool, opt exchange.Options) (*exchange.Batch, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	name, content := filepath.Base(f.Name()), io.NewSectionReader(f, 0, info.Size())
	if sealed {
		secret, err := x.secret(ctx, c)
		if err != nil {
			return nil, err
		}
		defer clear(secret)
		if content, err = wrap.Open(ctx, f, info.Size(), secret); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	head := make([]byte, min(content.Size(), 64<<10))
	if n, err := content.ReadAt(head, 0); n < len(head) {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	switch {
	case archive.Is(head):
		return restored(ctx, v, name, content, opt)
	case container.Is(head):
		sources, err := exchange.Contained(name, content, content.Size())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return exchange.Import(ctx, v, formats.All(), sources, opt)
	}
	return nil, fmt.Errorf("%s: %w", name, errNothingKnown)
}

var errNothingKnown = errors.New("it was opened, and holds neither a package nor an archive; take out what is in it and bring that in")

// secret is what opens the file.
func (x *importCmd) secret(ctx context.Context, c *console) ([]byte, error) {
	if x.SecretFile != "" {
		return fileSecret(x.SecretFile)
	}
	return c.ask(ctx, "Passphrase of the sealed file: ", "--secret-file")
}

// restored takes an archive of everything back.
func restored(ctx context.Context, v *vault.Vault, name string, r *io.SectionReader, opt exchange.Options) (*exchange.Batch, error) {
	a, err := archive.Open(ctx, r, r.Size())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	originals, err := a.Originals(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	receipts, err := a.Imports(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b, err := exchange.Restore(ctx, v, exchange.Archived{Name: name, Records: a.Records(ctx), Originals: originals, Receipts: receipts, Lacking: a.Contents.Lacking}, opt)
	if err != nil && !errors.Is(err, exchange.ErrArchivePerson) {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, err
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
