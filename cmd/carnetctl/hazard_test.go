package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// faces are everything that shows one person's record, as text.
type faces struct {
	text    map[string]string // by face: list, current, summary, search, show, html, pdf, ips, ccda, fhir, ndjson
	entries []entry           // list --json
	summary map[string]any    // summary --json
	ips     []map[string]any  // the resources of ips.json
	fhir    []map[string]any
}

// show brings files into a new vault and looks at it through every face.
func show(t *testing.T, files map[string]string) faces {
	t.Helper()
	dir := t.TempDir()
	v := filepath.Join(dir, "v")
	ctl(t, 0, "create", v)
	var paths []string
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	ctl(t, 0, append([]string{"--vault", v, "import", "--yes"}, paths...)...)
	return lookAt(t, v)
}

// lookAt looks at a vault through every face.
func lookAt(t *testing.T, v string) faces {
	t.Helper()
	dir := t.TempDir()
	f := faces{text: map[string]string{}}
	f.text["list"] = ctl(t, 0, "--vault", v, "list")
	f.text["current"] = ctl(t, 0, "--vault", v, "list", "--status", "current")
	f.text["summary"] = ctl(t, 0, "--vault", v, "summary")
	f.text["search"] = ctl(t, 0, "--vault", v, "search", "z")
	for _, line := range strings.Split(strings.TrimSpace(ctl(t, 0, "--vault", v, "list", "--json")), "\n") {
		var e entry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		f.entries = append(f.entries, e)
	}
	if err := json.Unmarshal([]byte(ctl(t, 0, "--vault", v, "summary", "--json")), &f.summary); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"html", "pdf", "ips", "ccda", "fhir", "ndjson"} {
		out := filepath.Join(dir, "out."+format)
		ctl(t, 0, "--vault", v, "export", "--format", format, "--out", out)
		f.text[format] = readText(t, format, out)
	}
	f.ips, f.fhir = resources(t, f.text["ips"]), resources(t, f.text["fhir"])
	return f
}

// readText is what a reader sees in an export.
func readText(t *testing.T, format, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	switch format {
	case "html":
		return htmlText(t, string(b))
	case "pdf":
		out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
		if err != nil {
			t.Log("pdftotext is not installed: what the PDF shows is left to the tests of its own package")
			return ""
		}
		return string(out)
	}
	return string(b)
}

// htmlText is the text of a page, a line a block.
func htmlText(t *testing.T, page string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		switch n.Data {
		case "p", "li", "tr", "div", "h1", "h2", "h3", "h4", "section", "dt", "dd", "summary", "title":
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
	}
	walk(doc)
	return b.String()
}

func resources(t *testing.T, bundle string) []map[string]any {
	t.Helper()
	var b struct {
		Entry []struct{ Resource map[string]any }
	}
	if err := json.Unmarshal([]byte(bundle), &b); err != nil {
		t.Fatal(err)
	}
	var out []map[string]any
	for _, e := range b.Entry {
		out = append(out, e.Resource)
	}
	return out
}

// statements are the entries of a C-CDA document that hold a word.
func statements(t *testing.T, doc, word string) []string {
	t.Helper()
	if !strings.Contains(doc, word) {
		t.Errorf("the C-CDA document does not tell %s at all", word)
	}
	var out []string
	for _, part := range strings.Split(doc, "<entry ")[1:] {
		if entry, _, _ := strings.Cut(part, "</entry>"); strings.Contains(entry, word) {
			out = append(out, entry)
		}
	}
	return out
}

// with gives the resources that hold a word anywhere outside their narrative.
func with(list []map[string]any, word string) []map[string]any {
	var out []map[string]any
	for _, r := range list {
		if r["resourceType"] == "Composition" {
			continue
		}
		b, err := json.Marshal(r)
		if err == nil && strings.Contains(string(b), word) {
			out = append(out, r)
		}
	}
	return out
}

