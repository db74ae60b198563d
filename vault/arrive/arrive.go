// Package arrive reads what is brought in, for the window and the command line
// alike: files and folders, and by itself a package that is sealed or an archive of
// everything, which is opened first. Nothing of what was sealed comes to lie on the
// disk outside the vault.
package arrive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/archive"
	"github.com/carnet-phr/carnet/vault/container"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// The reasons not to read a sealed file or an archive, besides those of package wrap.
var (
	ErrAlone  = errors.New("it is sealed, or an archive: bring it in by itself")
	ErrSealed = errors.New("it is sealed: what opens it is needed")
	ErrOther  = errors.New("it was opened, and holds neither a package nor an archive; take out what is in it and bring that in")
)

// Secret gives what opens the sealed file of a name: a passphrase or an age
// identity. It is called where there is one to open, and what it gives is wiped.
type Secret func(name string) ([]byte, error)

// Read reads what the paths name. done closes what is open, and is called when the
// batch has been filed, or is not going to be.
func Read(ctx context.Context, store exchange.Ledger, formats []exchange.Format, paths []string, secret Secret, opt exchange.Options) (b *exchange.Batch, done func(), err error) {
	f, sealed, err := whole(paths)
	if err != nil {
		return nil, nil, err
	}
	if f == nil {
		sources, err := exchange.Paths(paths...)
		if err != nil {
			return nil, nil, err
		}
		b, err := exchange.Import(ctx, store, formats, sources, opt)
		return b, func() {}, err
	}
	b, err = opened(ctx, store, formats, f, sealed, secret, opt)
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("%s: %w", filepath.Base(f.Name()), err)
	}
	return b, func() { f.Close() }, nil
}

// whole opens the one path where it is a sealed file or an archive; nil for
// anything else.
func whole(paths []string) (f *os.File, sealed bool, err error) {
	for _, p := range paths {
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
		case len(paths) > 1:
			f.Close()
			return nil, false, fmt.Errorf("%s: %w", filepath.Base(p), ErrAlone)
		default:
			return f, sealed, nil
		}
	}
	return nil, false, nil
}

// opened reads a sealed file or an archive.
func opened(ctx context.Context, store exchange.Ledger, formats []exchange.Format, f *os.File, sealed bool, secret Secret, opt exchange.Options) (*exchange.Batch, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	name, content := filepath.Base(f.Name()), io.NewSectionReader(f, 0, info.Size())
	if sealed {
		if content, err = unsealed(ctx, f, info.Size(), secret); err != nil {
			return nil, err
		}
	}
	head := make([]byte, min(content.Size(), wrap.HeadSize))
	if n, err := content.ReadAt(head, 0); n < len(head) {
		return nil, err
	}
	switch {
	case archive.Is(head):
		return restored(ctx, store, name, content, opt)
	case container.Is(head):
		sources, err := exchange.Contained(name, content, content.Size())
		if err != nil {
			return nil, err
		}
		return exchange.Import(ctx, store, formats, sources, opt)
	}
	return nil, ErrOther
}

func unsealed(ctx context.Context, f *os.File, size int64, secret Secret) (*io.SectionReader, error) {
	if secret == nil {
		return nil, ErrSealed
	}
	key, err := secret(filepath.Base(f.Name()))
	if err != nil {
		return nil, err
	}
	defer clear(key)
	return wrap.Open(ctx, f, size, key)
}

// restored takes an archive of everything back.
func restored(ctx context.Context, store exchange.Ledger, name string, r *io.SectionReader, opt exchange.Options) (*exchange.Batch, error) {
	a, err := archive.Open(ctx, r, r.Size())
	if err != nil {
		return nil, err
	}
	originals, err := a.Originals(ctx)
	if err != nil {
		return nil, err
	}
	receipts, err := a.Imports(ctx)
	if err != nil {
		return nil, err
	}
	return exchange.Restore(ctx, store, exchange.Archived{Name: name, Records: a.Records(ctx), Originals: originals, Receipts: receipts, Lacking: a.Contents.Lacking}, opt)
}
