package dicom_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestHazard24Preliminary: a report is final only where it says so.
func TestHazard24Preliminary(t *testing.T) {
	for _, tt := range []struct{ verified, preliminary, want string }{{"VERIFIED", "", "final"}, {"UNVERIFIED", "", ""}, {"UNVERIFIED", "PRELIMINARY", "preliminary"}, {"VERIFIED", "PRELIMINARY", "preliminary"}} {
		i := bring(t, "r.dcm", written(explicitLE, report(el{tag: 0x0040A493, vr: "CS", value: tt.verified}, el{tag: 0x0040A496, vr: "CS", value: tt.preliminary})...))
		if d := one[*record.DocumentReference](t, i); d.DocStatus != tt.want || (tt.verified == "UNVERIFIED") != strings.Contains(d.Description, "not verified") {
			t.Errorf("%+v: got %q %q", tt, d.DocStatus, d.Description)
		}
		if o := one[*record.Observation](t, i); o.Status != tt.want {
			t.Errorf("%+v: result %q", tt, o.Status)
		}
	}
}

// TestHazard19Decimals: numbers of a report are as written.
func TestHazard19Decimals(t *testing.T) {
	for _, value := range []string{"0.010", "0.01", "1.0E3", "-4.10", "12345678901234"} {
		i := bring(t, "r.dcm", written(explicitLE, report(seq(0x0040A730, container(code("1", "99X", "F"), number(code("8277-6", "LN", "Area"), value, "m2"))))...))
		if got := one[*record.Observation](t, i).Value.Quantity.Value; got != value {
			t.Errorf("got %s, want %s", got, value)
		}
	}
}

// TestHazard23NoValue: a measurement without a value shows its reason.
func TestHazard23NoValue(t *testing.T) {
	none := item("CONTAINS", "NUM", code("8277-6", "LN", "Area"), el{tag: 0x0040A300, vr: "SQ"}, seq(0x0040A301, code("114006", "DCM", "Measurement failure")))
	i := bring(t, "r.dcm", written(explicitLE, report(seq(0x0040A730, container(code("1", "99X", "F"), none)))...))
	d := one[*record.DocumentReference](t, i)
	if got := d.Section[0].Text.Plain(); got != "Area: no value: Measurement failure" || len(of[*record.Observation](i)) != 0 {
		t.Errorf("got %q", got)
	}
}

// TestHazard30Fetus: what was measured of a fetus is no result of the patient.
func TestHazard30Fetus(t *testing.T) {
	fetus := item("HAS OBS CONTEXT", "CODE", code("121024", "DCM", "Subject Class"), seq(0x0040A168, code("121026", "DCM", "Fetus")))
	i := bring(t, "r.dcm", written(explicitLE, report(seq(0x0040A730, container(code("1", "99X", "Biometry"), fetus, number(code("11820-8", "LN", "Biparietal diameter"), "45", "mm"),
		container(code("2", "99X", "Inner"), number(code("11984-2", "LN", "Head circumference"), "160", "mm")))))...))
	if n := len(of[*record.Observation](i)); n != 0 {
		t.Errorf("got %d results of the patient", n)
	}
	if d := one[*record.DocumentReference](t, i); !strings.Contains(d.Section[0].Text.Plain(), "Subject Class: Fetus") || !strings.Contains(d.Section[0].Text.Plain(), "45 mm") {
		t.Errorf("the text lost it: %+v", d.Section)
	}
}

