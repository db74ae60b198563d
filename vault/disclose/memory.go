package disclose

import (
	"bytes"
	"context"
	"io/fs"
	"iter"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// single is a file system of one file.
type single struct {
	name    string
	content []byte
}

// Open implements [fs.FS].
func (s single) Open(name string) (fs.File, error) {
	if name != s.name {
		return nil, fs.ErrNotExist
	}
	return &singleFile{bytes.NewReader(s.content), s.name}, nil
}

// singleFile is its file, open.
type singleFile struct {
	*bytes.Reader
	name string
}

func (f *singleFile) Close() error               { return nil }
func (f *singleFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *singleFile) Name() string               { return f.name }
func (f *singleFile) Mode() fs.FileMode          { return 0o400 }
func (f *singleFile) ModTime() time.Time         { return time.Time{} }
func (f *singleFile) IsDir() bool                { return false }
func (f *singleFile) Sys() any                   { return nil }

// emptyVault takes what an import reads, and forgets it with the search.
type emptyVault struct {
	read  []record.Record
	files []record.Incoming
}

var _ exchange.Store = (*emptyVault)(nil)

func (*emptyVault) People(context.Context) ([]record.Record, error) { return nil, nil }

func (*emptyVault) Match(context.Context, ...record.Key) ([]record.Record, error) { return nil, nil }

func (*emptyVault) HasOriginal(context.Context, record.Hash) (bool, error) { return false, nil }

func (*emptyVault) Query(context.Context, record.Filter) iter.Seq2[record.Record, error] {
	return func(func(record.Record, error) bool) {}
}

func (e *emptyVault) Commit(_ context.Context, c record.Change) error {
	e.read, e.files = append(e.read, c.Put...), append(e.files, c.Originals...)
	return nil
}
