package formats_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// corpus lists all sample files in name order.
func corpus(t *testing.T) []string {
	t.Helper()
	root := samples(t, "data")
	var files []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Dir(path) != root {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// fileSample brings one file into a vault, everyone in it who is not there as a
// new person, and gives the import: "" where the file changes nothing. With sure,
// a file that does not say by itself whose it is, is left for later.
func fileSample(t *testing.T, v *vault.Vault, path string, sure bool) (id record.ID, left bool) {
	t.Helper()
	sources, err := exchange.Paths(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := exchange.Import(t.Context(), v, formats.All(), sources, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if sure && slices.ContainsFunc(b.Subjects, vague) {
		return "", true
	}
	r, err := b.Commit(t.Context())
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for _, s := range r.Sources {
		if !s.Adds() {
			t.Errorf("%s: the counts do not add up: %+v", path, s)
		}
	}
	return r.Import, false
}

// vague says that the files do not name a patient: then who is in the vault
// already decides, or the user.
func vague(s *exchange.Subject) bool { return s.Patient == nil || s.Name == "" }

// holds is everything that a vault holds, without what chance and time gave: the
// facts of each person, who states them in which words, what they mean now, and
// what they point at.
func holds(t *testing.T, v *vault.Vault) []string {
	t.Helper()
	var all []record.Record
	names := map[record.ID]string{}
	for r, err := range v.Query(t.Context(), record.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
		names[r.ID] = told(r)
	}
	var lines []string
	for _, r := range all {
		line := fmt.Sprintf("%.400s | %s | root %v | %s", names[r.Person], names[r.ID], r.ID == r.Person, r.Summary().Standing)
		if r.Superseded != nil {
			line += fmt.Sprintf(" | %s by %.60s", r.Superseded.Why, names[r.Superseded.By])
		}
		for _, ref := range record.References(r.Resource) {
			line += fmt.Sprintf(" -> %.60s", names[ref.ID])
		}
		lines = append(lines, line)
	}
	originals, err := v.Originals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range originals {
		lines = append(lines, fmt.Sprintf("original %.8s %d", o.Hash, o.Size))
	}
	slices.Sort(lines)
	return lines
}

// told is a record by what states it. A study is gathered of many files, and
// names the first of them.
func told(r record.Record) string {
	if s, ok := r.Resource.(*record.ImagingStudy); ok && s.StudyInstanceUID != "" {
		whole := record.Testimony{Resource: s}
		return fmt.Sprintf("ImagingStudy %s %.8s", s.StudyInstanceUID, whole.Content())
	}
	line := string(r.Resource.Kind())
	for _, s := range r.Testimonies() {
		line += fmt.Sprintf(" [%.8s %s %.8s]", s.Provenance.Original, s.Provenance.Place, s.Content())
	}
	return line
}

// missing lists what one of two vaults holds and the other does not.
func missing(a, b []string) []string {
	var out []string
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			out, a = append(out, "- "+a[0]), a[1:]
		case len(a) == 0 || b[0] < a[0]:
			out, b = append(out, "+ "+b[0]), b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
	return out
}

// All sample files in one vault: whatever order they came in, it holds the same;
// and taking every import back, in any order, leaves nothing. The files that do
// not say whose they are come last, and are not compared: whose they become is
// for the user to say, and what this test says depends on who is there. To undo
// an import costs a look at the whole vault, so the second time only the smaller
// files, which are nine of ten and of every format, come and go.
func TestWholeCorpusInAnyOrder(t *testing.T) {
	files := corpus(t)
	first := inOneVault(t, files, 0)
	again := vaulttest.Empty(t)
	bringCorpus(t, again, files, rand.New(rand.NewPCG(1, 7)))
	if d := missing(first, holds(t, again)); len(d) > 0 {
		t.Errorf("another order gives another vault, in %d lines:\n%s", len(d), strings.Join(d[:min(len(d), 40)], "\n"))
	}
	const small = 128 << 10
	inOneVault(t, slices.DeleteFunc(files, func(path string) bool {
		info, err := os.Stat(path)
		return err != nil || info.Size() > small
	}), 2)
}

// inOneVault brings files into a vault in a random order, takes everything back
// in another one, and gives what the vault held of the files that say whose they
// are.
func inOneVault(t *testing.T, files []string, seed uint64) []string {
	t.Helper()
	v, rng := vaulttest.Empty(t), rand.New(rand.NewPCG(seed, 7))
	imports, later := bringCorpus(t, v, files, rng)
	held := holds(t, v)
	t.Logf("%d of %d files say whose they are; %d records and originals", len(files)-len(later), len(files), len(held))
	for _, path := range later {
		if id, _ := fileSample(t, v, path, false); id != "" {
			imports = append(imports, id)
		}
	}
	takeBack(t, v, rng, imports)
	return held
}

// bringCorpus brings files into a vault in a random order, and lists those that are
// left because they do not say whose they are.
func bringCorpus(t *testing.T, v *vault.Vault, files []string, rng *rand.Rand) (imports []record.ID, later []string) {
	t.Helper()
	for _, n := range rng.Perm(len(files)) {
		id, left := fileSample(t, v, files[n], true)
		if id != "" {
			imports = append(imports, id)
		}
		if left {
			later = append(later, files[n])
		}
	}
	return imports, later
}

// takeBack undoes imports in a random order.
func takeBack(t *testing.T, v *vault.Vault, rng *rand.Rand, imports []record.ID) {
	t.Helper()
	rng.Shuffle(len(imports), func(i, j int) { imports[i], imports[j] = imports[j], imports[i] })
	for _, id := range imports {
		if _, err := exchange.Undo(t.Context(), v, id); err != nil {
			t.Fatal(err)
		}
	}
	empty(t, v)
}

// empty tests that nothing is left of anything that was brought in.
func empty(t *testing.T, v *vault.Vault) {
	t.Helper()
	for _, line := range holds(t, v) {
		t.Errorf("left behind: %s", line)
	}
	people, err := v.People(t.Context())
	if err != nil || len(people) > 0 {
		t.Errorf("%d people are left, %v", len(people), err)
	}
	receipts, err := v.Imports(t.Context())
	if err != nil || len(receipts) > 0 {
		t.Errorf("%d receipts are left, %v", len(receipts), err)
	}
	if report, err := v.Check(t.Context(), true, nil); err != nil || len(report.Problems) > 0 {
		t.Errorf("check: %+v, %v", report, err)
	}
}
