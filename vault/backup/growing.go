package backup

import (
	"io"
	"os"
	"sync"
)

// flushEvery is how many bytes are written before they are flushed and read
// back, while writing goes on.
const flushEvery = 32 << 20

// growing is a file that is read back while it is written: each byte once it has
// been flushed. One goroutine writes, another one reads.
type growing struct {
	f *os.File

	mu       sync.Mutex
	more     sync.Cond
	written  int64
	finished bool // nothing more will be written

	at, flushed int64 // the reader's
}

func newGrowing(f *os.File) *growing {
	g := &growing{f: f}
	g.more.L = &g.mu
	return g
}

// Write implements io.Writer.
func (g *growing) Write(b []byte) (int, error) {
	n, err := g.f.Write(b)
	g.mu.Lock()
	g.written += int64(n)
	g.mu.Unlock()
	g.more.Signal()
	return n, err
}

// finish says that nothing more will be written.
func (g *growing) finish() {
	g.mu.Lock()
	g.finished = true
	g.mu.Unlock()
	g.more.Signal()
}

// Read implements io.Reader.
func (g *growing) Read(b []byte) (int, error) {
	if g.at == g.flushed {
		if err := g.flush(); err != nil {
			return 0, err
		}
		if g.at == g.flushed {
			return 0, io.EOF
		}
	}
	n, err := g.f.ReadAt(b[:min(int64(len(b)), g.flushed-g.at)], g.at)
	g.at += int64(n)
	if err == io.EOF && n > 0 {
		err = nil
	}
	return n, err
}

// flush waits until there is enough to flush, or the end, and flushes it.
func (g *growing) flush() error {
	g.mu.Lock()
	for !g.finished && g.written-g.flushed < flushEvery {
		g.more.Wait()
	}
	written := g.written
	g.mu.Unlock()
	if written == g.flushed {
		return nil
	}
	if err := g.f.Sync(); err != nil {
		return err
	}
	forget(g.f)
	g.flushed = written
	return nil
}
