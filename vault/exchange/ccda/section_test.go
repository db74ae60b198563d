package ccda_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/carnet-phr/carnet/vault/record"
)

// TestSections has one entry of each section of C-CDA and what it must become.
func TestSections(t *testing.T) {
	proc := func(mood string) string {
		return `<procedure classCode="PROC" moodCode="` + mood + `"><code code="73761001" codeSystem="2.16.840.1.113883.6.96" displayName="Colonoscopy"/><statusCode code="completed"/><effectiveTime value="20200102"/></procedure>`
	}
	obs := func(mood string) string {
		return `<observation classCode="OBS" moodCode="` + mood + `"><code code="1" displayName="Thing"/><statusCode code="completed"/><value xsi:type="ST">seen</value></observation>`
	}
	act := `<act classCode="ACT" moodCode="EVN"><code code="1" displayName="Thing"/><statusCode code="completed"/></act>`
	problem, medicine := concernOf("active", problemOf("", "", "")), medicationOf(`moodCode="EVN"`, "active", "", "")
	shot := strings.ReplaceAll(medicine, "Amlodipine 5 MG Oral Tablet", "Vaccine")
	wrap := func(inside string) string {
		return `<act classCode="ACT" moodCode="EVN"><code code="1" displayName="Wrapper"/><entryRelationship typeCode="SUBJ">` + inside + `</entryRelationship></act>`
	}
	for _, tt := range []struct {
		section, code, entry string
		want                 record.Kind // "" for an administrative item
		title                string
	}{
		{"allergies", "48765-2", concernOf("active", allergyOf("", "")), record.KindAllergyIntolerance, "Penicillin"},
		{"medications", "10160-0", medicine, record.KindMedicationStatement, "Amlodipine 5 MG Oral Tablet"},
		{"admission medications", "42346-7", wrap(medicine), record.KindMedicationStatement, "Amlodipine 5 MG Oral Tablet"},
		{"discharge medications", "10183-2", wrap(medicine), record.KindMedicationStatement, "Amlodipine 5 MG Oral Tablet"},
		{"discharge medications R2", "75311-1", wrap(medicine), record.KindMedicationStatement, "Amlodipine 5 MG Oral Tablet"},
		{"medications administered", "29549-3", medicine, record.KindMedicationStatement, "Amlodipine 5 MG Oral Tablet"},
		{"supply in medications", "10160-0", `<supply classCode="SPLY" moodCode="EVN"><statusCode code="completed"/><product><manufacturedProduct><manufacturedMaterial><code code="1" displayName="Pill"/></manufacturedMaterial></manufacturedProduct></product></supply>`, record.KindMedicationStatement, "Pill"},
		{"problems", "11450-4", problem, record.KindCondition, "Pneumonia"},
		{"past illness", "11348-0", problemOf("", "", ""), record.KindCondition, "Pneumonia"},
		{"discharge diagnosis", "11535-2", wrap(problemOf("", "", "")), record.KindCondition, "Pneumonia"},
		{"immunizations", "11369-6", shot, record.KindImmunization, "Vaccine"},
		{"results", "30954-2", resultOf(`<value xsi:type="PQ" value="1"/>`, ""), record.KindObservation, "Potassium"},
		{"vitals", "8716-3", strings.ReplaceAll(batteryOf(resultOf(`<value xsi:type="PQ" value="1"/>`, "")), "BATTERY", "CLUSTER"), record.KindObservation, "Potassium"},
		{"procedures", "47519-4", proc("EVN"), record.KindProcedure, "Colonoscopy"},
		{"procedure as observation", "47519-4", obs("EVN"), record.KindProcedure, "Thing"},
		{"procedure as act", "47519-4", act, record.KindProcedure, "Thing"},
		{"encounters", "46240-8", `<encounter classCode="ENC" moodCode="EVN"><code code="1" displayName="Visit to clinic"/><effectiveTime value="20200102"/></encounter>`, record.KindEncounter, "Visit to clinic"},
		{"social history", "29762-2", obs("EVN"), record.KindObservation, "Thing"},
		{"plan", "18776-5", proc("RQO"), record.KindCarePlan, "Colonoscopy"},
		{"plan observation", "18776-5", obs("RQO"), record.KindCarePlan, "Thing"},
		{"plan goal", "18776-5", obs("GOL"), record.KindGoal, "Thing"},
		{"plan encounter", "18776-5", `<encounter classCode="ENC" moodCode="INT"><code code="1" displayName="Follow-up"/></encounter>`, record.KindCarePlan, "Follow-up"},
		{"functional status", "47420-5", obs("EVN"), record.KindObservation, "Thing"},
		{"mental status", "10190-7", obs("EVN"), record.KindObservation, "Thing"},
		{"nutrition", "61144-2", obs("EVN"), record.KindObservation, "Thing"},
		{"equipment", "46264-8", `<supply classCode="SPLY" moodCode="EVN"><statusCode code="completed"/><participant typeCode="PRD"><participantRole classCode="MANU"><id root="2.16.840.1.113883.3.3719" extension="(01)1"/><playingDevice><code code="1" displayName="Pacemaker"/></playingDevice></participantRole></participant></supply>`, record.KindDevice, "Pacemaker"},
		{"advance directives", "42348-3", obs("EVN"), record.KindOther, "Thing: seen"},
		{"payers", "48768-6", act, "", ""},
		{"goals", "61146-7", obs("GOL"), record.KindGoal, "Thing"},
		{"health concerns", "75310-3", wrap(problemOf("", "", "")), record.KindCondition, "Pneumonia"},
		{"health concern alone", "75310-3", act, record.KindOther, "Thing"},
		{"assessment", "51848-0", act, record.KindOther, "Thing"},
		{"interventions", "62387-6", act, record.KindCarePlan, "Thing"},
		{"no known section", "12345-6", obs("EVN"), record.KindOther, "Thing: seen"},
		{"medicine in a foreign section", "12345-6", medicine, record.KindMedicationStatement, "Amlodipine 5 MG Oral Tablet"},
		{"problem by template in a foreign section", "12345-6", problemOf("", "", ""), record.KindCondition, "Pneumonia"},
	} {
		t.Run(tt.section, func(t *testing.T) {
			i := bringDoc(t, sec(tt.code, "x", tt.entry))
			if want := 3; i.report.Read != want {
				t.Errorf("got %d items, want the patient, the document and one more", i.report.Read)
			}
			if tt.want == "" {
				if i.report.Administrative != 1 {
					t.Errorf("got %+v, want one administrative item", i.report)
				}
				return
			}
			for _, r := range i.records {
				k := r.Resource.Kind()
				if k == record.KindPatient || k == record.KindDocumentReference {
					continue
				}
				if k != tt.want || r.Summary().Title != tt.title {
					t.Errorf("got %s %q, want %s %q", k, r.Summary().Title, tt.want, tt.title)
				}
			}
		})
	}
}

