package exchange_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// imageFormat reads files like "image STUDY SERIES INSTANCE NUMBER".
func imageFormat() exchange.Format {
	return exchange.Format{
		Name: "image", Title: "made-up image",
		Identify: func(h exchange.Head) exchange.Match {
			if bytes.HasPrefix(h.Bytes, []byte("image ")) {
				return exchange.Yes
			}
			return exchange.No
		},
		Import: func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
			b, err := src.ReadAll(1000)
			if err != nil {
				return err
			}
			f := strings.Fields(string(b))
			sink.Add(record.Record{
				Resource:   &record.Patient{Name: []record.HumanName{{Family: "Made", Given: []string{"Up"}}}, BirthDate: "1970-01-02"},
				Provenance: []record.Provenance{{Place: "patient"}},
			})
			sink.Add(record.Record{
				Resource: &record.ImagingStudy{StudyInstanceUID: f[1], Series: []record.ImagingSeries{{
					UID: f[2], Number: "1", Instance: []record.ImagingInstance{{UID: f[3], Number: f[4], Hash: src.Hash}},
				}}},
				Provenance: []record.Provenance{{Place: "image"}},
			})
			return nil
		},
	}
}

func images(n int) []exchange.Source {
	var list []exchange.Source
	for i := range n {
		list = append(list, exchangetest.Source(fmt.Sprintf("IM%05d", i), fmt.Appendf(nil, "image 1.2.3 1.2.3.%d 1.2.3.4.%d %d", i%3, i, i)))
	}
	return list
}

