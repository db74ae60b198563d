package ccda_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/ccda"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// local is a section with a code of its own country, or none, and a template.
func local(template string, entries ...string) string {
	return strings.Replace(sec("9", "x", entries...), `<code code="9" codeSystem="2.16.840.1.113883.6.1"/>`, `<templateId root="`+template+`"/><code code="ABC" codeSystem="1.2.3.99"/>`, 1)
}

// Sections of older guides and of other countries are known by their templates,
// and entries in unknown ones by what they are.
func TestForeignSections(t *testing.T) {
	observation := func(code, value string) string {
		return `<observation classCode="OBS" moodCode="EVN">` + code + `<statusCode code="completed"/><effectiveTime value="20210101"/>` + value + `</observation>`
	}
	drug := `<participant typeCode="CSM"><participantRole><playingEntity><code code="1" displayName="Penicillin"/></playingEntity></participantRole></participant>`
	medicine := medicationOf(`moodCode="EVN"`, "active", "", "")
	for _, tt := range []struct {
		name, section string
		want          record.Kind
		title         string
	}{
		{"CCD alerts", local("2.16.840.1.113883.10.20.1.2", concernOf("active", allergyOf("", ""))), record.KindAllergyIntolerance, "Penicillin"},
		{"C32 problems", local("2.16.840.1.113883.3.88.11.83.103", concernOf("active", strings.Replace(problemOf("", "", ""), `<templateId root="2.16.840.1.113883.10.20.22.4.4"/>`, "", 1))), record.KindCondition, "Pneumonia"},
		{"PCC results", local("1.3.6.1.4.1.19376.1.5.3.1.3.28", resultOf(`<value xsi:type="PQ" value="1"/>`, "")), record.KindObservation, "Potassium"},
		{"PCC immunizations", local("1.3.6.1.4.1.19376.1.5.3.1.3.23", medicine), record.KindImmunization, "Amlodipine 5 MG Oral Tablet"},
		{"PCC family", local("1.3.6.1.4.1.19376.1.5.3.1.3.14", problemOf("", "", "")), record.KindFamilyMemberHistory, "Relative that the source does not name"},
		{"an allergy by its code", local("1.2.3", observation(`<code code="FALG" codeSystem="2.16.840.1.113883.5.4"/>`, `<value xsi:type="CD" code="9" displayName="Allergy to nuts"/>`+drug)), record.KindAllergyIntolerance, "Penicillin"},
		{"a diagnosis by its code", local("1.2.3", observation(`<code code="29308-4" codeSystem="2.16.840.1.113883.6.1"/>`, `<value xsi:type="CD" code="J18.9" displayName="Pneumonia"/>`)), record.KindCondition, "Pneumonia"},
		{"a number", local("1.2.3", observation(`<code code="7" displayName="Tumour size"/>`, `<value xsi:type="PQ" value="2.0" unit="cm"/>`)), record.KindObservation, "Tumour size"},
		{"a vaccine by its code", local("1.2.3", strings.Replace(medicine, `codeSystem="2.16.840.1.113883.6.88"`, `codeSystem="2.16.840.1.113883.12.292"`, 1)), record.KindImmunization, "Amlodipine 5 MG Oral Tablet"},
		{"a medicine", local("1.2.3", medicine), record.KindMedicationStatement, "Amlodipine 5 MG Oral Tablet"},
		{"words stay words", local("1.2.3", observation(`<code code="7" displayName="Wish"/>`, `<value xsi:type="ST">to go home</value>`)), record.KindOther, "Wish: to go home"},
		{"results in an act", local("1.2.3", `<act classCode="ACT" moodCode="EVN"><code code="1" displayName="Chemistry"/><entryRelationship typeCode="COMP">`+resultOf(`<value xsi:type="PQ" value="1"/>`, "")+`</entryRelationship></act>`), record.KindObservation, "Potassium"},
		{"two statements in one entry", local("1.2.3", medicine+medicine), record.KindMedicationStatement, "Amlodipine 5 MG Oral Tablet"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all := facts(bringDoc(t, tt.section))
			if len(all) == 0 {
				t.Fatal("nothing was filed")
			}
			for _, r := range all {
				if k, title := r.Resource.Kind(), r.Summary().Title; k != tt.want || title != tt.title {
					t.Errorf("got %s %q, want %s %q", k, title, tt.want, tt.title)
				}
			}
		})
	}
	a := one[*record.AllergyIntolerance](t, bringDoc(t, local("1.2.3", observation(`<code code="FALG" codeSystem="2.16.840.1.113883.5.4" displayName="Food allergy"/>`, `<value xsi:type="CD" code="9" displayName="Nuts"/>`))))
	if a.Type != "allergy" || strings.Join(a.Category, "") != "food" || a.Summary().Title != "Nuts" {
		t.Errorf("got %s", asJSON(t, a))
	}
}

