package ccda_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// entryOf has one statement of each kind with a status and attributes of its act.
func entriesOf(status, attrs string) map[string]string {
	inside := func(element, class, mood, rest string) string {
		return `<` + element + ` classCode="` + class + `" moodCode="` + mood + `" ` + attrs + `><code code="1" codeSystem="1.2.3" displayName="Thing"/><statusCode code="` + status + `"/><effectiveTime><low value="20210101"/></effectiveTime>` + rest + `</` + element + `>`
	}
	allergy := strings.Replace(allergyOf(attrs, ""), `<statusCode code="completed"/>`, `<statusCode code="`+status+`"/>`, 1)
	problem := strings.Replace(problemOf(attrs, "", ""), `<statusCode code="completed"/>`, `<statusCode code="`+status+`"/>`, 1)
	return map[string]string{
		"allergy":      sec("48765-2", "x", concernOf("active", allergy)),
		"problem":      sec("11450-4", "x", concernOf("active", problem)),
		"medication":   sec("10160-0", "x", medicationOf(`moodCode="EVN" `+attrs, status, "", "")),
		"immunization": sec("11369-6", "x", medicationOf(`moodCode="EVN" `+attrs, status, "", "")),
		"result":       sec("30954-2", "x", inside("observation", "OBS", "EVN", `<value xsi:type="PQ" value="1" unit="mg"/>`)),
		"vital sign":   sec("8716-3", "x", inside("observation", "OBS", "EVN", `<value xsi:type="PQ" value="1" unit="mg"/>`)),
		"procedure":    sec("47519-4", "x", inside("procedure", "PROC", "EVN", "")),
		"encounter":    sec("46240-8", "x", inside("encounter", "ENC", "EVN", "")),
		"plan":         sec("18776-5", "x", inside("procedure", "PROC", "RQO", "")),
		"order":        sec("18776-5", "x", medicationOf(`moodCode="INT" `+attrs, status, "", "")),
		"device":       sec("46264-8", "x", inside("supply", "SPLY", "EVN", `<participant typeCode="PRD"><participantRole><playingDevice><code code="1" displayName="Pacemaker"/></playingDevice></participantRole></participant>`)),
		"report":       sec("30954-2", "x", strings.ReplaceAll(batteryOf(resultOf(`<value xsi:type="PQ" value="1"/>`, "")), `"completed"`, `"`+status+`"`)),
		"anything":     sec("51848-0", "x", inside("act", "ACT", "EVN", "")),
	}
}

// facts are the records of a document besides the patient and itself.
func facts(i imported) []record.Record {
	var out []record.Record
	for _, r := range i.records {
		if k := r.Resource.Kind(); k != record.KindPatient && k != record.KindDocumentReference {
			out = append(out, r)
		}
	}
	return out
}

func TestHazard01And26NullifiedIsWithdrawn(t *testing.T) {
	for name, s := range entriesOf("nullified", "") {
		i := bringDoc(t, s)
		if len(facts(i)) == 0 {
			t.Errorf("%s: nothing was filed", name)
		}
		for _, r := range facts(i) {
			if got := r.Summary().Standing; got != record.InError {
				t.Errorf("%s: %s is %q, want it withdrawn", name, r.Resource.Kind(), got)
			}
		}
	}
}

func TestHazard13OnlyActiveIsCurrent(t *testing.T) {
	for _, status := range []string{"suspended", "aborted", "cancelled", "held", "new", "obsolete"} {
		for name, s := range entriesOf(status, "") {
			switch name {
			case "allergy", "problem": // the act's status is no clinical one: the concern and the status observation count
				continue
			}
			for _, r := range facts(bringDoc(t, s)) {
				if got := r.Summary().Standing; got == record.Current && (name != "encounter" || status != "suspended") { // on leave, and back again
					t.Errorf("%s, %s: %s is current", name, status, r.Resource.Kind())
				}
			}
		}
	}
}

