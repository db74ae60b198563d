package dicom_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/record"
)

// shared finds the shared samples beside the source tree.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
			continue
		}
		p := filepath.Join(dir, "..", "shared", filepath.FromSlash(name))
		if _, err := os.Stat(p); err == nil {
			return p
		}
		break
	}
	t.Skipf("the shared samples (%s) are not here", name)
	return ""
}

// broken are the samples that are refused, with a part of the reason.
var broken = map[string]string{
	"pydicom/test_files/MR_truncated.dcm":     "(7FE0,0010)",
	"pydicom/test_files/rtplan_truncated.dcm": "(300A,00B0)",
}

// noDICOM are the samples that are none: texts, and one whose first byte was
// lost.
var noDICOM = regexp.MustCompile(`\.txt$|/README$|/no_meta\.dcm$`)

// TestSharedFiles brings every sample in and holds it against what pydicom read
// of it, as the manifest lists it: transfer syntax, modality, class, frames,
// size, name.
func TestSharedFiles(t *testing.T) {
	root := filepath.Join(shared(t, "data"), "dicom")
	facts := manifest(t)
	files, compared := 0, 0
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		name, _ := filepath.Rel(root, p)
		name = filepath.ToSlash(name)
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		i := bring(t, name, b)
		outcome := fmt.Sprintf("%s, %d records", i.report.Format, len(i.records))
		if len(i.report.Issues) > 0 {
			outcome += ": " + i.report.Issues[0].Text
		}
		t.Logf("%-70s %s", name, outcome)
		if want, bad := broken[name]; bad {
			if i.report.Refused != 1 || !strings.Contains(i.report.Issues[0].Text, want) || !strings.Contains(i.report.Issues[0].Text, "byte ") {
				t.Errorf("%s: got %+v, want a refusal", name, i.report)
			}
			return nil
		}
		if i.report.Refused != 0 || (i.report.Format == "dicom") == noDICOM.MatchString(name) {
			t.Errorf("%s: %+v", name, i.report)
		}
		if f, listed := facts["dicom/"+name]; listed && i.report.Format == "dicom" && compare(t, name, f, i) {
			compared++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 230 || compared < 120 {
		t.Errorf("got %d files, %d compared", files, compared)
	}
}

// manifest gives the facts that pydicom read, by file.
func manifest(t *testing.T) map[string][]string {
	b, err := os.ReadFile(filepath.Join(shared(t, "data"), "MANIFEST.md"))
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string][]string{}
	for line := range strings.Lines(string(b)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if len(cells) < 4 || !strings.Contains(line, "¦") {
			continue
		}
		parts := strings.Split(cells[len(cells)-1], "¦")
		for n := range parts {
			parts[n] = strings.TrimSpace(parts[n])
		}
		if strings.HasPrefix(parts[0], "NOPREFIX") {
			parts = parts[1:]
		}
		facts["dicom/"+strings.TrimSpace(cells[0])] = parts
	}
	return facts
}

// compare holds an imported file against its facts. It reports whether there was
// anything to compare.
func compare(t *testing.T, name string, facts []string, i imported) bool {
	studies := of[*record.ImagingStudy](i)
	if len(facts) < 7 || len(studies) != 1 {
		return false
	}
	series := studies[0].Series[0]
	instance := series.Instance[0]
	none := func(s string) string {
		if s == "None" {
			return ""
		}
		return s
	}
	if got, want := series.Modality.Text, none(facts[1]); got != want {
		t.Errorf("%s: modality %q, want %q", name, got, want)
	}
	if got, want := instance.Frames, none(strings.TrimPrefix(facts[3], "frames ")); got != want {
		t.Errorf("%s: frames %q, want %q", name, got, want)
	}
	if f := strings.Fields(facts[4]); len(f) >= 4 {
		if rows, columns := none(f[len(f)-2]), none(f[len(f)-1]); instance.Rows != rows || instance.Columns != columns {
			t.Errorf("%s: %s rows, %s columns, want %s, %s", name, instance.Rows, instance.Columns, rows, columns)
		}
	}
	if (instance.Title == "") != (facts[2] == "None") {
		t.Errorf("%s: class %q, want %q", name, instance.Title, facts[2])
	}
	want := ""
	listed, _, _ := strings.Cut(facts[6], ";") // the rest says how a derived file was made
	for _, part := range strings.Split(none(listed), "=") {
		want += strings.Join(strings.Fields(strings.ReplaceAll(part, "^", " ")), " ") + ";"
	}
	got := ""
	for _, p := range of[*record.Patient](i) {
		for _, n := range p.Name {
			got += strings.Join(strings.Fields(n.Family+" "+strings.Join(n.Given, " ")+" "+strings.Join(n.Prefix, " ")+" "+strings.Join(n.Suffix, " ")), " ") + ";"
		}
	}
	if strings.Trim(got, ";") != strings.Trim(want, ";") && !strings.HasPrefix(got, strings.TrimRight(want, ";")) {
		t.Errorf("%s: the name is not what pydicom reads", name)
	}
	return true
}

