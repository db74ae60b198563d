package soak_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"filippo.io/age"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// stem begins every marker. It is not a word, and lower case, as the search
// index folds words.
const stem = "zwqxvkjh"

// marks gives markers, one after the other.
type marks int

func (m *marks) next() string {
	*m++
	return fmt.Sprintf("%s%04d", stem, *m)
}

// fill sets every text below v to a marker of its own.
func (m *marks) fill(v reflect.Value) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(m.next())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		m.fill(v.Index(0))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		m.fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); !within(v.Type(), f.Type()) {
				m.fill(f)
			}
		}
	}
}

// within says that a list holds what it stands in: the other files of an image
// are images with a list of their own. Such lists stay empty.
func within(outer, list reflect.Type) bool {
	return list.Kind() == reflect.Slice && list.Elem() == outer
}

// records are one of each kind with a marker in every field.
func (m *marks) records() (list []record.Record) {
	for _, k := range record.Kinds {
		r := record.Record{Resource: k.New()}
		m.fill(reflect.ValueOf(r.Resource).Elem())
		v := reflect.ValueOf(&r).Elem()
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "Resource" {
				m.fill(v.Field(i))
			}
		}
		r.ID, r.Person, r.Held = record.NewID(), vaulttest.Person, nil
		list = append(list, r)
	}
	return list
}

// originals are small, large and compressible ones.
func (m *marks) change() record.Change {
	c := record.Change{Put: m.records(), Receipt: &record.Receipt{}}
	m.fill(reflect.ValueOf(c.Receipt).Elem())
	c.Receipt.Import = record.NewID()
	for _, times := range []int{1, 100_000} {
		content := []byte(strings.Repeat(m.next()+" ", times))
		in := madeOriginalOf(content, c.Receipt.Import)
		in.Name, in.MediaType = m.next(), m.next()
		c.Originals = append(c.Originals, in)
	}
	return c
}

// markedVault makes a vault with markers wherever words can go, uses all of it,
// and leaves it open.
func markedVault(ctx context.Context, o order) (*vault.Vault, error) {
	var m marks
	v, _, err := vault.Create(ctx, o.Dir, []byte(o.Secret), options(o.Memory))
	if err != nil {
		return nil, err
	}
	friend, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	secret := []byte(o.Secret)
	for _, step := range []func() error{
		func() error { return v.Commit(ctx, record.Change{Put: vaulttest.Records()}) },
		func() error { return v.Commit(ctx, m.change()) },
		func() error {
			_, err := v.AddPassphrase(ctx, secret, m.next(), []byte("another "+o.Secret))
			return err
		},
		func() error { _, err := v.AddTrusted(ctx, secret, m.next(), friend.Recipient().String()); return err },
		func() error { return v.SaveDraft(m.next(), []byte(strings.Repeat(m.next(), 50))) },
		func() error { return searched(ctx, v, &m) },
		func() error { _, err := v.Backup(ctx, o.Stick, vault.BackupOptions{}, nil); return err },
		func() error { _, err := v.Backup(ctx, o.Stick+".age", vault.BackupOptions{}, nil); return err },
		func() error {
			_, err := v.Backup(ctx, o.Stick+"2.age", vault.BackupOptions{Passphrase: []byte(m.next())}, nil)
			return err
		},
		func() error { return v.Commit(ctx, m.change()) },
	} {
		if err := step(); err != nil {
			return nil, errors.Join(err, v.Close())
		}
	}
	if m < 200 {
		return nil, fmt.Errorf("only %d markers", m)
	}
	return v, nil
}

// searched looks for words that are there, that are not, and that are mistyped.
func searched(ctx context.Context, v *vault.Vault, m *marks) error {
	for _, words := range []string{stem, m.next(), stem + "0017", "glukose", "zwqx"} {
		if _, err := v.Search(ctx, words, record.Filter{}, 10); err != nil {
			return err
		}
	}
	return nil
}

