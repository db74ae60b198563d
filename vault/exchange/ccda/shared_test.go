package ccda_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// truth is the part of truth.json that this test reads.
type truth struct {
	CDA map[string]map[string]json.RawMessage `json:"cda"`
}

// explained are the counts that differ from truth.json, with the reason. The
// counts of truth.json go by what a file holds, placeholders included; those
// are kept in the original and counted as kept, not filed.
var explained = map[string]struct {
	got    int
	reason string
}{
	"ccda/vendor-r1.1/practicefusion_AdamEveryman-ReferralSummary.xml results":       {0, "the one result is a placeholder: code, time and value are null flavours"},
	"ccda/vendor-r1.1/practicefusion_AdamEveryman-ReferralSummary.xml result_panels": {0, "the organizer around it is a placeholder too"},
	"ccda/vendor-r1.1/practicefusion_AdamEveryman-ReferralSummary.xml procedures":    {0, "a placeholder: every element has nullFlavor NI"},
	"ccda/vendor-r1.1/epic-8.1_phr_VICTORIA_TEST.xml results":                        {72, "one observation of a scanned study has neither code nor value"},
	"ccda/vendor-r1.1/epic-8.1_phr_VICTORIA_TEST.xml problems":                       {0, "nullFlavor ASKU on the act and the observation: \"not on file\", which is no problem"},
	"ccda/vendor-r1.1/emerge_Patient-488.xml procedures":                             {0, "three placeholders without code and date"},
	"ccda/vendor-r1.1/allscripts-enterprise_b2_Adam_Everyman_ToC.xml procedures":     {0, "two placeholders: code and date have nullFlavor UNK"},
}

