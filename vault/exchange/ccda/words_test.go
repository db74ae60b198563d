package ccda_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// quoted is the originalText of a code that points into the narrative.
func quoted(id string) string {
	return `<originalText><reference value="#` + id + `"/></originalText>`
}

// A sender that points the drug's originalText at the cell of the reaction must
// not turn "Hives" into an allergen.
func TestWordsThatTwoCodesClaim(t *testing.T) {
	allergy := strings.NewReplacer(`displayName="Penicillin"/>`, `displayName="Penicillin">`+quoted("r1")+`</code>`, `displayName="Drug allergy"/>`, `displayName="Drug allergy">`+quoted("r1")+`</value>`).Replace(allergyOf("", ""))
	i := bringDoc(t, sec("48765-2", `<table><tbody><tr><td>Penicillin</td><td ID="r1">Hives</td></tr></tbody></table>`, concernOf("active", allergy)))
	if got, want := one[*record.AllergyIntolerance](t, i).Summary().Title, "Penicillin (in the text: Hives)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}

	procedure := func(code, name string) string {
		return `<procedure classCode="PROC" moodCode="EVN"><code code="` + code + `" codeSystem="2.16.840.1.113883.6.96" displayName="` + name + `">` + quoted("p1") + `</code><statusCode code="completed"/></procedure>`
	}
	i = bringDoc(t, sec("47519-4", `<content ID="p1">Colonic polypectomy</content>`, procedure("274025005", "Colonic polypectomy"), procedure("103716009", "Placement of stent")))
	var titles []string
	for _, p := range of[*record.Procedure](i) {
		titles = append(titles, p.Summary().Title)
	}
	if got, want := strings.Join(titles, "; "), "Colonic polypectomy; Placement of stent (in the text: Colonic polypectomy)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// C32 senders put the template of an alert on the entries of the problem list.
func TestProblemIsNoAllergy(t *testing.T) {
	problem := strings.Replace(problemOf("", `<low value="2012"/>`, ""), `<templateId root="2.16.840.1.113883.10.20.22.4.4"/>`, `<templateId root="2.16.840.1.113883.10.20.1.18"/><templateId root="2.16.840.1.113883.10.20.1.28"/>`, 1)
	for name, entry := range map[string]string{"in a concern": concernOf("active", problem), "alone": problem} {
		i := bringDoc(t, sec("11450-4", "x", entry))
		if n := len(of[*record.AllergyIntolerance](i)); n != 0 {
			t.Errorf("%s: got %d allergies, want none", name, n)
		}
		if got := one[*record.Condition](t, i).Summary().Title; got != "Pneumonia" {
			t.Errorf("%s: got %q", name, got)
		}
	}
	listed := strings.Replace(allergyOf("", ""), `<code code="ASSERTION"`, `<templateId root="2.16.840.1.113883.10.20.1.18"/><code code="ASSERTION"`, 1)
	if got := one[*record.AllergyIntolerance](t, bringDoc(t, sec("11450-4", "x", concernOf("active", listed)))).Summary().Title; got != "Penicillin" {
		t.Errorf("got %q, want the allergy that a problem list names", got)
	}
}

func TestHazard12StatusObservationOfAMedicine(t *testing.T) {
	const open, over = `<effectiveTime xsi:type="IVL_TS"><low value="20200101"/></effectiveTime>`, `<effectiveTime xsi:type="IVL_TS"><low value="20200101"/><high value="20200201"/></effectiveTime>`
	for _, tt := range []struct {
		name, act, time, inside, status string
		want                            record.Standing
	}{
		{"active", "completed", open, status("55561003"), "active", record.Current},
		{"active, but ended", "completed", over, status("55561003"), "active", record.Uncertain},
		{"active, but aborted", "aborted", open, status("55561003"), "active", record.Uncertain},
		{"no longer active", "completed", open, status("392521001"), "stopped", record.Past},
		{"inactive", "active", open, status("73425007"), "inactive", record.Past},
		{"on hold", "active", open, status("421139008"), "on-hold", record.Past},
		{"withdrawn", "nullified", open, status("55561003"), "active", record.InError},
		{"the same word", "active", open, status("55561003"), "", record.Current},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := one[*record.MedicationStatement](t, bringDoc(t, sec("10160-0", "x", medicationOf(`moodCode="EVN"`, tt.act, tt.time, tt.inside))))
			if got := m.Summary().Standing; m.Status != tt.status || m.ActStatus != tt.act || got != tt.want || len(m.Note) > 0 {
				t.Errorf("got %q, %q, %q, notes %v; want %q, %q", m.Status, m.ActStatus, got, m.Note, tt.status, tt.want)
			}
		})
	}
}

