package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

const frozenPassphrase = "frozen made-up passphrase"

// result is what a run wrote.
type result struct {
	code           int
	out            string // the folder
	stdout, stderr string
}

// carnetreader runs the reader over a vault.
func carnetreader(t testing.TB, dir, secret string, flags ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	r := result{out: filepath.Join(t.TempDir(), "out")}
	run := &reader{secret: secret, stdout: &stdout, stderr: &stderr}
	r.code = run.run(append([]string{dir, r.out}, flags...))
	r.stdout, r.stderr = stdout.String(), stderr.String()
	return r
}

// lines reads a list of OUT, by the key that a path of names leads to.
func (r result) lines(t testing.TB, file string, path ...string) map[string]map[string]any {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(r.out, file))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]map[string]any{}
	for line := range bytes.Lines(b) {
		var m map[string]any
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		var at any = m
		for _, name := range path {
			at = at.(map[string]any)[name]
		}
		got[at.(string)] = m
	}
	return got
}

func TestFrozenVault(t *testing.T) {
	recovery, err := os.ReadFile(testdata + "vault-v1.recovery-key")
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{frozenPassphrase, string(recovery)} {
		r := carnetreader(t, testdata+"vault-v1", secret)
		if want := "16 records, 1 originals, 1 receipts of 3 transactions\n"; r.code != exitDone || r.stdout != want {
			t.Fatalf("got %d, %q, %q, want %q", r.code, r.stdout, r.stderr, want)
		}
		records := r.lines(t, "records.ndjson", "record", "id")
		for _, k := range record.Kinds {
			if got := records[strings.ToLower(string(k.Kind))]["kind"]; got != string(k.Kind) {
				t.Errorf("%s: got %v", k.Kind, got)
			}
		}
		got, err := os.ReadFile(filepath.Join(r.out, "originals", "a81912cada2b388636cfe0449fffd2613e57d59c9fc2227b6f141533f5f3d5dc"))
		if string(got) != "a made-up original\n" {
			t.Errorf("original: got %q, %v", got, err)
		}
	}
}

func incoming(name string, b []byte) record.Incoming {
	sum := sha256.Sum256(b)
	return record.Incoming{
		Original: record.Original{Hash: record.Hash(hex.EncodeToString(sum[:])), Name: name, MediaType: "text/plain", Size: int64(len(b)), Import: "import1"},
		Open:     func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil },
	}
}

func observations(n int) (list []record.Record) {
	for i := range n {
		list = append(list, record.Record{
			ID: record.ID(fmt.Sprintf("many%012d", i)), Person: vaulttest.Person,
			Resource: &record.Other{Title: fmt.Sprintf("made-up <%d>", i)},
		})
	}
	return list
}

