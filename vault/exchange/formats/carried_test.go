package formats_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
)

// carrying is an HL7 v2 message that carries a file.
func carrying(ed string) string {
	return "MSH|^~\\&|LAB|Example Lab|APP|ME|20210304101112-0500||MDM^T02^MDM_T02|41|P|2.5.1\r" +
		"PID|1||1^^^Example Lab^MR||Testperson^Ada^^^^^L||19610403|F\r" +
		"TXA|1|CN|TX|20210304101112||||||||9^LAB|||||AU\r" +
		"OBX|1|ED|34133-9^Summary^LN||" + ed + "||||||F\r"
}

func mere(t *testing.T, cda string) string {
	t.Helper()
	raw, err := json.Marshal(cda)
	if err != nil {
		t.Fatal(err)
	}
	return `{"name":"x","collections":[{"name":"clinical_documents","docs":[
{"connection_record_id":"c","data_record":{"raw":{"resource":{"resourceType":"Patient","id":"1","name":[{"family":["Testperson"],"given":["Ada"]}],"birthDate":"1961-04-03","gender":"female"},"fullUrl":["/api/fhir/Patient/1"]},"format":"FHIR.DSTU2"}},
{"connection_record_id":"c","data_record":{"raw":` + string(raw) + `,"content_type":"application/xml","resource_type":"documentreference_attachment"},"metadata":{"display_name":"Visit"}}]}]}`
}

// mimed is a document as a MIME package with a picture beside it.
func mimed(cda string) string {
	return "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"HL7-CDA\";\r\n type=\"text/xml\"\r\n\r\n--HL7-CDA\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(cda)) + "\r\n--HL7-CDA\r\nContent-Type: image/gif\r\n\r\nGIF89a\r\n--HL7-CDA--\r\n"
}

// A clinical document inside a message or an export is read as what it is: its
// facts name their place in it, the receipt counts it by itself, bringing it in
// again changes nothing, and taking the import back leaves nothing.
func TestDocumentsInsideAreRead(t *testing.T) {
	cda := labCDA("1", "completed", "4.10")
	packed := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for name, content := range map[string]string{
		"hl7v2":      carrying("LAB^text^xml^Base64^" + packed(cda)),
		"hl7v2 MIME": carrying("LAB^multipart^related^Base64^" + packed(mimed(cda))),
		"Mere":       mere(t, cda),
	} {
		t.Run(name, func(t *testing.T) {
			m := exchangetest.NewMemory()
			r := bring(t, m, "a", content)
			if len(r.Sources) != 2 || r.Sources[1].Format != "ccda" || !r.Sources[1].Adds() || r.Sources[1].Kinds["Observation"] != 1 {
				t.Fatalf("got %+v", r.Sources)
			}
			found := potassium(m)
			if len(found) != 1 || found[0].Source().Original != r.Sources[1].SHA256 || !strings.HasPrefix(found[0].Source().Place, "/ClinicalDocument/") {
				t.Fatalf("got %+v", found)
			}
			originals, _ := m.Originals(t.Context())
			for _, o := range originals {
				if o.Hash == r.Sources[1].SHA256 && (o.Within != r.Sources[0].SHA256 || o.Path != "") {
					t.Errorf("the document inside is kept as %+v", o)
				}
			}
			commits := m.Commits
			if bring(t, m, "a", content); m.Commits != commits {
				t.Error("the same file again changes something")
			}
			if _, err := exchange.Undo(t.Context(), m, r.Import); err != nil {
				t.Fatal(err)
			}
			if originals, _ = m.Originals(t.Context()); len(m.All())+len(originals)+len(m.Receipts) > 0 {
				t.Errorf("%d records and %d files are left", len(m.All()), len(originals))
			}
		})
	}
}

// A broken document inside stays a document, and loses nothing of the file that
// carries it; one about another person is asked about.
func TestDocumentsInsideThatAreNotRead(t *testing.T) {
	packed := func(s string) string { return "LAB^text^xml^Base64^" + base64.StdEncoding.EncodeToString([]byte(s)) }
	cda := labCDA("1", "completed", "4.10")
	m := exchangetest.NewMemory()
	r := bring(t, m, "a", carrying(packed(cda[:len(cda)-40])))
	told := false
	for _, i := range r.Sources[0].Issues {
		told = told || strings.HasPrefix(i.Text, "a document inside could not be read")
	}
	if len(r.Sources) != 1 || !told || len(m.All()) == 0 || len(potassium(m)) != 0 {
		t.Errorf("broken: got %+v", r.Sources)
	}
	other := strings.NewReplacer("<given>Ada</given>", "<given>Joe</given>", "19610403", "19800101").Replace(cda)
	b, err := exchange.Import(t.Context(), exchangetest.NewMemory(), formats.All(), []exchange.Source{exchangetest.Source("a", []byte(carrying(packed(other))))}, exchange.Options{})
	if err != nil || !b.Held() || len(b.Subjects) != 2 {
		t.Errorf("of another person: %v, held %v, %d people", err, b.Held(), len(b.Subjects))
	}
	inner := exchangetest.NewMemory()
	r = bring(t, inner, "a", carrying(packed(carrying(packed(cda)))))
	if len(r.Sources) != 2 || r.Sources[1].Format != "hl7v2" || len(potassium(inner)) != 0 {
		t.Errorf("a message in a message: got %+v", r.Sources)
	}
	for _, x := range inner.All() {
		if x.Resource.Kind() == record.KindObservation {
			t.Error("what a file inside carries was read too")
		}
	}
}