// VA documents write the flavour as a code, a placeholder as its text and the
// substance as the name of the entity.
func TestNullFlavourIsNoCode(t *testing.T) {
	allergy := strings.Replace(allergyOf("", ""), `<code code="70618" codeSystem="2.16.840.1.113883.6.88" displayName="Penicillin"/>`, `<code code="UNK" nullFlavor="UNK">`+quoted("c1")+`</code><name>LATEX STRAP</name>`, 1)
	a := one[*record.AllergyIntolerance](t, bringDoc(t, sec("48765-2", `<content ID="c1">Coded Allergy Name Not Available</content>`, concernOf("active", allergy))))
	if got := a.Summary().Title; got != "LATEX STRAP" || len(a.Code.Coding) > 0 {
		t.Errorf("got %q, %v", got, a.Code.Coding)
	}
}

func TestNullFlavouredEntryIsNoProblem(t *testing.T) {
	act := func(value string) string {
		return `<act classCode="ACT" moodCode="EVN" nullFlavor="ASKU"><code code="CONC" codeSystem="2.16.840.1.113883.5.6"/><statusCode code="active"/><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN" nullFlavor="ASKU"><code code="55607006" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/>` + value + `</observation></entryRelationship></act>`
	}
	i := bringDoc(t, sec("11450-4", `<content ID="n1">Not on file</content>`, act(`<value xsi:type="CD" code="64572001" codeSystem="2.16.840.1.113883.6.96" displayName="Disease">`+quoted("n1")+`</value>`)))
	if n := len(of[*record.Condition](i)); n != 0 || i.report.Kept != 1 {
		t.Errorf("got %d problems and %d kept, want the entry kept", n, i.report.Kept)
	}
	i = bringDoc(t, sec("11450-4", "x", act(`<value xsi:type="CD" code="233604007" codeSystem="2.16.840.1.113883.6.96" displayName="Pneumonia"/>`)))
	if s := one[*record.Condition](t, i).Summary(); s.Standing != record.Unstated || s.Title != "Pneumonia" {
		t.Errorf("got %+v, want a named problem without a status", s)
	}
}

func TestWordsAreSaidOnce(t *testing.T) {
	text := `<content ID="a">take one daily</content><content ID="b"/>`
	for own, want := range map[string]string{
		`take one daily<reference value="#a"/>`:        "take one daily",
		`Take  one <reference value="#a"/>`:            "take one daily",
		`with food <reference value="#a"/>`:            "with food take one daily",
		`<reference value="#b"/> Mild fever for a day`: "Mild fever for a day",
		`<reference value="#a"/>`:                      "take one daily",
	} {
		m := one[*record.MedicationStatement](t, bringDoc(t, sec("10160-0", text, medicationOf(`moodCode="EVN"`, "active", "<text>"+own+"</text>", ""))))
		if got := m.Dosage[0].Text; got != want {
			t.Errorf("%s: got %q, want %q", own, got, want)
		}
	}
}