func TestHazard02And03RuledOut(t *testing.T) {
	certainty := func(code string) string {
		return strings.Replace(problemOf("", "", ""), `displayName="Pneumonia"/>`, `displayName="Pneumonia"><qualifier><name code="8" codeSystem="2.16.840.1.113883.3.7.1.0"/><value code="`+code+`" codeSystem="2.16.840.1.113883.3.7.1.8"/></qualifier><qualifier><name code="20" codeSystem="2.16.840.1.113883.3.7.1.0"/><value code="L" codeSystem="2.16.840.1.113883.3.7.1.7"/></qualifier></value>`, 1)
	}
	for _, tt := range []struct {
		code, title string
		want        record.Standing
	}{
		{"A", "Pneumonia (ruled out, left)", record.NotSo},
		{"V", "Pneumonia (suspected, left)", record.Current},
		{"G", "Pneumonia (confirmed, left)", record.Current},
		{"Z", "Pneumonia (condition after, left)", record.Past},
	} {
		c := one[*record.Condition](t, bringDoc(t, sec("29548-5", "x", concernOf("active", certainty(tt.code)))))
		if s := c.Summary(); s.Standing != tt.want || s.Title != tt.title {
			t.Errorf("%s: got %q %q, want %q %q", tt.code, s.Title, s.Standing, tt.title, tt.want)
		}
	}
	if a := one[*record.AllergyIntolerance](t, bringDoc(t, sec("48765-2", "x", concernOf("active", allergyOf(`negationInd="true"`, ""))))); !a.Denied() || a.NoneKnown() != "" {
		t.Error("an allergy that was ruled out is not shown as such")
	}
}

func TestHazard09NoneKnownBesideAnAllergy(t *testing.T) {
	nka := concernOf("active", `<observation classCode="OBS" moodCode="EVN" negationInd="true"><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><value xsi:type="CD" code="419199007" codeSystem="2.16.840.1.113883.6.96"/></observation>`)
	i := bringDoc(t, sec("48765-2", "Penicillin", nka, concernOf("active", allergyOf("", ""))))
	if len(of[*record.AllergyIntolerance](i)) != 2 || len(i.report.Issues) != 1 || !strings.Contains(i.report.Issues[0].Text, "all the same") {
		t.Errorf("got %v", i.report.Issues)
	}
}

func TestHazard24PreliminaryIsLabelled(t *testing.T) {
	for name, want := range map[string]struct {
		inside, status string
		standing       record.Standing
	}{
		"with a value":    {`<value xsi:type="PQ" value="1" unit="mg"/>`, "preliminary", record.Current},
		"without a value": {"", "registered", record.Intended},
	} {
		o := one[*record.Observation](t, bringDoc(t, sec("30954-2", "x", strings.Replace(resultOf(want.inside, ""), "completed", "active", 1))))
		if s := o.Summary(); o.Status != want.status || s.Standing != want.standing {
			t.Errorf("%s: got %q %q", name, o.Status, s.Standing)
		}
	}
}

// Every statement says when its document was made, so that of two that name one
// fact the later can be told.
func TestHazard25VersionOfEveryStatement(t *testing.T) {
	for name, s := range entriesOf("completed", "") {
		for _, r := range bringDoc(t, s).records {
			if v := r.Source().Version; v != "2021-03-04T10:30-05:00" {
				t.Errorf("%s: %s has version %q", name, r.Resource.Kind(), v)
			}
		}
	}
}

func TestHazard29PanelStaysTogether(t *testing.T) {
	pressure := func(code, value string) string {
		return strings.NewReplacer("2823-3", code, "Potassium", "Blood pressure "+code).Replace(resultOf(`<value xsi:type="PQ" value="`+value+`" unit="mm[Hg]"/>`, ""))
	}
	panel := func(id string, parts ...string) string {
		return strings.NewReplacer("BATTERY", "CLUSTER", `extension="b1"`, `extension="`+id+`"`).Replace(batteryOf(parts...))
	}
	i := bringDoc(t, sec("8716-3", "x", panel("a", pressure("8480-6", "120"), pressure("8462-4", "80")), panel("b", pressure("8480-6", "140"), pressure("8462-4", "90"))))
	panels := map[string][]string{}
	for _, o := range of[*record.Observation](i) {
		panels[o.Panel.Local] = append(panels[o.Panel.Local], o.Value.String())
	}
	if len(panels) != 2 {
		t.Errorf("got %v, want two readings of two values", panels)
	}
	for _, p := range panels {
		if got := strings.Join(p, "/"); got != "120 mm[Hg]/80 mm[Hg]" && got != "140 mm[Hg]/90 mm[Hg]" {
			t.Errorf("got %q", got)
		}
	}
}