// TestStudyIsGathered: the files of one study are one record, whatever order
// they come in and in however many imports, with each file's hash at its image.
func TestStudyIsGathered(t *testing.T) {
	const n = 300
	ctx := context.Background()
	var first []record.ImagingSeries
	for round, split := range []int{n, 100, 299} {
		m := exchangetest.NewMemory()
		sources := images(n)
		rand.New(rand.NewPCG(uint64(round), 1)).Shuffle(n, func(i, j int) { sources[i], sources[j] = sources[j], sources[i] })
		for _, part := range [][]exchange.Source{sources[:split], sources[split:], sources} {
			if len(part) == 0 {
				continue
			}
			b, err := exchange.Import(ctx, m, []exchange.Format{imageFormat()}, part, exchange.Options{})
			if err != nil {
				t.Fatal(err)
			}
			commits := m.Commits
			r, err := b.Commit(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range r.Sources {
				if !s.Adds() {
					t.Fatalf("the receipt does not add up: %+v", s)
				}
			}
			if len(part) == n && m.Commits != 1 && m.Commits != commits {
				t.Errorf("round %d: all files again changed something", round)
			}
		}
		if all := m.All(); len(all) != 2 {
			t.Fatalf("%d records, want a patient and a study", len(all))
		}
		for _, r := range m.All() {
			if len(r.Provenance) > 150 {
				t.Errorf("a %s with %d sources", r.Resource.Kind(), len(r.Provenance))
			}
			study, ok := r.Resource.(*record.ImagingStudy)
			if !ok {
				continue
			}
			got := 0
			for _, s := range study.Series {
				for i, one := range s.Instance {
					got++
					if one.Hash == "" || i > 0 && len(s.Instance[i-1].Number) > len(one.Number) {
						t.Fatalf("instance %+v behind %+v", one, s.Instance[max(0, i-1)])
					}
				}
			}
			if got != n || len(study.Series) != 3 {
				t.Errorf("%d images in %d series, want %d in 3", got, len(study.Series), n)
			}
			if first == nil {
				first = study.Series
			}
			if fmt.Sprint(first) != fmt.Sprint(study.Series) {
				t.Error("the order of the files changed the study")
			}
		}
	}
}

// TestTwoFilesOfOneImage: the same image on two discs, packed in another way, is
// one image; taking either disc back leaves the other one's file.
func TestTwoFilesOfOneImage(t *testing.T) {
	disc := func(name string) exchange.Source {
		return exchangetest.Source(name, []byte("image 1.2.3 1.2.3.1 1.2.3.4.1 1 "+name))
	}
	var shown record.Hash
	for _, order := range [][]string{{"a", "b"}, {"b", "a"}} {
		for _, gone := range []int{0, 1} {
			m, imports := exchangetest.NewMemory(), []record.ID{}
			for _, name := range order {
				imports = append(imports, bringImages(t, m, disc(name)))
			}
			list := instances(m)
			if len(list) != 1 || len(list[0].Files()) != 2 || shown != "" && list[0].Hash != shown {
				t.Fatalf("%v: got %+v", order, list)
			}
			shown = list[0].Hash
			commits := m.Commits
			if bringImages(t, m, disc("a")); m.Commits != commits {
				t.Fatalf("%v: the same file again changes something", order)
			}
			if _, err := exchange.Undo(t.Context(), m, imports[gone]); err != nil {
				t.Fatal(err)
			}
			list = instances(m)
			if len(list) != 1 || len(list[0].Files()) != 1 {
				t.Fatalf("%v without %d: got %+v", order, gone, list)
			}
			if have, _ := m.HasOriginal(t.Context(), list[0].Hash); !have {
				t.Errorf("%v without %d: the image's file is not in the vault", order, gone)
			}
			if _, err := exchange.Undo(t.Context(), m, imports[1-gone]); err != nil || len(m.All()) > 0 {
				t.Errorf("%v: %v; %d records are left", order, err, len(m.All()))
			}
		}
	}
}

func bringImages(t *testing.T, m *exchangetest.Memory, sources ...exchange.Source) record.ID {
	t.Helper()
	b, err := exchange.Import(t.Context(), m, []exchange.Format{imageFormat()}, sources, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return commit(t, b).Import
}

func instances(m *exchangetest.Memory) (list []record.ImagingInstance) {
	for _, r := range m.All() {
		if s, ok := r.Resource.(*record.ImagingStudy); ok {
			for _, one := range s.Series {
				list = append(list, one.Instance...)
			}
		}
	}
	return list
}

// TestZipIsWalked: each member is a source of its own, kept inside the archive.
func TestZipIsWalked(t *testing.T) {
	ctx := context.Background()
	content := zipped(t, map[string]string{"a/one": "image 1.2.3 1.2.3.1 1.2.3.4.1 1", "a/two": "image 1.2.3 1.2.3.1 1.2.3.4.2 2", "letter.txt": "Dear colleague", "a/empty": ""})
	m := exchangetest.NewMemory()
	b, err := exchange.Import(ctx, m, []exchange.Format{imageFormat()}, []exchange.Source{exchangetest.Source("disc.zip", content)}, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"disc.zip 0 0", "disc.zip/a/empty 1 1", "disc.zip/a/one 2 0", "disc.zip/a/two 2 0", "disc.zip/letter.txt 1 0"}
	var got []string
	for _, s := range r.Sources {
		got = append(got, fmt.Sprintf("%s %d %d", s.Name, s.Read, s.Refused))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
	originals, _ := m.Originals(ctx)
	paths := map[string]bool{}
	for _, o := range originals {
		if o.Path == "" && o.Within == "" {
			continue
		}
		if o.Within != r.Sources[0].SHA256 {
			t.Errorf("%s is not inside the archive", o.Path)
		}
		paths[o.Path] = true
	}
	if len(originals) != 4 || !paths["a/one"] || !paths["a/two"] || !paths["letter.txt"] {
		t.Errorf("originals: %v of %d", paths, len(originals))
	}
	again, err := exchange.Import(ctx, m, []exchange.Format{imageFormat()}, []exchange.Source{exchangetest.Source("disc.zip", content)}, exchange.Options{})
	if err != nil || !again.Empty() {
		t.Errorf("the same archive again: %v, %+v", err, again.Receipt)
	}
}

// TestRefusedArchiveIsNotKept: nothing of an archive all of whose files are
// broken comes into the vault, the archive neither.
func TestRefusedArchiveIsNotKept(t *testing.T) {
	for what, content := range map[string][]byte{
		"empty":        zipped(t, nil),
		"only empties": zipped(t, map[string]string{"a": "", "b": ""}),
		"bad name":     zipped(t, map[string]string{"../up": "Dear colleague"}),
		"cut":          zipped(t, map[string]string{"a": "Dear colleague"})[:40],
	} {
		m := exchangetest.NewMemory()
		b, err := exchange.Import(context.Background(), m, nil, []exchange.Source{exchangetest.Source("disc.zip", content)}, exchange.Options{Person: exchange.NewPerson})
		if err != nil {
			t.Fatal(err)
		}
		if !b.Empty() || b.Receipt.Refused() == 0 {
			t.Errorf("%s: %+v", what, b.Receipt)
		}
	}
}

// TestIndex: what a format says of a tree's files is followed, in a folder and in
// an archive.
func TestIndex(t *testing.T) {
	ctx := context.Background()
	f := imageFormat()
	f.Index = func(_ context.Context, t exchange.Tree) (*exchange.Index, error) {
		list, err := fs.ReadFile(t.FS, "LIST")
		if err != nil {
			return nil, nil
		}
		return &exchange.Index{
			Issues: []record.Issue{{Severity: record.Warning, Place: "LIST", Text: "one file is not there"}},
			Members: map[string]exchange.Member{
				"LIST":     {Skip: "the list of files", Outcome: exchange.Administrative},
				"scan.txt": {Title: string(list), Author: []string{"Dr. Example"}, Custodian: "Made-up Hospital", Type: record.Concept{Text: "Letter"}, Class: record.Concept{Text: "Letters"}, Security: []record.Coding{{Code: "R"}}},
			},
		}, nil
	}
	content := zipped(t, map[string]string{"LIST": "A better title", "scan.txt": "Dear colleague"})
	m := exchangetest.NewMemory()
	b, err := exchange.Import(ctx, m, []exchange.Format{f}, []exchange.Source{exchangetest.Source("disc.zip", content)}, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	r := b.Receipt
	if len(r.Sources) != 3 || r.Sources[1].Administrative != 1 || len(r.Sources[0].Issues) != 1 || r.Sources[2].Filed != 1 {
		t.Errorf("got %+v", r)
	}
	if _, err := b.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	titles := ""
	for _, r := range m.All() {
		titles += r.Summary().Title + "; "
		if d, ok := r.Resource.(*record.DocumentReference); ok && d.Title == "A better title" {
			p := r.Source()
			if d.Type.Text != "Letter" || len(d.Category) != 1 || len(d.Author) != 1 || d.Custodian != "Made-up Hospital" || p.Author != "Dr. Example" || len(p.Security) != 1 {
				t.Errorf("got %+v, %+v", d, p)
			}
		}
	}
	if !strings.Contains(titles, "A better title") {
		t.Errorf("got %s", titles)
	}
}

// zipped is a zip archive of files, in name order.
func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestOneDiscOnePatient: files of a disc that name their patient in the same
// words and under the same number are one person's, without a birth date too;
// files of another disc may not be.
func TestOneDiscOnePatient(t *testing.T) {
	f := imageFormat()
	f.Import = func(_ context.Context, _ exchange.Source, sink exchange.Sink) error {
		sink.Add(record.Record{
			Resource:   &record.Patient{Name: []record.HumanName{{Family: "Made", Given: []string{"Up"}}}},
			Provenance: []record.Provenance{{Place: "patient", Identifiers: []record.Identifier{{Value: "4711"}}}},
		})
		return nil
	}
	disc := func(n int) exchange.Source {
		files := map[string]string{}
		for i := range 5 {
			files[fmt.Sprintf("IMAGES/%d/IM%d", i, n)] = fmt.Sprintf("image %d %d", n, i)
		}
		return exchangetest.Source(fmt.Sprintf("disc %d.zip", n), zipped(t, files))
	}
	b, err := exchange.Import(context.Background(), exchangetest.NewMemory(), []exchange.Format{f}, []exchange.Source{disc(1), disc(2)}, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Subjects) != 2 || b.Subjects[0].Records != 5 {
		t.Errorf("%d subjects, want one for each disc", len(b.Subjects))
	}
}
