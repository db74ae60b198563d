package vault

import (
	"context"
	"io"
	"os"

	"github.com/carnet-phr/carnet/vault/record"
)

// OpenOriginalAt is OpenOriginal for a reader of parts. What it gives is an
// io.Seeker too, unless the file lies in an archive; each part is authenticated,
// the file as a whole is not.
func (v *Vault) OpenOriginalAt(ctx context.Context, h record.Hash) (io.ReadCloser, record.Original, error) {
	f, o, err := v.openSealed(ctx, h)
	if err != nil {
		return nil, record.Original{}, err
	}
	if o.inside() {
		f.Close()
		return v.OpenOriginal(ctx, h)
	}
	plain, size, err := v.keys.originals.DecryptAt(f, o.Size)
	if err != nil || size != o.Original.Size {
		f.Close()
		return nil, record.Original{}, damagedOriginal(o)
	}
	return &parts{io.NewSectionReader(plain, 0, size), f, o}, o.Original, nil
}

// parts reads a sealed file in any order.
type parts struct {
	plain  *io.SectionReader
	sealed *os.File
	of     sealedOriginal
}

// Read implements io.Reader. age's words add nothing for a reader.
func (p *parts) Read(b []byte) (int, error) {
	n, err := p.plain.Read(b)
	if err != nil && err != io.EOF {
		err = damagedOriginal(p.of)
	}
	return n, err
}

// Seek implements io.Seeker.
func (p *parts) Seek(offset int64, whence int) (int64, error) { return p.plain.Seek(offset, whence) }

// Close implements io.Closer.
func (p *parts) Close() error { return p.sealed.Close() }
