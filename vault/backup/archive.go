package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"
)

// VaultDir is the folder of an archive that holds the vault itself.
const VaultDir = "vault/"

var errArchive = errors.New("the backup file does not hold what a backup holds, or was cut")

// archiveName is every name that a file of an archive may have outside of
// VaultDir, besides [ManifestName].
var archiveName = regexp.MustCompile(`^(README\.txt|originals\.key|(records|originals|imports)-[0-9]{4,6}\.ndjson)$`)

func validArchiveName(name string) bool {
	if inVault, ok := strings.CutPrefix(name, VaultDir); ok {
		return ValidName(inVault)
	}
	return archiveName.MatchString(name)
}

// Archive writes an archive: a tar (POSIX.1-2001) of named files with a manifest
// at its end.
type Archive struct {
	ctx  context.Context // of the one call that writes it
	tar  *tar.Writer
	m    Manifest
	step func(int64)
}

// NewArchive begins an archive. What m says besides its files stands in the
// manifest; step is told of the bytes that went by.
func NewArchive(ctx context.Context, dst io.Writer, m Manifest, step func(int64)) *Archive {
	m.Files = nil
	return &Archive{ctx: ctx, tar: tar.NewWriter(dst), m: m, step: step}
}

// Add writes one file of exactly size bytes.
func (a *Archive) Add(name string, size int64, src io.Reader) error {
	if !validArchiveName(name) {
		return fmt.Errorf("%s is no name of a file in a backup", name)
	}
	return a.add(name, size, src)
}

func (a *Archive) add(name string, size int64, src io.Reader) error {
	err := a.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: a.m.At.Truncate(time.Second)})
	if err != nil {
		return err
	}
	sum, err := copySum(a.ctx, a.tar, src, size, a.step)
	if err != nil {
		return err
	}
	a.m.Files = append(a.m.Files, File{name, size, sum})
	return nil
}

// AddBytes writes one file.
func (a *Archive) AddBytes(name string, b []byte) error {
	return a.Add(name, int64(len(b)), bytes.NewReader(b))
}

// AddFile writes the first size bytes of a file.
func (a *Archive) AddFile(name, path string, size int64) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return a.Add(name, size, f)
}

// Close writes the manifest and ends the archive. It gives what the archive
// holds.
func (a *Archive) Close() (Manifest, error) {
	m := a.m // without the manifest itself
	b := m.bytes()
	if err := a.add(ManifestName, int64(len(b)), bytes.NewReader(b)); err != nil {
		return m, err
	}
	return m, a.tar.Close()
}
