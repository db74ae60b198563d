package apple_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestConformance(t *testing.T) {
	exchangetest.Run(t, suite())
}

func TestReading(t *testing.T) {
	for _, tt := range []struct {
		name, element, title, value, unit, code, note string
	}{
		{"weight", quantityOf("BodyMass", "kg", "71.50", "2024-02-03 07:00:00 +0100", "/>"), "Body weight", "71.50", "kg", "29463-7", ""},
		{"pounds stay pounds", quantityOf("BodyMass", "lb", "157.6", "2024-02-03 07:00:00 +0100", "/>"), "Body weight", "157.6", "lb", "29463-7", ""},
		{"share of one", quantityOf("OxygenSaturation", "%", "0.970", "2024-02-03 07:00:00 +0100", "/>"), "Oxygen saturation", "97.0", "%", "59408-5", "written as 0.970"},
		{"whole percentage", quantityOf("OxygenSaturation", "%", "1", "2024-02-03 07:00:00 +0100", "/>"), "Oxygen saturation", "100", "%", "59408-5", "written as 1 "},
		{"more than one share", quantityOf("OxygenSaturation", "%", "97", "2024-02-03 07:00:00 +0100", "/>"), "Oxygen saturation", "97", "%", "59408-5", ""},
		{"glucose by mass", quantityOf("BloodGlucose", "mg/dL", "104", "2024-02-03 07:00:00 +0100", `><MetadataEntry key="HKBloodGlucoseMealTime" value="1"/></Record>`), "Blood glucose", "104", "mg/dL", "2339-0", "before a meal"},
		{"glucose by amount", quantityOf("BloodGlucose", "mmol&lt;180.1558800000541&gt;/L", "5.8", "2024-02-03 07:00:00 +0100", `><MetadataEntry key="HKBloodGlucoseMealTime" value="2"/></Record>`), "Blood glucose", "5.8", "mmol/L", "15074-8", "after a meal"},
		{"temperature", quantityOf("BodyTemperature", "degF", "98.60", "2024-02-03 07:00:00 +0100", `><MetadataEntry key="HKBodyTemperatureSensorLocation" value="3"/></Record>`), "Body temperature", "98.60", "degF", "8310-5", ""},
		{"VO2max", quantityOf("VO2Max", "mL/min·kg", "38.1", "2024-02-03 07:00:00 +0100", `><MetadataEntry key="HKVO2MaxTestType" value="2"/></Record>`), "Cardio fitness (VO2 max)", "38.1", "mL/min·kg", "HKQuantityTypeIdentifierVO2Max", "submaximal"},
	} {
		i := bring(t, tt.name, export(tt.element))
		o, p := titled(t, i, tt.title)
		if q := o.Value.Quantity; q.Value != tt.value || q.Unit != tt.unit || !strings.Contains(fmt.Sprint(o.Code.Coding), tt.code) {
			t.Errorf("%s: got %+v %v", tt.name, q, o.Code.Coding)
		}
		if got := strings.Join(o.Note, "; "); !strings.Contains(got, tt.note) || tt.note == "" && got != "" {
			t.Errorf("%s: got the notes %q", tt.name, got)
		}
		if o.Effective.Start != "2024-02-03T07:00:00+01:00" || p.System != "Maud’s Watch" || p.Asserter != record.ByDevice || o.Device != "Apple Watch (Apple Inc., Watch6,2)" {
			t.Errorf("%s: got %v, %q by %q, device %q", tt.name, o.Effective, p.System, p.Asserter, o.Device)
		}
		if i.report.Read != 4 || i.report.Filed != 3 || i.report.Administrative != 1 {
			t.Errorf("%s: got %+v", tt.name, i.report)
		}
	}
}

func TestDayOfHeartRate(t *testing.T) {
	var readings []string
	for _, x := range []struct{ at, value string }{
		{"2024-02-03 00:10:00 +0100", "52"}, {"2024-02-03 12:00:00 +0100", "141"}, {"2024-02-03 23:50:00 +0100", "61.5"}, {"2024-02-04 00:01:00 +0100", "58"},
	} {
		readings = append(readings, quantityOf("HeartRate", "count/min", x.value, x.at, "/>"))
	}
	i := bring(t, "export.xml", export(readings...))
	o, p := titled(t, i, "Heart rate, range of the day")
	if got := o.Value.Range.String(); got != "52 to 141 count/min" || o.Effective.Start != "2024-02-03" {
		t.Errorf("got %q on %q", got, o.Effective.Start)
	}
	if got := strings.Join(o.Note, "; "); !strings.Contains(got, "3 readings between 00:10 (UTC+01:00) and 23:50 (UTC+01:00); their mean, calculated: 84.8 count/min") {
		t.Errorf("got the note %q", got)
	}
	if p.Version != "2024-03-10T08:00:00+01:00" || p.Place != "/HealthData/Record[1] and 2 more of that day" {
		t.Errorf("got %+v", p)
	}
	if one, _ := titled(t, i, "Heart rate"); one.Value.Quantity.Value != "58" {
		t.Errorf("the next day: got %+v", one.Value)
	}
	if i.report.Read != 7 || i.report.Filed != 6 { // two more than records: absorbed into the day
		t.Errorf("got %+v", i.report)
	}
}

