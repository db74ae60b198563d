package formats_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/document"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/pdftext"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestConformance holds every reading format to exchangetest, with the made-up
// record.
func TestConformance(t *testing.T) {
	portal, clinicVisit := demo(t, "lakeside-hospital-portal.json"), demo(t, "walk-in-clinic-visit.xml")
	var made bytes.Buffer
	if err := exchangetest.WriteBundle(&made, 30); err != nil {
		t.Fatal(err)
	}
	others := map[string][]byte{"text": []byte("Dear colleague,"), "html": []byte("<html><body>x</body></html>"), "empty object": []byte("{}")}
	good := map[string]map[string][]byte{
		"fhir": {"portal.json": portal, "made.json": made.Bytes(), "older.json": beside(t, "fhir/testdata/older.json"), "kinds.xml": beside(t, "fhir/testdata/kinds.xml")},

		"reply": {"answer.json": beside(t, "reply/testdata/answer.json")},

		"medikeep": {"export.json": beside(t, "phr/testdata/export.json")},

		"ccda":  {"visit.xml": clinicVisit},
		"hl7v2": {"lab.hl7": []byte(labMessage)},
		"apple": {"export.xml": []byte(appleExport)},

		"healthcard": {"card.json": []byte(`{"iss":"https://cards.example.org","nbf":1715107763,"vc":{"type":["https://smarthealth.cards#health-card"],"credentialSubject":{"fhirVersion":"4.0.1","fhirBundle":` + made.String() + `}}}`)},

		"bluebutton": {"va.txt": beside(t, "bluebutton/testdata/va.txt")},

		"dicom": {"image.dcm": beside(t, "dicom/testdata/image.dcm"), "report.dcm": beside(t, "dicom/testdata/report.dcm")},

		"pdftext":   {"letter.pdf": []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj trailer<</Root 1 0 R>>")},
		"rtf":       {"letter.rtf": []byte(`{\rtf1\ansi Dear colleague,\par thank you}`)},
		"oldoffice": {"letter.doc": append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...)},
		"office": {"letter.docx": exchangetest.Zip(t, map[string]string{
			"[Content_Types].xml": "<a/>", "word/document.xml": "<d xmlns='w'><p><t>Dear colleague</t></p></d>",
		})},
		"picture": {"scan.png": picture(t)},
		"webpage": {"visit.html": []byte("<!DOCTYPE html><html><title>Visit</title><body>" + strings.Repeat("<p>Words of a visit</p>", 20) + "</body></html>")},
		"xml":     {"other.xml": []byte("<letter><to>A colleague</to></letter>")},
		"text":    {"letter.txt": []byte("Dear colleague,\nthank you.")},

		"labcsv": {"results.csv": []byte("Date;Test;Wert;Einheit\n2020-01-31;Kalium;4,15;mmol/l\n")},
		"table":  {"places.csv": []byte("city,country\nParis,France\n")},
	}
	for _, f := range formats.All() {
		if f.Import == nil || f.Name == document.Program.Name { // which files nothing
			continue
		}
		not := map[string][]byte{}
		for name, b := range others {
			not[name] = b
		}
		for other, files := range good {
			for name, b := range files {
				if other != f.Name {
					not[name] = b
				}
			}
		}
		if len(good[f.Name]) == 0 {
			t.Errorf("no file to try %s with", f.Name)
		}
		t.Run(f.Name, func(t *testing.T) {
			if testing.Short() && f.Name == pdftext.Format.Name {
				t.Skip("the library takes seconds to start")
			}
			exchangetest.Run(t, exchangetest.Suite{Format: f, Good: good[f.Name], Not: not})
		})
	}
}

// TestLetterInAnArchive: an office file inside a portal's archive is one, not an
// archive inside an archive.
func TestLetterInAnArchive(t *testing.T) {
	letter := exchangetest.Zip(t, map[string]string{"[Content_Types].xml": "<a/>", "word/document.xml": "<d xmlns='w'><p><t>Dear colleague</t></p></d>"})
	portal := exchangetest.Zip(t, map[string]string{"letters/letter.docx": string(letter)})
	m := exchangetest.NewMemory()
	r := bringAll(t, m, "portal.zip", portal)
	if len(r.Sources) != 2 || r.Sources[1].Format != "office" || r.Sources[1].Filed != 1 {
		t.Errorf("got %+v", r.Sources)
	}
}

// picture is a made-up scan.
func picture(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// appleExport is a made-up export of Apple Health.
const appleExport = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,Record*)>
]>
<HealthData locale="en_GB">
 <ExportDate value="2024-03-10 08:00:00 +0100"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1961-04-03" HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale"/>
 <Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" unit="kg" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:00:00 +0100" value="71.50"/>
</HealthData>
`

// beside is a made-up file of a format's own tests.
func beside(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func demo(t testing.TB, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(assets.Demo(), name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestNamesAreUnique(t *testing.T) {
	in, out := map[string]bool{}, map[string]bool{}
	for _, f := range formats.All() {
		if f.Name == "" || f.Title == "" || f.Import == nil && f.Export == nil && f.Index == nil || f.Import != nil && in[f.Name] || f.Export != nil && out[f.Name] {
			t.Errorf("%q is incomplete or there twice", f.Name)
		}
		in[f.Name] = in[f.Name] || f.Import != nil
		out[f.Name] = out[f.Name] || f.Export != nil
	}
}

// TestOrderDoesNotMatter: whichever file of the made-up record comes first, the
// same facts are filed under one person.
func TestOrderDoesNotMatter(t *testing.T) {
	files := []string{"lakeside-hospital-portal.json", "walk-in-clinic-visit.xml"}
	var counts []map[record.Kind]int
	for _, order := range [][]string{{files[0], files[1]}, {files[1], files[0]}} {
		m := exchangetest.NewMemory()
		for _, name := range order {
			b, err := exchange.Import(context.Background(), m, formats.All(), []exchange.Source{exchangetest.Source(name, demo(t, name))}, exchange.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.Commit(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		people, err := m.People(context.Background())
		if err != nil || len(people) != 1 {
			t.Fatalf("%d people, %v", len(people), err)
		}
		n := map[record.Kind]int{}
		for _, r := range m.All() {
			n[r.Resource.Kind()]++
		}
		counts = append(counts, n)
	}
	for k, n := range counts[0] {
		if counts[1][k] != n {
			t.Errorf("%s: %d or %d by order", k, n, counts[1][k])
		}
	}
}

// labMessage is a made-up laboratory message.
const labMessage = "MSH|^~\\&|LAB|Example Lab|APP|ME|20210304101112-0500||ORU^R01^ORU_R01|41|P|2.5.1\r" +
	"PID|1||1^^^Example Lab^MR||Testperson^Ada^^^^^L||19610403|F\r" +
	"OBR|1|P-7^EHR|F-9^LAB|24323-8^Comprehensive metabolic panel^LN|||20210304080000-0500|||||||||||||||20210304101000-0500||LAB|F\r" +
	"OBX|1|NM|2823-3^Potassium^LN||4.10|mmol/L|3.5-5.1|N|||F\r" +
	"NTE|1||Slightly haemolysed.\r" +
	"OBX|2|SN|2160-0^Creatinine^LN||<^0.5|mg/dL|||||P\r" +
	"OBX|3|NM|2345-7^Glucose^LN||||||||X\r" +
	"ZZZ|1|of our own\r"
