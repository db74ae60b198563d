package wrap

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/seal/aezip"
)

// The reasons not to open a sealed file.
var (
	ErrNotSealed = errors.New("this file is not sealed, or not in a way that Carnet opens")
	ErrNotOpened = errors.New("the passphrase does not fit, or the file was changed on the way: type it again as it stands on the slip")
	ErrBackup    = errors.New("this is a backup of a vault: restore puts it back into a vault of its own")
)

// openLimit is how much of a page is taken into memory, in bytes: what a page of
// pageLimit becomes in base64, and room for the page around it.
const openLimit = 2 * pageLimit

// HeadSize is how much of a file [Sealed] looks at, in bytes.
const HeadSize = 64 << 10

// Sealed says how a file is sealed, by its first [HeadSize] bytes; None for one
// that is not.
func Sealed(head []byte) Kind {
	switch {
	case bytes.HasPrefix(head, []byte("age-encryption.org/v1\n")):
		return Age
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) && len(head) > 30+len(openingName) && string(head[30:30+len(openingName)]) == openingName:
		return Zip
	case bytes.Contains(head, []byte(`id="lock">{"salt":`)):
		return Page
	}
	return None
}

// Open opens what was sealed, for reading at any place: the package as one zip
// archive, or whatever an age file holds. secret is a passphrase or, of an age
// file, an age identity. Nothing of it comes to lie on the disk. Errors:
// [ErrNotSealed], [ErrBackup], [ErrNotOpened].
func Open(ctx context.Context, r io.ReaderAt, size int64, secret []byte) (*io.SectionReader, error) {
	head := make([]byte, min(size, HeadSize))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, cause(err)
	}
	switch Sealed(head) {
	case Age:
		if _, backup := seal.BackupHeader(bytes.NewReader(head)); backup {
			return nil, ErrBackup
		}
		plain, err := seal.DecryptWith(r, size, secret)
		if errors.Is(err, seal.ErrWrongSecret) || errors.Is(err, seal.ErrForged) {
			return nil, ErrNotOpened
		}
		return plain, err
	case Zip:
		return openZip(r, size, secret)
	case Page:
		return openPage(ctx, r, size, secret)
	}
	return nil, ErrNotSealed
}

func openZip(r io.ReaderAt, size int64, secret []byte) (*io.SectionReader, error) {
	members, err := aezip.Open(r, size)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if m.Name == innerName && m.Sealed {
			plain, err := m.Open(secret)
			if err != nil {
				return nil, ErrNotOpened
			}
			return plain, nil
		}
	}
	return nil, ErrNotSealed
}

// openPage takes the files out of a page, as the archive that the other
// protections hold.
func openPage(ctx context.Context, r io.ReaderAt, size int64, secret []byte) (*io.SectionReader, error) {
	if size > openLimit {
		return nil, ErrPageSize
	}
	content, err := unlockPage(r, size, secret)
	if errors.Is(err, seal.ErrForged) || errors.Is(err, ErrDiffers) {
		return nil, ErrNotOpened
	}
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	err = eachOf(content, func(f pageFile, r io.Reader) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store})
		if err != nil {
			return err
		}
		_, err = io.Copy(w, r)
		return err
	})
	if err = errors.Join(err, z.Close()); err != nil {
		return nil, err
	}
	return io.NewSectionReader(strings.NewReader(b.String()), 0, int64(b.Len())), nil
}
