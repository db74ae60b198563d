package apple_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// brokenDoctype is what iOS 16 wrote: an ATTLIST that is never closed.
const brokenDoctype = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate)>
<!ATTLIST VisionPrescription
  type CDATA #REQUIRED
  brand CDATA #IMPLIED
<!ELEMENT RightEye EMPTY>
>
]>
`

func TestSlipsOfThePhone(t *testing.T) {
	weight := quantityOf("BodyMass", "kg", "71.50", "2024-02-03 07:00:00 +0100", "/>")
	body := string(export(weight))
	for _, tt := range []struct {
		name, content, told string
		refused             int
	}{
		{"malformed DTD", strings.Replace(body, doctype, brokenDoctype, 1), "", 0},
		{"no DTD", strings.Replace(body, doctype, "", 1), "", 0},
		{"control character", strings.Replace(body, "Maud’s", "Ma\vud’s", 1), "1 control character", 0},
		{"attribute with blanks", string(export(strings.Replace(weight, `unit="kg"`, `Health Mate App Version="2.6" unit="kg"`, 1), weight)), "line 12, column", 1},
		{"broken detail", string(export(strings.Replace(weight, "/>", `><MetadataEntry key="a" b c="d" value="1"/></Record>`, 1))), "", 0},
	} {
		i := bring(t, tt.name, []byte(tt.content))
		o, _ := titled(t, i, "Body weight")
		if o.Value.String() != "71.50 kg" || i.report.Refused != tt.refused {
			t.Errorf("%s: got %v, %+v", tt.name, o.Value, i.report)
		}
		if !strings.Contains(fmt.Sprint(i.report.Issues), tt.told) {
			t.Errorf("%s: not told: %q in %v", tt.name, tt.told, i.report.Issues)
		}
	}
}

// TestRefused: what is not safe to read, or breaks off, leaves nothing behind.
func TestRefused(t *testing.T) {
	body := string(export(quantityOf("BodyMass", "kg", "71.50", "2024-02-03 07:00:00 +0100", "/>")))
	for name, content := range map[string]string{
		"cut off":     body[:len(body)-20],
		"entity":      strings.Replace(body, `value="71.50"`, `value="&bomb;"`, 1),
		"NUL":         strings.Replace(body, "Maud", "Ma\x00ud", 1),
		"bad UTF-8":   strings.Replace(body, "Maud", "Ma\xffud", 1),
		"two roots":   body + "<HealthData/>",
		"parameter":   strings.Replace(body, "]>", "%ext; ]>", 1),
		"deep":        strings.Replace(body, "</HealthData>", strings.Repeat("<a>", 1000), 1),
		"wrong close": strings.Replace(body, "</HealthData>", "</Health>", 1),
	} {
		i := bring(t, name, []byte(content))
		if i.report.Refused != 1 || len(i.records) != 0 || !strings.Contains(fmt.Sprint(i.report.Issues), "line ") {
			t.Errorf("%s: got %+v", name, i.report)
		}
		if strings.Contains(fmt.Sprint(i.report.Issues), "71.50") {
			t.Errorf("%s: the words hold a value", name)
		}
	}
}

// TestManyFaults: a file of nothing but faults is told in few words.
func TestManyFaults(t *testing.T) {
	var b strings.Builder
	for n := range 5000 {
		fmt.Fprintf(&b, "<Record type%d x y=\"1\"/>\n<Odd%d/>\n<Record type=\"Odd%d\" startDate=\"x\"/>\n", n, n, n)
	}
	i := bring(t, "export.xml", export(b.String()))
	if i.report.Refused != 5000 || i.report.Kept != 10_000 || len(i.report.Issues) > 700 {
		t.Errorf("got %d refused, %d kept, %d issues", i.report.Refused, i.report.Kept, len(i.report.Issues))
	}
}

// TestMemory: the memory of an import goes with the days, not with the
// readings; BenchmarkImport and a run by hand have the real sizes.
func TestMemory(t *testing.T) {
	used := func(perDay int) uint64 {
		var b strings.Builder
		for n := range 40 * perDay {
			b.WriteString(quantityOf("HeartRate", "count/min", fmt.Sprint(50+n%70), fmt.Sprintf("2024-%02d-%02d 10:%02d:00 +0100", 1+n%40/28, 1+n%28, n%60), "/>\n"))
		}
		i := bring(t, "export.xml", export(b.String()))
		if got := len(of[*record.Observation](i)); got > 60 {
			t.Errorf("%d readings a day gave %d observations", perDay, got)
		}
		b.Reset()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		runtime.KeepAlive(i)
		return m.HeapAlloc
	}
	few, many := used(10), used(1000)
	if many > few+8<<20+40*1000*400 { // the store in memory keeps the file itself
		t.Errorf("10 readings a day take %d bytes, 1,000 take %d", few, many)
	}
}

// TestBounded: whatever a file holds many of, the memory stays within bounds.
func TestBounded(t *testing.T) {
	for name, element := range map[string]string{
		"owners": `<Me HKCharacteristicTypeIdentifierDateOfBirth="1961-04-03"/>`,
		"nested": `<Workout startDate="2024-02-03 07:00:00 +0100">` + strings.Repeat("<a>"+strings.Repeat("<b><c/><c/></b>", 100)+"</a>", 20) + "</Workout>",
	} {
		i := bring(t, name, export(strings.Repeat(element, 50)))
		if n := len(of[*record.Patient](i)); n != 1 || i.report.Refused != 0 {
			t.Errorf("%s: got %d patients, %+v", name, n, i.report)
		}
	}
}