// TestHazard32OtherPatient: a disc with someone else's images is held until it
// is said whose record this is.
func TestHazard32OtherPatient(t *testing.T) {
	other := written(explicitLE, image(el{tag: 0x00100010, vr: "PN", value: "Otherman^Bob"}, el{tag: 0x00100020, vr: "LO", value: "MRN2"}, el{tag: 0x00100030, vr: "DA", value: "19700101"}, el{tag: 0x00100040, vr: "CS", value: "M"},
		el{tag: 0x00080018, vr: "UI", value: "1.9.1"}, el{tag: 0x0020000D, vr: "UI", value: "1.9"}, el{tag: 0x0020000E, vr: "UI", value: "1.9.9"})...)
	i := bringAll(t, "", exchangetest.Source("IM1", written(explicitLE, image()...)), exchangetest.Source("IM2", other))
	if !i.held {
		t.Error("two people's images were filed without a question")
	}
	none := bringAll(t, "", exchangetest.Source("IM1", written(explicitLE, image(el{tag: 0x00100010, vr: "PN"}, el{tag: 0x00100020, vr: "LO"}, el{tag: 0x00100030, vr: "DA"})...)))
	if !none.held {
		t.Error("an image that names nobody was filed without a question")
	}
}

// TestHazard32Names: all ways of writing a name are compared, and identifiers
// keep who gave them.
func TestHazard32Names(t *testing.T) {
	i := bring(t, "a.dcm", written(explicitLE, image(el{tag: 0x00080005, vr: "CS", value: "ISO_IR 192"}, el{tag: 0x00100010, vr: "PN", value: "Wang^XiaoDong^^Dr.^Jr.=王^小東"}, el{tag: 0x00100021, vr: "LO", value: "HOSP"},
		el{tag: 0x00101001, vr: "PN", value: `Li^X\Ma^Y`}, el{tag: 0x00101005, vr: "PN", value: "Born^A"}, seq(0x00101002, []el{{tag: 0x00100020, vr: "LO", value: "N2"}, seq(0x00100024, []el{{tag: 0x00400032, vr: "UT", value: "1.2.3"}, {tag: 0x00400033, vr: "CS", value: "ISO"}})}))...))
	p := one[*record.Patient](t, i)
	if len(p.Name) != 5 || p.Name[0].String() != "Dr. XiaoDong Wang Jr." || p.Name[1].Family != "王" || p.Name[4].Use != "maiden" {
		t.Errorf("got %+v", p.Name)
	}
	var ids []record.Identifier
	for _, r := range i.records {
		if r.Resource.Kind() == record.KindPatient {
			ids = r.Source().Identifiers
		}
	}
	if len(ids) != 2 || ids[0] != (record.Identifier{System: "HOSP", Value: "MRN1"}) || ids[1] != (record.Identifier{System: "urn:oid:1.2.3", Value: "N2"}) {
		t.Errorf("got %+v", ids)
	}
}

// TestHazard35Precision: a date keeps what was written and no more.
func TestHazard35Precision(t *testing.T) {
	for _, tt := range []struct{ da, tm, want string }{
		{"2021", "", "2021"},
		{"202103", "1015", "2021-03"},
		{"20210304", "", "2021-03-04"},
		{"20210304", "10", "2021-03-04"},
		{"20210304", "1015", "2021-03-04T10:15"},
		{"20210304", "101530", "2021-03-04T10:15:30"},
		{"2021.03.04", "10:15:30.5", "2021-03-04T10:15:30.5"},
		{"20210230", "", ""},
		{"20210304", "996000", "2021-03-04"},
	} {
		i := bring(t, "a.dcm", written(explicitLE, image(el{tag: 0x00080020, vr: "DA", value: tt.da}, el{tag: 0x00080030, vr: "TM", value: tt.tm})...))
		s := one[*record.ImagingStudy](t, i)
		if string(s.Started.Start) != tt.want || tt.want == "" && s.Started.Text != tt.da {
			t.Errorf("%s %s: got %+v, want %s", tt.da, tt.tm, s.Started, tt.want)
		}
	}
}

