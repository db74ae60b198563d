package ccda_test

import (
	"os"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/ccda"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestConformance(t *testing.T) {
	summary, err := os.ReadFile("testdata/summary.xml")
	if err != nil {
		t.Fatal(err)
	}
	exchangetest.Run(t, exchangetest.Suite{
		Format: ccda.Format,
		Good: map[string][]byte{
			"summary.xml": summary,
			"results.xml": document(sec("30954-2", "x", batteryOf(resultOf(`<value xsi:type="ED" mediaType="application/pdf" representation="B64">JVBERi0=</value>`, "")))),
		},
		Not: map[string][]byte{
			"bundle.xml": []byte(`<Bundle xmlns="http://hl7.org/fhir"/>`), "page.xml": []byte("<html><body>a page</body></html>"), "text.txt": []byte("ClinicalDocument"), "empty.xml": nil,
		},
	})
}

func TestResultThatIsAFile(t *testing.T) {
	i := bringDoc(t, sec("30954-2", "x", batteryOf(resultOf(`<value xsi:type="ED" mediaType="application/pdf" representation="B64">JVBERi0=</value>`, ""))))
	if o := one[*record.Observation](t, i); o.Value.Text == "" {
		t.Error("the result says nothing")
	}
	found := 0
	for _, d := range of[*record.DocumentReference](i) {
		if len(d.Content) == 1 && d.Content[0].Size == 5 && d.Type.String() == "Potassium" {
			found++
		}
	}
	if found != 1 {
		t.Errorf("got %d documents for the file, want 1", found)
	}
}
