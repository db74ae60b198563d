package vault

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/carnet-phr/carnet/vault/record"
)

// fileAlphabet names sealed files: 26 letters and digits, 128 random bits.
var fileAlphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// fileName draws the name of a sealed file below originals/.
func fileName() string {
	var b [16]byte
	rand.Read(b[:])
	s := fileAlphabet.EncodeToString(b[:])
	return s[:2] + "/" + s
}

func validFileName(s string) bool {
	dir, name, ok := strings.Cut(s, "/")
	if !ok || len(name) != 26 || dir != name[:2] {
		return false
	}
	_, err := fileAlphabet.DecodeString(name)
	return err == nil
}

func (v *Vault) originalPath(file string) string {
	return filepath.Join(v.dir, originalDir, filepath.FromSlash(file))
}

// sealer seals the originals of one commit, and can take them all back. They
// get their names behind the frame that names them: so a file with a name is
// never one that no commit wanted, and nothing ever has to guess.
type sealer struct {
	v     *Vault
	files []string // written
	dirs  []string // made
	begun bool     // sealingName stands
	touch map[string]bool
}

// sealingName stands in originals/ while originals are being sealed: where a
// process left it, the next Open sweeps up what else that left.
const sealingName = "sealing" + partSuffix

func (s *sealer) begin() error {
	if s.begun {
		return nil
	}
	dir := filepath.Join(s.v.dir, originalDir)
	f, err := os.OpenFile(filepath.Join(dir, sealingName), os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	s.begun, s.touch[dir] = true, true
	return f.Close()
}

func (s *sealer) end() {
	if s.begun {
		os.Remove(filepath.Join(s.v.dir, originalDir, sealingName))
	}
}

// seal writes one original as .part and flushes it. The folder is flushed by
// settle.
func (s *sealer) seal(ctx context.Context, in record.Incoming) (sealedOriginal, error) {
	o := sealedOriginal{Original: in.Original, File: fileName()}
	if err := s.begin(); err != nil {
		return o, sealProblem(err)
	}
	path := s.v.originalPath(o.File)
	dir := filepath.Dir(path)
	if err := os.Mkdir(dir, 0o700); err == nil {
		s.dirs = append(s.dirs, dir)
		s.touch[filepath.Dir(dir)] = true
	} else if !errors.Is(err, fs.ErrExist) {
		return o, sealProblem(err)
	}
	s.touch[dir] = true
	s.files = append(s.files, path)
	return o, s.write(ctx, &o, in, path+partSuffix)
}

func (s *sealer) write(ctx context.Context, o *sealedOriginal, in record.Incoming, part string) error {
	src, err := in.Open()
	if err != nil {
		return unreadable(in.Hash, err)
	}
	defer src.Close()
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return sealProblem(err)
	}
	counted := &countedReader{ctx: ctx, r: src, h: sha256.New()}
	head, err := s.v.keys.originals.Encrypt(f, counted)
	if err == nil {
		err = f.Sync()
	}
	info, statErr := f.Stat()
	if err = errors.Join(err, statErr, f.Close()); err != nil {
		if counted.err != nil {
			return unreadable(in.Hash, counted.err)
		}
		return sealProblem(err)
	}
	o.Size, o.Head = info.Size(), head[:]
	if counted.n != in.Size || hex.EncodeToString(counted.h.Sum(nil)) != string(in.Hash) {
		return fmt.Errorf("original %s is not the file that was announced: it changed while it was read; nothing was filed", short(in.Hash))
	}
	return nil
}

// unreadable says that a file to be sealed could not be read. The cause keeps
// its identity, but not its words: they may hold the file's name.
func unreadable(h record.Hash, cause error) error {
	why := "the file cannot be read"
	var errno syscall.Errno
	switch {
	case errors.Is(cause, context.Canceled), errors.Is(cause, context.DeadlineExceeded):
		return cause
	case errors.As(cause, &errno):
		why = errno.Error()
	}
	return &quiet{fmt.Sprintf("read original %s: %s", short(h), why), cause}
}

// quiet is an error that says other words than its cause.
type quiet struct {
	text  string
	cause error
}

func (q *quiet) Error() string { return q.text }
func (q *quiet) Unwrap() error { return q.cause }

// settle makes the names durable.
func (s *sealer) settle() error {
	for dir := range s.touch {
		if err := syncDir(dir); err != nil {
			return sealProblem(err)
		}
	}
	return nil
}

// place gives the files their names, once their frame is durable. What a crash
// leaves undone of it, sweep does; the folders are flushed by Close at the
// latest.
func (s *sealer) place() error {
	for dir := range s.touch {
		s.v.renamed[dir] = true
	}
	for _, path := range s.files {
		if err := os.Rename(path+partSuffix, path); err != nil {
			return sealProblem(err)
		}
	}
	s.end()
	return nil
}

// undo removes everything that was written.
func (s *sealer) undo() {
	for _, path := range s.files {
		os.Remove(path + partSuffix)
	}
	for _, dir := range s.dirs {
		os.Remove(dir) // fails, as it should, where it is not empty
	}
	s.end()
}

func sealProblem(err error) error {
	if isFull(err) {
		return ErrNoRoom
	}
	return fmt.Errorf("seal an original: %w", plainCause(err))
}

// short is enough of a hash to find a file by.
func short(h record.Hash) string { return string(h[:min(12, len(h))]) }

// countedReader hashes and counts what goes through, and stops when ctx does.
type countedReader struct {
	ctx context.Context // of the one commit that reads
	r   io.Reader
	h   hash.Hash
	n   int64
	err error // why reading failed
}

func (c *countedReader) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		c.err = err
		return 0, err
	}
	n, err := c.r.Read(b)
	c.h.Write(b[:n])
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}
