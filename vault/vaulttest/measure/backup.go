package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// The originals that are backed up: twenty of 25 MB.
const (
	originals    = 20
	originalSize = 25 << 20
)

// noise is bytes that do not compress, the same for the same number.
func noise(n int) io.ReadCloser {
	r := rand.NewChaCha8([32]byte{byte(n)})
	return io.NopCloser(io.LimitReader(r, originalSize))
}

// grow files the originals.
func grow(ctx context.Context, j job) (result, error) {
	v, err := vault.Open(ctx, j.Dir, passphrase, vaulttest.Options())
	if err != nil {
		return nil, err
	}
	var list []record.Incoming
	for i := range originals {
		h := sha256.New()
		if _, err := io.Copy(h, noise(i)); err != nil {
			return nil, err
		}
		list = append(list, record.Incoming{
			Original: record.Original{Hash: record.Hash(hex.EncodeToString(h.Sum(nil))), Name: fmt.Sprintf("made-up %d", i), Size: originalSize},
			Open:     func() (io.ReadCloser, error) { return noise(i), nil },
		})
	}
	start := time.Now()
	err = v.Commit(ctx, record.Change{Originals: list})
	took := time.Since(start)
	if err != nil {
		return nil, err
	}
	return result{"seconds": took.Seconds()}, v.Close()
}

// backUp makes a backup in a folder, twice, and one in one file.
func backUp(ctx context.Context, j job) (result, error) {
	v, err := vault.Open(ctx, j.Dir, passphrase, vaulttest.Options())
	if err != nil {
		return nil, err
	}
	defer v.Close()
	r := result{}
	for _, run := range []struct{ name, path string }{{"first", "stick"}, {"again", "stick"}, {"file", "backup.age"}} {
		start := time.Now()
		if _, err := v.Backup(ctx, filepath.Join(filepath.Dir(j.Dir), run.path), vault.BackupOptions{}, nil); err != nil {
			return nil, err
		}
		r[run.name] = time.Since(start).Seconds()
	}
	return r, nil
}

// tarAge times tar and age over the same folder; 0 where they are not there.
func tarAge(ctx context.Context, dir string) float64 {
	key := filepath.Join(filepath.Dir(dir), "peer.key")
	out, err := exec.CommandContext(ctx, "age-keygen", "-o", key).CombinedOutput()
	if err != nil {
		return 0
	}
	_, recipient, ok := cutLast(string(out), "age1")
	if !ok {
		return 0
	}
	start := time.Now()
	script := `tar -C "$0" -cf - . | age -r "$1" >"$2" && sync "$2"`
	if exec.CommandContext(ctx, "sh", "-c", script, dir, recipient, filepath.Join(filepath.Dir(dir), "peer.age")).Run() != nil {
		return 0
	}
	took := time.Since(start).Seconds()
	os.Remove(filepath.Join(filepath.Dir(dir), "peer.age"))
	return took
}
