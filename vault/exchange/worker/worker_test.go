package worker_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
)

// tasks are what the child of the tests can do.
var tasks = []exchange.Task{
	{Name: "copy", Run: func(in io.Reader, out io.Writer) error { _, err := io.Copy(out, in); return err }},
	{Name: "head", Run: func(in io.Reader, out io.Writer) error { _, err := io.CopyN(out, in, 4); return err }},
	{Name: "words", Run: func(io.Reader, io.Writer) error { return errors.New("in words") }},
	{Name: "no", Run: func(io.Reader, io.Writer) error { return exchange.ErrNotThisFormat }},
	{Name: "panic", Run: func(io.Reader, io.Writer) error { panic("the file's words") }},
	{Name: "exit", Run: func(io.Reader, io.Writer) error { os.Exit(0); return nil }},
	{Name: "stack", Run: func(_ io.Reader, out io.Writer) error { _, err := fmt.Fprint(out, deep(1)); return err }},
	{Name: "memory", Run: func(io.Reader, io.Writer) error { return fill(8 << 30) }},
	{Name: "growth", Run: func(io.Reader, io.Writer) error {
		var all [][]byte
		for range 8 << 10 {
			all = append(all, bytes.Repeat([]byte{1}, 1<<20))
		}
		_ = all
		return nil
	}},
	{Name: "endless", Run: func(_ io.Reader, out io.Writer) error {
		for {
			if _, err := out.Write(make([]byte, 1000)); err != nil {
				return err
			}
		}
	}},
	{Name: "hang", Run: func(io.Reader, io.Writer) error { select {} }},
	{Name: "write", Run: func(io.Reader, io.Writer) error {
		f, err := os.CreateTemp("", "")
		if err != nil {
			return nil
		}
		defer os.Remove(f.Name())
		if _, err := f.Write([]byte("plain")); err == nil {
			return errors.New("a file was written")
		}
		return nil
	}},
	{Name: "environment", Run: func(_ io.Reader, out io.Writer) error {
		_, err := io.WriteString(out, strings.Join(os.Environ(), " "))
		return err
	}},
}

// deep goes deeper than any stack.
func deep(n int) int {
	if n == math.MaxInt {
		return n
	}
	return deep(n+1) + 1
}

func fill(n int) error {
	b := make([]byte, n)
	for i := 0; i < n; i += 4096 {
		b[i] = 1
	}
	return nil
}

func TestMain(m *testing.M) {
	worker.Main(tasks)
	os.Exit(m.Run())
}

func children(t *testing.T) *worker.Children {
	t.Helper()
	c, err := worker.Self()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// works says whether a child reads a sound file.
func works(t *testing.T, c *worker.Children) {
	t.Helper()
	b, err := c.Run(t.Context(), "copy", strings.NewReader("sound"), 1000)
	if err != nil || string(b) != "sound" {
		t.Errorf("a sound file afterwards: %q, %v", b, err)
	}
}

func TestResults(t *testing.T) {
	c := children(t)
	for _, size := range []int{0, 1, 65535, 65536, 65537, 3_000_000} {
		want := bytes.Repeat([]byte("carnet "), size/7+1)[:size]
		got, err := c.Run(t.Context(), "copy", bytes.NewReader(want), size)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: got %d, %v", size, len(got), err)
		}
	}
}

// endless is a file without an end.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) { e.read += len(p); return len(p), nil }

// TestHeadIsEnough: a task that needs the head of a file costs no more than that.
func TestHeadIsEnough(t *testing.T) {
	c := children(t)
	for range 20 {
		var file endless
		b, err := c.Run(t.Context(), "head", &file, 1000)
		if err != nil || len(b) != 4 {
			t.Fatalf("%q, %v", b, err)
		}
		if file.read > 4<<20 {
			t.Errorf("%d bytes of the file were read", file.read)
		}
	}
	works(t, c)
}

func TestFaults(t *testing.T) {
	c := children(t)
	for _, f := range []struct{ task, words string }{
		{"words", "in words"},
		{"panic", "fault in Carnet"},
		{"exit", "ended the process"},
		{"stack", "ended the process"},
		{"growth", "ended the process"},
		{"endless", "more in this file"},
		{"nobody knows it", "no task"},
		{"write", ""},
		{"memory", "ended the process"},
	} {
		t.Run(f.task, func(t *testing.T) {
			if (f.task == "memory" || f.task == "write") && runtime.GOOS != "linux" {
				t.Skip("NOT TESTED: this system does not enforce it")
			}
			_, err := c.Run(t.Context(), f.task, strings.NewReader("content"), 100_000)
			switch {
			case f.words == "" && err != nil && !strings.Contains(err.Error(), "ended the process"):
				t.Errorf("got %v", err)
			case f.words != "" && (err == nil || !strings.Contains(err.Error(), f.words)):
				t.Errorf("got %v, want %q", err, f.words)
			case err != nil && strings.Contains(err.Error(), "the file's words"):
				t.Error("the file's words came through")
			}
			works(t, c)
		})
	}
	if _, err := c.Run(t.Context(), "no", strings.NewReader(""), 10); !errors.Is(err, exchange.ErrNotThisFormat) {
		t.Errorf("got %v", err)
	}
}

// TestTooLong ends a child that takes too long for one file.
func TestTooLong(t *testing.T) {
	c := children(t)
	worker.Impatient(c, time.Second)
	if _, err := c.Run(t.Context(), "hang", strings.NewReader("x"), 10); err == nil || !strings.Contains(err.Error(), "took longer") {
		t.Errorf("got %v", err)
	}
	worker.Impatient(c, time.Minute)
	works(t, c)
}

// TestCancel ends a child that hangs at once.
func TestCancel(t *testing.T) {
	c := children(t)
	ctx, cancel := context.WithCancel(t.Context())
	works(t, c)
	cancel()
	if _, err := c.Run(ctx, "hang", strings.NewReader("x"), 10); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	works(t, c)
}

// broken is a file that cannot be read to its end.
type broken struct{}

var errBroken = errors.New("the drive was pulled out")

func (broken) Read([]byte) (int, error) { return 0, errBroken }

func TestUnreadableFile(t *testing.T) {
	c := children(t)
	if _, err := c.Run(t.Context(), "copy", broken{}, 10); !errors.Is(err, errBroken) {
		t.Errorf("got %v", err)
	}
	works(t, c)
}

func TestEnvironmentIsEmpty(t *testing.T) {
	t.Setenv("CARNET_PASSPHRASE", "not for a child")
	b, err := children(t).Run(t.Context(), "environment", strings.NewReader(""), 10_000)
	if err != nil || bytes.Contains(b, []byte("CARNET")) {
		t.Errorf("%q, %v", b, err)
	}
}

func BenchmarkSmallFiles(b *testing.B) {
	c, err := worker.Self()
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	file := bytes.Repeat([]byte("x"), 10_000)
	for b.Loop() {
		if _, err := c.Run(b.Context(), "copy", bytes.NewReader(file), 10_000); err != nil {
			b.Fatal(err)
		}
	}
}
