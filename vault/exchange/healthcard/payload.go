package healthcard

import (
	"bytes"
	"io/fs"
	"time"
)

// payloadName is what the content of a card is called as a file.
const payloadName = "bundle.json"

// payload is the content of a card as a file system of one file.
type payload []byte

// Open implements fs.FS.
func (p payload) Open(name string) (fs.File, error) {
	if name != payloadName {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return payloadFile{bytes.NewReader(p), int64(len(p))}, nil
}

type payloadFile struct {
	*bytes.Reader
	size int64
}

func (f payloadFile) Stat() (fs.FileInfo, error) { return payloadInfo(f.size), nil }
func (f payloadFile) Close() error               { return nil }

type payloadInfo int64

func (i payloadInfo) Name() string     { return payloadName }
func (i payloadInfo) Size() int64      { return int64(i) }
func (payloadInfo) Mode() fs.FileMode  { return 0o400 }
func (payloadInfo) ModTime() time.Time { return time.Time{} }
func (payloadInfo) IsDir() bool        { return false }
func (payloadInfo) Sys() any           { return nil }
