package vault_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// archived is a zip archive with its members, as originals of one import.
func archived(t *testing.T, id record.ID, members ...string) (whole record.Incoming, inside []record.Incoming) {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for n, content := range members {
		w, err := z.Create(fmt.Sprintf("member %d.txt", n))
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, content)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	whole = fileOf(id, "made-up.zip", b.String())
	for n, content := range members {
		in := fileOf(id, fmt.Sprintf("made-up.zip/member %d.txt", n), content)
		in.Within, in.Path = whole.Hash, fmt.Sprintf("member %d.txt", n)
		in.Open = func() (io.ReadCloser, error) { return nil, errors.New("a member is not read again") }
		inside = append(inside, in)
	}
	return whole, inside
}

func fileOf(id record.ID, name, content string) record.Incoming {
	sum := sha256.Sum256([]byte(content))
	return record.Incoming{
		Original: record.Original{Hash: record.Hash(hex.EncodeToString(sum[:])), Name: name, Size: int64(len(content)), Import: id},
		Open:     func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil },
	}
}

func readOriginal(t *testing.T, v *vault.Vault, h record.Hash) string {
	t.Helper()
	f, _, err := v.OpenOriginal(t.Context(), h)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func receiptOf(id record.ID, files ...record.Incoming) *record.Receipt {
	r := &record.Receipt{Import: id}
	for _, f := range files {
		r.Sources = append(r.Sources, record.SourceReport{Name: f.Name, SHA256: f.Hash})
	}
	return r
}

// TestMembersOfAnArchive: a member's bytes are kept once, in its archive, and
// are read, checked, copied, backed up and taken back like any other original.
func TestMembersOfAnArchive(t *testing.T) {
	v := vaulttest.New(t)
	long := strings.Repeat("a line of the second member\n", 1000)
	whole, inside := archived(t, "import-of-a-zip1", "the first member", long)
	commit(t, v, record.Change{Originals: append([]record.Incoming{whole}, inside...), Receipt: receiptOf("import-of-a-zip1", whole, inside[0], inside[1])})
	if got := readOriginal(t, v, inside[1].Hash); got != long {
		t.Errorf("got %d bytes, want the second member", len(got))
	}
	got, err := v.Fragment(t.Context(), record.Provenance{Original: inside[0].Hash, Span: record.Span{Offset: 4, Length: 5}}, 100)
	if err != nil || string(got) != "first" {
		t.Errorf("fragment: got %q, %v", got, err)
	}
	if _, err := v.Fragment(t.Context(), record.Provenance{Original: inside[0].Hash, Span: record.Span{Offset: 4, Length: 50}}, 100); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("a place outside of the member: got %v", err)
	}
	sealed := 0
	for name := range snapshot(t, v.Dir()) {
		if strings.HasPrefix(name, "originals/") && !strings.HasSuffix(name, "/") {
			sealed++
		}
	}
	if originals, err := v.Originals(t.Context()); err != nil || sealed != len(originals)-2 {
		t.Errorf("%d sealed files for %d originals, %v; want two fewer", sealed, len(originals), err)
	}
	clean(t, v)

	copied, _, err := vault.Copy(t.Context(), v, filepath.Join(t.TempDir(), "copy.carnet"), []byte(vaulttest.Passphrase), vaulttest.Options(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if readOriginal(t, copied, inside[1].Hash) != long || len(copied.Notices()) > 0 {
		t.Errorf("the copy: %+v", copied.Notices())
	}
	stick := filepath.Join(t.TempDir(), "stick")
	if _, err := v.Backup(t.Context(), stick, vault.BackupOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "restored.carnet")
	if _, err := vault.Restore(t.Context(), stick, dir, []byte(vaulttest.Passphrase), vaulttest.Options(), nil); err != nil {
		t.Fatal(err)
	}
	restored, err := open(t, dir)
	if err != nil || readOriginal(t, restored, inside[1].Hash) != long {
		t.Error("restored: the member is not the same", err)
	}
}

// TestArchiveStaysForAnotherImport: what one import brought goes with it, but
// not the archive in which another import's file stands.
func TestArchiveStaysForAnotherImport(t *testing.T) {
	v := vaulttest.New(t)
	whole, inside := archived(t, "import-of-a-zip1", "the first member", "the second member")
	commit(t, v, record.Change{Originals: []record.Incoming{whole, inside[0]}, Receipt: receiptOf("import-of-a-zip1", whole, inside[0])})
	inside[1].Import = "import-of-a-zip2"
	commit(t, v, record.Change{Originals: []record.Incoming{inside[1]}, Receipt: receiptOf("import-of-a-zip2", inside[1])})
	commit(t, v, record.Change{Undone: "import-of-a-zip1"})
	if got := readOriginal(t, v, inside[1].Hash); got != "the second member" {
		t.Errorf("got %q", got)
	}
	if _, _, err := v.OpenOriginal(t.Context(), inside[0].Hash); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("the member that was taken back: got %v", err)
	}
	clean(t, v)
	commit(t, v, record.Change{Undone: "import-of-a-zip2"})
	if _, _, err := v.OpenOriginal(t.Context(), inside[1].Hash); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("the other member: got %v", err)
	}
	clean(t, v)
}

// TestMemberWithoutItsArchive is refused, and nothing is changed.
func TestMemberWithoutItsArchive(t *testing.T) {
	v := vaulttest.New(t)
	_, inside := archived(t, "import-of-a-zip1", "the first member")
	if err := v.Commit(t.Context(), record.Change{Originals: inside}); err == nil {
		t.Error("a member was filed without its archive")
	}
	clean(t, v)
}

// TestDamagedArchive: the check names the archive's file when it was changed.
func TestDamagedArchive(t *testing.T) {
	v := vaulttest.New(t)
	whole, inside := archived(t, "import-of-a-zip1", strings.Repeat("the first member", 100_000))
	before := snapshot(t, v.Dir())
	commit(t, v, record.Change{Originals: append([]record.Incoming{whole}, inside...)})
	v.Close()
	files := snapshot(t, v.Dir())
	for name, content := range files {
		if _, old := before[name]; !old && strings.HasPrefix(name, "originals/") && len(content) > 400 {
			files[name] = content[:len(content)-300] + strings.Repeat("x", 300)
		}
	}
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if f, _, err := v.OpenOriginal(t.Context(), inside[0].Hash); err == nil {
		_, err = io.Copy(io.Discard, f)
		f.Close()
		if !errors.Is(err, vault.ErrDamaged) {
			t.Errorf("reading a member of a damaged archive: got %v", err)
		}
	} else if !errors.Is(err, vault.ErrDamaged) {
		t.Error(err)
	}
	report, err := v.Check(t.Context(), true, nil)
	if err != nil || report.Sound() {
		t.Errorf("check: %+v, %v", report, err)
	}
}
