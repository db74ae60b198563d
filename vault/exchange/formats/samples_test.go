package formats_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
)

// samples finds the folder of sample files beside the repository.
func samples(t *testing.T, parts ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("all sample files are read in the whole run only")
	}
	dir := filepath.Join(append([]string{"..", "..", "..", "..", "shared"}, parts...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("NOT TESTED: the sample files are not here (%s)", dir)
	}
	return dir
}

// table is printed when the test ends.
type table struct {
	t *testing.T
	b strings.Builder
	w *tabwriter.Writer
}

func newTable(t *testing.T, head string) *table {
	x := &table{t: t}
	x.w = tabwriter.NewWriter(&x.b, 0, 4, 2, ' ', 0)
	fmt.Fprintln(x.w, head)
	t.Cleanup(func() { x.w.Flush(); t.Log("\n" + x.b.String()) })
	return x
}

func (x *table) row(cells ...any) {
	for n, c := range cells {
		if n > 0 {
			fmt.Fprint(x.w, "\t")
		}
		fmt.Fprint(x.w, c)
	}
	fmt.Fprintln(x.w)
}

// refusedSamples are the sample files that hold nothing that can be filed, and
// part of the words that say so.
var refusedSamples = map[string]string{
	"ccda/onc/negative/NT_BadXml_r11_v2.xml":        "line 59",
	"dicom/pydicom/test_files/MR_truncated.dcm":     "it is cut off",
	"dicom/pydicom/test_files/rtplan_truncated.dcm": "it is cut off",
}

// TestEverySample brings in every sample file by itself: it is filed or refused
// in words, its receipt adds up, and bringing it in again changes nothing.
func TestEverySample(t *testing.T) {
	root := samples(t, "data")
	tab := newTable(t, "file\tformat\tread\tfiled\tduplicate\tadministrative\tkept\trefused\tissues\tms")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Dir(path) == root {
			return err
		}
		name, _ := filepath.Rel(root, path)
		sample(t, tab, filepath.ToSlash(name), path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func sample(t *testing.T, tab *table, name, path string) {
	ctx, m := context.Background(), exchangetest.NewMemory()
	begun := time.Now()
	receipt := bringSample(t, ctx, m, path)
	took := time.Since(begun)
	for _, s := range receipt.Sources {
		if !s.Adds() {
			t.Errorf("%s: the counts do not add up: %+v", name, s)
		}
		tab.row(strings.TrimPrefix(name, "./")+strings.TrimPrefix(s.Name, filepath.Base(path)), s.Format, s.Read, s.Filed, s.Duplicate, s.Administrative, s.Kept, s.Refused, len(s.Issues), took.Milliseconds())
		if s.Refused == 0 {
			continue
		}
		words := ""
		for _, i := range s.Issues {
			if i.Place == "" || i.Text == "" {
				t.Errorf("%s: an issue without place or words: %+v", name, i)
			}
			words += i.Text + "; "
		}
		if want, expected := refusedSamples[name]; !expected || !strings.Contains(words, want) {
			t.Errorf("%s: refused %d of %d: %s", s.Name, s.Refused, s.Read, words)
		}
	}
	commits := m.Commits
	again := bringSample(t, ctx, m, path)
	if m.Commits != commits {
		n := 0
		for _, s := range again.Sources {
			n += s.Filed
		}
		t.Errorf("%s: bringing it in again changed something (%d filed)", name, n)
	}
}

// bringSample imports and commits, each patient of the file as a new person
// unless the store has that person.
func bringSample(t *testing.T, ctx context.Context, m *exchangetest.Memory, path string) record.Receipt {
	t.Helper()
	sources, err := exchange.Paths(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := exchange.Import(ctx, m, formats.All(), sources, exchange.Options{})
	if err == nil && b.Held() {
		err = b.Assign(ctx, exchange.NewPerson)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	r, err := b.Commit(ctx)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return r
}

// hostile is one row of the hostile samples' manifest.
type hostile struct{ name, demand string }

func manifest(t *testing.T, root string) []hostile {
	t.Helper()
	f, err := os.Open(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []hostile
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if cells := strings.Split(lines.Text(), "\t"); len(cells) >= 5 && cells[0] != "path" {
			rows = append(rows, hostile{cells[0], cells[4]})
		}
	}
	return rows
}

// TestEveryHostileSample holds what the pipeline does with each hostile sample
// against its manifest, in a vault that has a person: refused and nothing
// changed, held until the user says whose it is, or taken safely. What a taken
// file must look like is tested beside its format.
func TestEveryHostileSample(t *testing.T) {
	root := samples(t, "bad")
	rows := manifest(t, root)
	if len(rows) < 180 {
		t.Errorf("only %d rows", len(rows))
	}
	tab := newTable(t, "file\tread\tfiled\tkept\trefused\theld\tms\tdemand")
	for _, h := range rows {
		m := exchangetest.NewMemory()
		bringSample(t, context.Background(), m, filepath.Join(root, "fhir-json", "obs_amended.json"))
		commits := m.Commits
		sources, err := exchange.Paths(filepath.Join(root, filepath.FromSlash(h.name)))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		begun := time.Now()
		b, err := exchange.Import(ctx, m, formats.All(), sources, exchange.Options{})
		took := time.Since(begun)
		cancel()
		if err != nil {
			t.Errorf("%s: %v", h.name, err)
			continue
		}
		var sum record.SourceReport
		for _, s := range b.Receipt.Sources {
			sum.Read += s.Read
			sum.Filed += s.Filed
			sum.Kept += s.Kept
			sum.Refused += s.Refused
			if !s.Adds() {
				t.Errorf("%s: the counts do not add up: %+v", h.name, s)
			}
		}
		tab.row(h.name, sum.Read, sum.Filed, sum.Kept, sum.Refused, b.Held(), took.Milliseconds(), h.demand)
		held := b.Held()
		if held {
			if err := b.Assign(context.Background(), exchange.NewPerson); err != nil && !errors.Is(err, exchange.ErrPerson) {
				t.Errorf("%s: %v", h.name, err)
			}
		}
		switch {
		case slices.Contains(eitherWay, h.name):
		case strings.HasPrefix(h.demand, "REJECT"), strings.HasPrefix(h.demand, "entry refused"):
			if !b.Empty() || sum.Refused == 0 {
				t.Errorf("%s: must be refused; got %+v", h.name, b.Receipt.Sources)
			}
		case strings.HasPrefix(h.demand, "HOLD: import only"), strings.HasPrefix(h.demand, "HOLD: ask"):
			if !held {
				t.Errorf("%s: must be held; got %+v", h.name, b.Receipt.Sources)
			}
		case strings.HasPrefix(h.demand, "ACCEPT"):
			if b.Empty() && sum.Refused > 0 {
				t.Errorf("%s: must be taken; got %+v", h.name, b.Receipt.Sources)
			}
		}
		if m.Commits != commits {
			t.Errorf("%s: the store was changed before anyone said so", h.name)
		}
	}
}

// eitherWay are the hostile samples that the manifest allows to be refused or
// taken.
var eitherWay = []string{"fhir-json/trailing.json", "apple/vt_char.xml", "apple/cda_tworoots.xml", "apple/attr_space.xml", "dicom/nopreamble.dcm"}
