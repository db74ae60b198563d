package archive

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"

	"github.com/carnet-phr/carnet/vault/record"
)

// Limits on what is read from outside.
const (
	filesLimit    = 1_000_000 // files of one archive
	manifestLimit = 128 << 20 // bytes
	headSize      = 64 << 10  // bytes of ARCHIVE.json
)

// The reasons why an archive is refused.
var (
	ErrNotArchive = errors.New("not an archive of Carnet")
	ErrNewer      = errors.New("this archive was made by a later version of Carnet; bring Carnet up to date")
	ErrDamaged    = errors.New("this archive is damaged or was cut: what it lists is not what it holds; use another copy")
)

// Archive is an archive that was read once and holds what its manifest lists. It
// is safe for concurrent use as far as its ReaderAt is.
type Archive struct {
	Made     string    // RFC 3339
	Person   record.ID // "" for everybody
	Contents Contents

	at    io.ReaderAt
	files map[string]span
	names []string // in the order of the archive
}

type span struct{ offset, size int64 }

var (
	linesName    = regexp.MustCompile(`^(records|imports|originals)-[0-9]{4,6}\.ndjson$`)
	originalName = regexp.MustCompile(`^originals/[0-9a-f]{64}(\.[a-z0-9]{1,8})?$`)
	sumLine      = regexp.MustCompile(`^([0-9a-f]{64})  ([ -~]+)$`)
)

// Is says whether a file begins as an archive does; 512 bytes are enough.
func Is(head []byte) bool {
	return len(head) >= 512 && bytes.HasPrefix(head, []byte(headName+"\x00")) && string(head[257:262]) == "ustar"
}

// Open reads an archive of size bytes and holds every file against its manifest.
func Open(ctx context.Context, r io.ReaderAt, size int64) (*Archive, error) {
	start := make([]byte, min(size, 512))
	if n, err := r.ReadAt(start, 0); n < len(start) || !Is(start) {
		if n == len(start) || errors.Is(err, io.EOF) {
			return nil, ErrNotArchive
		}
		return nil, err
	}
	a := &Archive{at: r, files: map[string]span{}}
	sums, err := a.scan(ctx, size)
	if err != nil {
		return nil, err
	}
	if err := a.head(); err != nil {
		return nil, err
	}
	return a, a.manifest(sums)
}

// scan goes through the tar: plain files of known names, each once, the manifest
// last.
func (a *Archive) scan(ctx context.Context, size int64) (sums map[string]string, err error) {
	in := io.NewSectionReader(a.at, 0, size)
	t := tar.NewReader(in)
	sums = map[string]string{}
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return sums, nil
		}
		if err != nil || !plain(h) || len(sums) == filesLimit {
			return nil, ErrDamaged
		}
		if _, twice := sums[h.Name]; twice || sums[manifestName] != "" {
			return nil, ErrDamaged
		}
		at, err := in.Seek(0, io.SeekCurrent)
		if err != nil || h.Size > size-at {
			return nil, ErrDamaged
		}
		sum := sha256.New()
		if n, err := io.Copy(sum, t); err != nil || n != h.Size {
			return nil, ErrDamaged
		}
		sums[h.Name] = hex.EncodeToString(sum.Sum(nil))
		a.files[h.Name] = span{at, h.Size}
		a.names = append(a.names, h.Name)
	}
}

// plain says whether an entry is one that Write makes.
func plain(h *tar.Header) bool {
	for k := range h.PAXRecords {
		if k != "size" {
			return false
		}
	}
	switch {
	case h.Typeflag != tar.TypeReg || h.Size < 0:
		return false
	case h.Name == headName || h.Name == readmeName || h.Name == manifestName:
		return true
	}
	return linesName.MatchString(h.Name) || originalName.MatchString(h.Name)
}

func (a *Archive) open(name string) *io.SectionReader {
	f := a.files[name]
	return io.NewSectionReader(a.at, f.offset, f.size)
}

func (a *Archive) all(name string, limit int64) ([]byte, error) {
	f, ok := a.files[name]
	if !ok || f.size > limit {
		return nil, ErrDamaged
	}
	b, err := io.ReadAll(a.open(name))
	if err != nil {
		return nil, ErrDamaged
	}
	return b, nil
}

// head reads what the archive is.
func (a *Archive) head() error {
	b, err := a.all(headName, headSize)
	if err != nil {
		return err
	}
	var h head
	if jsonv2.Unmarshal(b, &h) != nil {
		return ErrDamaged
	}
	a.Made, a.Person = h.Made, h.Person
	return format(h.Format)
}

func format(name string) error {
	version, ours := strings.CutPrefix(name, "carnet-archive ")
	n, err := strconv.Atoi(version)
	switch {
	case !ours || err != nil || n < 1:
		return ErrNotArchive
	case n > 1:
		return ErrNewer
	}
	return nil
}

// manifest holds the files against their sums.
func (a *Archive) manifest(sums map[string]string) error {
	b, err := a.all(manifestName, manifestLimit)
	if err != nil {
		return err
	}
	listed := 0
	for n, l := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		if about, ok := strings.CutPrefix(l, "# "); ok {
			if err := a.about(n, about); err != nil {
				return err
			}
			continue
		}
		m := sumLine.FindStringSubmatch(l)
		if m == nil || m[2] == manifestName || sums[m[2]] != m[1] {
			return ErrDamaged
		}
		listed++
	}
	if listed != len(sums)-1 {
		return ErrDamaged
	}
	return nil
}

// about reads a line of the manifest on the archive as a whole.
func (a *Archive) about(n int, line string) error {
	if n == 0 {
		return format(line)
	}
	what, value, _ := strings.Cut(line, " ")
	count := map[string]*int{"records": &a.Contents.Records, "imports": &a.Contents.Imports, "originals": &a.Contents.Originals}[what]
	switch {
	case count != nil:
		c, err := strconv.Atoi(value)
		if err != nil || c < 0 {
			return ErrDamaged
		}
		*count = c
	case what == "lacking":
		a.Contents.Lacking = append(a.Contents.Lacking, record.Hash(value))
	}
	return nil
}
