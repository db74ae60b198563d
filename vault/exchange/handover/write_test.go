package handover_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/html"
	"github.com/carnet-phr/carnet/vault/exchange/pdf"
	"github.com/carnet-phr/carnet/vault/record"
)

// ips stands for the patient summary, which is another package's.
func ips(content string) exchange.Format {
	return exchange.Format{Name: "ips", Export: func(_ context.Context, w io.Writer, _ exchange.Selection) error {
		_, err := io.WriteString(w, content)
		return err
	}}
}

var formats = []exchange.Format{html.Format, pdf.Format, ips(`{"resourceType":"Bundle","type":"document"}`)}

func pack(t *testing.T, l *sheettest.Library, scope exchange.Scope) (string, handover.Manifest) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "package")
	m, err := handover.Write(context.Background(), formats, l.Select(t, scope), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return dir, m
}

func TestWrite(t *testing.T) {
	dir, m := pack(t, sheettest.Realistic(), exchange.Scope{For: "Dr Leila Haddad"})
	var onDisk handover.Manifest
	b, err := os.ReadFile(filepath.Join(dir, "MANIFEST.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &onDisk); err != nil {
		t.Fatal(err)
	}
	if len(onDisk.Files) != 7 || len(onDisk.Files) != len(m.Files) {
		t.Errorf("files: got %d and %d, want 7 in both", len(onDisk.Files), len(m.Files))
	}
	for _, f := range onDisk.Files {
		compare(t, dir, f)
	}
	for _, c := range onDisk.Checks {
		if !c.OK {
			t.Errorf("check %q failed: %s", c.What, c.Note)
		}
	}
	if len(onDisk.Checks) != 5 {
		t.Errorf("checks: got %d, want 5", len(onDisk.Checks))
	}
	if onDisk.Person.Name != "Ingrid Maria Halvorsen" || onDisk.For != "Dr Leila Haddad" || onDisk.Counts["Condition"] != 7 || onDisk.Withheld != "" {
		t.Errorf("got %+v, want the person, the recipient, 7 conditions, nothing withheld", onDisk)
	}
}

func compare(t *testing.T, dir string, f handover.File) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, f.Name))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b)
	if hex.EncodeToString(sum[:]) != string(f.SHA256) || int64(len(b)) != f.Size {
		t.Errorf("%s: got another hash or size than the manifest's", f.Name)
	}
}

func TestOriginalsAreByteForByte(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	content := []byte("a\x00\r\n\xff")
	l.Add(&record.Condition{Code: record.Concept{Text: "Gout"}}, sheettest.From(l.File(`C:\scans\con.txt`, "", content), "text", "", ""))
	dir, _ := pack(t, l, exchange.Scope{})
	got, err := os.ReadFile(filepath.Join(dir, "originals", "_con.txt"))
	if err != nil || string(got) != string(content) {
		t.Errorf("got %q, %v, want %q", got, err, content)
	}
}

func TestWithheldIsToldAndNotListed(t *testing.T) {
	l := sheettest.Realistic()
	var hidden record.ID
	for _, r := range l.Records {
		if r.Resource.Summary().Title == "Colonoscopy" {
			hidden = r.ID
		}
	}
	dir, m := pack(t, l, exchange.Scope{Exclude: []record.ID{hidden}})
	if m.Withheld != "Some items were withheld by the patient." {
		t.Errorf("withheld: got %q", m.Withheld)
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), "Colonoscopy") || strings.Contains(path, "Discharge") {
			t.Errorf("%s tells what was withheld", filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.Join(m.NotIncluded, " "), "1 of 3 source files are not included") {
		t.Errorf("not included: got %q, want the file that stays", m.NotIncluded)
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	canceled, cancel := context.WithCancel(context.Background())
	broken := exchange.Format{Name: "pdf", Export: func(context.Context, io.Writer, exchange.Selection) error { return errors.New("broken") }}
	stop := exchange.Format{Name: "pdf", Export: func(ctx context.Context, w io.Writer, s exchange.Selection) error {
		cancel()
		return pdf.Format.Export(ctx, w, s)
	}}
	for _, test := range []struct {
		name    string
		ctx     context.Context
		formats []exchange.Format
		want    error
	}{
		{"a format fails", context.Background(), []exchange.Format{html.Format, broken}, nil},
		{"canceled while writing", canceled, []exchange.Format{html.Format, stop}, context.Canceled},
		{"no such format", context.Background(), []exchange.Format{html.Format}, nil},
		{"ips is not strict JSON", context.Background(), []exchange.Format{html.Format, pdf.Format, ips(`{"resourceType":"Bundle","a":1,"a":2}`)}, handover.ErrCheck},
		{"ips is empty", context.Background(), []exchange.Format{html.Format, pdf.Format, ips(``)}, handover.ErrCheck},
		{"ips is no bundle", context.Background(), []exchange.Format{html.Format, pdf.Format, ips(`{"resourceType":"Patient"}`)}, handover.ErrCheck},
		{"ips has more behind it", context.Background(), []exchange.Format{html.Format, pdf.Format, ips(`{"resourceType":"Bundle"} x`)}, handover.ErrCheck},
	} {
		t.Run(test.name, func(t *testing.T) {
			parent := t.TempDir()
			_, err := handover.Write(test.ctx, test.formats, sheettest.Realistic().Select(t, exchange.Scope{}), filepath.Join(parent, "package"), nil)
			if err == nil || test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("got the error %v, want %v", err, test.want)
			}
			left, err := os.ReadDir(parent)
			if err != nil || len(left) != 0 {
				t.Errorf("got %d entries left behind, %v, want none", len(left), err)
			}
		})
	}
}

