package vault_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// marked gives a change whose every text holds a marker of its own, and the
// markers.
func marked() (record.Change, []string) {
	var markers []string
	mark := func() string {
		markers = append(markers, fmt.Sprintf("Zwqx%dvkj", len(markers)))
		return markers[len(markers)-1]
	}
	concept := func() record.Concept {
		return record.Concept{Text: mark(), Coding: []record.Coding{{System: mark(), Code: mark(), Display: mark()}}}
	}
	patient := record.Record{ID: vaulttest.Person, Person: vaulttest.Person, Resource: &record.Patient{Name: []record.HumanName{{Family: mark(), Given: []string{mark()}}}}}
	fact := record.Record{
		ID: "bbbbbbbbbbbbbbbb", Person: vaulttest.Person, Overlay: &record.Overlay{Note: mark()},
		Resource:   &record.Condition{Code: concept(), Note: []string{mark()}},
		Provenance: []record.Provenance{{Author: mark(), System: mark(), Place: mark(), Local: []string{mark()}, Identifiers: []record.Identifier{{System: mark(), Value: mark()}}}},
	}
	note := record.Record{ID: "bbbbbbbbbbbbbbb2", Person: vaulttest.Person, Resource: &record.DocumentReference{Title: mark(), Section: []record.Section{{Title: mark(), Text: record.Narrative("<p>" + strings.Repeat(mark()+" ", 50) + "</p>")}}}}
	in := incoming(mark(), []byte(strings.Repeat(mark(), 10_000)))
	in.MediaType = mark()
	receipt := &record.Receipt{Import: "dddddddddddddddd", Sources: []record.SourceReport{{Name: mark(), Format: mark(), Issues: []record.Issue{{Text: mark()}}}}}
	return record.Change{Put: []record.Record{patient, fact, note}, Originals: []record.Incoming{in}, Receipt: receipt}, markers
}

func TestNothingReadableOnDisk(t *testing.T) {
	change, markers := marked()
	markers = append(markers, "Condition", "DocumentReference", string(vaulttest.Person), "bbbbbbbbbbbbbbbb", "dddddddddddddddd", string(change.Originals[0].Hash), vaulttest.Passphrase)
	v := vaulttest.Empty(t)
	commit(t, v, change)
	if _, err := v.Search(t.Context(), markers[0], record.Filter{}, 10); err != nil {
		t.Fatal(err)
	}
	look := func(when string) {
		t.Helper()
		for name, content := range snapshot(t, v.Dir()) {
			content = strings.TrimRight(content, "\x00") // Badger's files are long and blank while they are open
			for _, m := range markers {
				if strings.Contains(content, m) || strings.Contains(name, m) {
					t.Errorf("%s: %q can be read in %s", when, m, name)
				}
			}
		}
	}
	look("open")
	v.Close()
	look("closed")
	v = vaulttest.Reopen(t, v)
	for i := range 6 { // onto the tables that Badger wrote when it was closed
		list := many(300)
		for n := range list {
			list[n].Overlay = &record.Overlay{Note: fmt.Sprint(markers[3], i)}
		}
		commit(t, v, record.Change{Put: list})
	}
	look("after many commits")
}

func TestErrorsCarryNoClinicalText(t *testing.T) {
	change, markers := marked()
	v := vaulttest.Empty(t)
	bad := change
	bad.Originals = []record.Incoming{change.Originals[0]}
	name := markers[len(markers)-5]
	for _, open := range []func() (io.ReadCloser, error){
		func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("other")), nil },
		func() (io.ReadCloser, error) { return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist} },
		func() (io.ReadCloser, error) { return nil, fmt.Errorf("cannot read %s", name) },
		func() (io.ReadCloser, error) { return io.NopCloser(failing{name}), nil },
	} {
		bad.Originals[0].Open = open
		quiet(t, v.Commit(t.Context(), bad), markers)
	}
	change, _ = marked()
	commit(t, v, change)
	_, err := v.Fragment(t.Context(), record.Provenance{Original: change.Originals[0].Hash, Place: markers[0], Span: record.Span{Offset: 1 << 40, Length: 9}}, 10)
	quiet(t, err, markers)
	list, _ := filepath.Glob(filepath.Join(v.Dir(), "originals", "*", "*"))
	if err := os.Truncate(list[0], 90_000); err != nil {
		t.Fatal(err)
	}
	_, _, err = v.OpenOriginal(t.Context(), change.Originals[0].Hash)
	quiet(t, err, markers)
	dir := v.Dir()
	v.Close()
	os.Remove(filepath.Join(dir, "db", "CLOSED"))
	os.Truncate(filepath.Join(dir, "vault.json"), 20)
	os.Truncate(filepath.Join(dir, "vault.json.bak"), 20)
	_, err = open(t, dir)
	quiet(t, err, markers)
}

type failing struct{ name string }

func (f failing) Read([]byte) (int, error) { return 0, errors.New("disk error in " + f.name) }

func quiet(t *testing.T, err error, markers []string) {
	t.Helper()
	if err == nil {
		t.Error("got no error")
		return
	}
	for _, m := range markers {
		if strings.Contains(err.Error(), m) {
			t.Errorf("the error quotes %q: %v", m, err)
		}
	}
}
