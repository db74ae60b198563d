package backup

import (
	"archive/tar"
	"context"
	"errors"
	"io"
	"strings"
)

// ReadArchive reads an archive to its very end and compares every file with the
// manifest. Each file of the vault is given to take, by its name there, which
// must read all of it; nil takes nothing. Whatever else it may hold, nothing
// comes to take that has another name than a vault's files have, or comes twice.
// Errors: a [DamageError] for what is not as it was written; [ErrNewer]; those
// of take. What take was given counts only once ReadArchive has returned nil.
func ReadArchive(ctx context.Context, src io.Reader, step func(int64), take func(name string, size int64, r io.Reader) error) (Manifest, error) {
	a := &archiveReader{ctx: ctx, src: &source{r: src}, step: step, take: take, seen: map[string]bool{}}
	a.tar = tar.NewReader(a.src)
	m, err := a.run()
	if ctx.Err() != nil {
		return m, ctx.Err()
	}
	return m, err
}

type archiveReader struct {
	ctx   context.Context // of the one call of ReadArchive
	src   *source
	tar   *tar.Reader
	step  func(int64)
	take  func(name string, size int64, r io.Reader) error
	seen  map[string]bool
	files []File
}

func (a *archiveReader) run() (Manifest, error) {
	for {
		h, err := a.tar.Next()
		if err != nil {
			return Manifest{}, &DamageError{ManifestName} // the end came before it
		}
		if !plainFile(h) || a.seen[h.Name] || len(a.files) > filesLimit {
			return Manifest{}, &DamageError{"a file that no backup has"}
		}
		a.seen[h.Name] = true
		if h.Name == ManifestName {
			return a.manifest(h.Size)
		}
		if !validArchiveName(h.Name) {
			return Manifest{}, &DamageError{"a file that no backup has"}
		}
		if err := a.file(h.Name, h.Size); err != nil {
			return Manifest{}, err
		}
	}
}

// plainFile says whether an entry is a file as we write them: nothing but a name
// and a size; no link, no device, no file with holes.
func plainFile(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if key != "size" { // from 8 GiB on
			return false
		}
	}
	return h.Typeflag == tar.TypeReg && h.Size >= 0
}

// file reads one file and passes those of the vault on.
func (a *archiveReader) file(name string, size int64) error {
	w := newWatched(a.ctx, a.step)
	r := &hashedReader{r: a.tar, w: w}
	var err error
	if inVault, ok := strings.CutPrefix(name, VaultDir); ok && a.take != nil {
		err = a.take(inVault, size, r)
	}
	if err == nil {
		_, err = io.CopyBuffer(io.Discard, onlyReader{r}, make([]byte, min(stride, size+1)))
	}
	switch {
	case a.src.err != nil, errors.Is(err, io.ErrUnexpectedEOF):
		return &DamageError{name}
	case err != nil:
		return err
	case r.n != size:
		return &DamageError{name}
	}
	a.files = append(a.files, File{name, size, w.h.Sum(nil)})
	return nil
}

// manifest reads the last file and compares what came before with it.
func (a *archiveReader) manifest(size int64) (Manifest, error) {
	if size > manifestLimit {
		return Manifest{}, &DamageError{ManifestName}
	}
	b, err := io.ReadAll(io.LimitReader(a.tar, manifestLimit))
	if err != nil || int64(len(b)) != size {
		return Manifest{}, &DamageError{ManifestName}
	}
	m, err := parseManifest(b)
	if errors.Is(err, ErrNewer) {
		return m, err
	}
	if err != nil || len(m.Files) != len(a.files) {
		return m, &DamageError{ManifestName}
	}
	for i, f := range m.Files {
		if !f.same(a.files[i]) {
			return m, &DamageError{f.Name}
		}
	}
	return m, a.end()
}

// end reads what is behind the manifest: nothing but zeros, up to where the
// sealed stream ends as it was written.
func (a *archiveReader) end() error {
	if _, err := a.tar.Next(); err != io.EOF {
		return &DamageError{"a file that no backup has"}
	}
	n, err := io.Copy(io.Discard, io.LimitReader(a.src, stride))
	if err != nil || n == stride {
		return &DamageError{"its end"}
	}
	return nil
}

// hashedReader hashes what goes through.
type hashedReader struct {
	r io.Reader
	w *watched
	n int64
}

func (r *hashedReader) Read(b []byte) (int, error) {
	n, err := r.r.Read(b)
	r.n += int64(n)
	if _, stop := r.w.Write(b[:n]); stop != nil {
		return n, stop
	}
	return n, err
}

// onlyReader hides WriteTo.
type onlyReader struct{ io.Reader }
