package dicom_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// code is an item of a code sequence.
func code(value, scheme, meaning string) []el {
	return []el{{tag: 0x00080100, vr: "SH", value: value}, {tag: 0x00080102, vr: "SH", value: scheme}, {tag: 0x00080104, vr: "LO", value: meaning}}
}

// item is a content item.
func item(relationship, kind string, name []el, more ...el) []el {
	return changed([]el{{tag: 0x0040A010, vr: "CS", value: relationship}, {tag: 0x0040A040, vr: "CS", value: kind}, seq(0x0040A043, name)}, more...)
}

func number(name []el, value, unit string, more ...el) []el {
	return item("CONTAINS", "NUM", name, append([]el{seq(0x0040A300, []el{seq(0x004008EA, code(unit, "UCUM", unit)), {tag: 0x0040A30A, vr: "DS", value: value}})}, more...)...)
}

func text(name, words string) []el {
	return item("CONTAINS", "TEXT", code("x", "99X", name), el{tag: 0x0040A160, vr: "UT", value: words})
}

func container(name []el, items ...[]el) []el {
	return item("CONTAINS", "CONTAINER", name, seq(0x0040A730, items...))
}

// report is a made-up structured report.
func report(more ...el) []el {
	return changed(image()[:20], append([]el{
		{tag: 0x00080016, vr: "UI", value: "1.2.840.10008.5.1.4.1.1.88.22"},
		{tag: 0x00080060, vr: "CS", value: "SR"},
		{tag: 0x00080023, vr: "DA", value: "20210305"},
		{tag: 0x0040A040, vr: "CS", value: "CONTAINER"},
		seq(0x0040A043, code("18747-6", "LN", "CT report")),
		{tag: 0x0040A491, vr: "CS", value: "COMPLETE"},
		{tag: 0x0040A493, vr: "CS", value: "VERIFIED"},
		seq(0x0040A073, []el{{tag: 0x0040A075, vr: "PN", value: "Reader^Rosa"}}),
		seq(0x0040A730,
			container(code("121070", "DCM", "Findings"), text("Finding", "Clear lungs.\nNo effusion."),
				number(code("8277-6", "LN", "Body surface area"), "1.80", "m2"),
				number(code("8867-4", "LN", "Heart rate"), "72", "/min", seq(0x0040A730, item("HAS CONCEPT MOD", "CODE", code("1", "99X", "Derivation"), seq(0x0040A168, code("2", "99X", "Mean")))))),
			container(code("121076", "DCM", "Conclusions"), text("Conclusion", "<b>Normal</b>"),
				item("CONTAINS", "CODE", code("1", "99X", "Recommendation"), seq(0x0040A168, code("2", "99X", "none"))),
				item("CONTAINS", "PNAME", code("3", "99X", "Told to"), el{tag: 0x0040A123, vr: "PN", value: "Nurse^Nora"}),
				item("CONTAINS", "DATE", code("4", "99X", "Seen on"), el{tag: 0x0040A121, vr: "DA", value: "20210306"}),
				item("CONTAINS", "IMAGE", code("5", "99X", "Source"), seq(0x00081199, []el{{tag: 0x00081150, vr: "UI", value: ctClass}, {tag: 0x00081155, vr: "UI", value: "1.2.3.4"}})))),
	}, more...)...)
}

func TestReport(t *testing.T) {
	i := bring(t, "r.dcm", written(explicitLE, report()...))
	d := one[*record.DocumentReference](t, i)
	if d.Title != "CT report" || d.DocStatus != "final" || d.Date != "2021-03-05" || len(d.Author) != 1 || d.Author[0] != "Rosa Reader" {
		t.Errorf("got %+v", d)
	}
	var got []string
	for _, s := range d.Section {
		got = append(got, s.Title+": "+strings.ReplaceAll(s.Text.Plain(), "\n", " / "))
	}
	want := []string{
		"Findings: Finding: Clear lungs. / No effusion. / Body surface area: 1.80 m2 / Heart rate: 72 /min / Derivation: Mean",
		"Conclusions: Conclusion: <b>Normal</b> / Recommendation: none / Told to: Nora Nurse / Seen on: 6 March 2021 / Source: [refers to image CT image 1.2.3.4]",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
	o := one[*record.Observation](t, i) // the heart rate is a mean: it stays in the text
	if o.Code.Code(record.LOINC) != "8277-6" || o.Value.Quantity.Value != "1.80" || o.Value.Quantity.Code != "m2" || o.Status != "final" || !o.Effective.Empty() || o.Issued != "2021-03-05" {
		t.Errorf("got %+v", o)
	}
	if s := one[*record.ImagingStudy](t, i); s.Series[0].Instance[0].Title != "enhanced report" {
		t.Errorf("got %+v", s.Series)
	}
}
