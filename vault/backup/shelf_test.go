package backup_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	mrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/backup"
	"github.com/carnet-phr/carnet/vault/seal"
)

var (
	vaultID = bytes.Repeat([]byte{7}, 16)
	now     = time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)
)

// origin is a made-up vault: names and bytes.
type origin struct {
	t     testing.TB
	dir   string
	epoch uint64
}

func newOrigin(t testing.TB) *origin {
	o := &origin{t: t, dir: t.TempDir()}
	o.write("journal/000001.log", 5000)
	o.write("journal/000002.log", 300)
	for _, name := range []string{"00/00aaaaaaaaaaaaaaaaaaaaaaaa", "00/00bbbbbbbbbbbbbbbbbbbbbbbb", "zz/zzaaaaaaaaaaaaaaaaaaaaaaaa"} {
		o.write("originals/"+name, 2000+len(name))
	}
	return o
}

func (o *origin) write(name string, size int) {
	o.t.Helper()
	b := make([]byte, size)
	rand.Read(b)
	path := filepath.Join(o.dir, name)
	os.MkdirAll(filepath.Dir(path), 0o700)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		o.t.Fatal(err)
	}
}

func (o *origin) plan() backup.Plan {
	o.epoch++
	p := backup.Plan{Header: header(vaultID, "first"), At: now.Add(time.Duration(o.epoch) * time.Hour), Epoch: o.epoch, Frame: o.epoch, Tag: make([]byte, 16), Count: 9}
	filepath.WalkDir(o.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, _ := d.Info()
		name, _ := filepath.Rel(o.dir, path)
		name = filepath.ToSlash(name)
		p.Sources = append(p.Sources, backup.Source{Name: name, Path: path, Size: info.Size(), Grows: strings.HasPrefix(name, "journal/")})
		return nil
	})
	return p
}

func header(id []byte, note string) []byte {
	return fmt.Appendf(nil, `{"header":{"id":%q,"note":%q},"hmac":"","sha256":""}`+"\n", base64.StdEncoding.EncodeToString(id), note)
}

func box() *seal.Box { return seal.NewBox(bytes.Repeat([]byte{9}, seal.KeySize)) }

func openShelf(t testing.TB, dir string) *backup.Shelf {
	t.Helper()
	s, err := backup.Open(dir, vaultID, box())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustPut(t testing.TB, s *backup.Shelf, p backup.Plan, opt backup.Options) backup.List {
	t.Helper()
	l, err := s.Put(t.Context(), p, opt)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// files reads all files below dir.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name, _ := filepath.Rel(dir, path)
			all[filepath.ToSlash(name)] = string(b)
		}
		return nil
	})
	return all
}

// extracted restores the newest list and gives its files but the header.
func extracted(t testing.TB, s *backup.Shelf) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := s.Extract(t.Context(), s.Lists()[0], dir, nil); err != nil {
		t.Fatal(err)
	}
	got := files(t, dir)
	delete(got, backup.HeaderName)
	return got
}

func sameFiles(t testing.TB, got, want map[string]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("got %d files, want %d", len(got), len(want))
	}
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s is not as it was", name)
		}
	}
}

func TestPutCopiesOnlyWhatIsNew(t *testing.T) {
	o, dir := newOrigin(t), t.TempDir()
	s := openShelf(t, dir)
	moved := func(p backup.Plan) (total int64) {
		mustPut(t, s, p, backup.Options{Keep: 3, Progress: func(done, all int64) { total = all }})
		return total
	}
	if got := moved(o.plan()); got < 2*11000 {
		t.Errorf("first run: %d bytes, want all of them, twice", got)
	}
	sameFiles(t, extracted(t, s), files(t, o.dir))
	if got := moved(o.plan()); got != 0 {
		t.Errorf("unchanged run: %d bytes, want 0", got)
	}
	f, _ := os.OpenFile(filepath.Join(o.dir, "journal/000002.log"), os.O_APPEND|os.O_WRONLY, 0)
	f.Write(make([]byte, 100))
	f.Close()
	o.write("originals/zz/zzbbbbbbbbbbbbbbbbbbbbbbbb", 50)
	if got := moved(o.plan()); got != 2*(400+50) {
		t.Errorf("after a commit: %d bytes, want the last segment and the new original, twice", got)
	}
	sameFiles(t, extracted(t, s), files(t, o.dir))
}

func TestPutReplacesASegmentOfAnotherHistory(t *testing.T) {
	o := newOrigin(t)
	s := openShelf(t, t.TempDir())
	mustPut(t, s, o.plan(), backup.Options{Keep: 3})
	o.write("journal/000001.log", 5000)
	mustPut(t, s, o.plan(), backup.Options{Keep: 3})
	sameFiles(t, extracted(t, s), files(t, o.dir))
}

func TestPruneKeepsTheNewestAndNoOtherBlobs(t *testing.T) {
	o, dir := newOrigin(t), t.TempDir()
	s := openShelf(t, dir)
	for range 6 {
		o.write("journal/000002.log", 300)
		mustPut(t, s, o.plan(), backup.Options{Keep: 2})
	}
	o.epoch = 1 // a vault that was put back from an older backup goes on from there
	o.write("journal/000002.log", 300)
	mustPut(t, s, o.plan(), backup.Options{Keep: 2})
	lists := s.Lists()
	if len(lists) != 2 || lists[0].Epoch != 2 || lists[1].Epoch != 6 {
		t.Errorf("got %d lists, want those of epoch 2 and 6: %+v", len(lists), lists)
	}
	sameFiles(t, extracted(t, s), files(t, o.dir))
	blobs := 0
	for name := range files(t, dir) {
		if strings.HasPrefix(name, "blobs/") {
			blobs++
		}
	}
	if blobs != 6 {
		t.Errorf("got %d blobs, want 6: four that both lists name, and two last segments", blobs)
	}
}