// one gives the single listed entry whose title holds a word.
func (f faces) one(t *testing.T, word string) entry {
	t.Helper()
	var found []entry
	for _, e := range f.entries {
		if strings.Contains(e.Title, word) {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d entries hold %s, want 1", len(found), word)
	}
	return found[0]
}

// never fails for every face but those excepted that shows a word.
func (f faces) never(t *testing.T, word string, except ...string) {
	t.Helper()
	for face, text := range f.text {
		if strings.Contains(strings.Join(except, " "), face) {
			continue
		}
		if i := strings.Index(text, word); i >= 0 {
			t.Errorf("%s shows %s: …%s…", face, word, text[max(0, i-60):min(len(text), i+60)])
		}
	}
}

// lines gives the lines of a face that hold a word.
func (f faces) lines(face, word string) []string {
	var out []string
	for _, l := range strings.Split(f.text[face], "\n") {
		if strings.Contains(l, word) {
			out = append(out, l)
		}
	}
	return out
}

// current says whether the summary lists a word among what is current.
func (f faces) current(section, word string) bool {
	b, err := json.Marshal(f.summary[section].(map[string]any)["current"])
	return err != nil || strings.Contains(string(b), word)
}

// bundle wraps FHIR resources, each with its subject, and a patient.
func bundle(res ...string) string {
	all := []string{`{"resourceType":"Patient","id":"p","name":[{"family":"Hazard","given":["Hanna"]}],"gender":"female","birthDate":"1950-02-03"}`}
	all = append(all, res...)
	for i, r := range all {
		r = strings.ReplaceAll(r, "@SUBJECT", `"subject":{"reference":"Patient/p"}`)
		all[i] = fmt.Sprintf(`{"fullUrl":"urn:uuid:00000000-0000-4000-8000-%012d","resource":%s}`, i, strings.ReplaceAll(r, "@PATIENT", `"patient":{"reference":"Patient/p"}`))
	}
	all[0] = strings.Replace(all[0], "urn:uuid:00000000-0000-4000-8000-000000000000", "https://portal.example/fhir/Patient/p", 1)
	s := `{"resourceType":"Bundle","type":"collection","entry":[` + strings.Join(all, ",\n") + `]}`
	return strings.ReplaceAll(s, `"Patient/p"`, `"https://portal.example/fhir/Patient/p"`)
}

func verification(kind, code string) string {
	return fmt.Sprintf(`{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/%s","code":%q}]}`, kind, code)
}

func TestHazard01EnteredInErrorLeavesNowhere(t *testing.T) {
	const e = `"status":"entered-in-error"`
	f := show(t, map[string]string{"a.json": bundle(
		`{"resourceType":"AllergyIntolerance","id":"1","verificationStatus":`+verification("allergyintolerance-verification", "entered-in-error")+`,"code":{"text":"ZWITHDRAWN"},@PATIENT}`,
		`{"resourceType":"Condition","id":"2","verificationStatus":`+verification("condition-ver-status", "entered-in-error")+`,"code":{"text":"ZWITHDRAWN"},@SUBJECT}`,
		`{"resourceType":"MedicationRequest","id":"3",`+e+`,"intent":"order","medicationCodeableConcept":{"text":"ZWITHDRAWN"},@SUBJECT}`,
		`{"resourceType":"MedicationStatement","id":"4",`+e+`,"medicationCodeableConcept":{"text":"ZWITHDRAWN"},@SUBJECT}`,
		`{"resourceType":"Immunization","id":"5",`+e+`,"vaccineCode":{"text":"ZWITHDRAWN"},"occurrenceDateTime":"2020-01-01",@PATIENT}`,
		`{"resourceType":"Observation","id":"6",`+e+`,"code":{"text":"ZWITHDRAWN"},"valueString":"x","effectiveDateTime":"2020-01-01",@SUBJECT}`,
		`{"resourceType":"DiagnosticReport","id":"7",`+e+`,"code":{"text":"ZWITHDRAWN"},@SUBJECT}`,
		`{"resourceType":"Procedure","id":"8",`+e+`,"code":{"text":"ZWITHDRAWN"},@SUBJECT}`,
		`{"resourceType":"Encounter","id":"9",`+e+`,"class":{"code":"AMB"},"type":[{"text":"ZWITHDRAWN"}],@SUBJECT}`,
		`{"resourceType":"DocumentReference","id":"10",`+e+`,"description":"ZWITHDRAWN","content":[{"attachment":{"contentType":"text/plain","title":"ZWITHDRAWN"}}],@SUBJECT}`,
		`{"resourceType":"FamilyMemberHistory","id":"11",`+e+`,"relationship":{"text":"ZWITHDRAWN"},@PATIENT}`,
		`{"resourceType":"CarePlan","id":"12",`+e+`,"intent":"plan","title":"ZWITHDRAWN",@SUBJECT}`,
		`{"resourceType":"Goal","id":"13","lifecycleStatus":"entered-in-error","description":{"text":"ZWITHDRAWN"},@SUBJECT}`,
		`{"resourceType":"ImagingStudy","id":"14",`+e+`,"description":"ZWITHDRAWN",@SUBJECT}`,
		`{"resourceType":"Device","id":"15",`+e+`,"type":{"text":"ZWITHDRAWN"},@PATIENT}`,
	)})
	f.never(t, "ZWITHDRAWN")
}

func TestHazard02And07RuledOutIsNoProblem(t *testing.T) {
	f := show(t, map[string]string{"a.json": bundle(
		`{"resourceType":"Condition","id":"1","verificationStatus":` + verification("condition-ver-status", "refuted") + `,"code":{"text":"ZREFUTED"},@SUBJECT}`,
	)})
	if e := f.one(t, "ZREFUTED"); e.Current || f.current("problems", "ZREFUTED") {
		t.Errorf("a refuted problem is current: %+v", e)
	}
	f.never(t, "ZREFUTED", "list", "search", "html", "pdf", "ccda", "fhir", "ndjson")
	for _, o := range statements(t, f.text["ccda"], "ZREFUTED") {
		if !strings.Contains(o, `negationInd="true"`) {
			t.Errorf("coded without its negation: %s", o)
		}
	}
	for _, r := range with(append(f.fhir, f.ips...), "ZREFUTED") {
		if b, _ := json.Marshal(r["verificationStatus"]); !strings.Contains(string(b), "refuted") {
			t.Errorf("exported without its refutation: %s", b)
		}
	}
}

func TestHazard04NoneKnownIsABannerNotAnAllergen(t *testing.T) {
	f := show(t, map[string]string{"a.json": bundle(
		`{"resourceType":"AllergyIntolerance","id":"1","clinicalStatus":` + verification("allergyintolerance-clinical", "active") + `,"code":{"coding":[{"system":"http://snomed.info/sct","code":"716186003","display":"No known allergy"}]},"recordedDate":"2020-01-02",@PATIENT}`,
	)})
	if strings.Contains(f.text["current"], "llergy") {
		t.Errorf("none known is listed as current: %s", f.text["current"])
	}
	if banner := f.summary["allergies"].(map[string]any)["banner"].(string); !strings.Contains(banner, "No known allergy") || !strings.Contains(banner, "2 January 2020") {
		t.Errorf("the banner says %q", banner)
	}
	for _, face := range []string{"html", "pdf", "summary"} {
		if text := f.text[face]; text != "" && !strings.Contains(text, "No known allergy") {
			t.Errorf("%s does not say that none are known", face)
		}
	}
}

func TestHazard05NothingSaidIsNotNone(t *testing.T) {
	f := show(t, map[string]string{"a.json": bundle()})
	for _, face := range []string{"html", "pdf", "summary"} {
		if text := strings.ToLower(f.text[face]); strings.Contains(text, "no known allerg") {
			t.Errorf("%s says that none are known, and nobody said so", face)
		}
	}
	if !strings.Contains(f.text["ips"], "emptyReason") || strings.Contains(f.text["ips"], "no-known-allergies") || strings.Contains(f.text["ips"], "716186003") {
		t.Error("the patient summary does not keep the two apart")
	}
}

func TestHazard08WhatWasNotDoneIsNeverPositive(t *testing.T) {
	f := show(t, map[string]string{"a.json": bundle(
		`{"resourceType":"Procedure","id":"1","status":"not-done","code":{"text":"ZBIOPSY"},@SUBJECT}`,
		`{"resourceType":"Immunization","id":"2","status":"not-done","vaccineCode":{"text":"ZVACCINE"},"occurrenceDateTime":"2020-01-01",@PATIENT}`,
		`{"resourceType":"MedicationRequest","id":"3","status":"active","intent":"order","doNotPerform":true,"medicationCodeableConcept":{"text":"ZIBUPROFEN"},@SUBJECT}`,
		`{"resourceType":"MedicationStatement","id":"4","status":"not-taken","medicationCodeableConcept":{"text":"ZASPIRIN"},@SUBJECT}`,
	)})
	for word, section := range map[string]string{"ZBIOPSY": "procedures", "ZVACCINE": "immunizations", "ZIBUPROFEN": "medicines", "ZASPIRIN": "medicines"} {
		if e := f.one(t, word); e.Current || f.current(section, word) {
			t.Errorf("%s is current", word)
		}
		if strings.Contains(f.text["current"], word) {
			t.Errorf("%s is listed as current", word)
		}
		for _, face := range []string{"html", "pdf"} {
			for _, l := range f.lines(face, word) {
				if !regexp.MustCompile(`(?i)not|do not`).MatchString(l) {
					t.Errorf("%s shows without its negation: %q", face, l)
				}
			}
		}
		for _, o := range statements(t, f.text["ccda"], word) {
			if !strings.Contains(o, `negationInd="true"`) {
				t.Errorf("%s is coded without its negation: %s", word, o)
			}
		}
		for _, r := range with(append(f.fhir, f.ips...), word) {
			b, _ := json.Marshal(r)
			if !regexp.MustCompile(`"(not-done|not-taken)"|"doNotPerform":true`).Match(b) {
				t.Errorf("%s is exported without its negation: %s", word, b)
			}
		}
	}
}

func TestHazard13And14OnlyActiveOrdersAreCurrentMedicines(t *testing.T) {
	var res []string
	not := []string{"stopped", "on-hold", "completed", "draft", "cancelled", "unknown"}
	for i, status := range not {
		res = append(res, fmt.Sprintf(`{"resourceType":"MedicationRequest","id":"a%d","status":%q,"intent":"order","medicationCodeableConcept":{"text":"ZNOT-%s"},@SUBJECT}`, i, status, status))
	}
	for i, intent := range []string{"proposal", "plan", "option"} {
		res = append(res, fmt.Sprintf(`{"resourceType":"MedicationRequest","id":"b%d","status":"active","intent":%q,"medicationCodeableConcept":{"text":"ZNOT-%s"},@SUBJECT}`, i, intent, intent))
		not = append(not, intent)
	}
	res = append(res, `{"resourceType":"MedicationStatement","id":"c","status":"intended","medicationCodeableConcept":{"text":"ZNOT-intended"},@SUBJECT}`,
		`{"resourceType":"MedicationRequest","id":"d","status":"active","intent":"order","medicationCodeableConcept":{"text":"ZYES"},@SUBJECT}`)
	f := show(t, map[string]string{"a.json": bundle(res...)})
	if !f.current("medicines", "ZYES") || !f.one(t, "ZYES").Current {
		t.Error("an active order is not current")
	}
	for _, word := range append(not, "intended") {
		if e := f.one(t, "ZNOT-"+word); e.Current || f.current("medicines", "ZNOT-"+word) || strings.Contains(f.text["current"], "ZNOT-"+word) {
			t.Errorf("%s is current", word)
		}
		for _, r := range with(append(f.fhir, f.ips...), `"ZNOT-`+word+`"`) {
			if intent, ok := r["intent"]; r["status"] == "active" && (!ok || intent == "order") {
				t.Errorf("%s is exported as active", word)
			}
		}
	}
}

func TestHazard18And19And23ValuesKeepTheirMeaning(t *testing.T) {
	const head = `"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"effectiveDateTime":"2020-01-02",@SUBJECT`
	f := show(t, map[string]string{"a.json": bundle(
		`{"resourceType":"Observation","id":"1",`+head+`,"code":{"text":"ZCENSORED"},"valueQuantity":{"comparator":"<","value":0.50,"unit":"mg/dL"}}`,
		`{"resourceType":"Observation","id":"2",`+head+`,"code":{"text":"ZPRECISE"},"valueQuantity":{"value":0.010,"unit":"mg/dL"}}`,
		`{"resourceType":"Observation","id":"3",`+head+`,"code":{"text":"ZABSENT"},"dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"not-performed","display":"Not Performed"}]}}`,
	)})
	for word, want := range map[string]string{"ZCENSORED": "<0.50", "ZPRECISE": "0.010", "ZABSENT": "no value: Not Performed"} {
		if e := f.one(t, word); e.Value != want {
			t.Errorf("%s: got %q, want %q", word, e.Value, want)
		}
		for _, face := range []string{"html", "pdf", "summary", "list"} {
			if text := f.text[face]; text != "" && !strings.Contains(text, want) {
				t.Errorf("%s does not show %q", face, want)
			}
		}
	}
	for _, face := range []string{"ips", "fhir", "ndjson"} {
		for _, want := range []string{`"comparator":"<"`, "0.50", "0.010", "not-performed"} {
			if !strings.Contains(strings.ReplaceAll(f.text[face], `": "`, `":"`), want) {
				t.Errorf("%s does not hold %s", face, want)
			}
		}
	}
}

func TestHazard30And31OthersAreNotThePatient(t *testing.T) {
	f := show(t, map[string]string{"a.json": bundle(
		`{"resourceType":"Observation","id":"1","status":"final","code":{"text":"ZHEARTBEAT"},"focus":[{"display":"fetus"}],"effectiveDateTime":"2020-01-02","valueString":"strong",@SUBJECT}`,
		`{"resourceType":"FamilyMemberHistory","id":"2","status":"completed","relationship":{"text":"Mother"},"condition":[{"code":{"text":"ZCANCER"}}],@PATIENT}`,
	)})
	if e := f.one(t, "ZHEARTBEAT"); e.Current || !strings.Contains(e.Title, "fetus") {
		t.Errorf("got %+v", e)
	}
	for _, face := range []string{"html", "pdf"} {
		for _, l := range f.lines(face, "ZHEARTBEAT") {
			if !strings.Contains(l, "fetus") {
				t.Errorf("%s shows it without saying whose it is: %q", face, l)
			}
		}
	}
	if f.current("problems", "ZCANCER") {
		t.Error("a relative's problem is the patient's")
	}
	for _, r := range with(append(f.fhir, f.ips...), "ZCANCER") {
		if r["resourceType"] != "FamilyMemberHistory" {
			t.Errorf("a relative's problem is exported as %v", r["resourceType"])
		}
	}
}

func TestHazard37MonthNamesInEveryDate(t *testing.T) {
	f := show(t, map[string]string{"a.json": bundle(
		`{"resourceType":"Procedure","id":"1","status":"completed","code":{"text":"ZOPERATION"},"performedDateTime":"2019-03-05",@SUBJECT}`,
	)})
	numeric := regexp.MustCompile(`\b\d{1,2}[/.]\d{1,2}[/.](19|20)\d\d\b|\b(19|20)\d\d-\d\d-\d\d\b`)
	for _, face := range []string{"html", "pdf", "summary", "list"} {
		if m := numeric.FindString(f.text[face]); m != "" {
			t.Errorf("%s shows the date %s", face, m)
		}
		if text := f.text[face]; text != "" && !strings.Contains(text, "5 March 2019") {
			t.Errorf("%s does not show 5 March 2019", face)
		}
	}
}

func TestHazard39UnknownModifierIsHeld(t *testing.T) {
	f := show(t, map[string]string{"a.json": bundle(
		`{"resourceType":"Condition","id":"1","modifierExtension":[{"url":"https://portal.example/opposite","valueBoolean":true}],"clinicalStatus":` + verification("condition-clinical", "active") + `,"code":{"text":"ZHELD"},@SUBJECT}`,
	)})
	if e := f.one(t, "ZHELD"); e.Current || f.current("problems", "ZHELD") {
		t.Errorf("a held entry is current: %+v", e)
	}
	if got := with(f.ips, "ZHELD"); len(got) != 0 {
		t.Errorf("a held entry is in the patient summary: %v", got)
	}
	for _, r := range with(f.fhir, "ZHELD") {
		if r["modifierExtension"] == nil && r["resourceType"] == "Condition" {
			t.Error("exported without its modifier")
		}
	}
}

func TestHazard43SubpotentDoseIsMarked(t *testing.T) {
	f := show(t, map[string]string{"a.json": bundle(
		`{"resourceType":"Immunization","id":"1","status":"completed","isSubpotent":true,"vaccineCode":{"text":"ZWEAK"},"occurrenceDateTime":"2020-01-02",@PATIENT}`,
	)})
	for _, face := range []string{"list", "summary", "html", "pdf"} {
		for _, l := range f.lines(face, "ZWEAK") {
			if !strings.Contains(strings.ToLower(f.text[face]), "subpotent") {
				t.Errorf("%s does not mark it: %q", face, l)
			}
		}
	}
	for _, r := range with(append(f.fhir, f.ips...), "ZWEAK") {
		if r["resourceType"] == "Immunization" && r["isSubpotent"] != true {
			t.Error("exported without its mark")
		}
	}
}

func TestHazard49WhoEnteredItIsShown(t *testing.T) {
	f := show(t, map[string]string{"a.json": bundle(
		`{"resourceType":"MedicationStatement","id":"1","status":"active","medicationCodeableConcept":{"text":"ZHERB"},"informationSource":{"reference":"Patient/p"},@SUBJECT}`,
	)})
	if e := f.one(t, "ZHERB"); e.Source.Asserter != "patient" {
		t.Errorf("got %+v", e.Source)
	}
	for _, face := range []string{"list", "summary", "html", "pdf"} {
		if text := f.text[face]; text != "" && !strings.Contains(text, "entered by the patient") {
			t.Errorf("%s does not say that the patient entered it", face)
		}
	}
	for _, r := range with(append(f.fhir, f.ips...), "ZHERB") {
		if r["resourceType"] == "MedicationStatement" && r["informationSource"] == nil {
			t.Error("exported without saying who said so")
		}
	}
}

func TestHazard51EveryExportSaysWhatItHolds(t *testing.T) {
	f := show(t, map[string]string{"portal-download.json": bundle(
		`{"resourceType":"Procedure","id":"1","status":"completed","code":{"text":"ZOPERATION"},"performedDateTime":"2019-03-05",@SUBJECT}`,
	)})
	year := regexp.MustCompile(`20\d\d`)
	for _, face := range []string{"html", "pdf"} {
		text := f.text[face]
		if text == "" {
			continue
		}
		for _, want := range []string{"portal-download.json", "5 March 2019"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", face, want)
			}
		}
		if !year.MatchString(text) || !regexp.MustCompile(`(?i)(made|generated|prepared|written) (on|at)?`).MatchString(text) {
			t.Errorf("%s does not say when it was made", face)
		}
	}
	if !strings.Contains(f.text["ips"], "portal-download.json") || !strings.Contains(f.text["ips"], `"timestamp"`) {
		t.Error("the patient summary does not name its source or time")
	}
}
