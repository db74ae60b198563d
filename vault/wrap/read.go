package wrap

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"

	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/seal/aezip"
)

// ErrDiffers is returned by [Verify] for a file that does not hold what was to
// be wrapped.
var ErrDiffers = errors.New("what was wrapped is not what comes out again")

// Verify opens a wrapped package as its receiver does and compares name, size
// and SHA-256 of every file. For recipients' keys, which only they have, it says
// nothing: seen is then 0.
func Verify(ctx context.Context, r io.ReaderAt, size int64, p Protection, want []handover.File) (seen int, err error) {
	var got []handover.File
	switch p.Kind {
	case Zip:
		got, err = readZip(ctx, r, size, p.Passphrase)
	case Age:
		if len(p.Recipients) > 0 {
			return 0, nil
		}
		got, err = readAge(ctx, r, size, p.Passphrase)
	case Page:
		got, err = readPage(r, size, p.Passphrase)
	default:
		return 0, errUnknown
	}
	if err != nil {
		return 0, err
	}
	sums := map[string]handover.File{}
	for _, f := range got {
		sums[f.Name] = f
	}
	for _, f := range want {
		if g, ok := sums[f.Name]; !ok || g.Size != f.Size || g.SHA256 != f.SHA256 {
			return 0, ErrDiffers
		}
	}
	if len(got) != len(want) || len(sums) != len(got) {
		return 0, ErrDiffers
	}
	return len(got), nil
}

func readZip(ctx context.Context, r io.ReaderAt, size int64, passphrase []byte) ([]handover.File, error) {
	members, err := aezip.Open(r, size)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if m.Name == innerName && m.Sealed {
			plain, err := m.Open(passphrase)
			if err != nil {
				return nil, err
			}
			return readArchive(ctx, plain)
		}
	}
	return nil, ErrDiffers
}

func readAge(ctx context.Context, r io.ReaderAt, size int64, passphrase []byte) ([]handover.File, error) {
	plain, err := seal.DecryptWith(r, size, passphrase)
	if err != nil {
		return nil, err
	}
	return readArchive(ctx, plain)
}

// sumOf is the size and SHA-256 of what a reader gives.
func sumOf(name string, r io.Reader) (handover.File, error) {
	sum := sha256.New()
	n, err := io.Copy(sum, r)
	return handover.File{Name: name, Size: n, SHA256: record.Hash(hex.EncodeToString(sum.Sum(nil)))}, err
}

// readPage reads what writePage wrote.
func readPage(r io.ReaderAt, size int64, passphrase []byte) ([]handover.File, error) {
	content, err := unlockPage(r, size, passphrase)
	if err != nil {
		return nil, err
	}
	return readContent(content)
}

// unlockPage gives what is sealed in a page.
func unlockPage(r io.ReaderAt, size int64, passphrase []byte) (*bytes.Buffer, error) {
	page := make([]byte, size)
	if _, err := r.ReadAt(page, 0); err != nil && err != io.EOF {
		return nil, err
	}
	var l pageLock
	words, err := between(&page, `id="lock">`, "</script>")
	if err != nil || json.Unmarshal(words, &l) != nil || len(l.Salt) != seal.PageSalt {
		return nil, ErrDiffers
	}
	lock, err := seal.OpenPageLock(passphrase, [seal.PageSalt]byte(l.Salt), l.Rounds, l.Chunks)
	if err != nil {
		return nil, err
	}
	content := new(bytes.Buffer)
	for i := range l.Chunks {
		text, err := between(&page, chunkStart, chunkEnd)
		if err != nil {
			return nil, err
		}
		sealed, err := base64.StdEncoding.AppendDecode(nil, text)
		if err != nil {
			return nil, ErrDiffers
		}
		plain, err := lock.Open(i, sealed)
		if err != nil {
			return nil, err
		}
		content.Write(plain)
	}
	return content, nil
}

// between gives the text up to an end, behind a start, and moves on behind it.
func between(b *[]byte, start, end string) ([]byte, error) {
	_, rest, ok := bytes.Cut(*b, []byte(start))
	text, rest, closed := bytes.Cut(rest, []byte(end))
	if !ok || !closed {
		return nil, ErrDiffers
	}
	*b = rest
	return text, nil
}

// readContent reads the list and the files behind it.
func readContent(packed io.Reader) ([]handover.File, error) {
	var files []handover.File
	err := eachOf(packed, func(l pageFile, r io.Reader) error {
		f, err := sumOf(l.Name, r)
		files = append(files, f)
		return err
	})
	return files, err
}

// eachOf calls take for every file behind the list, which reads exactly that.
func eachOf(packed io.Reader, take func(f pageFile, r io.Reader) error) error {
	z, err := gzip.NewReader(packed)
	if err != nil {
		return ErrDiffers
	}
	var head [4]byte
	if _, err := io.ReadFull(z, head[:]); err != nil {
		return ErrDiffers
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > listLimit {
		return ErrDiffers
	}
	words := make([]byte, n)
	var list []pageFile
	if _, err := io.ReadFull(z, words); err != nil || json.Unmarshal(words, &list) != nil {
		return ErrDiffers
	}
	left := int64(pageLimit)
	for _, l := range list {
		if left -= l.Size; l.Size < 0 || left < 0 {
			return ErrDiffers
		}
		r := &io.LimitedReader{R: z, N: l.Size}
		if err := take(l, r); err != nil || r.N != 0 {
			return ErrDiffers
		}
	}
	if n, err := io.Copy(io.Discard, z); n != 0 || err != nil {
		return ErrDiffers
	}
	return nil
}

var errZip = errors.New("the archive inside does not read")

// readArchive reads the plain archive inside.
func readArchive(ctx context.Context, r *io.SectionReader) ([]handover.File, error) {
	z, err := zip.NewReader(r, r.Size())
	if err != nil {
		return nil, errZip
	}
	var files []handover.File
	for _, m := range z.File {
		c, err := m.Open()
		if err != nil {
			return nil, errZip
		}
		f, err := sumOf(m.Name, contextReader{ctx, c})
		c.Close()
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}
