package exchange_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// readings is a format of one reading a line, all from one system: those with
// the same value share a key.
var readings = exchange.Format{
	Name: "readings", Title: "Readings",
	Identify: func(h exchange.Head) exchange.Match {
		if strings.HasPrefix(string(h.Bytes), "#readings") {
			return exchange.Yes
		}
		return exchange.No
	},
	Import: func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
		b, err := src.ReadAll(1 << 20)
		if err != nil {
			return err
		}
		sink.Add(record.Record{
			Provenance: []record.Provenance{{Place: "head"}},
			Resource:   &record.Patient{Name: []record.HumanName{{Given: []string{"Marie"}, Family: "Sample"}}, BirthDate: "1958-03-14", Gender: "female"},
		})
		for n, value := range strings.Fields(string(b))[1:] {
			sink.Add(record.Record{
				Provenance: []record.Provenance{{Place: fmt.Sprintf("line %d", n), System: "Lab"}},
				Resource: &record.Observation{
					Status: "final", Effective: record.At("2021-03-05T10:30:00Z"),
					Code:  record.Concept{Text: "Potassium", Coding: []record.Coding{{System: record.LOINC, Code: "2823-3"}}},
					Value: record.Value{Quantity: record.Quantity{Value: value, Unit: "mmol/L"}},
				},
			})
		}
		return nil
	},
}