// freshVault is a vault in which things were changed, deleted and undone.
func freshVault(t testing.TB) *vault.Vault {
	t.Helper()
	v := vaulttest.New(t)
	many := observations(400)
	changed := many[7]
	changed.Resource = &record.Other{Title: "changed"}
	for _, c := range []record.Change{
		{
			Put: many, Receipt: &record.Receipt{Import: "import1"},
			Originals: []record.Incoming{incoming("empty", nil), incoming("small", []byte("made up")), incoming("chunk", make([]byte, 64<<10)), incoming("large", bytes.Repeat([]byte("made up "), 30_000))},
		},
		{Put: []record.Record{changed}, Delete: []record.ID{many[3].ID, many[4].ID}},
		{Receipt: &record.Receipt{Import: "import2", Sources: []record.SourceReport{{SHA256: incoming("gone", []byte("gone")).Hash}}}, Originals: []record.Incoming{incoming("gone", []byte("gone"))}},
		{Undone: "import2"},
	} {
		if err := v.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

// sameAsVault compares what the reader wrote with what the vault lists.
func sameAsVault(t testing.TB, v *vault.Vault, r result) {
	t.Helper()
	if r.code != exitDone {
		t.Fatalf("got %d: %s", r.code, r.stderr)
	}
	got, n := r.lines(t, "records.ndjson", "record", "id"), 0
	for want, err := range v.Query(t.Context(), record.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		if g := got[string(want.ID)]; !reflect.DeepEqual(g["resource"], asJSON(t, want.Resource)) || !reflect.DeepEqual(g["record"], asJSON(t, want)) {
			t.Errorf("record %s differs:\ngot  %v\nwant %v %v", want.ID, g, asJSON(t, want.Resource), asJSON(t, want))
		}
	}
	if len(got) != n {
		t.Errorf("got %d records, want %d", len(got), n)
	}
	receipts, err := v.Imports(t.Context())
	if got := r.lines(t, "receipts.ndjson", "import"); err != nil || len(got) != len(receipts) {
		t.Errorf("got %d receipts, want %d, %v", len(got), len(receipts), err)
	}
	sameOriginals(t, v, r)
}

func sameOriginals(t testing.TB, v *vault.Vault, r result) {
	t.Helper()
	originals, err := v.Originals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(filepath.Join(r.out, "originals"))
	listed := r.lines(t, "originals.ndjson", "original", "hash")
	if err != nil || len(files) != len(originals) || len(listed) != len(originals) {
		t.Errorf("got %d files and %d lines, want %d originals, %v", len(files), len(listed), len(originals), err)
	}
	for _, o := range originals {
		f, _, err := v.OpenOriginal(t.Context(), o.Hash)
		if err != nil {
			t.Fatal(err)
		}
		want, err := io.ReadAll(f)
		f.Close()
		got, readErr := os.ReadFile(filepath.Join(r.out, "originals", string(o.Hash)))
		if err != nil || readErr != nil || !bytes.Equal(got, want) {
			t.Errorf("original %s: got %d bytes, want %d, %v, %v", o.Hash, len(got), len(want), err, readErr)
		}
		if got := listed[string(o.Hash)]["original"]; !reflect.DeepEqual(got, asJSON(t, o)) {
			t.Errorf("got %v, want %v", got, asJSON(t, o))
		}
	}
}

func asJSON(t testing.TB, v any) (got any) {
	t.Helper()
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, &got)
	}
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestFreshVault(t *testing.T) {
	v := freshVault(t)
	r := carnetreader(t, v.Dir(), vaulttest.Passphrase)
	sameAsVault(t, v, r)
	records := r.lines(t, "records.ndjson", "record", "id")
	for _, id := range []string{"many000000000003", "many000000000004"} {
		if _, ok := records[id]; ok {
			t.Errorf("%s was deleted, and is there", id)
		}
	}
	if got := records["many000000000007"]["resource"].(map[string]any)["title"]; got != "changed" {
		t.Errorf("got %v, want the later form", got)
	}
	if len(r.lines(t, "receipts.ndjson", "import")) != 1 {
		t.Error("the receipt of an import that was undone is there")
	}
}

// TestCompacted reads a journal that begins with a base.
func TestCompacted(t *testing.T) {
	v := freshVault(t)
	if err := v.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	sameAsVault(t, v, carnetreader(t, v.Dir(), vaulttest.Passphrase))
	if err := v.Commit(t.Context(), record.Change{Delete: []record.ID{"many000000000005"}, Put: observations(2)}); err != nil {
		t.Fatal(err)
	}
	sameAsVault(t, v, carnetreader(t, v.Dir(), vaulttest.Passphrase))
	logs, err := filepath.Glob(filepath.Join(v.Dir(), "journal", "*.log"))
	if err != nil || len(logs) != 1 {
		t.Fatalf("got %v, %v, want one segment", logs, err)
	}
	base := "journal/" + filepath.Base(logs[0])
	for name, change := range map[string]func([]byte) []byte{
		"relabelled":  func(b []byte) []byte { return flip(15)(b) },
		"no more":     func([]byte) []byte { return nil },
		"its head":    flip(33),
		"first frame": flip(100),
		"cut off":     func(b []byte) []byte { return b[:200] },
	} {
		if r := carnetreader(t, copyOf(t, v.Dir(), base, change), vaulttest.Passphrase); r.code != exitDamaged {
			t.Errorf("%s: got %d, %s", name, r.code, r.stderr)
		}
	}
	r := carnetreader(t, copyOf(t, v.Dir(), base, flip(33)), vaulttest.Passphrase, "--salvage")
	if r.code != exitSalvaged {
		t.Fatalf("got %d, %s", r.code, r.stderr)
	}
	r.code = exitDone
	sameAsVault(t, v, r)
}

// TestSlots opens vaults whose slots were changed, and tells of older headers.
func TestSlots(t *testing.T) {
	v := freshVault(t)
	first := []byte(vaulttest.Passphrase)
	header := func() map[string][]byte {
		files := map[string][]byte{}
		for _, name := range []string{"vault.json", "vault.json.bak"} {
			b, err := os.ReadFile(filepath.Join(v.Dir(), name))
			if err != nil {
				t.Fatal(err)
			}
			files[name] = b
		}
		return files
	}
	before := header()
	trusted, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.AddTrusted(t.Context(), first, "a made-up friend", trusted.Recipient().String()); err != nil {
		t.Fatal(err)
	}
	second := "another made-up passphrase, caf\u00e9"
	if _, err := v.AddPassphrase(t.Context(), first, "a made-up spouse", []byte(second)); err != nil {
		t.Fatal(err)
	}
	recovery, err := v.NewRecoveryKey(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	third := "a third made-up passphrase"
	if err := v.ChangePassphrase(t.Context(), first, []byte(third)); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{third, "another made-up passphrase, cafe\u0301", recovery, strings.ToLower(recovery), trusted.String()} {
		sameAsVault(t, v, carnetreader(t, v.Dir(), secret))
	}
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{vaulttest.Passphrase, stranger.String(), "wrong"} {
		if r := carnetreader(t, v.Dir(), secret); r.code != exitPassphrase {
			t.Errorf("got %d, %s", r.code, r.stderr)
		}
	}
	older := func(name string) func([]byte) []byte { return func([]byte) []byte { return before[name] } }
	dir := copyOf(t, v.Dir(), "vault.json", older("vault.json"))
	sameAsVault(t, v, carnetreader(t, dir, third))
	if r := carnetreader(t, dir, vaulttest.Passphrase); r.code != exitPassphrase {
		t.Errorf("one older header: got %d, %s", r.code, r.stderr)
	}
	dir = copyOf(t, dir, "vault.json.bak", older("vault.json.bak"))
	if r := carnetreader(t, dir, vaulttest.Passphrase); r.code != exitDamaged || !strings.Contains(r.stderr, "older") {
		t.Errorf("two older headers: got %d, %s", r.code, r.stderr)
	}
}

// TestStockAge opens every original with the age program and the printed identity.
func TestStockAge(t *testing.T) {
	program, err := exec.LookPath("age")
	if err != nil {
		t.Skip("SKIPPED: the program age is not installed, so the originals were not opened with it")
	}
	v := freshVault(t)
	var stdout, stderr bytes.Buffer
	if code := (&reader{secret: vaulttest.Passphrase, stdout: &stdout, stderr: &stderr}).run([]string{"--identity", v.Dir()}); code != exitDone {
		t.Fatalf("got %d: %s", code, &stderr)
	}
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, stdout.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	var got, want []string
	files, err := filepath.Glob(filepath.Join(v.Dir(), "originals", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		plain, err := exec.Command(program, "-d", "-i", key, f).Output()
		if err != nil {
			t.Fatalf("age: %v", err)
		}
		sum := sha256.Sum256(plain)
		got = append(got, hex.EncodeToString(sum[:]))
	}
	originals, err := v.Originals(t.Context())
	for _, o := range originals {
		want = append(want, string(o.Hash))
	}
	if slices.Sort(got); err != nil || !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		t.Errorf("got %v, want %v, %v", got, want, err)
	}
}

// copyOf copies the part of a vault that is read, with one file changed.
func copyOf(t testing.TB, dir, file string, change func([]byte) []byte) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "v")
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == "db" || name == "snapshots"):
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, name), 0o700)
		}
		b, err := os.ReadFile(path)
		if err == nil && filepath.ToSlash(name) == file {
			if b = change(b); b == nil {
				return nil
			}
		}
		return errors.Join(err, os.WriteFile(filepath.Join(to, name), b, 0o600))
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func flip(at int) func([]byte) []byte {
	return func(b []byte) []byte { b[at] ^= 0x40; return b }
}

