package xdm_test

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/xdm"
	"github.com/carnet-phr/carnet/vault/record"
)

func set(docs map[string]string) xdm.Set {
	s := xdm.Set{
		Title: "Health <record> & more", Made: time.Date(2026, 5, 3, 10, 0, 0, 0, time.UTC), Person: "abc",
		Patient: &record.Patient{Name: []record.HumanName{{Family: "O'Hara^&|~\\", Given: []string{"Zoë", "Ann"}}}, BirthDate: "1961-04-12", Gender: "female", Address: []record.Address{{Line: []string{"1 Way"}, City: "Bern", Country: "CH"}}},
	}
	for _, name := range []string{"CCD.XML", "SUMMARY.PDF"} {
		sum := sha1.Sum([]byte(docs[name]))
		s.Documents = append(s.Documents, xdm.Document{
			URI: name, Title: "Document <1>", MediaType: map[string]string{"CCD.XML": "text/xml", "SUMMARY.PDF": "application/pdf"}[name], Type: record.Coding{System: "2.16.840.1.113883.6.1", Code: "34133-9", Display: "Summary"},
			Format: record.Coding{System: "1.3.6.1.4.1.19376.1.2.3", Code: "urn:ihe:iti:xds:2017:mimeTypeSufficient"}, Size: int64(len(docs[name])), SHA1: hex.EncodeToString(sum[:]), Seed: "abc",
		})
	}
	return s
}

func written(t testing.TB, s xdm.Set) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := xdm.Write(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWrite: our own reader finds every document, whose it is, and that size and
// hash are right; and tells where they are not.
func TestWrite(t *testing.T) {
	docs := map[string]string{"CCD.XML": "<ClinicalDocument xmlns='urn:hl7-org:v3'/>", "SUMMARY.PDF": "%PDF-"}
	b := written(t, set(docs))
	if !bytes.Equal(b, written(t, set(docs))) {
		t.Error("the same set gave other bytes")
	}
	tree := func() exchange.Tree {
		return exchange.Tree{Name: "t", FS: fstest.MapFS{
			"IHE_XDM/SUBSET01/METADATA.XML": {Data: b}, "IHE_XDM/SUBSET01/CCD.XML": {Data: []byte(docs["CCD.XML"])}, "IHE_XDM/SUBSET01/SUMMARY.PDF": {Data: []byte(docs["SUMMARY.PDF"])},
			"INDEX.HTM": {Data: []byte("x")}, "README.TXT": {Data: []byte("x")},
		}, Names: []string{"IHE_XDM/SUBSET01/CCD.XML", "IHE_XDM/SUBSET01/METADATA.XML", "IHE_XDM/SUBSET01/SUMMARY.PDF", "INDEX.HTM", "README.TXT"}}
	}
	x, err := xdm.Format.Index(t.Context(), tree())
	if err != nil || x == nil {
		t.Fatalf("got %v, %v", x, err)
	}
	for _, i := range x.Issues {
		t.Errorf("%s: %s", i.Place, i.Text)
	}
	m := x.Members["IHE_XDM/SUBSET01/CCD.XML"]
	if len(m.Issues) > 0 || m.Title != "Document <1>" || m.Date != "2026-05-03T10:00:00Z" || m.Type.Coding[0].Code != "34133-9" {
		t.Errorf("got %+v", m)
	}
	if p := m.Patient; p == nil || p.BirthDate != "1961-04-12" || p.Gender != "female" || p.Name[0].Given[0] != "Zoë" || p.Name[0].Family != "O'Hara" || p.Address[0].City != "Bern" {
		t.Errorf("got %+v", p)
	}
	if len(m.Identifiers) == 0 || m.Identifiers[0].Value != "abc" || !strings.HasPrefix(m.Identifiers[0].System, "urn:oid:2.25.") {
		t.Errorf("got %v", m.Identifiers)
	}
	docs["CCD.XML"] = "<ClinicalDocument xmlns='urn:hl7-org:v3'> </ClinicalDocument>"
	if x, err = xdm.Format.Index(t.Context(), tree()); err != nil || len(x.Members["IHE_XDM/SUBSET01/CCD.XML"].Issues) == 0 {
		t.Errorf("a changed document was not told: %v", err)
	}
}

// TestWriteIsXML: whatever is in a name, the list is well-formed XML with one ID
// for each object.
func TestWriteIsXML(t *testing.T) {
	s := set(map[string]string{})
	s.Patient.Name[0].Family = "<&>\"'\x00\x0b]]>"
	s.Title = "\ufffe<"
	d := xml.NewDecoder(bytes.NewReader(written(t, s)))
	ids := map[string]bool{}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		e, ok := tok.(xml.StartElement)
		for _, a := range e.Attr {
			if ok && a.Name.Local == "id" {
				if ids[a.Value] {
					t.Errorf("%s is there twice", a.Value)
				}
				ids[a.Value] = true
			}
		}
	}
	if len(ids) < 10 {
		t.Errorf("%d objects", len(ids))
	}
}