// TestSharedDiscs holds the lists of the sample discs against their folders.
func TestSharedDiscs(t *testing.T) {
	root := filepath.Join(shared(t, "data"), "dicom", "pydicom", "test_files", "dicomdirtests")
	tree := exchange.Tree{Name: "disc", FS: os.DirFS(root)}
	fs.WalkDir(tree.FS, ".", func(p string, d fs.DirEntry, _ error) error {
		if d != nil && !d.IsDir() {
			tree.Names = append(tree.Names, p)
		}
		return nil
	})
	index, err := dicom.Format.Index(context.Background(), tree)
	if err != nil || index == nil {
		t.Fatalf("no index: %v", err)
	}
	lists, named := 0, map[string]int{}
	for name, m := range index.Members {
		if m.Skip != "" {
			lists++
		} else if m.Patient != nil {
			named[m.Patient.DisplayName()]++
		}
		if strings.HasSuffix(name, "README.txt") {
			t.Errorf("%s is held back", name)
		}
	}
	t.Logf("%d lists, %v, issues %v", lists, named, index.Issues)
	if lists != 8 || named["Archibald Doe"] != 7 || named["Peter Doe"] != 24 {
		t.Errorf("got %d lists, %v", lists, named)
	}
	for _, i := range index.Issues {
		if !strings.Contains(i.Text, "empty") && i.Place != "DICOMDIR-nooffset" && !strings.Contains(i.Text, "not on this disc") {
			t.Errorf("%s: %s", i.Place, i.Text)
		}
	}
}

// behaviours are the rows of the hostile samples' manifest.
var behaviours = map[string]func(t *testing.T, i imported){
	"pe_preamble": warnedOf("like a program"), "elf_preamble": warnedOf("like a program"), "tiff_preamble": warnedOf(""),
	"huge_vl_ob": refusedAt("(7FE0,0010)"), "seq_depth_5000": refusedAt("byte "), "zero_items": refusedAt("byte "), "bits_zero": refusedAt("(0028,0100)"), "spp_zero": refusedAt("(0028,0002)"),
	"trunc": refusedAt("(0008,0016)"), "nometa": refusedAt("byte 132"), "meta_len_lie": refusedAt("(0002,0000)"), "deflate_bomb": refusedAt("200 times"), "frag_unterminated": refusedAt("(7FE0,0010)"),
	"nopreamble": warnedOf(""), "jpeg_garbage": warnedOf(""),
	"otherpatient": func(t *testing.T, i imported) {
		if p := one[*record.Patient](t, i); p.DisplayName() == "" {
			t.Error("the other patient has no name to compare")
		}
	},
	"ts_unknown": func(t *testing.T, i imported) {
		if d := one[*record.DocumentReference](t, i); !strings.Contains(d.Title, "cannot be displayed") || len(of[*record.Patient](i)) > 1 {
			t.Errorf("got %+v", d)
		}
	},
	"charset_gb": func(t *testing.T, i imported) {
		if got := one[*record.Patient](t, i).Name[0].Family; got != "Müller" {
			t.Errorf("got %s", got)
		}
	},
	"charset_esc": func(t *testing.T, i imported) {
		if p := one[*record.Patient](t, i); len(p.Name) != 3 || p.Name[1].Family != "山田" || p.Name[2].Family == "" {
			t.Errorf("got %+v", p.Name)
		}
	},
	"pn_long": func(t *testing.T, i imported) {
		if n := len(one[*record.Patient](t, i).DisplayName()); n > 5000 {
			t.Errorf("a name of %d bytes is shown", n)
		}
	},
	"private_pdf": func(t *testing.T, i imported) {
		if d := one[*record.DocumentReference](t, i); len(d.Content) != 1 || d.Content[0].Hash == "" {
			t.Errorf("got %+v", d)
		}
	},
}

func refusedAt(place string) func(*testing.T, imported) {
	return func(t *testing.T, i imported) {
		t.Helper()
		if i.report.Refused != 1 || len(i.records) != 0 || !strings.Contains(i.report.Issues[0].Text, place) {
			t.Errorf("got %+v, want a refusal that names %s", i.report, place)
		}
	}
}

func warnedOf(words string) func(*testing.T, imported) {
	return func(t *testing.T, i imported) {
		t.Helper()
		one[*record.ImagingStudy](t, i)
		if words == "" && len(i.report.Issues) > 0 || words != "" && (len(i.report.Issues) == 0 || !strings.Contains(i.report.Issues[0].Text, words)) {
			t.Errorf("got %+v, want a word of %q", i.report.Issues, words)
		}
	}
}

// TestSharedBad walks the manifest of hostile samples.
func TestSharedBad(t *testing.T) {
	root := shared(t, "bad")
	b, err := os.ReadFile(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		name, _, _ := strings.Cut(line, "\t")
		short, ours := strings.CutPrefix(strings.TrimSuffix(name, ".dcm"), "dicom/")
		if !ours {
			continue
		}
		check, written := behaviours[short]
		if !written {
			t.Errorf("%s: no behaviour is written down for it", name)
			continue
		}
		t.Run(short, func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			check(t, bring(t, short+".dcm", content))
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}
