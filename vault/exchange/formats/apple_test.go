package formats_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
)

// phone is a made-up export of a phone: the owner has no name, their clinic's
// records do.
func phone(born string) fstest.MapFS {
	cda := `<ClinicalDocument xmlns="urn:hl7-org:v3"><title>Health Data Export</title><recordTarget><patientRole><patient><administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="` + strings.ReplaceAll(born, "-", "") + `"/></patient></patientRole></recordTarget></ClinicalDocument>`
	return fstest.MapFS{
		"apple_health_export/export.xml":                            {Data: []byte(strings.Replace(appleExport, "1961-04-03", born, 1))},
		"apple_health_export/export_cda.xml":                        {Data: []byte(cda)},
		"apple_health_export/clinical-records/Patient-A.json":       {Data: []byte(maud)},
		"apple_health_export/clinical-records/Immunization-B.json":  {Data: []byte(`{"resourceType":"Immunization","id":"2","status":"completed","vaccineCode":{"text":"Tetanus"},"patient":{"reference":"Patient/1"},"occurrenceDateTime":"2020-01-02"}`)},
		"apple_health_export/electrocardiograms/ecg_2024-02-03.csv": {Data: []byte("Name,Maud Measure\nDate of Birth,\"Apr 3, 1961\"\nRecorded Date,2024-02-03 10:00:00 +0100\nClassification,Sinus Rhythm\nSample Rate,512 hertz\n\nLead,Lead I\nUnit,µV\n\n-1\n2\n3\n")},
	}
}

const maud = `{"resourceType":"Patient","id":"1","name":[{"family":"Measure","given":["Maud"]}],"gender":"female","birthDate":"1961-04-03"}`

// bringPhone imports a phone's export; it gives the people by how many records
// they have, and whether the batch was held before the choice.
func bringPhone(t *testing.T, m *exchangetest.Memory, files fstest.MapFS, choice exchange.PersonChoice) (people string, held bool) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	sources, err := exchange.Paths(dir)
	if err != nil {
		t.Fatal(err)
	}
	b, err := exchange.Import(context.Background(), m, formats.All(), sources, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if held = b.Held(); held {
		if err := b.Assign(context.Background(), choice); err != nil {
			t.Fatal(err)
		}
	}
	r, err := b.Commit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Sources {
		if !s.Adds() {
			t.Errorf("the receipt does not add up: %+v", s)
		}
	}
	n := map[record.ID]int{}
	for _, r := range m.All() {
		n[r.Person]++
	}
	var counts []int
	for _, p := range n {
		counts = append(counts, p)
	}
	return fmt.Sprint(counts), held
}

// TestHazard32PhoneOfNobody: a phone's export is never filed without a word, as it
// does not name its owner; with the user's word all of it goes to one person,
// unless something contradicts.
func TestHazard32PhoneOfNobody(t *testing.T) {
	m := exchangetest.NewMemory()
	if people, held := bringPhone(t, m, phone("1961-04-03"), exchange.NewPerson); !held || strings.Contains(people, " ") {
		t.Errorf("a new person: held %v, records by person %s, want one person", held, people)
	}
	m = exchangetest.NewMemory()
	exchangetest.Import(t, m, formats.All()[0], "maud.json", []byte(maud))
	id := m.All()[0].Person
	if people, held := bringPhone(t, m, phone("1961-04-03"), exchange.PersonChoice(id)); !held || strings.Contains(people, " ") {
		t.Errorf("chosen: held %v, records by person %s, want one person", held, people)
	}
	m = exchangetest.NewMemory()
	if people, held := bringPhone(t, m, phone("1999-01-01"), exchange.NewPerson); !held || !strings.Contains(people, " ") {
		t.Errorf("another birth date: held %v, records by person %s, want more than one person", held, people)
	}
	m = exchangetest.NewMemory()
	exchangetest.Import(t, m, formats.All()[0], "maud.json", []byte(maud))
	id = m.All()[0].Person
	bringPhone(t, m, phone("1999-01-01"), exchange.PersonChoice(id))
	for _, r := range m.All() {
		if r.Summary().Title == "Body weight" {
			t.Error("the weight of somebody with another birth date was filed under her")
		}
	}
}
