package wrap

import (
	"archive/zip"
	"context"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange/handover"
)

// Job is a package that is to be wrapped.
type Job struct {
	Files []handover.File // in the order in which they are wrapped
	From  fs.FS
	Made  time.Time
}

// packed are the endings of files that are compressed already.
var packed = map[string]bool{
	".zip": true, ".jpg": true, ".jpeg": true, ".png": true, ".gif": true, ".pdf": true, ".gz": true, ".docx": true, ".xlsx": true, ".pptx": true, ".odt": true, ".mp4": true,
}

// archive writes the files as a plain zip archive.
func (j Job) archive(ctx context.Context, w io.Writer) error {
	z := zip.NewWriter(w)
	for _, f := range j.Files {
		h := &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: j.Made}
		h.SetMode(0o600)
		if packed[strings.ToLower(path.Ext(f.Name))] {
			h.Method = zip.Store
		}
		to, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if err := j.copy(ctx, to, f.Name); err != nil {
			return err
		}
	}
	return z.Close()
}

// copy writes one file.
func (j Job) copy(ctx context.Context, to io.Writer, name string) error {
	f, err := j.From.Open(name)
	if err != nil {
		return cause(err)
	}
	defer f.Close()
	_, err = io.Copy(to, contextReader{ctx, f})
	return cause(err)
}

// archiveSize is more than the archive can have: deflate adds 5 bytes to 16 KiB
// that cannot be compressed, headers what names need.
func (j Job) archiveSize() uint64 {
	size := uint64(1 << 10)
	for _, f := range j.Files {
		size += uint64(f.Size) + uint64(f.Size)>>10 + 4*uint64(len(f.Name)) + 512
	}
	return size
}

// contextReader ends when its context does.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