func TestSumNeverAcrossSources(t *testing.T) {
	step := func(source, device, value string) string {
		return `<Record type="HKQuantityTypeIdentifierStepCount" sourceName="` + source + `" device="` + device + `" unit="count" startDate="2024-02-03 10:00:00 +0100" endDate="2024-02-03 10:05:00 +0100" value="` + value + `"/>`
	}
	i := bring(t, "export.xml", export(step("Phone", "", "100"), step("Watch", "", "90"), step("Phone", "", "0.25"), step("Watch", "", "9"), step("Phone", "name:iPad", "5")))
	got := map[string]string{}
	for _, r := range i.records {
		if o, ok := r.Resource.(*record.Observation); ok && o.In("activity") {
			got[r.Source().System+" "+o.Device] = o.Value.Quantity.String()
		}
	}
	want := map[string]string{"Phone ": "100.25 count", "Watch ": "99 count", "Phone iPad": "5 count"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestManyOfOneDay(t *testing.T) {
	var readings []string
	for n := range 30 {
		readings = append(readings, quantityOf("BloodGlucose", "mg/dL", fmt.Sprint(90+n), fmt.Sprintf("2024-02-03 10:%02d:00 +0100", n), "/>"))
	}
	few, many := bring(t, "few.xml", export(readings[:24]...)), bring(t, "many.xml", export(readings...))
	if n := len(of[*record.Observation](few)); n != 25 {
		t.Errorf("24 readings: got %d observations", n)
	}
	if o, _ := titled(t, many, "Blood glucose, range of the day"); o.Value.Range.String() != "90 to 119 mg/dL" {
		t.Errorf("30 readings: got %+v", o.Value)
	}
}

const bloodPressure = `<Record type="HKQuantityTypeIdentifierBloodPressureSystolic" sourceName="Cuff" unit="mmHg" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:00:00 +0100" value="121"/>
<Record type="HKQuantityTypeIdentifierBloodPressureDiastolic" sourceName="Cuff" unit="mmHg" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:00:00 +0100" value="79"/>
<Record type="HKQuantityTypeIdentifierBloodPressureSystolic" sourceName="Cuff" unit="mmHg" startDate="2024-02-04 07:00:00 +0100" endDate="2024-02-04 07:00:00 +0100" value="130"/>
<Correlation type="HKCorrelationTypeIdentifierBloodPressure" sourceName="Cuff" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:00:00 +0100">
 <MetadataEntry key="HKWasUserEntered" value="1"/>
 <Record type="HKQuantityTypeIdentifierBloodPressureSystolic" sourceName="Cuff" unit="mmHg" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:00:00 +0100" value="121"/>
 <Record type="HKQuantityTypeIdentifierBloodPressureDiastolic" sourceName="Cuff" unit="mmHg" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:00:00 +0100" value="79"/>
</Correlation>`

func TestBloodPressure(t *testing.T) {
	i := bring(t, "export.xml", export(bloodPressure))
	o, p := titled(t, i, "Blood pressure")
	if s := o.Summary(); s.Value != "121/79" || s.Unit != "mmHg" || p.Asserter != record.ByPatient {
		t.Errorf("got %+v by %q", s, p.Asserter)
	}
	if alone, _ := titled(t, i, "Systolic blood pressure"); alone.Value.Quantity.Value != "130" {
		t.Errorf("the one that stands alone: got %+v", alone.Value)
	}
	// Three Records, one Correlation with two more; ExportDate, Me, blood group.
	if i.report.Read != 9 || i.report.Kinds["Observation"] != 3 {
		t.Errorf("got %+v", i.report)
	}
}

func TestSleep(t *testing.T) {
	stage := func(value, from, to string) string {
		return `<Record type="HKCategoryTypeIdentifierSleepAnalysis" ` + watch + ` startDate="` + from + `" endDate="` + to + `" value="HKCategoryValueSleepAnalysis` + value + `"/>`
	}
	i := bring(t, "export.xml", export(
		stage("AsleepCore", "2024-02-03 23:00:00 +0100", "2024-02-04 01:30:00 +0100"),
		stage("AsleepREM", "2024-02-04 01:30:00 +0100", "2024-02-04 02:00:00 +0100"),
		stage("AsleepCore", "2024-02-04 02:00:00 +0100", "2024-02-04 03:00:00 +0100")))
	var got []string
	for _, o := range of[*record.Observation](i) {
		for _, c := range o.Component {
			got = append(got, o.Code.Text+": "+c.Code.Text+" "+c.String())
		}
	}
	// What is filed under the day on which a night ends began on the day before.
	want := "[Sleep analysis, sum of the day: Asleep core 210 min Sleep analysis, sum of the day: Asleep REM 30 min]"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSymptomThatWasNotThere(t *testing.T) {
	symptom := func(name, value string) string {
		return `<Record type="HKCategoryTypeIdentifier` + name + `" sourceName="Phone" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:00:00 +0100" value="HKCategoryValue` + value + `"/>`
	}
	i := bring(t, "export.xml", export(symptom("Headache", "SeverityNotPresent"), symptom("Nausea", "SeverityMild")))
	if o, _ := titled(t, i, "Headache"); o.Summary().Standing != record.NotSo || o.Summary().Title != "Not observed: Headache" {
		t.Errorf("got %+v", o.Summary())
	}
	if o, _ := titled(t, i, "Nausea"); o.Summary().Standing == record.NotSo || o.Value.String() != "Mild" {
		t.Errorf("got %+v", o.Summary())
	}
}

func TestFurtherElements(t *testing.T) {
	i := bring(t, "export.xml", export(
		`<Workout workoutActivityType="HKWorkoutActivityTypeTraditionalStrengthTraining" duration="31.5" durationUnit="min" `+watch+` startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:31:30 +0100"><WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="120.5" minimum="90" maximum="150" unit="count/min"/><WorkoutRoute sourceName="x"><FileReference path="/workout-routes/r.gpx"/></WorkoutRoute></Workout>`,
		`<ActivitySummary dateComponents="2024-02-03" activeEnergyBurned="700.698" activeEnergyBurnedUnit="kcal" appleExerciseTime="89" appleStandHours="16"/>`,
		`<Audiogram type="HKDataTypeIdentifierAudiogram" sourceName="Hearing" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:10:00 +0100"><SensitivityPoint frequencyValue="500" frequencyUnit="Hz" leftEarValue="20" leftEarUnit="dBHL" rightEarValue="90" rightEarUnit="dBHL" rightEarClampingRangeUpperBound="90"/></Audiogram>`,
		`<VisionPrescription type="HKVisionPrescriptionTypeGlasses" dateIssued="2023-05-01 00:00:00 +0100" expirationDate="2025-05-01 00:00:00 +0100"><RightEye sphere="-1.25" sphereUnit="D" axis="90" axisUnit="deg"/><LeftEye sphere="-1.50" sphereUnit="D"/></VisionPrescription>`,
		`<ClinicalRecord type="Patient" identifier="1" sourceName="Clinic" sourceURL="https://example.org/Patient/1" fhirVersion="4.0.1" receivedDate="2024-02-03 07:00:00 +0100" resourceFilePath="/clinical-records/Patient-1.json"/>`,
		`<Record type="HKQuantityTypeIdentifierInventedLater" sourceName="Phone" unit="x" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:00:00 +0100" value="1"/>`,
		`<Record type="HKQuantityTypeIdentifierInventedLater" sourceName="Phone" unit="x" startDate="2024-02-03 07:00:00 +0100" endDate="2024-02-03 07:00:00 +0100" value="2"/>`,
		`<NewElement/>`))
	for title, want := range map[string]string{
		"Workout: Traditional strength training":     "[Duration 31.5 min Heart rate, average 120.5 count/min Heart rate, lowest 90 count/min Heart rate, highest 150 count/min]",
		"Activity of the day":                        "[Active energy 700.698 kcal Exercise 89 min Hours with standing 16 hr]",
		"Audiogram":                                  "[Left ear, 500 Hz 20 dBHL Right ear, 500 Hz >=90 dBHL]",
		"Prescription for glasses or contact lenses": "[Right eye, sphere -1.25 D Right eye, axis 90 deg Left eye, sphere -1.50 D]",
	} {
		o, _ := titled(t, i, title)
		var got []string
		for _, c := range o.Component {
			got = append(got, c.Code.Text+" "+c.String())
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: got %v, want %v", title, got, want)
		}
	}
	told := ""
	for _, x := range i.report.Issues {
		told += x.Text + "\n"
	}
	for _, want := range []string{"2 HKQuantityTypeIdentifierInventedLater: a type of reading", "1 NewElement: ", "1 ClinicalRecord: the clinical record that is listed"} {
		if !strings.Contains(told, want) {
			t.Errorf("not told: %s\n%s", want, told)
		}
	}
	if i.report.Kept != 4 || i.report.Refused != 0 {
		t.Errorf("got %+v", i.report)
	}
}

func TestMe(t *testing.T) {
	i := bring(t, "export.xml", export())
	p := of[*record.Patient](i)
	if len(p) != 1 || p[0].BirthDate != "1961-04-03" || p[0].Gender != "female" {
		t.Errorf("got %+v", p)
	}
	if o, at := titled(t, i, "Blood group"); o.Value.String() != "AB positive" || at.Asserter != record.ByPatient {
		t.Errorf("got %+v by %q", o.Value, at.Asserter)
	}
}

// TestLaterExport: an export that is made a month later states all again and
// knows more of the last day.
func TestLaterExport(t *testing.T) {
	step := func(at, value string) string { return quantityOf("StepCount", "count", value, at, "/>") }
	weight := quantityOf("BodyMass", "kg", "71.50", "2024-02-03 07:00:00 +0100", "/>")
	first := export(weight, step("2024-02-03 10:00:00 +0100", "100"), step("2024-02-03 11:00:00 +0100", "50"))
	later := export(weight, step("2024-02-03 10:00:00 +0100", "100"), step("2024-02-03 11:00:00 +0100", "50"), step("2024-02-03 12:00:00 +0100", "7"))
	later = []byte(strings.Replace(string(later), `<ExportDate value="2024-03-10`, `<ExportDate value="2024-04-10`, 1))
	m := exchangetest.NewMemory()
	bringInto(t, m, "first.xml", first)
	i := bringInto(t, m, "later.xml", later)
	titled(t, i, "Body weight")
	titled(t, i, "Blood group")
	var sums []string
	for _, r := range i.records {
		if o, ok := r.Resource.(*record.Observation); ok && o.Code.Text == "Steps, sum of the day" {
			sums = append(sums, o.Value.Quantity.Value+" "+string(r.Summary().Standing))
		}
	}
	if fmt.Sprint(sums) != "[150 replaced 157 ]" {
		t.Errorf("got the sums %q", sums)
	}
	before := len(i.records)
	if same := bringInto(t, m, "again.xml", later); len(same.records) != before {
		t.Errorf("the same export again: got %d records more", len(same.records)-before)
	}
}

func TestElectrocardiogram(t *testing.T) {
	i := bring(t, "ecg.csv", []byte(ecgText))
	o, p := titled(t, i, "Electrocardiogram")
	if o.Value.String() != "Sinus Rhythm" || o.Effective.Start != "2024-02-03T10:00:00+01:00" || p.Asserter != record.ByDevice || o.Device != "Watch6,2" {
		t.Errorf("got %+v by %q", o, p.Asserter)
	}
	if got := o.Component[0].String(); got != "4 samples 512.089 hertz Lead I; they are kept in the original" {
		t.Errorf("got %q", got)
	}
	if pt := of[*record.Patient](i); len(pt) != 1 || pt[0].BirthDate != "1961-04-03" || pt[0].DisplayName() != "Maud Measure" {
		t.Errorf("got %+v", pt)
	}
	german := strings.NewReplacer("Name,", "Name,", "Date of Birth,\"Apr 3, 1961\"", "Geburtsdatum,03.04.1961", "Recorded Date", "Aufgezeichnet am", "Classification,Sinus Rhythm", "Klassifizierung,Sinusrhythmus", "Sample Rate,512.089 hertz", "Abtastrate,512,089 Hertz", "-13.5", "-13,5").Replace(ecgText)
	i = bring(t, "ekg.csv", []byte(german))
	if o, _ := titled(t, i, "Electrocardiogram"); o.Value.String() != "Sinusrhythmus" || o.Effective.Start == "" {
		t.Errorf("got %+v", o)
	}
	if pt := of[*record.Patient](i); len(pt) != 1 || pt[0].BirthDate != "" {
		t.Errorf("a birth date in numbers alone was guessed: %+v", pt)
	}
}

func suite() exchangetest.Suite {
	return exchangetest.Suite{
		Format: appleFormat,
		Good: map[string][]byte{
			"export.xml": export(bloodPressure, quantityOf("HeartRate", "count/min", "60", "2024-02-03 07:00:00 +0100", "/>"), quantityOf("HeartRate", "count/min", "61", "2024-02-03 08:00:00 +0100", "/>")),
			"ecg.csv":    []byte(ecgText),
		},
		Not: map[string][]byte{
			"document.xml": []byte(`<ClinicalDocument xmlns="urn:hl7-org:v3"/>`), "bundle.json": []byte(`{"resourceType":"Bundle"}`),
			"labs.csv": []byte("Date,Test,Value,Unit\n2024-02-03,Sodium,140,mmol/L\n"), "numbers.csv": []byte("1,2\n3,4\n5,6\n"), "empty": nil, "page.html": []byte("<html/>"),
		},
	}
}