// TestFlips changes bytes anywhere in the journal and the originals: each is
// told of with the file, and with --salvage the rest is read.
func TestFlips(t *testing.T) {
	const frozen = testdata + "vault-v1"
	for _, file := range []string{"journal/000001.log", "originals/nw/nw97r6gsey7t0wfhs13va4rvmm"} {
		b, err := os.ReadFile(filepath.Join(frozen, file))
		if err != nil {
			t.Fatal(err)
		}
		step := 1
		if len(b) > 1000 {
			step = 61
		}
		for at := 0; at < len(b); at += step {
			dir := copyOf(t, frozen, file, flip(at))
			r := carnetreader(t, dir, frozenPassphrase)
			if r.code != exitDamaged || !strings.Contains(r.stderr, file) {
				t.Errorf("%s, byte %d: got %d, %q", file, at, r.code, r.stderr)
			}
			if r = carnetreader(t, dir, frozenPassphrase, "--salvage"); r.code != exitSalvaged {
				t.Errorf("%s, byte %d: salvage: got %d, %q", file, at, r.code, r.stderr)
			}
		}
	}
}

func TestHeaderCopy(t *testing.T) {
	const frozen = testdata + "vault-v1"
	b, err := os.ReadFile(frozen + "/vault.json")
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(b); at += 11 {
		dir := copyOf(t, frozen, "vault.json", flip(at))
		if r := carnetreader(t, dir, frozenPassphrase); r.code != exitDone {
			t.Errorf("byte %d: got %d: %s", at, r.code, r.stderr)
		}
		dir = copyOf(t, dir, "vault.json.bak", flip(at))
		if r := carnetreader(t, dir, frozenPassphrase); r.code != exitDamaged {
			t.Errorf("byte %d of both: got %d: %s", at, r.code, r.stderr)
		}
	}
}