func TestSectionByTemplateWithoutCode(t *testing.T) {
	s := strings.Replace(sec("x", "x", concernOf("active", allergyOf("", ""))), `<code code="x" codeSystem="2.16.840.1.113883.6.1"/>`, `<templateId root="2.16.840.1.113883.10.20.22.2.6.1"/>`, 1)
	one[*record.AllergyIntolerance](t, bringDoc(t, s))
}

func TestFamilySectionAndPanel(t *testing.T) {
	i := bringDoc(t, sec("30954-2", "x", batteryOf(resultOf(`<value xsi:type="PQ" value="1"/>`, ""), resultOf(`<value xsi:type="PQ" value="2"/>`, ""))))
	d := one[*record.DiagnosticReport](t, i)
	if d.Status != "final" || d.Effective.Start != "2021-03-04" || len(d.Result) != 2 {
		t.Errorf("got %s", asJSON(t, d))
	}
	ids := map[record.ID]bool{}
	var report record.ID
	for _, r := range i.records {
		ids[r.ID] = true
		if r.Resource.Kind() == record.KindDiagnosticReport {
			report = r.ID
		}
	}
	for _, o := range of[*record.Observation](i) {
		if o.Panel.ID != report || o.Panel.Display != "Metabolic panel" || !o.In(record.Laboratory) || o.Status != "final" {
			t.Errorf("got %s", asJSON(t, o))
		}
	}
	if !ids[d.Result[0].ID] || d.Result[0].ID == d.Result[1].ID {
		t.Errorf("the report's results lead to %v", d.Result)
	}
}

