package handover

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/record"
)

// file writes one file of the package and notes its size and hash.
func (p *packer) file(ctx context.Context, name, what string, write func(io.Writer) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	p.tell(name, int64(len(p.files)))
	f, err := p.write(ctx, name, what, write)
	if err == nil {
		p.files = append(p.files, f)
	}
	return err
}

func (p *packer) tell(name string, done int64) {
	p.progress(exchange.Progress{Stage: "writing", Source: name, Done: done, Total: int64(len(documents) + len(p.sel.Originals) + 2)})
}

// write writes one file. It may be called from several goroutines.
func (p *packer) write(ctx context.Context, name, what string, write func(io.Writer) error) (File, error) {
	if err := ctx.Err(); err != nil {
		return File{}, err
	}
	f, err := p.at.Create(name)
	if err != nil {
		return File{}, fmt.Errorf("write %s: %w", name, cause(err))
	}
	sum := sha256.New()
	n := &counter{w: io.MultiWriter(f, sum)}
	err = write(n)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return File{}, fmt.Errorf("write %s: %w", name, cause(err))
	}
	return File{Name: name, What: what, Size: n.n, SHA256: record.Hash(hex.EncodeToString(sum.Sum(nil)))}, nil
}

// counter counts the bytes that pass.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// folder of the originals.
const originals = "originals"

// originals copies the originals; DICOM files go to a folder of their own. One
// that cannot be read is named in the manifest and does not stop the rest.
func (p *packer) originals(ctx context.Context) error {
	p.stored, p.medium = map[string]string{}, newMedium()
	names := newNames()
	for _, o := range p.sel.Originals {
		name, what, err := p.image(ctx, o)
		if name == "" {
			name = originals + "/" + names.take(named(o))
		}
		if err == nil {
			err = p.original(ctx, o, name, what)
		}
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			p.missing = append(p.missing, name+": "+err.Error()+".")
			p.medium.drop(name)
			if err := p.at.Remove(name); err != nil {
				return fmt.Errorf("remove a broken copy: %w", cause(err))
			}
			continue
		}
		p.stored[string(o.Hash)] = name
	}
	p.referred()
	return p.list(ctx)
}

// referred names the images that cannot go along: they are kept as references.
func (p *packer) referred() {
	for _, r := range p.sel.Records {
		s, ok := r.Resource.(*record.ImagingStudy)
		if !ok {
			continue
		}
		away := 0
		for _, x := range s.Series {
			for _, i := range x.Instance {
				if i.Away != "" && p.stored[string(i.Hash)] == "" {
					away++
				}
			}
		}
		if away > 0 {
			p.missing = append(p.missing, fmt.Sprintf("%s: %d images are kept as references and lie outside the record; hand over the disc that they came on.", record.Visible(s.Summary().Title), away))
		}
	}
}

// original copies one, and refuses bytes that are not those of its hash. what is
// set for a DICOM file, of which the preamble does not leave.
func (p *packer) original(ctx context.Context, o record.Original, name, what string) error {
	r, err := p.sel.OpenOriginal(ctx, o.Hash)
	if err != nil {
		return fmt.Errorf("the kept file cannot be opened: %w", err)
	}
	defer r.Close()
	before, whole := len(p.files), sha256.New()
	copied := io.TeeReader(r, whole)
	if what == "" {
		what = "an original, as received"
	} else {
		head := make([]byte, dicom.PreambleSize)
		if _, err := io.ReadFull(copied, head); err != nil {
			return errDamaged
		}
		if p.medium.note(name, o, head) {
			what += emptied
		}
		copied = io.MultiReader(bytes.NewReader(make([]byte, len(head))), copied)
	}
	if err := p.file(ctx, name, what, func(w io.Writer) error {
		_, err := io.Copy(w, copied)
		return err
	}); err != nil {
		return err
	}
	if hex.EncodeToString(whole.Sum(nil)) != string(o.Hash) {
		p.files = p.files[:before]
		return errDamaged
	}
	return nil
}

var errDamaged = errors.New("the kept file is damaged")