func TestOtherVaultsShelfIsLeftAlone(t *testing.T) {
	o, dir := newOrigin(t), t.TempDir()
	mustPut(t, openShelf(t, dir), o.plan(), backup.Options{})
	if _, err := backup.Open(dir, bytes.Repeat([]byte{8}, 16), box()); !errors.Is(err, backup.ErrOtherVault) {
		t.Errorf("got %v, want ErrOtherVault", err)
	}
}

// Wherever a run is cut short, what was there before can be restored, and the
// next run does the rest.
func TestPutCutShort(t *testing.T) {
	o, dir := newOrigin(t), t.TempDir()
	s := openShelf(t, dir)
	mustPut(t, s, o.plan(), backup.Options{Keep: 1})
	before := files(t, o.dir)
	for i := range 8 {
		o.write(fmt.Sprintf("originals/zz/zz%024d", i), 3000)
	}
	for stop := range 12 {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		_, err := s.Put(ctx, o.plan(), backup.Options{Keep: 1, Progress: func(int64, int64) {
			if n++; n > stop {
				cancel()
			}
		}})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped after %d steps: got %v", stop, err)
		}
		sameFiles(t, extracted(t, s), before)
	}
	full := errors.New("full")
	if _, err := s.Put(t.Context(), o.plan(), backup.Options{Keep: 1, Room: func(int64) error { return full }}); !errors.Is(err, full) {
		t.Errorf("full disk: got %v", err)
	}
	sameFiles(t, extracted(t, s), before)
	mustPut(t, s, o.plan(), backup.Options{Keep: 1})
	sameFiles(t, extracted(t, s), files(t, o.dir))
	for name := range files(t, dir) {
		if strings.HasSuffix(name, ".part") {
			t.Errorf("%s was left behind", name)
		}
	}
}

// Whatever is done to one file of a shelf is found when it is used, and All
// mends it from the vault.
func TestShelfDamage(t *testing.T) {
	rnd := mrand.New(mrand.NewPCG(3, 4))
	o, dir := newOrigin(t), t.TempDir()
	s := openShelf(t, dir)
	mustPut(t, s, o.plan(), backup.Options{Keep: 1})
	whole := files(t, dir)
	names := []string{}
	for name := range whole {
		names = append(names, name)
	}
	slices.Sort(names)
	cases := 40
	if testing.Short() {
		cases = 15
	}
	for i := range cases {
		name := names[i%len(names)]
		path := filepath.Join(dir, name)
		b := []byte(whole[name])
		at := rnd.IntN(len(b))
		switch what := rnd.IntN(4); what {
		case 0:
			os.Remove(path)
		case 1:
			os.WriteFile(path, b[:at], 0o600)
		default:
			b[at] ^= 1 << rnd.IntN(8)
			os.WriteFile(path, b, 0o600)
		}
		out := t.TempDir()
		lists := s.Lists()
		if len(lists) == 1 && lists[0].Err == nil {
			err := s.Extract(t.Context(), lists[0], out, nil)
			var d *backup.DamageError
			if !errors.As(err, &d) {
				t.Errorf("%s at %d: got %v, want damage", name, at, err)
			}
		}
		if strings.HasPrefix(name, "blobs/") {
			mustPut(t, s, o.plan(), backup.Options{Keep: 1, All: true})
			sameFiles(t, extracted(t, s), files(t, o.dir))
		}
		os.RemoveAll(dir)
		for name, content := range whole {
			os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700)
			os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600)
		}
	}
}

// What the vault lacks comes from the shelf where that still has it, and is
// counted where it has not.
func TestPutOfADamagedVault(t *testing.T) {
	o := newOrigin(t)
	s := openShelf(t, t.TempDir())
	mustPut(t, s, o.plan(), backup.Options{Keep: 3})
	whole := files(t, o.dir)
	unsound := errors.New("changed")
	p := o.plan()
	for i := range p.Sources {
		p.Sources[i].Sound = func() error { return unsound }
	}
	os.Remove(filepath.Join(o.dir, "originals/00/00aaaaaaaaaaaaaaaaaaaaaaaa"))
	if l := mustPut(t, s, p, backup.Options{Keep: 3}); l.Lacking != 0 {
		t.Errorf("lacking %d, want none: the shelf has them all", l.Lacking)
	}
	sameFiles(t, extracted(t, s), whole)
	o.write("originals/00/00cccccccccccccccccccccccc", 77)
	p = o.plan()
	for i := range p.Sources {
		p.Sources[i].Sound = func() error { return unsound }
	}
	if _, err := s.Put(t.Context(), p, backup.Options{Keep: 3}); !errors.Is(err, unsound) {
		t.Errorf("got %v, want what is wrong", err)
	}
	if l := mustPut(t, s, p, backup.Options{Keep: 3, Damaged: true}); l.Lacking != 1 {
		t.Errorf("lacking %d, want the one that the shelf never had", l.Lacking)
	}
}

func TestValidName(t *testing.T) {
	for name, want := range map[string]bool{
		"vault.json": true, "journal/000001.log": true, "originals/00/00aaaaaaaaaaaaaaaaaaaaaaaa": true,
		"": false, "vault.json.bak": false, "../vault.json": false, "/vault.json": false, "journal/1.log": false,
		"journal/000001.log/x": false, "originals/01/00aaaaaaaaaaaaaaaaaaaaaaaa": false, "originals/../../x": false, "vault.json\n": false,
	} {
		if got := backup.ValidName(name); got != want {
			t.Errorf("%q: got %v", name, got)
		}
	}
}
