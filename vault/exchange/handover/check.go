package handover

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/record"
)

// Check is one line of the self-test: what was looked at and how it came out.
type Check struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`
	Note string `json:"note,omitempty"`
}

// ErrCheck is returned when the finished package fails its self-test; no package
// is left then.
var ErrCheck = errors.New("the package failed its own check")

func (m Manifest) failed() error {
	for _, c := range m.Checks {
		if !c.OK {
			return fmt.Errorf("%w: %s: %s", ErrCheck, c.What, c.Note)
		}
	}
	return nil
}

// check opens the package again where it lies.
func check(ctx context.Context, at Place, m Manifest) []Check {
	var checks []Check
	add := func(what string, err error) {
		c := Check{What: what, OK: err == nil}
		if err != nil {
			c.Note = err.Error()
		}
		checks = append(checks, c)
	}
	var size int64
	var err error
	for _, f := range m.Files {
		if err = same(ctx, at, f); err != nil {
			break
		}
		size += f.Size
	}
	add(fmt.Sprintf("%d files read again, %s, every SHA-256 is right", len(m.Files), record.Bytes(size)), err)
	add("no file in the folder that the manifest does not list", strangers(at, m))
	for _, c := range contents {
		if f := find(m, c.name); f != nil {
			add(c.name+": "+c.what, c.check(at, c.name))
		}
	}
	return checks
}

// contents are the checks of single files.
var contents = []struct {
	name, what string
	check      func(at fs.FS, name string) error
}{
	{"START-HERE.html", "is a whole page with a closed policy", func(at fs.FS, name string) error {
		return holds(at, name, "<!DOCTYPE html>", "default-src 'none'", "</html>")
	}},
	{"Summary.pdf", "is a whole PDF", func(at fs.FS, name string) error { return holds(at, name, "%PDF-", "/Type /Catalog", "%%EOF") }},
	{"ips.json", "is one strict JSON document of the type Bundle", isBundle},
	{"ccd.xml", "is a whole clinical document", func(at fs.FS, name string) error { return holds(at, name, "<ClinicalDocument ", "</ClinicalDocument>") }},
}

func find(m Manifest, name string) *File {
	for i := range m.Files {
		if m.Files[i].Name == name {
			return &m.Files[i]
		}
	}
	return nil
}

// Files are all files of a package, its manifest among them.
func Files(at fs.FS, m Manifest) ([]File, error) {
	b, err := fs.ReadFile(at, ManifestName)
	if err != nil {
		return nil, cause(err)
	}
	sum := sha256.Sum256(b)
	return append(slices.Clone(m.Files), File{Name: ManifestName, Size: int64(len(b)), SHA256: record.Hash(hex.EncodeToString(sum[:]))}), nil
}

// same reads one file again.
func same(ctx context.Context, at fs.FS, want File) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := at.Open(want.Name)
	if err != nil {
		return cause(err)
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	if err != nil {
		return cause(err)
	}
	if n != want.Size || hex.EncodeToString(sum.Sum(nil)) != string(want.SHA256) {
		return errors.New("a file differs from what was written")
	}
	return nil
}

// strangers looks for files that nobody listed.
func strangers(at Place, m Manifest) error {
	names, err := at.Names()
	if err != nil {
		return cause(err)
	}
	for _, name := range names {
		if find(m, name) == nil {
			return errors.New("there is one")
		}
	}
	return nil
}

// holds says whether the parts stand in a file in that order.
func holds(at fs.FS, name string, parts ...string) error {
	b, err := fs.ReadFile(at, name)
	if err != nil {
		return cause(err)
	}
	for _, p := range parts {
		i := bytes.Index(b, []byte(p))
		if i < 0 {
			return errors.New("a part of it is missing")
		}
		b = b[i+len(p):]
	}
	return nil
}

// isBundle reads all tokens: jsontext refuses repeated names, broken UTF-8 and
// anything after the end.
func isBundle(at fs.FS, name string) error {
	f, err := at.Open(name)
	if err != nil {
		return cause(err)
	}
	defer f.Close()
	d := jsontext.NewDecoder(bufio.NewReader(f))
	bundle, typed := false, false
	for {
		t, err := d.ReadToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errors.New("it is not strict JSON")
		}
		if typed && d.StackDepth() == 1 && t.Kind() == '"' {
			bundle = bundle || t.String() == "Bundle"
		}
		typed = d.StackDepth() == 1 && t.Kind() == '"' && t.String() == "resourceType"
	}
	if !bundle {
		return errors.New("it is no Bundle")
	}
	return nil
}