func TestPlaceMustBeFree(t *testing.T) {
	sel := sheettest.Realistic().Select(t, exchange.Scope{})
	dir := t.TempDir()
	if _, err := handover.Write(context.Background(), formats, sel, dir, nil); err != nil {
		t.Errorf("an empty folder: got %v, want no error", err)
	}
	if _, err := handover.Write(context.Background(), formats, sel, dir, nil); !errors.Is(err, handover.ErrNotEmpty) {
		t.Errorf("a full folder: got %v, want ErrNotEmpty", err)
	}
}

func TestWithoutIPSSaysSo(t *testing.T) {
	m, err := handover.Write(context.Background(), formats[:2], sheettest.Realistic().Select(t, exchange.Scope{}), filepath.Join(t.TempDir(), "p"), nil)
	if err != nil || !strings.Contains(strings.Join(m.NotIncluded, " "), "ips.json") {
		t.Errorf("got %q, %v, want ips.json named as not included", m.NotIncluded, err)
	}
}

func BenchmarkWrite(b *testing.B) {
	sel := sheettest.Large(10_000).Select(b, exchange.Scope{})
	parent := b.TempDir()
	n := 0
	for b.Loop() {
		n++
		if _, err := handover.Write(context.Background(), formats, sel, filepath.Join(parent, string(rune('a'+n))), nil); err != nil {
			b.Fatal(err)
		}
	}
}

// TestDocumentsAreReadAgain: a document that does not say what the record says, or
// is more than one file can hold, never leaves; the package says so.
func TestDocumentsAreReadAgain(t *testing.T) {
	differs := errors.New("it differs")
	for name, test := range map[string]struct {
		verify error
		text   string
		export error
		want   string // what the manifest says of it
		err    error
	}{
		"the same":   {nil, "<ClinicalDocument xmlns='x'></ClinicalDocument>", nil, "", nil},
		"differs":    {differs, "<ClinicalDocument xmlns='x'></ClinicalDocument>", nil, "ccd.xml: read again, it did not state what the record states, so it is left out.", nil},
		"too large":  {nil, "", exchange.ErrTooLarge, "ccd.xml: there is more in the record than one such file can hold, so it is left out.", nil},
		"is cut off": {nil, "<ClinicalDocument xmlns='x'>", nil, "", handover.ErrCheck},
		"fails":      {nil, "", differs, "", differs},
	} {
		t.Run(name, func(t *testing.T) {
			read := ""
			document := exchange.Format{
				Name: "ccda",
				Export: func(_ context.Context, w io.Writer, _ exchange.Selection) error {
					_, err := io.WriteString(w, test.text)
					return errors.Join(err, test.export)
				},
				Verify: func(_ context.Context, src exchange.Source, _ exchange.Selection) error {
					f, err := src.Open()
					if err != nil {
						return err
					}
					defer f.Close()
					b, err := io.ReadAll(f)
					read = string(b)
					return errors.Join(err, test.verify)
				},
			}
			dir := filepath.Join(t.TempDir(), "package")
			m, err := handover.Write(context.Background(), append(formats[:3:3], document), sheettest.Realistic().Select(t, exchange.Scope{}), dir, nil)
			if !errors.Is(err, test.err) {
				t.Fatalf("got the error %v, want %v", err, test.err)
			}
			if test.err != nil {
				return
			}
			if test.export == nil && read != test.text {
				t.Errorf("read %q again", read)
			}
			_, there := os.Stat(filepath.Join(dir, "ccd.xml"))
			if good := test.want == ""; good != (there == nil) || good != (len(m.Checks) == 7) || !good && !strings.Contains(strings.Join(m.NotIncluded, " "), test.want) {
				t.Errorf("got the file %v, the checks %+v, left out %q", there, m.Checks, m.NotIncluded)
			}
			readme, err := os.ReadFile(filepath.Join(dir, "README.txt"))
			if told := strings.Contains(string(readme), "ccd.xml is for your software"); err != nil || told != (there == nil) {
				t.Errorf("README.txt tells of it: %v, %v", told, err)
			}
		})
	}
}
