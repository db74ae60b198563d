package worker

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
)

const (
	readyTime = time.Minute      // for a task to get ready, once in each child
	fileTime  = 10 * time.Second // for one file, from its first byte to the result's last
	filesFor  = 1000             // files that one child reads
)

var (
	errTime  = fmt.Errorf("reading this file took longer than %d seconds; it is damaged, or made to keep a program busy", int(fileTime.Seconds()))
	errDied  = errors.New("reading this file ended the process that read it: it is damaged, or made to use up the memory")
	errSize  = errors.New("there is more in this file than can be taken over")
	errStart = errors.New("the process that reads such files could not be started; start Carnet again")
)

// Children runs tasks in child processes, one file after the other. It is safe
// for concurrent use.
type Children struct {
	program  string
	args     []string
	patience time.Duration // for one file

	mu    sync.Mutex
	now   *process // nil: none is running
	files int      // that it has read
}

var _ exchange.Children = (*Children)(nil)

// Self runs tasks in this program, started again; its main must call [Main].
func Self() (*Children, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, errStart
	}
	return &Children{program: program, args: []string{mark}, patience: fileTime}, nil
}

// Close ends the child, if one is running. Another Run starts one again.
func (c *Children) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.end()
	return nil
}

func (c *Children) end() {
	if c.now != nil {
		c.now.kill()
		c.now = nil
	}
}

// Run implements [exchange.Children].
func (c *Children) Run(ctx context.Context, task string, in io.Reader, limit int) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if c.now == nil {
		p, err := start(c.program, c.args)
		if err != nil {
			return nil, errStart
		}
		c.now, c.files = p, 0
	}
	b, fit, err := c.now.run(ctx, c.patience, task, in, limit)
	if c.files++; !fit || c.files >= filesFor {
		c.end()
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return b, err
}

// process is one child.
type process struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *bufio.Reader
	after func() // frees what confines it
}

func start(program string, args []string) (*process, error) {
	cmd := exec.Command(program, args...)
	cmd.Env, cmd.Dir = environment(), workingDir()
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, in: in, out: bufio.NewReaderSize(out, chunkSize), after: func() {}}
	if p.after, err = confineChild(cmd.Process); err != nil {
		p.kill()
		return nil, err
	}
	return p, nil
}

func (p *process) kill() {
	p.cmd.Process.Kill()
	p.in.Close()
	p.cmd.Wait()
	if p.after != nil {
		p.after()
	}
}

// run has the child read one file. fit says whether it can read another one.
func (p *process) run(ctx context.Context, patience time.Duration, task string, in io.Reader, limit int) (b []byte, fit bool, err error) {
	var late atomic.Bool
	stop := time.AfterFunc(readyTime, func() { late.Store(true); p.cmd.Process.Kill() })
	defer stop.Stop()
	cancelled := context.AfterFunc(ctx, func() { p.cmd.Process.Kill() })
	defer cancelled()
	sent := make(chan error, 1)
	var enough atomic.Bool
	go func() { sent <- p.send(task, in, &enough) }()
	b, fit, err = p.answer(limit, func() { stop.Reset(patience) })
	enough.Store(true)
	if !fit {
		p.cmd.Process.Kill() // so that send ends
	}
	if e := <-sent; e != nil {
		fit = false
		if errors.Is(err, errDied) || err == nil {
			err = e
		}
	}
	switch {
	case late.Load():
		return nil, false, errTime
	case err != nil:
		return nil, fit, err
	}
	return b, fit, nil
}

// send writes the file until the child has enough of it. Its error is one of
// reading the file: that of writing is the child's end, which answer sees.
func (p *process) send(task string, in io.Reader, enough *atomic.Bool) error {
	if writeName(p.in, task) != nil {
		return nil
	}
	b := make([]byte, chunkSize)
	for !enough.Load() {
		n, err := io.ReadFull(in, b)
		if n > 0 && writeChunk(p.in, b[:n]) != nil {
			return nil
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			p.cmd.Process.Kill() // it waits for the rest
			return err
		}
	}
	writeChunk(p.in, nil)
	return nil
}

// answer reads the result.
func (p *process) answer(limit int, ready func()) (b []byte, fit bool, err error) {
	var result bytes.Buffer
	for {
		kind, part, err := readFrame(p.out)
		if err != nil {
			return nil, false, errDied
		}
		switch kind {
		case frameReady:
			ready()
		case frameData:
			if result.Len()+len(part) > limit {
				return nil, false, errSize
			}
			result.Write(part)
		case frameDone:
			return result.Bytes(), true, nil
		case frameNo:
			return nil, true, exchange.ErrNotThisFormat
		case frameError:
			return nil, true, errors.New(strings.ToValidUTF8(string(part), "\uFFFD"))
		default:
			return nil, false, errDied
		}
	}
}