// TestEnds cuts the journal off, and blanks its end: what is left is read where
// a power cut can leave that, and damage elsewhere.
func TestEnds(t *testing.T) {
	const frozen, log = testdata + "vault-v1", "journal/000001.log"
	cut := func(n int) func([]byte) []byte { return func(b []byte) []byte { return b[:len(b)-n] } }
	blank := func(from, to int) func([]byte) []byte {
		return func(b []byte) []byte { clear(b[len(b)-from : len(b)-to]); return b }
	}
	for _, tt := range []struct {
		name   string
		change func([]byte) []byte
		code   int
		stdout string
	}{
		{"cut within the last frame", cut(5), exitDone, "17 records, 1 originals, 1 receipts of 2 transactions\n"},
		{"blank end", blank(80, 0), exitDone, "17 records, 1 originals, 1 receipts of 2 transactions\n"},
		{"blanks that are not at the end", blank(2000, 1900), exitDamaged, ""},
		{"zeros behind", func(b []byte) []byte { return append(b, make([]byte, 4096)...) }, exitDone, "16 records, 1 originals, 1 receipts of 3 transactions\n"},
		{"something behind", func(b []byte) []byte { return append(b, bytes.Repeat([]byte("junk"), 20)...) }, exitDamaged, ""},
		{"cut to the head", func(b []byte) []byte { return b[:64] }, exitDamaged, ""},
		{"cut to less", func(b []byte) []byte { return b[:20] }, exitDamaged, ""},
		{"a frame twice", func(b []byte) []byte { return append(b, b[64:64+16+129]...) }, exitDamaged, ""},
		{"a frame taken out", func(b []byte) []byte { return slices.Delete(b, 64, 64+16+129) }, exitDamaged, ""},
		{"missing", func([]byte) []byte { return nil }, exitDamaged, ""},
	} {
		r := carnetreader(t, copyOf(t, frozen, log, tt.change), frozenPassphrase)
		if r.code != tt.code || r.stdout != tt.stdout {
			t.Errorf("%s: got %d, %q, %q, want %d, %q", tt.name, r.code, r.stdout, r.stderr, tt.code, tt.stdout)
		}
	}
}