func TestSeveralProblemsInOneConcern(t *testing.T) {
	i := bringDoc(t, sec("11450-4", "x", concernOf("active", problemOf("", "", ""), strings.ReplaceAll(problemOf("", "", ""), "Pneumonia", "Cough"))))
	if n := len(of[*record.Condition](i)); n != 2 {
		t.Errorf("got %d problems, want 2", n)
	}
}

func TestPlaceholderIsKept(t *testing.T) {
	i := bringDoc(t, sec("47519-4", "x", `<procedure classCode="PROC" moodCode="EVN" nullFlavor="NI"><templateId root="2.16.840.1.113883.10.20.22.4.14"/><id nullFlavor="NI"/><code nullFlavor="NI"/><statusCode code="completed"/></procedure>`, ""))
	if i.report.Kept != 2 || len(of[*record.Procedure](i)) != 0 {
		t.Errorf("got %+v", i.report)
	}
}

func TestNoteActivity(t *testing.T) {
	note := func(text string) string {
		return `<act classCode="ACT" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.202"/><code code="34109-9" codeSystem="2.16.840.1.113883.6.1" displayName="Note"><translation code="11506-3" codeSystem="2.16.840.1.113883.6.1" displayName="Progress note"/></code>` + text + `<statusCode code="completed"/></act>`
	}
	i := bringDoc(t, sec("11506-3", `<paragraph ID="n1">She is <content styleCode="Bold">well</content>.</paragraph>`, note(`<text><reference value="#n1"/></text>`), note(`<text mediaType="text/plain" representation="B64">aGVsbG8=</text>`)))
	var notes []*record.DocumentReference
	for _, d := range of[*record.DocumentReference](i) {
		if d.Title == "Progress note" {
			notes = append(notes, d)
		}
	}
	if len(notes) != 2 || notes[0].Section[0].Text.Plain() != "She is well." || notes[1].Content[0].Text != "hello" {
		t.Errorf("got %s", asJSON(t, notes))
	}
}

func TestImagingStudy(t *testing.T) {
	i := bringDoc(t, sec("121181", "", `<act classCode="ACT" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.6.2.6"/><id root="1.2.840.1"/><code code="113014" codeSystem="1.2.840.10008.2.16.4"/><effectiveTime value="20060823222400"/>
<entryRelationship typeCode="COMP"><act classCode="ACT" moodCode="EVN"><id root="1.2.840.2"/><code code="113015" codeSystem="1.2.840.10008.2.16.4"><qualifier><name code="121139"/><value code="CR" displayName="Computed Radiography"/></qualifier></code>
<entryRelationship typeCode="COMP"><observation classCode="DGIMG" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.6.2.8"/><id root="1.2.840.3"/><code code="1.2.840.10008.5.1.4.1.1.1" displayName="CR Image Storage"/></observation></entryRelationship></act></entryRelationship></act>`))
	s := one[*record.ImagingStudy](t, i)
	if s.StudyInstanceUID != "1.2.840.1" || s.Series[0].UID != "1.2.840.2" || s.Series[0].Instance[0].UID != "1.2.840.3" || s.Series[0].Modality.String() != "Computed Radiography" || s.NumberOfInstances != "1" {
		t.Errorf("got %s", asJSON(t, s))
	}
}