// TestHazard36Zone: an offset is there only where it is given, and moves no
// birth date.
func TestHazard36Zone(t *testing.T) {
	for offset, want := range map[string]string{"": "2021-03-04T10:15:30.25", "+0130": "2021-03-04T10:15:30.25+01:30", "-0500": "2021-03-04T10:15:30.25-05:00", "EST": "2021-03-04T10:15:30.25"} {
		i := bring(t, "a.dcm", written(explicitLE, image(el{tag: 0x00080201, vr: "SH", value: offset})...))
		if got := one[*record.ImagingStudy](t, i).Started.Start; string(got) != want {
			t.Errorf("%q: got %s, want %s", offset, got, want)
		}
		if got := one[*record.Patient](t, i).BirthDate; got != "1961-04-03" {
			t.Errorf("%q: born %s", offset, got)
		}
	}
}

// TestHazard48Laterality: the side is as tagged, of the image where the image
// has it; a series with both sides has none.
func TestHazard48Laterality(t *testing.T) {
	left := written(explicitLE, image(el{tag: 0x00200062, vr: "CS", value: "L"}, el{tag: 0x00185101, vr: "CS", value: "MLO"})...)
	right := written(explicitLE, image(el{tag: 0x00200062, vr: "CS", value: "R"}, el{tag: 0x00080018, vr: "UI", value: "1.2.3.5"}, el{tag: 0x00200013, vr: "IS", value: "8"})...)
	i := bringAll(t, exchange.NewPerson, exchangetest.Source("L", left), exchangetest.Source("R", right))
	s := one[*record.ImagingStudy](t, i)
	x := s.Series[0]
	if !x.Laterality.Empty() || len(x.Instance) != 2 || x.Instance[0].Laterality != "left" || x.Instance[1].Laterality != "right" || x.Instance[0].Title != "CT image, MLO" {
		t.Errorf("got %+v", x)
	}
	i = bring(t, "a.dcm", written(explicitLE, image(el{tag: 0x00200060, vr: "CS", value: "R"})...))
	if x := one[*record.ImagingStudy](t, i).Series[0]; x.Laterality.String() != "right" || x.Instance[0].Laterality != "" {
		t.Errorf("got %+v", x)
	}
	i = bring(t, "a.dcm", written(explicitLE, image()...))
	if x := one[*record.ImagingStudy](t, i).Series[0]; !x.Laterality.Empty() || x.Instance[0].Laterality != "" {
		t.Errorf("a side was made up: %+v", x)
	}
}

// TestHazard50BurnedIn: text in the picture itself is told when it comes in and
// where the study is shown.
func TestHazard50BurnedIn(t *testing.T) {
	for value, want := range map[string]bool{"YES": true, "NO": false, "": false} {
		i := bring(t, "a.dcm", written(explicitLE, image(el{tag: 0x00280301, vr: "CS", value: value})...))
		s := one[*record.ImagingStudy](t, i)
		shown := false
		for _, row := range s.Details() {
			shown = shown || row.Label == "Text in the picture"
		}
		told := len(i.report.Issues) == 1 && strings.Contains(i.report.Issues[0].Text, "written into it")
		if shown != want || told != want || s.Series[0].Instance[0].BurnedIn != value {
			t.Errorf("%q: shown %v, told %v", value, shown, told)
		}
	}
}

// TestNoFactsFromRemarks: what the imaging department jotted down is a note, no
// allergy and no diagnosis of the record.
func TestNoFactsFromRemarks(t *testing.T) {
	i := bring(t, "a.dcm", written(explicitLE, image(el{tag: 0x00102110, vr: "LO", value: "Iodine"}, el{tag: 0x00081080, vr: "LO", value: "Cough"})...))
	if n := len(of[*record.AllergyIntolerance](i)) + len(of[*record.Condition](i)); n != 0 {
		t.Errorf("%d facts were made", n)
	}
	s := one[*record.ImagingStudy](t, i)
	if strings.Join(s.Note, "|") != "Allergies that the imaging department noted: Iodine|Admitting diagnosis: Cough" {
		t.Errorf("got %q", s.Note)
	}
}
