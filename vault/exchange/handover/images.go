package handover

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/record"
)

// images is the folder of the DICOM files: a medium of PS3.10 by itself, which
// any viewer takes.
const images = "dicom"

// listName is the medium's list of its files (PS3.10, 8.6).
const listName = "DICOMDIR"

// medium is the folder of DICOM files while it is made.
type medium struct {
	files   []dicom.Listed
	taken   map[string]bool  // SOP Instance UIDs
	studies map[string]int   // Study Instance UIDs, numbered from 1
	series  map[string]int   // below a study, the same
	count   map[string]int   // instances of a series
	kept    map[string]image // by name in the package
}

// image is a DICOM file as it was received.
type image struct {
	hash     record.Hash
	preamble []byte // what stood where zeros stand now; nil where there were zeros before
}

func newMedium() *medium {
	return &medium{taken: map[string]bool{}, studies: map[string]int{}, series: map[string]int{}, count: map[string]int{}, kept: map[string]image{}}
}

// name gives a file its place: 8 characters at each level (PS3.10, 8.2). "" says
// that the medium does not take it.
func (m *medium) name(d dicom.Member) string {
	if m.taken[d.UID] {
		return ""
	}
	m.taken[d.UID] = true
	series := d.Study + "/" + d.Series
	if m.studies[d.Study] == 0 {
		m.studies[d.Study] = len(m.studies) + 1
	}
	if m.series[series] == 0 {
		m.count[d.Study]++
		m.series[series] = m.count[d.Study]
	}
	m.count[series]++
	id := []string{fmt.Sprintf("ST%06d", m.studies[d.Study]), fmt.Sprintf("SE%06d", m.series[series]), fmt.Sprintf("IM%06d", m.count[series])}
	m.files = append(m.files, dicom.Listed{FileID: id, Member: d})
	return path.Join(images, path.Join(id...))
}

// What the manifest says of DICOM files.
const (
	listable   = "an image or report (DICOM), as received"
	unlistable = "a DICOM file, as received, that the list of images cannot name"
	second     = "a DICOM file, as received, of an image that is in the list already"
	emptied    = "; its preamble, the first 128 bytes, is set to zero"
)

// image says of an original that is a DICOM file where it belongs, and with what
// words it is listed. "" is for every other file.
func (p *packer) image(ctx context.Context, o record.Original) (name, what string, err error) {
	r, err := p.sel.OpenOriginal(ctx, o.Hash)
	if err != nil {
		return "", "", fmt.Errorf("the kept file cannot be opened: %w", err)
	}
	defer r.Close()
	head := make([]byte, dicom.PreambleSize+4)
	if _, err := io.ReadFull(r, head); err != nil || !dicom.IsFile(head) {
		return "", "", nil //nolint:nilerr // a file that is shorter is none
	}
	d, err := dicom.Describe(io.MultiReader(bytes.NewReader(head), r))
	if err != nil {
		return "", unlistable, nil //nolint:nilerr // it stays with the originals
	}
	if name = p.medium.name(d); name == "" {
		return "", second, nil
	}
	return name, listable, nil
}

// list writes the medium's DICOMDIR.
func (p *packer) list(ctx context.Context) error {
	if len(p.medium.files) == 0 {
		return nil
	}
	return p.file(ctx, images+"/"+listName, "the list of the images (DICOM)", func(w io.Writer) error { return dicom.WriteDirectory(w, p.medium.files) })
}

// note keeps what stood in a file's preamble, and says whether that was anything.
func (m *medium) note(name string, o record.Original, head []byte) bool {
	one := image{hash: o.Hash}
	if !bytes.Equal(head, make([]byte, len(head))) {
		one.preamble = head
	}
	m.kept[name] = one
	return one.preamble != nil
}

// drop takes a file out that could not be copied.
func (m *medium) drop(name string) {
	delete(m.kept, name)
	m.files = slices.DeleteFunc(m.files, func(f dicom.Listed) bool { return path.Join(images, path.Join(f.FileID...)) == name })
}

// checkImages reads every DICOM file again: behind the preamble it is the file
// that was received, pixels and all, and the list leads to each.
func (p *packer) checkImages(ctx context.Context) []Check {
	if len(p.medium.kept) == 0 {
		return nil
	}
	same := Check{What: fmt.Sprintf("%d images read again, every byte behind the preamble is as received", len(p.medium.kept)), OK: true}
	for name, one := range p.medium.kept {
		if err := p.sameImage(ctx, name, one); err != nil {
			same.OK, same.Note = false, err.Error()
		}
	}
	checks := []Check{same}
	if len(p.medium.files) > 0 {
		listed := Check{What: fmt.Sprintf("DICOMDIR leads to all %d of them", len(p.medium.files)), OK: true}
		if err := p.checkList(ctx); err != nil {
			listed.OK, listed.Note = false, err.Error()
		}
		checks = append(checks, listed)
	}
	return checks
}

func (p *packer) sameImage(ctx context.Context, name string, want image) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := p.at.Open(name)
	if err != nil {
		return cause(err)
	}
	defer f.Close()
	head := make([]byte, dicom.PreambleSize)
	if _, err := io.ReadFull(f, head); err != nil {
		return cause(err)
	}
	if !bytes.Equal(head, make([]byte, len(head))) {
		return errors.New("a preamble is not empty")
	}
	if want.preamble != nil {
		head = want.preamble
	}
	sum := sha256.New()
	sum.Write(head)
	if _, err := io.Copy(sum, f); err != nil {
		return cause(err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != string(want.hash) {
		return errors.New("an image differs from what was received")
	}
	return nil
}

// checkList reads the DICOMDIR with the reader that takes in discs.
func (p *packer) checkList(ctx context.Context) error {
	names, err := p.at.Names()
	if err != nil {
		return cause(err)
	}
	x, err := dicom.Format.Index(ctx, exchange.Tree{Name: images, FS: p.at, Names: names})
	switch {
	case err != nil:
		return err
	case x == nil || len(x.Issues) > 0:
		return errors.New("it does not")
	}
	for _, f := range p.medium.files {
		if _, there := x.Members[path.Join(images, path.Join(f.FileID...))]; !there {
			return errors.New("it does not lead to one")
		}
	}
	return nil
}