func bring(t *testing.T, m *exchangetest.Memory, sources ...exchange.Source) (*exchange.Batch, record.Receipt) {
	t.Helper()
	b, err := exchange.Import(context.Background(), m, []exchange.Format{lines, readings}, sources, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b, commit(t, b)
}

// A file that lists two equal readings means two: brought again it changes
// nothing, and the next file that lists both is linked to both.
func TestHazard45EqualReadingsStayApart(t *testing.T) {
	for range 8 { // the order in which a store gives them must not matter
		m := exchangetest.NewMemory()
		a := exchangetest.Source("a", []byte("#readings 4.4 4.4 4.5"))
		bring(t, m, a)
		if b, r := bring(t, m, a); !b.Empty() || r.Sources[0].Duplicate != 4 {
			t.Fatalf("the same file again would change %+v", r.Sources[0])
		}
		bring(t, m, exchangetest.Source("b", []byte("#readings\n4.4 4.4")))
		for _, r := range m.All() {
			if o, ok := r.Resource.(*record.Observation); ok && o.Value.Quantity.Value == "4.4" && len(r.Provenance) != 2 {
				t.Errorf("%s has %d sources, want 2", r.ID, len(r.Provenance))
			}
		}
	}
}

// Files are met that give all their entries one identifier.
func TestOneIdentifierForEverythingIsLinear(t *testing.T) {
	took := func(n int) time.Duration {
		text := []string{marie}
		for i := range n {
			text = append(text, fmt.Sprintf("problem|number %d|1", i))
		}
		m := exchangetest.NewMemory()
		start := time.Now()
		r := commit(t, stage(t, m, "", source("a", text...)))
		if r.Sources[0].Filed != n+1 {
			t.Fatalf("filed %d of %d", r.Sources[0].Filed, n+1)
		}
		return time.Since(start)
	}
	took(100)
	if got := took(8000); got > 10*time.Second { // it was 50 s
		t.Errorf("8,000 entries took %v", got)
	}
}

func TestAcceptedFilesAreKeptWhateverTheyHold(t *testing.T) {
	m := exchangetest.NewMemory()
	for _, c := range []struct {
		src  exchange.Source
		kept bool
	}{
		{source("claims", "claim", "claim"), true},
		{source("odd", "odd"), true},
		{source("nothing", ""), true},
		{source("broken", "broken"), false},
		{source("bad", "fail"), false},
	} {
		b, r := bring(t, m, c.src)
		if have, err := m.HasOriginal(context.Background(), r.Sources[0].SHA256); err != nil || have != c.kept {
			t.Errorf("%s: kept %v, want %v", c.src.Name, have, c.kept)
		}
		if again, _ := bring(t, m, c.src); !again.Empty() || b.Empty() == c.kept {
			t.Errorf("%s: empty %v, again %v", c.src.Name, b.Empty(), again.Empty())
		}
	}
}

func TestHazard34RelativeReferencesStayInTheirFolder(t *testing.T) {
	at := func(name string, text ...string) exchange.Source {
		s := source(name, text...)
		return s
	}
	patient := at("mine/patient", marie)
	stay := func(sources ...exchange.Source) bool {
		b := stage(t, exchangetest.NewMemory(), "", sources...)
		return b.Held()
	}
	if stay(patient, at("mine/problems", "problem|one|1|Marie Sample")) {
		t.Error("a bulk export of two files is held")
	}
	if !stay(patient, at("other/problems", "problem|one|1|Marie Sample")) {
		t.Error("a server's own number was looked up in another server's files")
	}
}

func TestFirstFolderWithPapers(t *testing.T) {
	paper := func(name string) exchange.Source {
		return exchangetest.Source(name, []byte("%PDF-1.4 "+name))
	}
	m := exchangetest.NewMemory()
	b := stage(t, m, "", source("a", marie, "problem|one|1"), paper("x.pdf"), paper("y.pdf"))
	if b.Held() {
		t.Fatal("papers beside the only patient are held")
	}
	id := commit(t, b).Person.ID
	for _, r := range m.All() {
		if r.Person != id {
			t.Errorf("%s is filed under %s", r.Summary().Title, r.Person)
		}
	}
	m = exchangetest.NewMemory()
	commit(t, stage(t, m, exchange.NewPerson, paper("x.pdf"), paper("y.pdf")))
	if people, _ := m.People(context.Background()); len(people) != 1 {
		t.Errorf("two papers founded %d people", len(people))
	}
}

// touched is a file that is written to while it is read.
type touched struct{ fstest.MapFS }

func (f touched) Open(name string) (fs.File, error) {
	file, err := f.MapFS.Open(name)
	old := f.MapFS[name]
	f.MapFS[name] = &fstest.MapFile{Data: append(old.Data, "\nproblem|not in the original|9"...), ModTime: old.ModTime.Add(time.Second)}
	return file, err
}

func TestFileThatChangesIsRefused(t *testing.T) {
	m := exchangetest.NewMemory()
	src := exchange.Source{Name: "growing", Path: "f", FS: touched{fstest.MapFS{"f": {Data: []byte("#lines\n" + marie)}}}}
	r := commit(t, stage(t, m, "", src))
	if s := r.Sources[0]; s.Refused != 1 || !strings.Contains(s.Issues[0].Text, "changed while it was read") || len(m.All()) != 0 {
		t.Errorf("got %+v, %d records", s, len(m.All()))
	}
}

func TestNamesInFoldersThatAreNoFiles(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("links and names of bytes are Linux's")
	}
	dir := t.TempDir()
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "R\xf6ntgen"), 0o700); err != nil {
		t.Skip("this file system takes no names of bytes")
	}
	if err := os.WriteFile(filepath.Join(dir, "R\xf6ntgen", "br\xfcche"), []byte("#lines\n"+marie), 0o600); err != nil {
		t.Fatal(err)
	}
	sources, err := exchange.Paths(dir)
	if err != nil || len(sources) != 2 {
		t.Fatalf("%d sources, %v", len(sources), err)
	}
	r := commit(t, stage(t, exchangetest.NewMemory(), "", sources...))
	if s := r.Sources[0]; s.Filed != 1 || !strings.HasSuffix(s.Name, "R\uFFFDntgen/br\uFFFDche") {
		t.Errorf("the file with a name of bytes: %+v", s)
	}
	if s := r.Sources[1]; s.Refused != 1 || !strings.Contains(s.Issues[0].Text, "a link") {
		t.Errorf("the link: %+v", s)
	}
}
