package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// job is one measurement, done in a process of its own.
type job struct {
	Do    string // a key of works
	Dir   string // of the vault
	N     int    // records in it
	Batch int    // records in one transaction
	Times int    // how often a change is made
}

// result is what came of it: numbers by name.
type result map[string]float64

type work func(ctx context.Context, j job) (result, error)

// works are what a process can be started for.
var works = map[string]work{
	"fill":   fill,
	"open":   openFirst,
	"change": change,
	"search": search,
	"grow":   grow,
	"backup": backUp,
}

var passphrase = []byte(vaulttest.Passphrase)

// fill makes a vault of N records, Batch to a transaction.
func fill(ctx context.Context, j job) (result, error) {
	v, _, err := vault.Create(ctx, j.Dir, passphrase, vaulttest.Options())
	if err != nil {
		return nil, err
	}
	var rates []float64
	var busy time.Duration
	for from := 0; from < j.N; from += j.Batch {
		put := make([]record.Record, 0, j.Batch)
		for i := from; i < min(from+j.Batch, j.N); i++ {
			put = append(put, vaulttest.Nth(i))
		}
		start := time.Now()
		if err := v.Commit(ctx, record.Change{Put: put}); err != nil {
			return nil, err
		}
		took := time.Since(start)
		busy += took
		rates = append(rates, float64(len(put))/took.Seconds())
	}
	start := time.Now()
	if err := v.Close(); err != nil {
		return nil, err
	}
	busy += time.Since(start)
	tenth := max(1, len(rates)/10)
	size, err := folderSize(j.Dir)
	return result{
		"rate": float64(j.N) / busy.Seconds(), "held": mean(rates[len(rates)-tenth:]) / mean(rates[:tenth]),
		"disk": float64(size) / 1e6,
	}, err
}

// openFirst opens a vault and reads its first 50 rows.
func openFirst(ctx context.Context, j job) (result, error) {
	start := time.Now()
	v, err := vault.Open(ctx, j.Dir, passphrase, vaulttest.Options())
	if err != nil {
		return nil, err
	}
	opened := time.Since(start)
	if err := firstRows(ctx, v, 50); err != nil {
		return nil, err
	}
	shown := time.Since(start)
	again := time.Now()
	if err := firstRows(ctx, v, 170); err != nil {
		return nil, err
	}
	list := time.Since(again)
	anon := anonymous()
	return result{"open": ms(opened), "first": ms(shown), "list": ms(list), "anon": anon}, v.Close()
}

// firstRows reads the newest n results.
func firstRows(ctx context.Context, v *vault.Vault, n int) error {
	for _, err := range v.Query(ctx, record.Filter{Person: vaulttest.Person, Kind: record.KindObservation}) {
		if err != nil {
			return err
		}
		if n--; n == 0 {
			return nil
		}
	}
	return fmt.Errorf("%d records are missing", n)
}

// change corrects one record after the other, each on its own.
func change(ctx context.Context, j job) (result, error) {
	opt := vaulttest.Options()
	opt.Memory = filepath.Join(filepath.Dir(j.Dir), "seen") // as the programs do
	v, err := vault.Open(ctx, j.Dir, passphrase, opt)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	var times []float64
	for i := range j.Times + 1 {
		r := vaulttest.Nth(1 + i*7919%(j.N-1))
		r.Overlay = &record.Overlay{Note: fmt.Sprintf("A made-up remark %d.", i)}
		start := time.Now()
		if err := v.Commit(ctx, record.Change{Put: []record.Record{r}}); err != nil {
			return nil, err
		}
		times = append(times, ms(time.Since(start)))
	}
	first, times := times[0], times[1:]
	slices.Sort(times)
	return result{"first": first, "p50": times[len(times)/2], "p99": times[len(times)*99/100]}, nil
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	return sum / float64(len(list))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func folderSize(dir string) (total int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}

var errUnknown = errors.New("there is no such measurement")