func TestNarrative(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"words", "a &amp; b &lt;c&gt;", "a &amp; b &lt;c&gt;"},
		{"styles", `<content styleCode="Bold Italics Underline xBold">x</content>`, "<b><i><u>x</u></i></b>"},
		{"paragraph", `<paragraph><caption>Head</caption>x<br/>y</paragraph>`, "<p><b>Head</b><br/>x<br/>y</p>"},
		{"list with a caption", `<list><caption>Head</caption><item>1</item></list>`, "<p><b>Head</b></p><ul><li>1</li></ul>"},
		{"lists", `<list><item>1</item></list><list listType="ordered"><item>2</item></list>`, "<ul><li>1</li></ul><ol><li>2</li></ol>"},
		{"table", `<table border="1" onmouseover="x()"><caption>C</caption><colgroup><col/></colgroup><tbody><tr><td colspan="2" style="display:none">a</td></tr></tbody></table>`, `<table><caption>C</caption><tbody><tr><td colspan="2">a</td></tr></tbody></table>`},
		{"link is words", `<linkHtml href="javascript:alert(1)">click</linkHtml>`, "click"},
		{"picture", `<renderMultiMedia referencedObject="o"><caption>hand</caption></renderMultiMedia>`, "[picture: hand]"},
		{"sub sup foot", `<sub>a</sub><sup>b</sup><footnote>c</footnote>`, "<sub>a</sub><sup>b</sup><p>c</p>"},
		{"foreign element", `a<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>b`, "ab"},
		{"unknown element", `<blink>still here</blink>`, "still here"},
		{"nothing", `<paragraph/>`, ""},
	} {
		if got := string(documentOf(t, bringDoc(t, sec("1-1", tt.text))).Section[0].Text); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestEncodings(t *testing.T) {
	plain := strings.Replace(string(document()), "Testperson", "Müller", 1)
	latin := strings.Replace(strings.Replace(plain, "UTF-8", "ISO-8859-1", 1), "ü", "\xfc", 1)
	wide := func(order binary.AppendByteOrder, mark string) string {
		b := []byte(mark)
		for _, u := range utf16.Encode([]rune(strings.Replace(plain, "UTF-8", "UTF-16", 1))) {
			b = order.AppendUint16(b, u)
		}
		return string(b)
	}
	for name, content := range map[string]string{
		"utf-8": plain, "mark": "\xef\xbb\xbf" + plain, "latin-1": latin, "crlf": strings.ReplaceAll(plain, "\n", "\r\n"),
		"utf-16 little": wide(binary.LittleEndian, "\xff\xfe"), "utf-16 big": wide(binary.BigEndian, "\xfe\xff"), "utf-16 little without a mark": wide(binary.LittleEndian, ""), "utf-16 big without a mark": wide(binary.BigEndian, ""),
		"windows-1250": strings.Replace(latin, "ISO-8859-1", "windows-1250", 1), "said to be utf-16": strings.Replace(plain, "UTF-8", "UTF-16", 1),
	} {
		i := bring(t, name, []byte(content))
		if got := one[*record.Patient](t, i).DisplayName(); got != "Ada Müller" {
			t.Errorf("%s: got %q", name, got)
		}
		for _, r := range i.records {
			s := r.Source().Span
			if name == "latin-1" || strings.HasPrefix(name, "utf-16") || name == "windows-1250" {
				if s != (record.Span{}) {
					t.Errorf("%s: got a range of bytes in a file that is not UTF-8", name)
				}
			} else if content[s.Offset] != '<' || content[s.Offset+s.Length-1] != '>' {
				t.Errorf("%s: the range %v is no element", name, s)
			}
		}
	}
}

func TestErrorsHoldNoContent(t *testing.T) {
	doc := strings.Replace(string(document(sec("11450-4", "SECRETWORD", concernOf("active", problemOf("", `<low value="SECRETWORD"/>`, ""))), sec("30954-2", "x", batteryOf(resultOf(`<value xsi:type="PQ" value="SECRETWORD"/>`, ""))))), "Made-up summary", "SECRETWORD", 1)
	for _, content := range []string{doc, doc[:len(doc)-40], strings.Replace(doc, "SECRETWORD", "SECRETWORD&x;", 1), doc + "SECRETWORD"} {
		for _, x := range bring(t, "x.xml", []byte(content)).report.Issues {
			if strings.Contains(x.Text+x.Place, "SECRETWORD") {
				t.Errorf("an issue quotes the file: %s %s", x.Place, x.Text)
			}
		}
	}
}

func TestSameFileTwiceChangesNothing(t *testing.T) {
	content := document(sec("48765-2", "Penicillin", concernOf("active", allergyOf("", ""))), sec("30954-2", "x", batteryOf(resultOf(`<value xsi:type="PQ" value="1"/>`, ""))))
	a, b := bring(t, "a.xml", content), bringTwice(t, content)
	if len(a.records) != len(b.records) || b.report.Filed != 0 || b.report.Duplicate != b.report.Read {
		t.Errorf("second time: got %+v", b.report)
	}
}
