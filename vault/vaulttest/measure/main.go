// Measure times what a vault does, at several sizes, and prints a table with the
// targets of the design beside it. Each measurement runs in a process of its
// own, with the garbage collector set as in the programs, so that its memory is
// its own.
//
//	go run ./vault/vaulttest/measure 10000 100000
//
// Times are those of this machine while it does nothing else.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strconv"
)

// garbagePercent is that of the programs.
const garbagePercent = 25

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	text := flag.String("job", "", "do one measurement, described in JSON, and print what came of it")
	flag.Parse()
	debug.SetGCPercent(garbagePercent)
	err := run(ctx, *text, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, text string, args []string) error {
	if text != "" {
		return inProcess(ctx, text)
	}
	sizes := []int{10_000, 100_000}
	if len(args) > 0 {
		sizes = nil
	}
	for _, a := range args {
		n, err := strconv.Atoi(a)
		if err != nil || n < 100 {
			return fmt.Errorf("%q is not a number of records", a)
		}
		sizes = append(sizes, n)
	}
	dir, err := os.MkdirTemp("", "carnet-measure-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	results := map[int]result{}
	for i, n := range sizes {
		m := &measurement{ctx: ctx, dir: filepath.Join(dir, strconv.Itoa(n)), n: n, all: result{}}
		if err := m.run(i == 0); err != nil {
			return err
		}
		results[n] = m.all
		os.RemoveAll(m.dir)
	}
	return show(os.Stdout, sizes, results)
}

// measurement is everything that is measured at one size.
type measurement struct {
	ctx context.Context // of the one call of run
	dir string
	n   int
	all result
}

const (
	batch     = 10_000  // records in a transaction
	batchMax  = 100_000 // records in the one that is as large as can be
	searchMax = 100_000 // records that are searched
	unlocks   = 5       // of which the median counts
	changes   = 100     // that are timed
)

func (m *measurement) run(withBackup bool) error {
	if err := os.Mkdir(m.dir, 0o700); err != nil {
		return err
	}
	v := filepath.Join(m.dir, "vault")
	whole, err := spawn(m.ctx, job{Do: "fill", Dir: filepath.Join(m.dir, "whole"), N: min(m.n, batchMax), Batch: batchMax})
	if err != nil {
		return err
	}
	m.add("whole", whole)
	os.RemoveAll(filepath.Join(m.dir, "whole"))
	filled, err := spawn(m.ctx, job{Do: "fill", Dir: v, N: m.n, Batch: batch})
	if err != nil {
		return err
	}
	if filled["cpu"] > 0 {
		filled["percpu"] = float64(m.n) / filled["cpu"]
	}
	m.add("fill", filled)
	if err := m.read(v); err != nil {
		return err
	}
	if err := m.change(v); err != nil || !withBackup {
		return err
	}
	return m.backup(v)
}

func (m *measurement) read(dir string) error {
	r, err := spawnTimes(m.ctx, unlocks, job{Do: "open", Dir: dir, N: m.n})
	if err != nil {
		return err
	}
	m.add("open", r)
	if m.n > searchMax {
		return nil
	}
	r, err = spawn(m.ctx, job{Do: "search", Dir: dir, N: m.n})
	m.add("search", r)
	return err
}

func (m *measurement) add(job string, r result) {
	for name, x := range r {
		m.all[job+"."+name] = x
	}
}

func (m *measurement) change(dir string) error {
	j := job{Do: "change", Dir: dir, N: m.n, Times: changes}
	r, err := spawn(m.ctx, j)
	if err != nil {
		return err
	}
	m.add("change", r)
	many, ok := flushes(m.ctx, j)
	j.Times = 1
	if few, ok2 := flushes(m.ctx, j); ok && ok2 {
		m.all["change.flushes"] = float64(many-few) / (changes - 1)
	}
	return nil
}

func (m *measurement) backup(dir string) error {
	grown, err := spawn(m.ctx, job{Do: "grow", Dir: dir})
	if err != nil {
		return err
	}
	r, err := spawn(m.ctx, job{Do: "backup", Dir: dir})
	if err != nil {
		return err
	}
	m.add("backup", r)
	m.all["backup.sealed"] = grown["seconds"]
	if peer := tarAge(m.ctx, dir); peer > 0 {
		m.all["backup.ratio"] = r["file"] / peer
	}
	return nil
}