func TestHazard38NoTimeIsNotTheDocuments(t *testing.T) {
	o := one[*record.Observation](t, bringDoc(t, sec("30954-2", "x", strings.Replace(resultOf(`<value xsi:type="PQ" value="1"/>`, ""), `<effectiveTime value="20210304"/>`, "", 1))))
	if w := o.Summary().When; !w.Empty() {
		t.Errorf("got %+v, want no date", w)
	}
}

func TestHazard39OtherWaysToDeny(t *testing.T) {
	for _, attrs := range []string{`negationInd=" true "`, `actionNegationInd="true"`, `valueNegationInd="1"`, `xmlns:x="urn:x" x:negationInd="true"`} {
		for name, s := range entriesOf("completed", attrs) {
			for _, r := range facts(bringDoc(t, s)) {
				if got := r.Summary().Standing; got == record.Current && name != "encounter" && name != "report" {
					t.Errorf("%s, %s: %s is current", name, attrs, r.Resource.Kind())
				}
			}
		}
	}
}

func TestHazard43DoseNotGiven(t *testing.T) {
	shot := func(attrs, status string) string {
		return strings.Replace(medicationOf(`moodCode="EVN" `+attrs, status, `<effectiveTime value="20201001"/>`, ""), "<consumable>", `<repeatNumber value="2"/><consumable>`, 1)
	}
	for _, tt := range []struct {
		attrs, status string
		want          record.Standing
	}{{"", "completed", record.Current}, {`negationInd="true"`, "completed", record.NotSo}, {"", "aborted", record.NotSo}, {"", "cancelled", record.NotSo}} {
		v := one[*record.Immunization](t, bringDoc(t, sec("11369-6", "x", shot(tt.attrs, tt.status))))
		if s := v.Summary(); s.Standing != tt.want || v.DoseNumber != "2" {
			t.Errorf("%s %s: got %q, dose %q", tt.attrs, tt.status, s.Standing, v.DoseNumber)
		}
	}
}

func TestHazard47SourceOfAPhone(t *testing.T) {
	reading := func(more string) string {
		return `<organizer classCode="CLUSTER" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.26"/><statusCode code="completed"/><component><observation classCode="OBS" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.27"/><code code="59408-5" codeSystem="2.16.840.1.113883.6.1" displayName="Oxygen saturation"/><text><sourceName>Another watch</sourceName><unit>%</unit>` + more + `</text><statusCode code="completed"/><effectiveTime><low value="20240310081200-0500"/></effectiveTime><value xsi:type="PQ" value="0.97" unit="%"/></observation></component></organizer>`
	}
	for _, tt := range []struct {
		more string
		want record.Asserter
	}{{"", record.ByDevice}, {`<metadataEntry><key>HKWasUserEntered</key><value>1</value></metadataEntry>`, record.ByPatient}} {
		doc := head + "<entry>" + reading(tt.more) + "</entry></ClinicalDocument>"
		for _, r := range facts(bring(t, "export_cda.xml", []byte(doc))) {
			o, s := r.Resource.(*record.Observation), r.Source()
			if s.Author != "Another watch" || s.Asserter != tt.want || o.Value.String() != "0.97 %" || len(o.Note) != 1 || o.Effective.Start != "2024-03-10T08:12:00-05:00" {
				t.Errorf("got %q %q, %s", s.Author, s.Asserter, asJSON(t, o))
			}
		}
	}
}