func TestTitlesFromWhatTheStatementHolds(t *testing.T) {
	inner := `<procedure classCode="PROC" moodCode="EVN"><code code="168731009" codeSystem="2.16.840.1.113883.6.96" displayName="Chest X-ray"/><effectiveTime value="20210401"/></procedure>`
	p := one[*record.CarePlan](t, bringDoc(t, sec("18776-5", "x", `<procedure classCode="PROC" moodCode="RQO"><templateId root="2.16.840.1.113883.10.20.22.4.41"/><entryRelationship typeCode="REFR">`+inner+`</entryRelationship></procedure>`)))
	if s := p.Summary(); s.Title != "Chest X-ray" || s.When.Start != "2021-04-01" {
		t.Errorf("plan: got %+v", s)
	}
	for attrs, standing := range map[string]record.Standing{"": record.Past, `negationInd="true"`: record.NotSo} {
		p = one[*record.CarePlan](t, bringDoc(t, sec("69730-0", "x", `<act classCode="ACT" moodCode="INT" `+attrs+`><templateId root="2.16.840.1.113883.10.20.22.4.20"/><code code="311401005" displayName="PatientEducation"/><text>Breathing exercises</text><statusCode code="completed"/></act>`)))
		if s := p.Summary(); s.Title != "Breathing exercises" || s.Standing != standing {
			t.Errorf("instruction: got %+v", s)
		}
	}
	visit := `<encounter classCode="ENC" moodCode="EVN"><effectiveTime value="20130808"/><performer><assignedEntity><assignedPerson><name><given>Henry</given><family>Seven</family></name></assignedPerson></assignedEntity></performer></encounter>`
	p = one[*record.CarePlan](t, bringDoc(t, sec("18776-5", "x", `<encounter classCode="ENC" moodCode="ARQ"><entryRelationship typeCode="REFR">`+visit+`</entryRelationship></encounter>`)))
	if s := p.Summary(); s.Title != "Visit" || s.When.Start != "2013-08-08" || strings.Join(p.Note, "; ") != "by: Henry Seven" {
		t.Errorf("visit: got %+v, notes %v", s, p.Note)
	}
	reason := `<observation classCode="OBS" moodCode="EVN"><code code="75324-4" displayName="Functional performance"/><text>Come back after one week</text></observation>`
	p = one[*record.CarePlan](t, bringDoc(t, sec("18776-5", "x", `<encounter classCode="ENC" moodCode="INT"><code code="1" displayName="consultation"/><entryRelationship typeCode="RSON">`+reason+`</entryRelationship></encounter>`)))
	if got, want := strings.Join(p.Note, "; "), "because of: Functional performance; Come back after one week"; got != want {
		t.Errorf("plan: got %q, want %q", got, want)
	}
	o := one[*record.Other](t, bringDoc(t, sec("42348-3", "x", `<observation classCode="OBS" moodCode="EVN"><code code="75278-2" codeSystem="2.16.840.1.113883.6.1"/><statusCode code="completed"/><value xsi:type="CD" code="304253006" codeSystem="2.16.840.1.113883.6.96" displayName="Not for resuscitation"/></observation>`)))
	if got := o.Summary().Title; got != "Not for resuscitation" {
		t.Errorf("directive: got %q", got)
	}
	f := one[*record.Observation](t, bringDoc(t, sec("47420-5", "x", `<observation classCode="OBS" moodCode="EVN"><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><statusCode code="completed"/><value xsi:type="CD" code="1" displayName="Pressure ulcer"/></observation>`)))
	if s := f.Summary(); s.Title != "Finding" || s.Value != "Pressure ulcer" {
		t.Errorf("finding: got %+v", s)
	}
}

func TestDoseUnitInWords(t *testing.T) {
	m := one[*record.MedicationStatement](t, bringDoc(t, sec("10160-0", "x", medicationOf(`moodCode="EVN"`, "active", `<doseQuantity value="30.0" unit="1"><translation value="30.0"><originalText>units</originalText></translation></doseQuantity>`, ""))))
	if got := m.Dosage[0].Parts(); got != "30.0 units" {
		t.Errorf("got %q, want the unit that the source states in words", got)
	}
	m = one[*record.MedicationStatement](t, bringDoc(t, sec("10160-0", "x", medicationOf(`moodCode="EVN"`, "active", `<doseQuantity value="30"><translation value="3"><originalText>mL</originalText></translation></doseQuantity>`, ""))))
	if got := m.Dosage[0].Parts(); got != "30 (unit not given)" {
		t.Errorf("got %q, want no unit of another number", got)
	}
}

func TestDoseNumberBesideTheAct(t *testing.T) {
	i := one[*record.Immunization](t, bringDoc(t, sec("11369-6", "x", `<substanceAdministration classCode="SBADM" moodCode="EVN"><statusCode code="completed"/><effectiveTime value="20130801"/><consumable><manufacturedProduct><manufacturedMaterial><code code="45" codeSystem="2.16.840.1.113883.12.292" displayName="hepatitis B"/></manufacturedMaterial></manufacturedProduct></consumable>
<entryRelationship typeCode="COMP"><sequenceNumber value="3"/><act classCode="ACT" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.118"/><code code="416118004" displayName="administration"/></act></entryRelationship></substanceAdministration>`)))
	if i.DoseNumber != "3" {
		t.Errorf("got %q, want 3", i.DoseNumber)
	}
}
