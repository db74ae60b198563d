package ccda_test

import (
	"strings"
	"testing"
)

func TestHazard40TextDisagrees(t *testing.T) {
	nka := concernOf("active", `<observation classCode="OBS" moodCode="EVN" negationInd="true"><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><value xsi:type="CD" code="419199007" codeSystem="2.16.840.1.113883.6.96"/></observation>`)
	for _, tt := range []struct {
		name, text, entry string
		warned            bool
	}{
		{"text names one, entries none", "Penicillin: rash", nka, true},
		{"both none", "No known allergies", nka, false},
		{"text denies, entry lists", "No known allergies", concernOf("active", allergyOf("", "")), true},
		{"text denies food, names the drug", "No known allergies to food. Penicillin: rash", concernOf("active", allergyOf("", "")), false},
		{"both list", "Penicillin", concernOf("active", allergyOf("", "")), false},
	} {
		i := bringDoc(t, sec("48765-2", tt.text, tt.entry))
		if got := len(i.report.Issues) > 0; got != tt.warned {
			t.Errorf("%s: got issues %v, want a warning: %v", tt.name, i.report.Issues, tt.warned)
		}
		if documentOf(t, i).Section[0].Text.Plain() != tt.text {
			t.Errorf("%s: the narrative was not kept", tt.name)
		}
	}
}

// The number of a result is held against the row of the text that it refers to.
func TestHazard40NumberInTheText(t *testing.T) {
	result := func(value string) string {
		return strings.Replace(resultOf(`<value xsi:type="PQ" value="`+value+`" unit="g/dL"/>`, ""), `<statusCode`, `<text><reference value="#r1"/></text><statusCode`, 1)
	}
	for _, tt := range []struct {
		text, value string
		warned      bool
	}{
		{`<table><tbody><tr><td ID="r1">HGB (12-16)</td><td>13.2 g/dL</td></tr></tbody></table>`, "10.2", true},
		{`<table><tbody><tr><td ID="r1">HGB (12-16)</td><td>13.2 g/dL</td></tr></tbody></table>`, "13.20", false},
		{`<table><tbody><tr ID="r1"><td>HGB</td><td>13,2</td></tr></tbody></table>`, "13.2", false},
		{`<table><tbody><tr ID="r1"><td>HGB</td><td>.8</td></tr></tbody></table>`, "0.8", false},
		{`<table><tbody><tr ID="r1"><td>HGB</td><td>13</td></tr></tbody></table>`, "13.2", false},
		{`<table><tbody><tr ID="r1"><td>HGB</td><td>1,320</td></tr></tbody></table>`, "1320", false},
		{`<table><tbody><tr ID="r1"><td>HGB</td><td>normal</td></tr></tbody></table>`, "13.2", false},
		{`<content ID="r1">HGB 2</content>`, "13.2", false},
	} {
		i := bringDoc(t, sec("30954-2", tt.text, result(tt.value)))
		if got := len(i.report.Issues) > 0; got != tt.warned {
			t.Errorf("%s, %s: got %v", tt.text, tt.value, i.report.Issues)
		}
	}
}

func TestHazard40OtherSections(t *testing.T) {
	none := concernOf("active", problemOf(`negationInd="true"`, "", ""))
	none = strings.ReplaceAll(none, `code="233604007"`, `code="55607006"`)
	for _, tt := range []struct {
		name, section, text, entry string
		warned                     bool
	}{
		{"no problem coded, one in the text", "11450-4", "Pneumonia since May", none, true},
		{"no problem in both", "11450-4", "Keine bekannten Diagnosen", none, false},
		{"one coded, none in the text", "11450-4", "No known problems", concernOf("active", problemOf("", "", "")), true},
		{"one in both", "11450-4", "No known problems but Pneumonia", concernOf("active", problemOf("", "", "")), false},
		{"a medicine coded, none in the text", "10160-0", "Patient has no current medications", medicationOf(`moodCode="EVN"`, "active", "", ""), true},
	} {
		i := bringDoc(t, sec(tt.section, tt.text, tt.entry))
		if got := len(i.report.Issues) > 0; got != tt.warned {
			t.Errorf("%s: got %v", tt.name, i.report.Issues)
		}
	}
}