// TestTruth holds the records of each sample against counts made by an
// independent script.
func TestTruth(t *testing.T) {
	root := shared(t, "data")
	b, err := os.ReadFile(filepath.Join(root, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var tr truth
	if err := json.Unmarshal(b, &tr); err != nil {
		t.Fatal(err)
	}
	if len(tr.CDA) < 17 {
		t.Errorf("got %d documents, want 17", len(tr.CDA))
	}
	for name, counts := range tr.CDA {
		b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		i := bring(t, name, b)
		for k, got := range count(i) {
			var want int
			if err := json.Unmarshal(counts[k], &want); err != nil {
				t.Fatalf("%s %s: %v", name, k, err)
			}
			if x, ok := explained[name+" "+k]; ok {
				want = x.got
			}
			if got != want {
				t.Errorf("%s %s: got %d, want %d", name, k, got, want)
			}
		}
		var sections int
		_ = json.Unmarshal(counts["sections"], &sections)
		if d := documentOf(t, i); len(d.Section) != sections {
			t.Errorf("%s sections: got %d, want %d", name, len(d.Section), sections)
		}
	}
}

// documentOf is the record of the document itself.
func documentOf(t testing.TB, i imported) *record.DocumentReference {
	t.Helper()
	for _, r := range i.records {
		if d, ok := r.Resource.(*record.DocumentReference); ok && r.Source().Place == "/ClinicalDocument" {
			return d
		}
	}
	t.Fatalf("no record of the document; issues %v", i.report.Issues)
	return nil
}

// count counts records by section and kind, as truth.json defines them.
func count(i imported) map[string]int {
	codes := map[string]string{}
	for _, d := range of[*record.DocumentReference](i) {
		for _, s := range d.Section {
			if len(s.Code.Coding) > 0 {
				codes[s.Place] = s.Code.Coding[0].Code
			}
		}
	}
	rows := []struct {
		name, section string
		kind          record.Kind
	}{
		{"allergies", "48765-2", record.KindAllergyIntolerance},
		{"problems", "11450-4", record.KindCondition},
		{"medications", "10160-0", record.KindMedicationStatement},
		{"immunizations", "11369-6", record.KindImmunization},
		{"results", "30954-2", record.KindObservation},
		{"result_panels", "30954-2", record.KindDiagnosticReport},
		{"vitals", "8716-3", record.KindObservation},
		{"procedures", "47519-4", record.KindProcedure},
		{"encounters", "46240-8", record.KindEncounter},
		{"family_history", "10157-6", record.KindFamilyMemberHistory},
	}
	n := map[string]int{}
	for _, row := range rows {
		n[row.name] = 0
		for _, r := range i.records {
			place := r.Source().Place
			at := strings.LastIndex(place, "/section/")
			if at >= 0 && codes[place[:at]+"/section"] == row.section && r.Resource.Kind() == row.kind {
				n[row.name]++
			}
		}
	}
	return n
}

// TestSharedFiles brings every CDA sample in, twice: nothing panics, receipts
// add up, places and bytes hold, and the second time changes nothing.
func TestSharedFiles(t *testing.T) {
	root := filepath.Join(shared(t, "data"), "ccda")
	files := 0
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) == ".pdf" {
			return err
		}
		files++
		name, _ := filepath.Rel(root, p)
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		t.Run(filepath.ToSlash(name), func(t *testing.T) { sharedFile(t, name, b) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 40 {
		t.Errorf("got %d files, want at least 40", files)
	}
}

func sharedFile(t *testing.T, name string, content []byte) {
	i := bring(t, name, content)
	if strings.Contains(name, "NT_BadXml") {
		if i.report.Refused != 1 || !strings.Contains(i.report.Issues[0].Text, "line 59") {
			t.Errorf("got %+v, want a refusal that names line 59", i.report)
		}
		return
	}
	if i.report.Refused != 0 {
		t.Errorf("refused: %v", i.report.Issues)
	}
	documentOf(t, i)
	patient := one[*record.Patient](t, i)
	if strings.Contains(name, "Missing_PatientName") {
		if patient.DisplayName() != "" || !i.held && len(i.report.Issues) == 0 {
			t.Errorf("a patient without a name: got no word about it")
		}
	} else if patient.DisplayName() == "" || patient.BirthDate == "" {
		t.Errorf("patient: got name %v, birth %v", patient.DisplayName() != "", patient.BirthDate != "")
	}
	checkPlaces(t, i, content)
}

// checkPlaces holds every record's place and bytes against the file, and looks
// for markup in what is shown.
func checkPlaces(t *testing.T, i imported, content []byte) {
	t.Helper()
	for _, r := range i.records {
		s := r.Source()
		if s.Place == "" || s.Span.Length <= 0 || s.Span.Offset+s.Span.Length > int64(len(content)) || content[s.Span.Offset] != '<' || content[s.Span.Offset+s.Span.Length-1] != '>' {
			t.Errorf("%s: the bytes %v are no element", s.Place, s.Span)
		}
		for _, row := range r.Resource.Details() {
			if strings.Contains(row.Value, "<content") || strings.Contains(row.Value, "javascript:") {
				t.Errorf("%s: markup in %s", s.Place, row.Label)
			}
		}
	}
}

// TestUnstructured looks at the files that carry another file inside.
func TestUnstructured(t *testing.T) {
	root := filepath.Join(shared(t, "data"), "ccda", "hl7-examples")
	for _, tt := range []struct{ file, mediaType, has, missing string }{
		{"Unstructured_embedded_PDF_1.xml", "application/pdf", "", ""},
		{"Unstructured_embedded_text.xml", "text/plain", "SURGICAL", ""},
		{"Unstructured_reference_PDF.xml", "", "", "separate file"},
	} {
		b, err := os.ReadFile(filepath.Join(root, tt.file))
		if err != nil {
			t.Fatal(err)
		}
		d := documentOf(t, bring(t, tt.file, b))
		if len(d.Content) != 1 {
			t.Fatalf("%s: got %d attachments, want 1", tt.file, len(d.Content))
		}
		a := d.Content[0]
		if a.ContentType != tt.mediaType || !strings.Contains(strings.ToUpper(a.Text), tt.has) || !strings.Contains(a.Missing, tt.missing) || (a.Missing == "") != (a.Size > 0) {
			t.Errorf("%s: got type %q, %d bytes, missing %q", tt.file, a.ContentType, a.Size, a.Missing)
		}
	}
}
