package vault

import (
	"errors"
	"io"
	"os"

	"github.com/carnet-phr/carnet/vault/container"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// inside says that an original is a member of an archive: File, Size and Head
// are those of the archive's sealed file, and the member's bytes are read from
// it. So a disc of images is not kept twice.
func (o sealedOriginal) inside() bool { return o.Original.Path != "" }

// plain is the stream of an original's bytes, which are those of the whole file
// or, for a member of an archive, of a part of it.
func (v *Vault) plain(f *os.File, o sealedOriginal) (io.Reader, error) {
	if !o.inside() {
		return v.keys.originals.Decrypt(f)
	}
	a, err := v.archive(f, o)
	if err != nil {
		return nil, err
	}
	return a.Open(o.Original.Path)
}

// archive opens the archive that holds a member.
func (v *Vault) archive(f *os.File, o sealedOriginal) (*container.Archive, error) {
	plain, size, err := v.keys.originals.DecryptAt(f, o.Size)
	if err != nil {
		return nil, err
	}
	return container.Open(plain, size)
}

// fragmentInside is Fragment for a member of an archive, which is read from its
// beginning.
func (v *Vault) fragmentInside(f *os.File, o sealedOriginal, at record.Span, limit int) ([]byte, error) {
	if outside(at, o.Original.Size) {
		return nil, errOutside(o.Original.Hash)
	}
	plain, err := v.plain(f, o)
	if err != nil {
		return nil, damagedOriginal(o)
	}
	b := make([]byte, min(at.Length, int64(limit)))
	if _, err := io.CopyN(io.Discard, plain, at.Offset); err != nil {
		return nil, damagedOriginal(o)
	}
	if _, err := io.ReadFull(plain, b); err != nil {
		return nil, damagedOriginal(o)
	}
	return b, nil
}

var errNoArchive = errors.New("a file from inside an archive comes without its archive")

// member makes the entry of a member whose archive the vault holds, or gets with
// the same change.
func (t *transaction) member(in record.Incoming, sealed map[record.Hash]sealedOriginal) (sealedOriginal, error) {
	o, known := sealed[in.Within]
	if !known {
		var err error
		o, err = t.v.sealedOriginal(t.r, in.Within)
		if errors.Is(err, store.ErrAbsent) || err == nil && (o.inside() || t.goes(in.Within)) {
			err = errNoArchive
		}
		if err != nil {
			return o, err
		}
		sealed[in.Within] = o
	}
	return sealedOriginal{in.Original, o.File, o.Size, o.Head}, nil
}

// members checks the members of archives, archive by archive: opening one costs
// as much as listing it.
func (c *checker) members(byFile map[string][]sealedOriginal) error {
	for _, list := range byFile {
		if err := c.archived(list); err != nil {
			return err
		}
	}
	return nil
}

// archived reads the members of one archive back.
func (c *checker) archived(list []sealedOriginal) error {
	f, _, err := c.v.openSealed(c.ctx, list[0].Original.Hash)
	if err != nil {
		return nil // reported with the archive itself, or taken back since the check began
	}
	defer f.Close()
	a, err := c.v.archive(f, list[0])
	if err != nil {
		c.problem(originalDir+"/"+list[0].File, "the files inside it cannot be read: put it back from a backup")
		return nil
	}
	for _, o := range list {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		plain, err := a.Open(o.Original.Path)
		if err == nil {
			_, err = io.Copy(io.Discard, newVerified(f, plain, o))
		}
		if err != nil {
			c.problem(originalDir+"/"+o.File, "a file inside it was changed: put it back from a backup")
			return nil
		}
	}
	return nil
}
