package worker

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// mark is the argument that makes a program a child. Its version goes with the
// frames: parent and child are the same file.
const mark = "--carnet-reads-one-file-v1"

// Limits of the child.
const (
	memoryLimit = larger * 1 << 30          // bytes, over what the program holds when it starts
	softMemory  = larger * 512 << 20        // bytes from which on the garbage collector works harder
	cpuLimit    = slower * 20 * time.Second // for each file
	watchEvery  = 50 * time.Millisecond
)

// Main is called first thing in main. It returns at once, unless this process
// was started as a child: then it runs tasks until its parent closes the pipe,
// and ends the process.
func Main(tasks []exchange.Task) {
	if len(os.Args) != 2 || os.Args[1] != mark {
		return
	}
	if err := confine(); err != nil {
		os.Exit(3)
	}
	debug.SetMemoryLimit(softMemory)
	go watch()
	c := &child{in: bufio.NewReaderSize(os.Stdin, chunkSize), out: os.Stdout, tasks: map[string]exchange.Task{}, ready: map[string]bool{}}
	for _, t := range tasks {
		c.tasks[t.Name] = t
	}
	for c.one() == nil {
	}
	os.Exit(0)
}

// watch ends the process when Go holds too much memory.
func watch() {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	for {
		metrics.Read(sample)
		if sample[0].Value.Uint64() > memoryLimit {
			os.Exit(4)
		}
		time.Sleep(watchEvery)
	}
}

// child is the child's side of the pipes.
type child struct {
	in    *bufio.Reader
	out   io.Writer
	tasks map[string]exchange.Task
	ready map[string]bool // whose Ready was called
}

// one runs one task over one file. An error means that the parent is gone.
func (c *child) one() error {
	name, err := readName(c.in)
	if err != nil {
		return err
	}
	t, known := c.tasks[name]
	if err := c.prepare(t); err != nil {
		return err
	}
	file := &fileReader{r: c.in}
	if !known {
		err = fmt.Errorf("no task %q", name)
	} else {
		out := bufio.NewWriterSize(frames{c.out}, chunkSize)
		err = safely(t, file, out)
		if err == nil {
			err = out.Flush()
		}
	}
	switch {
	case errors.Is(err, exchange.ErrNotThisFormat):
		err = writeFrame(c.out, frameNo, nil)
	case err != nil:
		err = writeFrame(c.out, frameError, []byte(err.Error()))
	default:
		err = writeFrame(c.out, frameDone, nil)
	}
	return errors.Join(err, file.drain())
}

// prepare makes a task ready and says so: the time for the file begins then.
func (c *child) prepare(t exchange.Task) error {
	if t.Ready != nil && !c.ready[t.Name] {
		if err := t.Ready(); err != nil {
			return err
		}
		c.ready[t.Name] = true
		debug.FreeOSMemory()
	}
	if err := allowCPU(); err != nil {
		return err
	}
	return writeFrame(c.out, frameReady, nil)
}

// safely turns a panic into an error without its words, which may be the file's.
func safely(t exchange.Task, in io.Reader, out io.Writer) (err error) {
	defer func() {
		if recover() != nil {
			err = errFault
		}
	}()
	return t.Run(in, out)
}

var errFault = errors.New("this file could not be read because of a fault in Carnet; please keep the file and report it")

// fileReader gives the bytes of one file out of the parent's chunks.
type fileReader struct {
	r    *bufio.Reader
	left int
	done bool
}

// Read implements io.Reader.
func (f *fileReader) Read(p []byte) (int, error) {
	if f.left == 0 && !f.done {
		n, err := readSize(f.r)
		if err != nil {
			return 0, err
		}
		f.left, f.done = n, n == 0
	}
	if f.done {
		return 0, io.EOF
	}
	n, err := f.r.Read(p[:min(len(p), f.left)])
	f.left -= n
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// drain reads the rest, so that the next file begins where it should.
func (f *fileReader) drain() error {
	_, err := io.Copy(io.Discard, f)
	return err
}