// mark is a child that dies with a marked vault open.
func mark() error {
	o, err := readOrder()
	if err != nil {
		return err
	}
	if _, err := markedVault(context.Background(), o); err != nil {
		return err
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	return errors.Join(self.Kill(), errors.New("still alive"))
}

// shapes are the forms in which a marker would be readable.
func shapes() map[string][]byte {
	wide := func(order func(uint16) [2]byte) (b []byte) {
		for _, c := range utf16.Encode([]rune(stem)) {
			pair := order(c)
			b = append(b, pair[:]...)
		}
		return b
	}
	list := map[string][]byte{
		"clear":    []byte(stem),
		"UTF-16LE": wide(func(c uint16) [2]byte { return [2]byte{byte(c), byte(c >> 8)} }),
		"UTF-16BE": wide(func(c uint16) [2]byte { return [2]byte{byte(c >> 8), byte(c)} }),
		"hex":      []byte(hex.EncodeToString([]byte(stem))),
		"HEX":      bytes.ToUpper([]byte(hex.EncodeToString([]byte(stem)))),
	}
	for skip := range 3 { // whatever stands before it: only whole groups of its own
		text := stem[(3-skip)%3:]
		list[fmt.Sprint("base64, ", skip)] = []byte(base64.StdEncoding.EncodeToString([]byte(text[:len(text)/3*3])))
	}
	return list
}

// readable names the files below dirs that show a marker, by their content or
// their name.
func readable(t *testing.T, dirs ...string) (found []string) {
	t.Helper()
	files := 0
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil {
				return err
			}
			rel, _ := filepath.Rel(dir, path)
			if how := shows([]byte(rel)); how != "" {
				found = append(found, fmt.Sprintf("the name %s (%s)", rel, how))
			}
			if d.IsDir() {
				return nil
			}
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files++
			if how := shows(b); how != "" {
				found = append(found, fmt.Sprintf("%s (%s)", path, how))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files == 0 {
		t.Fatal("there was nothing to look at")
	}
	return found
}

func shows(b []byte) string {
	for how, shape := range shapes() {
		if bytes.Contains(b, shape) || how == "clear" && bytes.Contains(bytes.ToLower(b), shape) {
			return how
		}
	}
	return ""
}

// The search for markers finds them in every shape, at every offset.
func TestMarkersWouldBeFound(t *testing.T) {
	for _, before := range []string{"", "a", "ab"} {
		text := before + stem + "0042 and more"
		for _, b := range [][]byte{[]byte(text), []byte(strings.ToUpper(text)), []byte(hex.EncodeToString([]byte(text))), []byte(base64.StdEncoding.EncodeToString([]byte(text)))} {
			if shows(b) == "" {
				t.Errorf("not found in %q", b)
			}
		}
	}
}

// TestNothingReadable looks for markers in all that a vault leaves anywhere.
func TestNothingReadable(t *testing.T) {
	top := scratch(t)
	temp := filepath.Join(top, "tmp")
	if err := os.Mkdir(temp, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temp)
	at := func(name string) order {
		return order{Dir: filepath.Join(top, name+".carnet"), Secret: vaulttest.Passphrase, Memory: filepath.Join(top, "memory"), Stick: filepath.Join(top, name+"-backup")}
	}
	look := func(when string) {
		t.Helper()
		if found := readable(t, top); len(found) > 0 {
			t.Errorf("%s: readable: %s", when, strings.Join(found, "; "))
		}
	}
	o := at("v")
	v, err := markedVault(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	look("open")
	if err := v.Compact(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	look("after a compaction, open")
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	look("closed")

	killed := at("killed")
	words, err := child("mark", killed).CombinedOutput()
	if err == nil || len(words) > 0 {
		t.Fatalf("the child was to be killed: %v, %s", err, words)
	}
	look("after a kill")
	r, err := vault.Rescue(t.Context(), killed.Dir, []byte(o.Secret), options(o.Memory))
	if err != nil {
		t.Fatal(err)
	}
	look("in a rescue")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err := seen(killed); err != nil || s.Refused != "" {
		t.Fatal(err, s.Refused)
	}
	look("opened again")
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left in the folder for temporary files: %v, %v", left, err)
	}
	t.Run("program", func(t *testing.T) { programSaysNothing(t, o, killed, top) })
	look("after the program")
}

// programSaysNothing runs the command line over the vault, sound and damaged:
// what is not asked for the record shows nothing of it, and no error does.
func programSaysNothing(t *testing.T, o, other order, top string) {
	outside := scratch(t) // of what is looked at
	program := filepath.Join(outside, "carnetctl")
	build := exec.Command("go", "build", "-o", program, "github.com/carnet-phr/carnet/cmd/carnetctl")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "TMPDIR="+outside)
	if out, err := build.CombinedOutput(); err != nil {
		t.Skipf("NOT TESTED: the program does not build here: %v %s", err, out)
	}
	broken := filepath.Join(outside, "broken.json")
	if err := os.WriteFile(broken, []byte(`{"resourceType":"Patient","id":"`+stem+`","name":[{"family":"`+stem+`"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	hurt := filepath.Join(top, "hurt.carnet")
	if err := copyTree(other.Dir, hurt, none); err != nil {
		t.Fatal(err)
	}
	logs, err := filepath.Glob(filepath.Join(hurt, "journal", "*.log"))
	if err != nil || len(logs) == 0 {
		t.Fatal(logs, err)
	}
	damagedOriginals, _ := filepath.Glob(filepath.Join(hurt, "originals", "*", "*"))
	for _, path := range append(logs, append(damagedOriginals, o.Stick+"2.age")...) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b[len(b)/2] ^= 1
		os.WriteFile(path, b, 0o600)
	}
	os.RemoveAll(filepath.Join(hurt, "db"))
	os.RemoveAll(filepath.Join(hurt, "snapshots"))
	for _, tc := range []struct {
		asks bool // for the record: what it prints is meant to be read
		args string
	}{
		{false, "--vault V check"},
		{false, "--vault V check --deep --json"},
		{false, "--vault V repair"},
		{false, "--vault V compact"},
		{false, "--vault V backup " + o.Stick + "3"},
		{false, "--vault V backup " + o.Stick + "3.age"},
		{false, "restore " + o.Stick + " " + top + "/restored.carnet"},
		{false, "restore " + o.Stick + "2.age " + top + "/restored2.carnet"},
		{true, "--vault V search " + stem},
		{true, "--vault V show nobody"},
		{true, "--vault V list"},
		{true, "--vault V summary"},
		{true, "--vault V import " + broken},
		{false, "--vault H check"},
		{true, "--vault H list"},
		{true, "--vault H --rescue list"},
		{false, "--vault H --rescue check --deep"},
		{false, "--vault H repair"},
		{false, "--vault " + top + " check"},
	} {
		args := strings.Fields(strings.NewReplacer("V", o.Dir, "H", hurt).Replace(tc.args))
		if strings.Contains(tc.args, " V") != strings.Contains(tc.args, "V") {
			t.Fatalf("%q: the folder's own name has a V in it", tc.args)
		}
		var out, words bytes.Buffer
		cmd := exec.Command(program, args...)
		cmd.Env = append(os.Environ(), "CARNET_PASSPHRASE="+o.Secret, "XDG_CONFIG_HOME="+filepath.Join(top, "config"), "HOME="+filepath.Join(top, "home"))
		cmd.Stdout, cmd.Stderr = &out, &words
		err := cmd.Run()
		if how := shows(words.Bytes()); how != "" {
			t.Errorf("carnetctl %s: its errors show a marker (%s): %s", tc.args, how, words.Bytes())
		}
		if how := shows(out.Bytes()); !tc.asks && how != "" {
			t.Errorf("carnetctl %s: it prints a marker (%s): %s", tc.args, how, out.Bytes())
		}
		t.Logf("carnetctl %s: %v, %d bytes, said %d bytes", tc.args, err, out.Len(), words.Len())
	}
}
