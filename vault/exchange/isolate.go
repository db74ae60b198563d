package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/carnet-phr/carnet/vault/record"
)

// taskLimit is how much a task may give back for one file, in bytes.
const taskLimit = 64 << 20

// Task is the part of a format that reads hostile bytes with a parser that may
// fault, hang or use up the memory: it runs in a child process that sees one
// file's bytes and nothing else. The caller validates what it writes.
type Task struct {
	Name string

	// Ready is called once in each process before the first Run: what takes
	// long and is no file's fault. nil for nothing.
	Ready func() error

	Run func(in io.Reader, out io.Writer) error // errors are in words for people, without clinical text
}

// Children run tasks in other processes. One file's fault is an error for that
// file alone.
type Children interface {
	Run(ctx context.Context, task string, in io.Reader, limit int) ([]byte, error)
}

// Isolated runs a task over the file and gives what it wrote: in a child process
// where the import has [Options.Children], else in this one.
func (s Source) Isolated(ctx context.Context, t Task) ([]byte, error) {
	f, err := s.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Isolate(ctx, s.children, t, f, taskLimit)
}

// Isolate runs a task over what in gives: in a child process, or in this one where
// children is nil. limit is how much it may give back, in bytes.
func Isolate(ctx context.Context, children Children, t Task, in io.Reader, limit int) ([]byte, error) {
	in = contextReader{ctx, in}
	if children != nil {
		return children.Run(ctx, t.Name, in, limit)
	}
	if t.Ready != nil {
		if err := t.Ready(); err != nil {
			return nil, err
		}
	}
	out := bounded{limit: limit}
	if err := t.Run(in, &out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// bounded keeps what a task writes.
type bounded struct {
	bytes.Buffer
	limit int
}

var errTaskLimit = errors.New("there is more in the file than can be taken over")

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.limit {
		return 0, fmt.Errorf("%w (%s)", errTaskLimit, record.Bytes(int64(b.limit)))
	}
	return b.Buffer.Write(p)
}
