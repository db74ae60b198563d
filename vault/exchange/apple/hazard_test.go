package apple_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// The hazards of clinical safety that an Apple Health export can express.

func TestHazard17NoUnitInvented(t *testing.T) {
	i := bring(t, "export.xml", export(`<Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:00:00 +0100" value="71.50"/>`))
	if o, _ := titled(t, i, "Body weight"); o.Value.String() != "71.50" || o.Value.Quantity.Code != "" {
		t.Errorf("got %+v", o.Value.Quantity)
	}
}

// TestHazard19Precision: what is written comes out digit by digit.
func TestHazard19Precision(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	for range 200 {
		want := fmt.Sprintf("%d.%0*d", rng.IntN(1000), 1+rng.IntN(12), rng.IntN(10))
		i := bring(t, "export.xml", export(quantityOf("BodyMass", "kg", want, "2024-02-03 07:00:00 +0100", "/>")))
		if o, _ := titled(t, i, "Body weight"); o.Value.Quantity.Value != want {
			t.Fatalf("got %q, want %q", o.Value.Quantity.Value, want)
		}
	}
}

// TestHazard20Derived: sums are exact, means are no more precise than what was
// measured, and both say that they are calculated.
func TestHazard20Derived(t *testing.T) {
	var steps, rates []string
	for n := range 10 {
		at := fmt.Sprintf("2024-02-03 07:%02d:00 +0100", n)
		steps = append(steps, quantityOf("DistanceWalkingRunning", "km", "0.1", at, "/>"))
		rates = append(rates, quantityOf("HeartRate", "count/min", fmt.Sprint(60+n%2), at, "/>"))
	}
	i := bring(t, "export.xml", export(append(steps, rates...)...))
	o, _ := titled(t, i, "Distance walking running, sum of the day")
	if o.Value.Quantity.Value != "1.0" || !strings.Contains(strings.Join(o.Note, " "), "calculated") {
		t.Errorf("got %+v %q", o.Value.Quantity, o.Note)
	}
	o, _ = titled(t, i, "Heart rate, range of the day")
	if got := strings.Join(o.Note, " "); !strings.HasSuffix(got, "their mean, calculated: 61 count/min") {
		t.Errorf("got %q", got)
	}
}

// TestHazard22UnitsAreNotMixed: one day in two units stays two.
func TestHazard22UnitsAreNotMixed(t *testing.T) {
	i := bring(t, "export.xml", export(
		quantityOf("ActiveEnergyBurned", "kcal", "10", "2024-02-03 07:00:00 +0100", "/>"), quantityOf("ActiveEnergyBurned", "kJ", "10", "2024-02-03 08:00:00 +0100", "/>"),
		quantityOf("ActiveEnergyBurned", "kcal", "5", "2024-02-03 09:00:00 +0100", "/>")))
	got := map[string]bool{}
	for _, o := range of[*record.Observation](i) {
		got[o.Value.String()] = true
	}
	if !got["15 kcal"] || !got["10 kJ"] {
		t.Errorf("got %v", got)
	}
}

func TestHazard29PressureStaysTogether(t *testing.T) {
	o, _ := titled(t, bring(t, "export.xml", export(bloodPressure)), "Blood pressure")
	if sys, dia, ok := o.BloodPressure(); !ok || sys.Value != "121" || dia.Value != "79" {
		t.Errorf("got %v %v", sys, dia)
	}
}

// TestHazard32Owner: the owner of a phone who is somebody else, or of whom the
// export does not say enough, is asked for.
func TestHazard32Owner(t *testing.T) {
	m := exchangetest.NewMemory()
	bringInto(t, m, "ecg.csv", []byte(ecgText))
	if i := bringInto(t, m, "export.xml", export(quantityOf("BodyMass", "kg", "71.50", "2024-02-03 07:00:00 +0100", "/>"))); !i.held {
		t.Error("an export without a name was filed under somebody without a word")
	}
	other := strings.Replace(ecgText, "Apr 3, 1961", "Apr 4, 1999", 1)
	if i := bringInto(t, m, "other.csv", []byte(other)); !i.held {
		t.Error("an electrocardiogram of somebody else was filed without a word")
	}
}

func TestHazard35And36DatesAsWritten(t *testing.T) {
	for written, want := range map[string]record.Date{
		"2024-02-03 00:00:00 +0000": "2024-02-03T00:00:00+00:00", "2021-03-28 02:30:00 +0100": "2021-03-28T02:30:00+01:00",
		"2024-02-29 23:59:59 -0330": "2024-02-29T23:59:59-03:30", "2024-02-03 05:45:00 +0545": "2024-02-03T05:45:00+05:45",
	} {
		i := bring(t, "export.xml", export(quantityOf("BodyMass", "kg", "71.50", written, "/>")))
		if o, _ := titled(t, i, "Body weight"); o.Effective.Start != want {
			t.Errorf("got %q, want %q", o.Effective.Start, want)
		}
	}
	born := strings.Replace(string(export()), `DateOfBirth="1961-04-03"`, `DateOfBirth="1961"`, 1)
	if p := of[*record.Patient](bring(t, "export.xml", []byte(born))); p[0].BirthDate != "1961" {
		t.Errorf("got the birth date %q", p[0].BirthDate)
	}
	i := bring(t, "export.xml", export(quantityOf("BodyMass", "kg", "71.50", "yesterday", "/>")))
	if i.report.Refused != 1 {
		t.Errorf("a reading without a time: got %+v", i.report)
	}
}

// TestHazard47Phone: whose device it was and who typed it in stands with the
// reading, the offset is as written even where the clocks jumped, and the unit
// is the one of the phone's language.
func TestHazard47Phone(t *testing.T) {
	i := bring(t, "export.xml", export(
		`<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Bob’s Watch" unit="count/min" startDate="2021-03-28 02:30:00 +0100" endDate="2021-03-28 02:30:00 +0100" value="61"/>`,
		`<Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Health" unit="st" startDate="2021-03-28 02:30:00 +0100" endDate="2021-03-28 02:30:00 +0100" value="11.2"><MetadataEntry key="HKWasUserEntered" value="1"/></Record>`))
	o, p := titled(t, i, "Heart rate")
	if p.System != "Bob’s Watch" || p.Asserter != "" || o.Effective.Start != "2021-03-28T02:30:00+01:00" {
		t.Errorf("got %q by %q at %q", p.System, p.Asserter, o.Effective.Start)
	}
	if o, p = titled(t, i, "Body weight"); p.Asserter != record.ByPatient || o.Value.String() != "11.2 st" {
		t.Errorf("got %v by %q", o.Value, p.Asserter)
	}
}

// TestHazard49SelfEntered: what was typed in is never put together with what a
// device measured.
func TestHazard49SelfEntered(t *testing.T) {
	i := bring(t, "export.xml", export(
		quantityOf("HeartRate", "count/min", "60", "2024-02-03 07:00:00 +0100", "/>"), quantityOf("HeartRate", "count/min", "61", "2024-02-03 08:00:00 +0100", "/>"),
		quantityOf("HeartRate", "count/min", "200", "2024-02-03 09:00:00 +0100", `><MetadataEntry key="HKWasUserEntered" value="1"/></Record>`)))
	o, p := titled(t, i, "Heart rate, range of the day")
	if o.Value.Range.String() != "60 to 61 count/min" || p.Asserter != record.ByDevice {
		t.Errorf("got %v by %q", o.Value.Range, p.Asserter)
	}
	if _, p := titled(t, i, "Heart rate"); p.Asserter != record.ByPatient {
		t.Errorf("got %q", p.Asserter)
	}
}
