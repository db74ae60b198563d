package vault

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/store"
)

// sealedOriginal reads the index entry of an original.
func (v *Vault) sealedOriginal(r *read, h record.Hash) (sealedOriginal, error) {
	o, err := v.storedOriginal(r, h)
	return o.sealedOriginal, err
}

// storedOriginal is sealedOriginal with its stored form.
func (v *Vault) storedOriginal(r *read, h record.Hash) (originalEntry, error) {
	raw, err := v.getPacked(r, originalKey(h))
	if err != nil {
		return originalEntry{}, err
	}
	return v.decodeOriginal(raw)
}

func (v *Vault) decodeOriginal(raw []byte) (originalEntry, error) {
	o := originalEntry{raw: raw}
	if v.codec.dec.Unmarshal(raw, &o.sealedOriginal) != nil || !validFileName(o.File) {
		return originalEntry{}, store.ErrBroken
	}
	return o, nil
}

// eachOriginal calls f for every original, in the order of their hashes.
func (v *Vault) eachOriginal(r *read, f func(originalEntry) error) error {
	return v.each(r, []byte{classOriginal}, func(key, plain []byte) error {
		raw, err := v.unpackItem(r, key, plain)
		if err != nil {
			return err
		}
		o, err := v.decodeOriginal(raw)
		if err != nil {
			return err
		}
		return f(o)
	})
}

// HasOriginal says whether the vault holds the original with that hash.
func (v *Vault) HasOriginal(ctx context.Context, h record.Hash) (bool, error) {
	_, err := v.Original(ctx, h)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Original describes an original; [ErrNotFound] when the vault has none with
// that hash.
func (v *Vault) Original(ctx context.Context, h record.Hash) (record.Original, error) {
	r, done, err := v.view(ctx)
	if err != nil {
		return record.Original{}, err
	}
	defer done()
	o, err := v.sealedOriginal(r, h)
	return o.Original, absent(err, "original", short(h))
}

// Originals lists all originals, in no order that means anything.
func (v *Vault) Originals(ctx context.Context) ([]record.Original, error) {
	r, done, err := v.view(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	var list []record.Original
	err = v.eachOriginal(r, func(o originalEntry) error {
		list = append(list, o.Original)
		return ctx.Err()
	})
	return list, err
}

// OpenOriginal gives the bytes of an original as they were received. Reading
// fails with [ErrDamaged], in place of the end of the file at the latest, where
// the sealed file was changed, cut or exchanged. The caller closes it.
func (v *Vault) OpenOriginal(ctx context.Context, h record.Hash) (io.ReadCloser, record.Original, error) {
	f, o, err := v.openSealed(ctx, h)
	if err != nil {
		return nil, record.Original{}, err
	}
	plain, err := v.plain(f, o)
	if err != nil {
		f.Close()
		return nil, record.Original{}, damagedOriginal(o)
	}
	return newVerified(f, plain, o), o.Original, nil
}

// openSealed opens the sealed file and checks that it is the one that was
// written for this original.
func (v *Vault) openSealed(ctx context.Context, h record.Hash) (*os.File, sealedOriginal, error) {
	r, done, err := v.view(ctx)
	if err != nil {
		return nil, sealedOriginal{}, err
	}
	defer done()
	o, err := v.sealedOriginal(r, h)
	if err != nil {
		return nil, o, absent(err, "original", short(h))
	}
	f, err := os.Open(v.originalPath(o.File))
	if err != nil {
		return nil, o, damaged(originalDir+"/"+o.File, "it is missing or cannot be read: put it back from a backup")
	}
	info, err := f.Stat()
	if err == nil && info.Size() == o.Size {
		var head seal.Head
		if head, err = seal.HeadOf(f); err == nil && string(head[:]) == string(o.Head) {
			if _, err = f.Seek(0, io.SeekStart); err == nil {
				return f, o, nil
			}
		}
	}
	f.Close()
	return nil, o, damagedOriginal(o)
}

func damagedOriginal(o sealedOriginal) error {
	return damaged(originalDir+"/"+o.File, "it was changed: put it back from a backup")
}

// verified is the plain stream of an original. At its end it compares size and
// hash with what was filed.
type verified struct {
	f     *os.File
	plain io.Reader
	h     hash.Hash
	n     int64
	o     sealedOriginal
}

func newVerified(f *os.File, plain io.Reader, o sealedOriginal) *verified {
	return &verified{f: f, plain: plain, h: sha256.New(), o: o}
}

// Read implements io.Reader.
func (r *verified) Read(b []byte) (int, error) {
	n, err := r.plain.Read(b)
	r.h.Write(b[:n])
	r.n += int64(n)
	switch {
	case err == io.EOF && r.n == r.o.Original.Size && hex.EncodeToString(r.h.Sum(nil)) == string(r.o.Original.Hash):
		return n, io.EOF
	case err != nil:
		return n, damagedOriginal(r.o)
	}
	return n, nil
}

// Close implements io.Closer.
func (r *verified) Close() error { return r.f.Close() }

// Fragment gives the verbatim bytes that a provenance names in its original, at
// most limit of them; nil where it names none.
func (v *Vault) Fragment(ctx context.Context, p record.Provenance, limit int) ([]byte, error) {
	if p.Original == "" || p.Span.Length <= 0 || limit <= 0 {
		return nil, nil
	}
	f, o, err := v.openSealed(ctx, p.Original)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if o.inside() {
		return v.fragmentInside(f, o, p.Span, limit)
	}
	plain, size, err := v.keys.originals.DecryptAt(f, o.Size)
	if err != nil || size != o.Original.Size {
		return nil, damagedOriginal(o)
	}
	if outside(p.Span, size) {
		return nil, errOutside(p.Original)
	}
	b := make([]byte, min(p.Span.Length, int64(limit)))
	if n, err := plain.ReadAt(b, p.Span.Offset); n < len(b) {
		_ = err // age's words add nothing for a reader
		return nil, damagedOriginal(o)
	}
	return b, nil
}

func outside(s record.Span, size int64) bool {
	return s.Offset < 0 || s.Offset > size || s.Length > size-s.Offset
}

func errOutside(h record.Hash) error {
	return fmt.Errorf("the place names bytes outside of original %s: %w", short(h), ErrNotFound)
}

// absent turns store.ErrAbsent into ErrNotFound, with what was looked for.
func absent(err error, what, name string) error {
	if errors.Is(err, store.ErrAbsent) {
		return fmt.Errorf("%s %s: %w", what, name, ErrNotFound)
	}
	return err
}