// TestSalvage reads what is whole on both sides of a damaged frame.
func TestSalvage(t *testing.T) {
	v := freshVault(t)
	const log = "journal/000001.log"
	for _, tt := range []struct {
		name   string
		change func([]byte) []byte
	}{
		{"head of the segment", flip(3)},
		{"head and first frame", func(b []byte) []byte { clear(b[40:90]); return b }},
		{"a frame's head", flip(64)},
		{"a frame's body", flip(64 + 16 + 30)},
		{"junk between frames", func(b []byte) []byte { return slices.Insert(b, 64+16+int(b[64]), []byte("between two frames")...) }},
	} {
		dir := copyOf(t, v.Dir(), log, tt.change)
		if r := carnetreader(t, dir, vaulttest.Passphrase); r.code != exitDamaged || !strings.Contains(r.stderr, log) {
			t.Errorf("%s: got %d, %s", tt.name, r.code, r.stderr)
		}
		r := carnetreader(t, dir, vaulttest.Passphrase, "--salvage")
		if r.code != exitSalvaged || !strings.Contains(r.stderr, log) {
			t.Errorf("%s: got %d, %s", tt.name, r.code, r.stderr)
		}
		// The first frame is that of the creation: nothing is lost with it.
		r.code = exitDone
		sameAsVault(t, v, r)
	}
}

// TestPartOriginal reads an original that was not renamed yet.
func TestPartOriginal(t *testing.T) {
	const name = "originals/nw/nw97r6gsey7t0wfhs13va4rvmm"
	dir := copyOf(t, testdata+"vault-v1", "", nil)
	if err := os.Rename(filepath.Join(dir, name), filepath.Join(dir, name+".part")); err != nil {
		t.Fatal(err)
	}
	if r := carnetreader(t, dir, frozenPassphrase); r.code != exitDone {
		t.Errorf("got %d, %s", r.code, r.stderr)
	}
	if err := os.Remove(filepath.Join(dir, name+".part")); err != nil {
		t.Fatal(err)
	}
	if r := carnetreader(t, dir, frozenPassphrase); r.code != exitDamaged || !strings.Contains(r.stderr, name+", frame 2") {
		t.Errorf("got %d, %s", r.code, r.stderr)
	}
}

// TestUnknownOriginal tells of an original that the journal does not know.
func TestUnknownOriginal(t *testing.T) {
	const log = "journal/000001.log"
	dir := copyOf(t, testdata+"vault-v1", log, func(b []byte) []byte { return b[:64+16+129] })
	r := carnetreader(t, dir, frozenPassphrase)
	if want := "originals/nw/nw97r6gsey7t0wfhs13va4rvmm: "; r.code != exitDone || !strings.HasPrefix(r.stderr, want) {
		t.Errorf("got %d, %q, want %q", r.code, r.stderr, want)
	}
}

func TestExit(t *testing.T) {
	const frozen = testdata + "vault-v1"
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("\ufeff"+frozenPassphrase+"\r\nmore\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	there := t.TempDir()
	fresh := func() string { return filepath.Join(t.TempDir(), "out") }
	for _, tt := range []struct {
		name, secret string
		args         []string
		code         int
	}{
		{"nothing", "x", nil, exitUsage},
		{"unknown flag", "x", []string{"--what"}, exitUsage},
		{"no secret", "", []string{frozen, fresh()}, exitUsage},
		{"no out", "x", []string{frozen}, exitUsage},
		{"identity of two", "x", []string{"--identity", frozen, fresh()}, exitUsage},
		{"no file of that name", "", []string{frozen, fresh(), "--passphrase-file", fresh()}, exitUsage},
		{"wrong", "wrong", []string{frozen, fresh()}, exitPassphrase},
		{"no vault", "x", []string{t.TempDir(), fresh()}, exitFailed},
		{"flag first", "", []string{"--passphrase-file", secret, frozen, fresh()}, exitDone},
		{"flag last", "wrong", []string{frozen, fresh(), "--passphrase-file", secret}, exitDone},
		{"out is there", frozenPassphrase, []string{frozen, there}, exitFailed},
	} {
		r := &reader{secret: tt.secret, stdout: io.Discard, stderr: io.Discard}
		if got := r.run(tt.args); got != tt.code {
			t.Errorf("%s: got %d, want %d", tt.name, got, tt.code)
		}
	}
	if list, err := os.ReadDir(there); err != nil || len(list) > 0 {
		t.Errorf("written over what was there: %v, %v", list, err)
	}
}

// TestChangesNothing reads a vault and compares every byte of it.
func TestChangesNothing(t *testing.T) {
	dir := copyOf(t, testdata+"vault-v1", "", nil)
	before := contents(t, dir)
	carnetreader(t, dir, frozenPassphrase)
	if after := contents(t, dir); !maps.Equal(before, after) {
		t.Error("the vault was changed")
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		files[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
