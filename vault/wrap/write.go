package wrap

import (
	"context"
	"errors"
	"io"

	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/seal/aezip"
)

// innerName is the package inside an archive: it tells nothing of it.
const innerName = "package.zip"

// openingName is the note beside it, which everybody can read.
const openingName = "HOW-TO-OPEN.txt"

const openingNote = "This archive is encrypted (WinZip AES-256). The passphrase was given to you apart from it.\r\n" +
	"\r\n" +
	"Windows:  7-Zip (www.7-zip.org), WinZip or WinRAR. The Explorer alone cannot open it.\r\n" +
	"macOS:    Keka (www.keka.io) or The Unarchiver.\r\n" +
	"Linux:    7z x FILE, or bsdtar -xf FILE\r\n" +
	"\r\n" +
	"Take package.zip out of it with the passphrase; that one opens by a double click.\r\n" +
	"Then open START-HERE.html.\r\n"

// Write wraps a package into one file. The protection was checked before.
func Write(ctx context.Context, w io.Writer, p Protection, j Job) error {
	switch p.Kind {
	case Zip:
		return writeZip(ctx, w, p, j)
	case Age:
		return writeAge(ctx, w, p, j)
	case Page:
		return writePage(ctx, w, p, j)
	}
	return errUnknown
}

func writeZip(ctx context.Context, w io.Writer, p Protection, j Job) error {
	z := aezip.NewWriter(w)
	note, err := z.Create(openingName, nil, uint64(len(openingNote)), j.Made)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(note, openingNote); err != nil {
		return err
	}
	inner, err := z.Create(innerName, p.Passphrase, j.archiveSize(), j.Made)
	if err != nil {
		return err
	}
	if err := j.archive(ctx, inner); err != nil {
		return err
	}
	return z.Close()
}

func writeAge(ctx context.Context, w io.Writer, p Protection, j Job) error {
	sealed, err := seal.EncryptFor(w, p.Passphrase, p.Recipients)
	if err != nil {
		return err
	}
	return errors.Join(j.archive(ctx, sealed), sealed.Close())
}
