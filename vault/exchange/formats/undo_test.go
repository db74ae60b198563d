package formats_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// note is a FHIR resource that carries a file inside.
func note(id string) string {
	return strings.TrimSuffix(labFHIR, "]}") + `,
{"fullUrl": "https://portal.example/fhir/DocumentReference/` + id + `", "resource": {"resourceType": "DocumentReference", "id": "` + id + `", "status": "current", "type": {"text": "Note"}, "subject": {"reference": "Patient/1"}, "content": [{"attachment": {"contentType": "text/plain", "data": "QSBtYWRlLXVwIG5vdGUu"}}]}}]}`
}

func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sealed is what a vault holds: the names of its originals, the titles of its
// records.
func sealed(t *testing.T, v *vault.Vault) (files, titles []string) {
	t.Helper()
	originals, err := v.Originals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range originals {
		files = append(files, o.Name)
	}
	for r, err := range v.Query(t.Context(), record.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		titles = append(titles, r.Summary().Title)
	}
	slices.Sort(files)
	slices.Sort(titles)
	return files, titles
}

func file(t *testing.T, v *vault.Vault, name string, content []byte) record.ID {
	t.Helper()
	b, err := exchange.Import(t.Context(), v, formats.All(), []exchange.Source{exchangetest.Source(name, content)}, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Commit(t.Context())
	if err != nil {
		for _, s := range b.Subjects {
			t.Logf("%s: %+v", name, s)
		}
		t.Fatal(err)
	}
	return r.Import
}

// What another import needs stays: a file that it brought too, the archive that
// the file lies in, an attachment that two files carry. When nothing needs them
// any more they go, and taking everything back leaves nothing.
func TestUndoKeepsWhatOthersNeed(t *testing.T) {
	v := vaulttest.Empty(t)
	first := note("1")
	a := file(t, v, "a.zip", zipped(t, map[string]string{"first.json": first, "letter.txt": "A made-up letter."}))
	b := file(t, v, "b.json", []byte(strings.Replace(note("2"), "4.10", "4.20", 1)))
	c := file(t, v, "c.zip", zipped(t, map[string]string{"first.json": first, "other.txt": "Another letter."}))
	if _, err := exchange.Undo(t.Context(), v, a); err != nil {
		t.Fatal(err)
	}
	files, titles := sealed(t, v)
	if got := strings.Join(files, " "); !strings.Contains(got, "a.zip/first.json") || strings.Contains(got, "letter.txt") && strings.Contains(got, "a.zip/letter.txt") {
		t.Errorf("without the first archive: %s", got)
	}
	if got := strings.Count(strings.Join(titles, " "), "Potassium"); got != 2 {
		t.Errorf("without the first archive: %q", titles)
	}
	for _, o := range files {
		if !strings.HasSuffix(o, "first.json") {
			continue
		}
		readAll(t, v, o)
	}
	if _, err := exchange.Undo(t.Context(), v, c); err != nil {
		t.Fatal(err)
	}
	files, titles = sealed(t, v)
	if got := strings.Join(files, " "); strings.Contains(got, "zip") && !strings.Contains(got, "b.json") {
		t.Errorf("without both archives: %s", got)
	}
	if got := strings.Count(strings.Join(titles, " "), "Potassium"); got != 1 {
		t.Errorf("without both archives: %q", titles)
	}
	if _, err := exchange.Undo(t.Context(), v, b); err != nil {
		t.Fatal(err)
	}
	if files, titles = sealed(t, v); len(files)+len(titles) > 0 {
		t.Errorf("taking everything back leaves %q and %q", files, titles)
	}
	if report, err := v.Check(t.Context(), true, nil); err != nil || len(report.Problems) > 0 {
		t.Errorf("check: %+v, %v", report, err)
	}
}

func readAll(t *testing.T, v *vault.Vault, name string) {
	t.Helper()
	originals, err := v.Originals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range originals {
		if o.Name != name {
			continue
		}
		r, _, err := v.OpenOriginal(t.Context(), o.Hash)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(r); err != nil || b.Len() == 0 {
			t.Errorf("%s: %d bytes, %v", name, b.Len(), err)
		}
		r.Close()
	}
}
