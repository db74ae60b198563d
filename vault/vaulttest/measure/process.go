package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// status reads a figure of this process in megabytes from the system; 0 where
// it does not say.
func status(name string) float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			kb, _ := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kb / 1000
		}
	}
	return 0
}

// anonymous is the memory that is this process's own: no mapped file.
func anonymous() float64 { return status("RssAnon") }

// highest watches the process's own memory; it gives the most there was.
func highest(stop chan struct{}) <-chan float64 {
	most := make(chan float64, 1)
	go func() {
		m := 0.0
		for {
			select {
			case <-stop:
				most <- m
				return
			case <-time.After(10 * time.Millisecond):
				m = max(m, anonymous())
			}
		}
	}()
	return most
}

// inProcess does a job in this process and writes what came of it.
func inProcess(ctx context.Context, text string) error {
	var j job
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		return err
	}
	do, ok := works[j.Do]
	if !ok {
		return errUnknown
	}
	stop := make(chan struct{})
	peak := highest(stop)
	r, err := do(ctx, j)
	close(stop)
	if err != nil {
		return err
	}
	r["peak"] = <-peak
	return json.NewEncoder(os.Stdout).Encode(r)
}

// spawn does a job in a process of its own.
func spawn(ctx context.Context, j job) (result, error) {
	b, err := json.Marshal(j)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "-job", string(b))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", j.Do, err)
	}
	var r result
	if err := json.Unmarshal(out, &r); err != nil {
		return nil, err
	}
	r["cpu"] = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	return r, nil
}

// spawnTimes does a job several times and gives the median of each number.
func spawnTimes(ctx context.Context, n int, j job) (result, error) {
	all := map[string][]float64{}
	for range n {
		r, err := spawn(ctx, j)
		if err != nil {
			return nil, err
		}
		for name, x := range r {
			all[name] = append(all[name], x)
		}
	}
	r := result{}
	for name, list := range all {
		slices.Sort(list)
		r[name] = list[len(list)/2]
	}
	return r, nil
}

// flushes counts the system calls of a job that wait for the disk; false where
// there is no strace.
func flushes(ctx context.Context, j job) (int, bool) {
	b, err := json.Marshal(j)
	if err != nil {
		return 0, false
	}
	self, err := os.Executable()
	if err != nil {
		return 0, false
	}
	trace, err := os.CreateTemp("", "carnet-trace-*")
	if err != nil {
		return 0, false
	}
	trace.Close()
	defer os.Remove(trace.Name())
	cmd := exec.CommandContext(ctx, "strace", "-f", "-qq", "-o", trace.Name(), "-e", "trace=fsync,fdatasync,msync", self, "-job", string(b))
	if cmd.Run() != nil {
		return 0, false
	}
	text, err := os.ReadFile(trace.Name())
	n := 0
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, "sync(") {
			n++
		}
	}
	return n, err == nil
}
