package soak_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault"
)

// TestDamage hurts a closed vault in every way. Each time it must be refused
// with a word of damage and left as it is, or give exactly what it held; and
// what was not mended must be named by Check. A process that dies is a failure.
func TestDamage(t *testing.T) {
	n, from := rounds(60, 10), seed()
	begun := time.Now()
	d := &damaged{t: t, seed: from, table: map[string]map[string]int{}}
	d.build()
	if t.Failed() {
		return
	}
	before, err := treeOf(d.base.Top)
	if err != nil {
		t.Fatal(err)
	}
	only := setting("SOAK_CASE", -1)
	var lanes sync.WaitGroup
	const side = 2
	for i := range side {
		c := cases{Base: d.base, Dir: scratch(t), Seed: from, From: i, To: n, Step: side}
		if only >= 0 {
			c.From, c.To = only, only+1-i
		}
		lanes.Go(func() { d.lane(c) })
	}
	lanes.Wait()
	if after, err := treeOf(d.base.Top); err != nil || len(changes(after, before)) > 0 {
		t.Errorf("a case wrote through a link into the vault that it was copied from: %v, %v", changes(after, before), err)
	}
	t.Logf("soak-damage: seed %d, %d cases in %v, %d wrong; rescues gave %d items\n%s", from, n, time.Since(begun).Round(time.Second), d.failed, d.rescued, d.lines())
}

// damaged counts over all lanes.
type damaged struct {
	t    *testing.T
	seed uint64
	base base

	mu      sync.Mutex
	failed  int
	rescued int
	table   map[string]map[string]int
}

// build makes the vault, and writes down what it gives.
func (d *damaged) build() {
	t := d.t
	var err error
	if d.base, err = buildBase(t.Context(), filepath.Join(scratch(t), "base"), d.seed); err != nil {
		t.Fatalf("build the vault: %v", err)
	}
	copied := filepath.Join(scratch(t), "copy")
	if err := copyTree(d.base.now(), copied, none); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(t.Context(), copied, []byte(d.base.Secret), options(copied+".memory"))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	want, err := fullOf(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	if list := unreadable(t.Context(), v, want.Contents); len(list) > 0 {
		t.Fatalf("%d originals cannot be read from the start", len(list))
	}
	if report, err := v.Check(t.Context(), true, nil); err != nil || len(report.Problems) > 0 {
		t.Fatalf("the vault is not whole from the start: %+v, %v", report.Problems, err)
	}
	b, err := json.Marshal(want)
	if err == nil {
		err = os.WriteFile(filepath.Join(d.base.Top, "want.json"), b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// lane has children try cases; where one dies the next goes on behind it.
func (d *damaged) lane(c cases) {
	for c.From < c.To {
		last, done := d.batch(c)
		if !done {
			d.count(verdict{Case: last, Kind: "process died", Outcome: "died"})
		}
		c.From = last + c.Step
	}
}

// batch runs one child. It gives the last case that was begun.
func (d *damaged) batch(c cases) (last int, done bool) {
	cmd := child("hurt", c)
	var words bytes.Buffer
	cmd.Stderr = &words
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		d.t.Error(err)
		return c.To, true
	}
	last = c.From
	stuck := time.AfterFunc(patience, func() { cmd.Process.Signal(syscall.SIGQUIT) })
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break
		}
		stuck.Reset(patience)
		var v verdict
		if _, err := fmt.Sscanf(string(line), "case %d", &last); err == nil {
			continue
		}
		if err := json.Unmarshal(line, &v); err == nil {
			d.count(v)
		}
	}
	stuck.Stop()
	if err := cmd.Wait(); err != nil {
		d.t.Errorf("SOAK_SEED=%d SOAK_CASE=%d: the process died: %v\n%s", d.seed, last, err, head(words.String()))
		return last, false
	}
	return last, true
}

// head is the beginning of what a process said.
func head(s string) string {
	const most = 4000 // bytes
	return s[:min(most, len(s))]
}

func (d *damaged) count(v verdict) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(v.Wrong) > 0 {
		d.failed++
		d.t.Errorf("SOAK_SEED=%d SOAK_CASE=%d %s: %s\n\t%s", d.seed, v.Case, v.Kind, strings.Join(v.Told, "; "), strings.Join(v.Wrong, "\n\t"))
		v.Outcome = "WRONG"
	}
	d.rescued += v.Rescued
	if d.table[v.Kind] == nil {
		d.table[v.Kind] = map[string]int{}
	}
	d.table[v.Kind][v.Outcome]++
	if v.Outcome == "died" {
		d.failed++
	}
}

// lines is the table: kind of damage by outcome.
func (d *damaged) lines() string {
	outcomes := []string{"mended", "mended, and said", "reported", "refused", "refused as older", "older key", "WRONG", "died"}
	var b strings.Builder
	fmt.Fprintf(&b, "%-18s", "")
	for _, o := range outcomes {
		fmt.Fprintf(&b, "%18s", o)
	}
	for _, kind := range slices.Sorted(maps.Keys(d.table)) {
		fmt.Fprintf(&b, "\n%-18s", kind)
		for _, o := range outcomes {
			fmt.Fprintf(&b, "%18d", d.table[kind][o])
		}
	}
	return b.String()
}