// A statement that nothing is known is no procedure, vaccine or device.
func TestNothingKnown(t *testing.T) {
	const absent = `codeSystem="2.16.840.1.113883.5.1150.1"`
	for name, s := range map[string]string{
		"procedure": sec("47519-4", "x", `<procedure classCode="PROC" moodCode="EVN"><code code="no-known-procedures" `+absent+`/><statusCode code="completed"/></procedure>`),
		"vaccine":   sec("11369-6", "x", strings.Replace(medicationOf(`moodCode="EVN"`, "completed", "", ""), `code="197361" codeSystem="2.16.840.1.113883.6.88"`, `code="no-immunization-info" `+absent, 1)),
		"device":    sec("46264-8", "x", `<supply classCode="SPLY" moodCode="EVN"><participant typeCode="DEV"><participantRole><playingDevice><code code="no-device-info" `+absent+`/></playingDevice></participantRole></participant></supply>`),
	} {
		if i := bringDoc(t, s); len(facts(i)) != 0 || i.report.Kept != 1 {
			t.Errorf("%s: got %d records and %d kept", name, len(facts(i)), i.report.Kept)
		}
	}
}

func TestUnstructuredBodies(t *testing.T) {
	encoded := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for _, tt := range []struct {
		name, text           string
		mediaType, said, has string // said: why it is missing
		size                 int64
	}{
		{"PDF", `<text mediaType="application/pdf" representation="B64">` + encoded("%PDF-1.4 x") + `</text>`, "application/pdf", "", "", 10},
		{"PDF in lines", `<text mediaType="application/pdf" representation="B64">` + strings.Join(strings.Split(encoded("%PDF-1.4 x"), ""), "\r\n ") + `</text>`, "application/pdf", "", "", 10},
		{"RTF", `<text mediaType="text/rtf" representation="B64">` + encoded(`{\rtf1 x}`) + `</text>`, "text/rtf", "", "", 9},
		{"picture without a type", `<text representation="B64">` + encoded("\x89PNG\r\n\x1a\nx") + `</text>`, "image/png", "", "", 9},
		{"text", `<text mediaType="text/plain">Dear colleague, &lt;none&gt;</text>`, "text/plain", "", "Dear colleague, <none>", 22},
		{"text without a type", `<text>Dear colleague</text>`, "text/plain", "", "Dear colleague", 14},
		{"text in base64", `<text mediaType="text/plain" representation="B64">` + encoded("Grüße") + `</text>`, "text/plain", "", "Grüße", 7},
		{"damaged", `<text mediaType="application/pdf" representation="B64">%%%</text>`, "application/pdf", "damaged", "", 0},
		{"compressed", `<text mediaType="text/plain" compression="DF" representation="B64">` + encoded("x") + `</text>`, "text/plain", "compressed", "", 0},
		{"nothing", `<text mediaType="text/plain"/>`, "text/plain", "none", "", 0},
		{"no text", ``, "", "none", "", 0},
		{"a file beside it", `<text mediaType="application/pdf"><reference value="scan.pdf"/></text>`, "application/pdf", "separate file", "", 0},
		{"another computer", `<text><reference value="https://127.0.0.1/scan.pdf"/></text>`, "", "another computer", "", 0},
		{"another folder", `<text><reference value="../../scan.pdf"/></text>`, "", "another computer", "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := documentOf(t, bring(t, "u.xml", []byte(head+"<component><nonXMLBody>"+tt.text+"</nonXMLBody></component></ClinicalDocument>")))
			if len(d.Content) != 1 {
				t.Fatalf("got %d files, want 1", len(d.Content))
			}
			a := d.Content[0]
			if a.ContentType != tt.mediaType || a.Size != tt.size || a.Text != tt.has || !strings.Contains(a.Missing, tt.said) || (a.Missing == "") != (tt.said == "") {
				t.Errorf("got %+v", a)
			}
		})
	}
}

// A file that the document refers to is kept with it where it came beside it.
func TestFileBesideTheDocument(t *testing.T) {
	doc := head + `<component><nonXMLBody><text mediaType="application/pdf"><reference value="scan.pdf"/></text></nonXMLBody></component></ClinicalDocument>`
	archive := exchangetest.Zip(t, map[string]string{"docs/letter.xml": doc, "docs/scan.pdf": "%PDF-1.4 the scan", "scan.pdf": "%PDF-1.4 another"})
	m := exchangetest.NewMemory()
	b, err := exchange.Import(t.Context(), m, []exchange.Format{ccda.Format}, []exchange.Source{exchangetest.Source("made.zip", archive)}, exchange.Options{Person: exchange.NewPerson})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, r := range m.All() {
		if d, ok := r.Resource.(*record.DocumentReference); ok && d.Title == "Made-up summary" {
			if a := d.Content[0]; a.Missing != "" || a.Size != 17 || a.Title != "scan.pdf" {
				t.Errorf("got %+v", a)
			}
			return
		}
	}
	t.Error("the document was not filed")
}
