package apple_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/apple"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// The synthetic exports of the tests: own work, no real person.

const doctype = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 11 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
]>
`

const owner = `<ExportDate value="2024-03-10 08:00:00 +0100"/>
<Me HKCharacteristicTypeIdentifierDateOfBirth="1961-04-03" HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale" HKCharacteristicTypeIdentifierBloodType="HKBloodTypeABPositive" HKCharacteristicTypeIdentifierFitzpatrickSkinType="HKFitzpatrickSkinTypeNotSet"/>
`

// export puts elements into an export.xml.
func export(elements ...string) []byte {
	return []byte(doctype + `<HealthData locale="en_GB">` + "\n" + owner + strings.Join(elements, "\n") + "\n</HealthData>\n")
}

const watch = `sourceName="Maud’s Watch" device="&lt;&lt;HKDevice: 0x2831&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, software:9.4&gt;"`

// quantityOf is a Record of a quantity at one moment.
func quantityOf(typ, unit, value, at, more string) string {
	return `<Record type="HKQuantityTypeIdentifier` + typ + `" ` + watch + ` unit="` + unit + `" startDate="` + at + `" endDate="` + at + `" value="` + value + `"` + more
}

const ecgText = `Name,Maud Measure
Date of Birth,"Apr 3, 1961"
Recorded Date,2024-02-03 10:00:00 +0100
Classification,Sinus Rhythm
Symptoms,None
Software Version,1.90
Device,"Watch6,2"
Sample Rate,512.089 hertz

Lead,Lead I
Unit,µV

-13.5
-12.25
0
4.75
`

// imported is what one import did.
type imported struct {
	records []record.Record
	receipt record.Receipt
	report  record.SourceReport
	held    bool
}

// bring imports one file into an empty store, as a new person.
func bring(t testing.TB, name string, content []byte) imported {
	t.Helper()
	return bringInto(t, exchangetest.NewMemory(), name, content)
}

func bringInto(t testing.TB, m *exchangetest.Memory, name string, content []byte) imported {
	t.Helper()
	return bringFiles(t, m, []exchange.Source{{Name: name, Path: "f", FS: fstest.MapFS{"f": {Data: content}}}})
}

func bringFiles(t testing.TB, m *exchangetest.Memory, sources []exchange.Source) imported {
	t.Helper()
	b, err := exchange.Import(context.Background(), m, []exchange.Format{apple.Format}, sources, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := imported{held: b.Held()}
	if out.held {
		people, err := m.People(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		choice := exchange.NewPerson
		if len(people) > 0 {
			choice = exchange.PersonChoice(people[0].ID)
		}
		if err := b.Assign(context.Background(), choice); err != nil {
			t.Fatal(err)
		}
	}
	if out.receipt, err = b.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, s := range out.receipt.Sources {
		if !s.Adds() {
			t.Errorf("the receipt does not add up: %+v", s)
		}
	}
	out.records, out.report = m.All(), out.receipt.Sources[0]
	return out
}

// of gives the resources of one kind.
func of[T record.Resource](i imported) []T {
	var all []T
	for _, r := range i.records {
		if x, ok := r.Resource.(T); ok {
			all = append(all, x)
		}
	}
	return all
}

// titled is the one observation of that title.
func titled(t testing.TB, i imported, title string) (*record.Observation, record.Provenance) {
	t.Helper()
	var found *record.Observation
	var p record.Provenance
	for _, r := range i.records {
		if o, ok := r.Resource.(*record.Observation); ok && o.Code.Text == title {
			if found != nil {
				t.Fatalf("%s is there twice", title)
			}
			found, p = o, r.Source()
		}
	}
	if found == nil {
		var titles []string
		for _, o := range of[*record.Observation](i) {
			titles = append(titles, o.Code.Text)
		}
		t.Fatalf("no %q among %q; %+v", title, titles, i.report)
	}
	return found, p
}

// shared finds a folder of the shared samples, beside the repository.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			p := filepath.Join(dir, "..", "shared", filepath.FromSlash(name))
			if _, err := os.Stat(p); err == nil {
				return p
			}
			break
		}
	}
	t.Skipf("SKIPPED: the sample folder ../shared/%s is not on this computer", name)
	return ""
}

var appleFormat = apple.Format
