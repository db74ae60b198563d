package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// ctlErr runs a command line with a passphrase and gives its exit status and
// what it says on standard error.
func ctlErr(secret string, args ...string) (int, string) {
	var out, err bytes.Buffer
	code := run(context.Background(), args, testConsole(secret, &out, &err))
	return code, err.String()
}

// tree is a hash over every file of a folder.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var lines []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		sum := sha256.Sum256(b)
		lines = append(lines, path+" "+hex.EncodeToString(sum[:]))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

// records is the whole content of a vault: what it lists, and the hash of every
// file but those of its index, which opening alone rewrites.
func records(t *testing.T, v string) string {
	t.Helper()
	kept := tree(t, filepath.Join(v, "journal")) + tree(t, filepath.Join(v, "originals")) + tree(t, filepath.Join(v, "vault.json"))
	return kept + ctl(t, 0, "--vault", v, "list", "--json") + ctl(t, 0, "--vault", v, "imports", "--json")
}

func TestWrongPassphrase(t *testing.T) {
	v := filepath.Join(t.TempDir(), "v")
	ctl(t, 0, "create", v)
	before := tree(t, v)
	for _, secret := range []string{"wrong", "x", strings.Repeat("long ", 100)} {
		code, said := ctlErr(secret, "--vault", v, "list")
		if code != exitPassphrase || said != "carnetctl: "+vault.ErrWrongPassphrase.Error()+"\n" {
			t.Errorf("exit %d, %q", code, said)
		}
	}
	if tree(t, v) != before {
		t.Error("a wrong passphrase changed the vault")
	}
}

func TestUsageErrors(t *testing.T) {
	v := filepath.Join(t.TempDir(), "v")
	ctl(t, 0, "create", v)
	for _, args := range [][]string{
		{"list"},
		{"--vault", v, "list", "--kind", "Nonsense"},
		{"--vault", v, "list", "--from", "yesterday"},
		{"--vault", v, "nonsense"},
		{"--vault", v, "export", "--format", "nonsense", "--out", "x"},
		{"--vault", v, "import", "--yes"},
		{"--vault", v, "add", "nonsense", "name=x"},
		{"--vault", v, "add", "person", "family=x"},
		{"--vault", v, "add", "medicine", "x"},
		{"--vault", v, "list", "--status", "nonsense"},
		{"create", v + "2", "--born", "1958-03-14"},
		{"create", v + "2", "--person", "A B", "--born", "14.3.1958"},
		{"create", v + "2", "--person", "A B", "--born", "2958-03-14"},
	} {
		if code, said := ctlErr(passphrase, args...); code != exitUsage || !strings.Contains(said, "--help") {
			t.Errorf("%v: exit %d, %q", args, code, said)
		}
	}
}

func TestBadInputNamesTheFileAndChangesNothing(t *testing.T) {
	dir := t.TempDir()
	v := filepath.Join(dir, "v")
	ctl(t, 0, "create", v, "--person", "Hanna Hazard", "--born", "1950-02-03")
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	before := records(t, v)
	for _, c := range []struct{ name, content, place string }{
		{"cut.json", "{\"resourceType\": \"Bundle\",\n \"type\": \"collection\",\n \"entry\": [", "line 3, column"},
		{"bad.json", "{\"resourceType\": \"Condition\",\n \"id\": 'x'}", "line 2, column"},
		{"cut.xml", "<?xml version=\"1.0\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\">\n<title>x</titel>\n", "line 3, column"},
	} {
		code, said := ctlErr(passphrase, "--vault", v, "import", "--yes", "--json", write(c.name, c.content))
		if code != exitRefused {
			t.Errorf("%s: exit %d, %q", c.name, code, said)
		}
		var r record.Receipt
		out := bytes.Buffer{}
		run(context.Background(), []string{"--vault", v, "import", "--yes", "--json", filepath.Join(dir, c.name)}, testConsole(passphrase, &out, io.Discard))
		if err := json.Unmarshal(out.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		if i := r.Sources[0].Issues; len(i) != 1 || i[0].Place != c.name || !strings.Contains(i[0].Text, c.place) {
			t.Errorf("%s: got %+v, want %q", c.name, i, c.place)
		}
	}
	if code, said := ctlErr(passphrase, "--vault", v, "import", "--yes", filepath.Join(dir, "nowhere.json")); code != exitFailed || !strings.Contains(said, "nowhere.json") {
		t.Errorf("a missing file: exit %d, %q", code, said)
	}
	if records(t, v) != before {
		t.Error("bad input changed the vault")
	}
}

func TestNotAVault(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, v := range []string{dir, file, filepath.Join(dir, "nowhere")} {
		if code, said := ctlErr(passphrase, "--vault", v, "list"); code != exitFailed || !strings.Contains(said, filepath.Base(v)) {
			t.Errorf("%s: exit %d, %q", v, code, said)
		}
	}
}

func TestAnotherPersonsFileIsHeld(t *testing.T) {
	dir := t.TempDir()
	v := filepath.Join(dir, "v")
	ctl(t, 0, "create", v, "--person", "Joe Other", "--born", "1980-01-01", "--sex", "male")
	path := filepath.Join(dir, "a.json")
	if err := os.WriteFile(path, []byte(bundle(`{"resourceType":"Condition","id":"1","code":{"text":"Z"},@SUBJECT}`)), 0o600); err != nil {
		t.Fatal(err)
	}
	before := records(t, v)
	code, said := ctlErr(passphrase, "--vault", v, "import", "--yes", path)
	if code != exitPerson || !strings.Contains(said, "--person") || !strings.Contains(said, "birth date differs") {
		t.Errorf("exit %d, %q", code, said)
	}
	if records(t, v) != before {
		t.Error("a held import changed the vault")
	}
	ctl(t, 0, "--vault", v, "import", "--yes", "--person", "new", path)
	if people := ctl(t, 0, "--vault", v, "people"); strings.Count(people, "born") != 2 {
		t.Errorf("got %s", people)
	}
}
