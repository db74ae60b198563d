package ccda_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestHazard04NoKnownAllergyIsNoAllergen(t *testing.T) {
	a := one[*record.AllergyIntolerance](t, bringDoc(t, sec("48765-2", "No known allergies", concernOf("active", `<observation classCode="OBS" moodCode="EVN"><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><statusCode code="completed"/><value xsi:type="CD" code="716186003" codeSystem="2.16.840.1.113883.6.96" displayName="No known allergy"/></observation>`))))
	if a.NoneKnown() != record.NoKnownAllergy || a.Summary().Standing != record.NotSo {
		t.Errorf("got %q, %q", a.NoneKnown(), a.Summary().Standing)
	}
}

func TestHazard05EmptySectionKeepsItsReason(t *testing.T) {
	i := bringDoc(t, `<component><section nullFlavor="NI"><code code="48765-2" codeSystem="2.16.840.1.113883.6.1"/><title>Allergies</title><text>No information</text></section></component>`)
	if s := documentOf(t, i).Section[0]; s.EmptyReason != "NI" || s.Entries != 0 {
		t.Errorf("got %+v", s)
	}
	if n := len(of[*record.AllergyIntolerance](i)); n != 0 {
		t.Errorf("got %d allergies, want none", n)
	}
}

func TestHazard06NegationIndAllergy(t *testing.T) {
	for _, tt := range []struct {
		name, entry, title string
		standing           record.Standing
	}{
		{"control", concernOf("active", allergyOf("", "")), "Penicillin", record.Current},
		{"observation negated", concernOf("active", allergyOf(`negationInd="true"`, "")), "Not allergic to Penicillin", record.NotSo},
		{"negated as 1", concernOf("active", allergyOf(`negationInd="1"`, "")), "Not allergic to Penicillin", record.NotSo},
		{"not negated", concernOf("active", allergyOf(`negationInd="false"`, "")), "Penicillin", record.Current},
		{"act negated", strings.Replace(concernOf("active", allergyOf("", "")), "<act ", `<act negationInd="true" `, 1), "Not allergic to Penicillin", record.NotSo},
		{"without a concern", allergyOf(`negationInd="true"`, ""), "Not allergic to Penicillin", record.NotSo},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := one[*record.AllergyIntolerance](t, bringDoc(t, sec("48765-2", "x", tt.entry))).Summary()
			if s.Title != tt.title || s.Standing != tt.standing {
				t.Errorf("got %q %q, want %q %q", s.Title, s.Standing, tt.title, tt.standing)
			}
		})
	}
}

func TestHazard07NegationIndProblem(t *testing.T) {
	c := one[*record.Condition](t, bringDoc(t, sec("11450-4", "x", concernOf("active", problemOf(`negationInd="true"`, "", "")))))
	if s := c.Summary(); !c.Absent || s.Standing != record.NotSo || s.Title != "Does not have: Pneumonia" {
		t.Errorf("got %+v", s)
	}
}

func TestHazard08NegationIndDone(t *testing.T) {
	i := bringDoc(t,
		sec("47519-4", "x", `<procedure classCode="PROC" moodCode="EVN" negationInd="true"><code code="1" displayName="Colonoscopy"/><statusCode code="completed"/></procedure>`),
		sec("11369-6", "x", `<substanceAdministration classCode="SBADM" moodCode="EVN" negationInd="true"><statusCode code="completed"/><effectiveTime value="20201001"/><consumable><manufacturedProduct><manufacturedMaterial><code code="88" codeSystem="2.16.840.1.113883.12.292" displayName="Influenza"/></manufacturedMaterial></manufacturedProduct></consumable>
<entryRelationship typeCode="RSON"><observation classCode="OBS" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.53"/><code code="PATOBJ" codeSystem="2.16.840.1.113883.5.8" displayName="Patient objection"/></observation></entryRelationship></substanceAdministration>`),
		sec("10160-0", "x", medicationOf(`moodCode="EVN" negationInd="true"`, "completed", "", "")),
		sec("30954-2", "x", strings.Replace(resultOf("", ""), "<observation ", `<observation negationInd="true" `, 1)))
	for _, r := range i.records {
		switch r.Resource.Kind() {
		case record.KindPatient, record.KindDocumentReference:
		default:
			if s := r.Summary(); s.Standing != record.NotSo {
				t.Errorf("%s: got %q %q, want it as not so", r.Resource.Kind(), s.Title, s.Standing)
			}
		}
	}
	if v := one[*record.Immunization](t, i); v.Status != "not-done" || v.StatusReason.Words() != "Patient objection" {
		t.Errorf("got %+v", v)
	}
	if p := one[*record.Procedure](t, i); p.Status != "not-done" || !p.Absent {
		t.Errorf("got %+v", p)
	}
}

func TestHazard10StatusObservationWins(t *testing.T) {
	for _, tt := range []struct{ name, concern, inside, want string }{
		{"concern active, problem resolved", "active", status("413322009"), "resolved"},
		{"concern completed, problem active", "completed", status("55561003"), "active"},
		{"concern alone", "active", "", "active"},
		{"concern alone, as written", "suspended", "", "suspended"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i := bringDoc(t, sec("11450-4", "x", concernOf(tt.concern, problemOf("", `<low value="2010"/>`, tt.inside))), sec("48765-2", "x", concernOf(tt.concern, allergyOf("", tt.inside))))
			if c := one[*record.Condition](t, i); c.ClinicalStatus != tt.want {
				t.Errorf("problem: got %q, want %q", c.ClinicalStatus, tt.want)
			}
			if a := one[*record.AllergyIntolerance](t, i); a.ClinicalStatus != tt.want {
				t.Errorf("allergy: got %q, want %q", a.ClinicalStatus, tt.want)
			}
		})
	}
}

func TestHazard11HighPresentIsOver(t *testing.T) {
	for _, tt := range []struct {
		name, time, inside string
		abatement          record.When
		standing           record.Standing
	}{
		{"no high", `<low value="20100101"/>`, "", record.When{}, record.Current},
		{"dated high", `<low value="20100101"/><high value="20100210"/>`, "", record.When{Start: "2010-02-10"}, record.Past},
		{"unknown high", `<low value="20100101"/><high nullFlavor="UNK"/>`, "", record.When{Ended: true}, record.Past},
		{"high that does not apply", `<low value="20100101"/><high nullFlavor="NA"/>`, "", record.When{}, record.Current},
		{"dated high beside active", `<low value="20100101"/><high value="20100210"/>`, status("55561003"), record.When{Start: "2010-02-10"}, record.Past},
		{"dated high beside resolved", `<low value="20100101"/><high value="20100210"/>`, status("413322009"), record.When{Start: "2010-02-10"}, record.Past},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := one[*record.Condition](t, bringDoc(t, sec("11450-4", "x", concernOf("active", problemOf("", tt.time, tt.inside)))))
			if c.Abatement != tt.abatement || c.Summary().Standing != tt.standing || c.Onset.Start != "2010-01-01" {
				t.Errorf("got %+v %q, want %+v %q", c.Abatement, c.Summary().Standing, tt.abatement, tt.standing)
			}
		})
	}
}

// TestHazard40WordsCallItActive: an end without a date does not put a problem among
// the past ones that the signed words of its row call active; a dated end does, and
// so do words that say something else.
func TestHazard40WordsCallItActive(t *testing.T) {
	row := func(status string) string {
		return `<table><tbody><tr ID="p1"><td>Pneumonia</td><td>` + status + `</td></tr></tbody></table>`
	}
	unknown, dated := `<low value="20100101"/><high nullFlavor="UNK"/>`, `<low value="20100101"/><high value="20100210"/>`
	for _, tt := range []struct {
		name, words, time string
		want              record.Standing
	}{
		{"active", row("ACTIVE"), unknown, record.Current},
		{"not active", row("not active"), unknown, record.Past},
		{"inactive", row("Inactive"), unknown, record.Past},
		{"a dated end", row("Active"), dated, record.Past},
		{"words of another place", row("Active") + `<paragraph ID="p1x">Active</paragraph>`, unknown, record.Current},
		{"no row", `<paragraph ID="p1">Active</paragraph>`, unknown, record.Past},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i := bringDoc(t, sec("11450-4", tt.words, concernOf("active", problemOf("", tt.time, `<text><reference value="#p1"/></text>`))))
			c := one[*record.Condition](t, i)
			if got := c.Summary().Standing; got != tt.want || c.Abatement.Empty() {
				t.Errorf("got %s, end %+v, want %s", got, c.Abatement, tt.want)
			}
		})
	}
}

func TestHazard12CompletedIsNotStopped(t *testing.T) {
	for _, tt := range []struct {
		name, attrs, status, time string
		want                      record.Standing
	}{
		{"completed, no end", `moodCode="EVN"`, "completed", `<effectiveTime xsi:type="IVL_TS"><low value="20200101"/></effectiveTime>`, record.Uncertain},
		{"completed, ended", `moodCode="EVN"`, "completed", `<effectiveTime xsi:type="IVL_TS"><low value="20200101"/><high value="20200201"/></effectiveTime>`, record.Past},
		{"completed, ends later", `moodCode="EVN"`, "completed", `<effectiveTime xsi:type="IVL_TS"><low value="20200101"/><high value="20301231"/></effectiveTime>`, record.Uncertain},
		{"completed, end unknown", `moodCode="EVN"`, "completed", `<effectiveTime xsi:type="IVL_TS"><low value="20200101"/><high nullFlavor="UNK"/></effectiveTime>`, record.Uncertain},
		{"active", `moodCode="EVN"`, "active", `<effectiveTime xsi:type="IVL_TS"><low value="20200101"/></effectiveTime>`, record.Current},
		{"ordered and active", `moodCode="INT"`, "active", "", record.Current},
		{"aborted", `moodCode="EVN"`, "aborted", "", record.Past},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := one[*record.MedicationStatement](t, bringDoc(t, sec("10160-0", "x", medicationOf(tt.attrs, tt.status, tt.time, ""))))
			if m.Status != "" || m.ActStatus != tt.status || m.DateAsserted != "2021-03-04" {
				t.Errorf("got status %q, act status %q, asserted %q", m.Status, m.ActStatus, m.DateAsserted)
			}
			if got := m.Summary().Standing; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestHazard14PlannedIsNotTaken(t *testing.T) {
	i := bringDoc(t, sec("18776-5", "x", medicationOf(`moodCode="INT"`, "active", "", "")), sec("10160-0", "x", medicationOf(`moodCode="PRP"`, "active", "", "")))
	for _, m := range of[*record.MedicationStatement](i) {
		if m.Summary().Standing != record.Intended {
			t.Errorf("intent %q: got %q, want intended", m.Intent, m.Summary().Standing)
		}
	}
	if c := one[*record.CarePlan](t, bringDoc(t, sec("47519-4", "x", `<procedure classCode="PROC" moodCode="RQO"><code code="1" displayName="Colonoscopy"/><statusCode code="active"/></procedure>`))); c.Summary().Standing != record.Intended {
		t.Errorf("an ordered procedure: got %q", c.Summary().Standing)
	}
}

func TestHazard15RepeatNumber(t *testing.T) {
	for fills, want := range map[string]string{"1": "0", "3": "2", "12": "11", "0": "", "x": ""} {
		m := one[*record.MedicationStatement](t, bringDoc(t, sec("10160-0", "x", medicationOf(`moodCode="INT"`, "active", "", `<entryRelationship typeCode="REFR"><supply classCode="SPLY" moodCode="INT"><repeatNumber value="`+fills+`"/><quantity value="30"/></supply></entryRelationship>`))))
		if m.RepeatsAllowed != want || m.Quantity.Value != "30" {
			t.Errorf("%s fills: got %q repeats, want %q", fills, m.RepeatsAllowed, want)
		}
	}
}

func TestHazard16TimingWords(t *testing.T) {
	for _, tt := range []struct{ name, time, want string }{
		{"period", `<effectiveTime xsi:type="PIVL_TS" operator="A"><period value="6" unit="h"/></effectiveTime>`, "every 6 hours"},
		{"times a day", `<effectiveTime xsi:type="PIVL_TS" institutionSpecified="true"><period value="8" unit="h"/></effectiveTime>`, "3 times a day"},
		{"once a day", `<effectiveTime xsi:type="PIVL_TS" institutionSpecified="true"><period value="1" unit="d"/></effectiveTime>`, "once a day"},
		{"odd period", `<effectiveTime xsi:type="PIVL_TS" institutionSpecified="true"><period value="7" unit="h"/></effectiveTime>`, "every 7 hours"},
		{"decimal", `<effectiveTime xsi:type="PIVL_TS"><period value="0.5" unit="h"/></effectiveTime>`, "every 0.5 hours"},
		{"range", `<effectiveTime xsi:type="PIVL_TS"><period xsi:type="IVL_PQ"><low value="4" unit="h"/><high value="6" unit="h"/></period></effectiveTime>`, "every 4 to 6 hours"},
		{"from a day on", `<effectiveTime xsi:type="PIVL_TS"><phase><low value="20121102"/></phase><period value="2" unit="d"/></effectiveTime>`, "every 2 days, starting 2 November 2012"},
		{"bedtime", `<effectiveTime xsi:type="EIVL_TS"><event code="HS"/></effectiveTime>`, "at bedtime"},
		{"before breakfast", `<effectiveTime xsi:type="EIVL_TS"><event code="ACM"/><offset><low value="30" unit="min"/></offset></effectiveTime>`, "before breakfast, offset 30 minutes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := one[*record.MedicationStatement](t, bringDoc(t, sec("10160-0", `<content ID="sig">take it with water</content>`, medicationOf(`moodCode="EVN"`, "active", `<text><reference value="#sig"/></text><effectiveTime xsi:type="IVL_TS"><low value="20200101"/></effectiveTime>`+tt.time, ""))))
			if d := m.Dosage[0]; d.Timing != tt.want || d.String() != "take it with water" || m.Effective.Start != "2020-01-01" {
				t.Errorf("got %q, shown %q, want %q", d.Timing, d.String(), tt.want)
			}
		})
	}
}

func TestHazard17DoseWithoutUnit(t *testing.T) {
	m := one[*record.MedicationStatement](t, bringDoc(t, sec("10160-0", "x", medicationOf(`moodCode="EVN"`, "active", `<doseQuantity value="1"/>`, ""))))
	if d := m.Dosage[0]; d.Dose != (record.Quantity{Value: "1"}) || d.String() != "1 (unit not given)" {
		t.Errorf("got %+v", d)
	}
}

func TestHazard18To23Values(t *testing.T) {
	for _, tt := range []struct{ name, value, number, unit string }{
		{"PQ keeps its digits", `<value xsi:type="PQ" value="0.010" unit="mmol/L"/>`, "0.010", "mmol/L"},
		{"ST comparator", `<value xsi:type="ST">&lt;0.01</value>`, "<0.01", ""},
		{"IVL_PQ high", `<value xsi:type="IVL_PQ"><high value="5" unit="mg"/></value>`, "<=5", "mg"},
		{"IVL_PQ high exclusive", `<value xsi:type="IVL_PQ"><high value="5" unit="mg" inclusive="false"/></value>`, "<5", "mg"},
		{"IVL_PQ low", `<value xsi:type="IVL_PQ"><low value="5" unit="mg"/></value>`, ">=5", "mg"},
		{"IVL_PQ low exclusive", `<value xsi:type="IVL_PQ"><low value="5" unit="mg" inclusive="false"/></value>`, ">5", "mg"},
		{"IVL_PQ both", `<value xsi:type="IVL_PQ"><low value="1" unit="mg"/><high value="5" unit="mg"/></value>`, "1 to 5 mg", ""},
		{"IVL_PQ open low", `<value xsi:type="IVL_PQ"><low nullFlavor="NINF"/><high value="5" unit="mg"/></value>`, "<=5", "mg"},
		{"REAL", `<value xsi:type="REAL" value="7.40"/>`, "7.40", ""},
		{"INT", `<value xsi:type="INT" value="12"/>`, "12", ""},
		{"BL", `<value xsi:type="BL" value="false"/>`, "no", ""},
		{"CD", `<value xsi:type="CD" code="1" displayName="Positive"/>`, "Positive", ""},
		{"CO text wins", `<value xsi:type="CO" code="1" displayName="Two"><originalText>two plus</originalText></value>`, "two plus", ""},
		{"ED", `<value xsi:type="ED"><reference value="#r1"/></value>`, "seen in the text", ""},
		{"TS", `<value xsi:type="TS" value="20200229"/>`, "29 February 2020", ""},
		{"RTO", `<value xsi:type="RTO"><numerator xsi:type="INT" value="1"/><denominator xsi:type="INT" value="128"/></value>`, "1 : 128", ""},
		{"comma", `<value xsi:type="PQ" value="4,1" unit="mmol/L"/>`, "4,1 mmol/L", ""},
		{"not a number", `<value xsi:type="PQ" value="NaN"/>`, "NaN", ""},
		{"unit 1", `<value xsi:type="PQ" value="4.1" unit="1"/>`, "4.1", ""},
		{"no unit", `<value xsi:type="PQ" value="4.1"/>`, "4.1", ""},
		{"null", `<value xsi:type="PQ" nullFlavor="NASK"/>`, "no value: not asked", ""},
		{"no type", `<value value="4.1" unit="mg"/>`, "4.1 mg", ""},
		{"foreign type", `<value xmlns:q="urn:q" xsi:type="q:PQ" value="4.1" unit="mg"/>`, "4.1 mg", ""},
		{"base64 text", `<value xsi:type="ED" mediaType="text/plain" representation="B64">aGVsbG8=</value>`, "hello", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := one[*record.Observation](t, bringDoc(t, sec("30954-2", `<content ID="r1">seen in the text</content>`, batteryOf(resultOf(tt.value, "")))))
			if s := o.Summary(); s.Value != tt.number || s.Unit != tt.unit {
				t.Errorf("got %q %q, want %q %q", s.Value, s.Unit, tt.number, tt.unit)
			}
			if !o.Value.Empty() && !o.DataAbsentReason.Empty() {
				t.Error("both a value and a reason for none")
			}
		})
	}
}

func TestHazard21WrongUnitIsNoCode(t *testing.T) {
	for unit, ucum := range map[string]bool{"10*3/uL": true, "mmol/L": true, "K/uL": false, "mcg/L": false, "MG/DL": false, "mm Hg": false, "mm[Hg]": true} {
		o := one[*record.Observation](t, bringDoc(t, sec("30954-2", "x", batteryOf(resultOf(`<value xsi:type="PQ" value="1" unit="`+unit+`"/>`, "")))))
		if q := o.Value.Quantity; q.Unit != unit || (q.Code == unit) != ucum {
			t.Errorf("%s: got %+v", unit, q)
		}
	}
}

func TestHazard27FlagIsTheSenders(t *testing.T) {
	o := one[*record.Observation](t, bringDoc(t, sec("30954-2", "x", batteryOf(resultOf(`<value xsi:type="PQ" value="9" unit="mmol/L"/>`, `<interpretationCode code="HH" codeSystem="2.16.840.1.113883.5.83"/><interpretationCode nullFlavor="NI"/>`)))))
	if len(o.Interpretation) != 1 || o.Interpretation[0].String() != "Critical high" {
		t.Errorf("got %v", o.Interpretation)
	}
}

func TestHazard28OnlyNIsNormal(t *testing.T) {
	rng := func(inside string) string {
		return "<referenceRange><observationRange>" + inside + "</observationRange></referenceRange>"
	}
	o := one[*record.Observation](t, bringDoc(t, sec("30954-2", "x", batteryOf(resultOf(`<value xsi:type="PQ" value="9"/>`,
		rng(`<value xsi:type="IVL_PQ"><low value="6.0"/></value><interpretationCode code="HH" codeSystem="2.16.840.1.113883.5.83"/>`)+
			rng(`<text>adults: up to 5</text>`)+
			rng(`<value xsi:type="IVL_PQ"><low value="3.50"/><high value="5.1"/></value><interpretationCode code="N" codeSystem="2.16.840.1.113883.5.83"/>`))))))
	var got []string
	for _, r := range o.ReferenceRange {
		got = append(got, r.String())
	}
	if s := strings.Join(got, "|"); s != "3.50 to 5.1|at least 6.0 (Critical high)|adults: up to 5" {
		t.Errorf("got %s", s)
	}
}

func TestHazard30OtherSubject(t *testing.T) {
	o := one[*record.Observation](t, bringDoc(t, sec("30954-2", "x", batteryOf(resultOf(`<value xsi:type="PQ" value="9"/>`, `<subject><relatedSubject classCode="PRS"><code code="CHILD" displayName="fetus"/></relatedSubject></subject>`)))))
	if s := o.Summary(); len(o.Focus) != 1 || s.Standing == record.Current {
		t.Errorf("got %+v", s)
	}
}

func TestHazard31FamilyIsNotThePatient(t *testing.T) {
	i := bringDoc(t, sec("10157-6", "x",
		`<organizer classCode="CLUSTER" moodCode="EVN"><statusCode code="completed"/><subject><relatedSubject classCode="PRS"><code code="FTH" codeSystem="2.16.840.1.113883.5.111" displayName="father"/></relatedSubject></subject>
<component>`+problemOf("", "", `<entryRelationship typeCode="SUBJ" inversionInd="true"><observation classCode="OBS" moodCode="EVN"><code code="445518008" codeSystem="2.16.840.1.113883.6.96"/><value xsi:type="PQ" value="57" unit="a"/></observation></entryRelationship>`)+`</component></organizer>`,
		problemOf("", "", "")))
	if n := len(of[*record.Condition](i)); n != 0 {
		t.Errorf("got %d problems of the patient, want none", n)
	}
	all := of[*record.FamilyMemberHistory](i)
	if len(all) != 2 || all[0].Relationship.String() != "father" || all[0].Condition[0].Onset.Text != "age 57 years" {
		t.Errorf("got %s", asJSON(t, all))
	}
}

func TestPrimaryCareProvider(t *testing.T) {
	performer := func(function, name string) string {
		return `<performer typeCode="PRF"><functionCode code="` + function + `"/><assignedEntity><assignedPerson><name>` + name + `</name></assignedPerson></assignedEntity></performer>`
	}
	doc := strings.Replace(string(document()), "<component>", `<documentationOf><serviceEvent classCode="PCPR">`+performer("PCP", "Dr. Own")+performer("ATTPHYS", "Dr. Other")+performer("PCP", "Dr. Own")+`</serviceEvent></documentationOf><component>`, 1)
	if got := one[*record.Patient](t, bring(t, "x.xml", []byte(doc))).GeneralPractitioner; !slices.Equal(got, []string{"Dr. Own"}) {
		t.Errorf("got %v", got)
	}
}

func TestHazard32TwoPatientsAreHeld(t *testing.T) {
	doc := strings.Replace(string(document()), "<author>", `<recordTarget><patientRole><id root="9.9" extension="2"/><patient><name><given>Bob</given><family>Other</family></name></patient></patientRole></recordTarget><author>`, 1)
	if i := bring(t, "two.xml", []byte(doc)); !i.held {
		t.Error("was not held")
	}
}

func TestHazard35And36Dates(t *testing.T) {
	p := one[*record.Patient](t, bringDoc(t))
	if p.BirthDate != "1961-04-03" {
		t.Errorf("birth date: got %s", p.BirthDate)
	}
	for _, tt := range []struct {
		value string
		want  record.When
	}{
		{"2013", record.When{Start: "2013"}},
		{"201305", record.When{Start: "2013-05"}},
		{"20130531", record.When{Start: "2013-05-31"}},
		{"201308151030-0800", record.When{Start: "2013-08-15T10:30-08:00"}},
		{"201308151030", record.When{Start: "2013-08-15T10:30"}},
		{"20130815103005.250+0100", record.When{Start: "2013-08-15T10:30:05.250+01:00"}},
		{"201308151030-08", record.When{Start: "2013-08-15T10:30-08:00"}},
		{"201308151030-0", record.When{Start: "2013-08-15T10:30"}},
		{"20130531-0500", record.When{Start: "2013-05-31"}},
		{"2013081510", record.When{Start: "2013-08-15"}},
		{"2013-05-31", record.When{Start: "2013-05-31"}},
		{"20130230", record.When{Text: "20130230"}},
		{"20131301", record.When{Text: "20131301"}},
		{"yesterday", record.When{Text: "yesterday"}},
		{"201", record.When{Text: "201"}},
	} {
		c := one[*record.Condition](t, bringDoc(t, sec("11450-4", "x", concernOf("active", problemOf("", `<low value="`+tt.value+`"/>`, "")))))
		if c.Onset != tt.want {
			t.Errorf("%s: got %+v, want %+v", tt.value, c.Onset, tt.want)
		}
	}
}

func TestHazard41SeverityIsNoCriticality(t *testing.T) {
	sev := func(code string) string {
		return `<entryRelationship typeCode="SUBJ" inversionInd="true"><observation classCode="OBS" moodCode="EVN"><code code="SEV" codeSystem="2.16.840.1.113883.5.4"/><value xsi:type="CD" code="` + code + `" codeSystem="2.16.840.1.113883.6.96"/></observation></entryRelationship>`
	}
	reaction := func(inside string) string {
		return `<entryRelationship typeCode="MFST" inversionInd="true"><observation classCode="OBS" moodCode="EVN"><code code="ASSERTION"/><value xsi:type="CD" code="247472004" codeSystem="2.16.840.1.113883.6.96" displayName="Hives"/>` + inside + `</observation></entryRelationship>`
	}
	for _, tt := range []struct{ name, inside, reactions, note string }{
		{"of the allergy, one reaction", reaction("") + sev("24484000"), "Hives (severe)", ""},
		{"of the reaction", reaction(sev("6736007")), "Hives (moderate)", ""},
		{"of both, different", reaction(sev("6736007")) + sev("24484000"), "Hives (moderate); severity in the source: severe", "severity in the source: severe"},
		{"no reaction", sev("24484000"), "severity in the source: severe", "severity in the source: severe"},
	} {
		a := one[*record.AllergyIntolerance](t, bringDoc(t, sec("48765-2", "x", concernOf("active", allergyOf("", tt.inside)))))
		if a.Criticality != "" || a.Summary().Value != tt.reactions || strings.Join(a.Note, "") != tt.note {
			t.Errorf("%s: got criticality %q, reactions %q, notes %q", tt.name, a.Criticality, a.Summary().Value, a.Note)
		}
	}
	crit := `<entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN"><code code="82606-5" codeSystem="2.16.840.1.113883.6.1"/><value xsi:type="CD" code="CRITH" codeSystem="2.16.840.1.113883.5.1063"/></observation></entryRelationship>`
	if a := one[*record.AllergyIntolerance](t, bringDoc(t, sec("48765-2", "x", concernOf("active", allergyOf("", crit))))); a.Criticality != "high" {
		t.Errorf("criticality observation: got %q", a.Criticality)
	}
}

func TestHazard42TypeAndAbatement(t *testing.T) {
	a := one[*record.AllergyIntolerance](t, bringDoc(t, sec("48765-2", "x", concernOf("active", allergyOf("", `<effectiveTime><low value="2001"/><high value="2010"/></effectiveTime>`)))))
	if a.Type != "allergy" || a.Category[0] != "medication" || a.Onset.Start != "2001" || a.Abatement.Start != "2010" || a.ClinicalStatus == "active" {
		t.Errorf("got %s", asJSON(t, a))
	}
}

func TestHazard44OriginalTextFirst(t *testing.T) {
	c := one[*record.Condition](t, bringDoc(t, sec("11450-4", `<content ID="p1">chest infection, left</content>`, concernOf("active",
		`<observation classCode="OBS" moodCode="EVN"><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><value xsi:type="CD" nullFlavor="OTH"><originalText><reference value="#p1"/></originalText><translation code="J18.9" codeSystem="2.16.840.1.113883.6.90" displayName="Pneumonia"/><translation code="x1" codeSystem="1.2.3.4.99"/></value></observation>`))))
	want := record.Concept{Text: "chest infection, left", Coding: []record.Coding{{System: record.ICD10CM, Code: "J18.9", Display: "Pneumonia"}, {System: "urn:oid:1.2.3.4.99", Code: "x1"}}}
	if asJSON(t, c.Code) != asJSON(t, want) {
		t.Errorf("got %s", asJSON(t, c.Code))
	}
}

func TestHazard49Asserter(t *testing.T) {
	author := func(inside string) string {
		return "<author><time value=\"2021\"/><assignedAuthor>" + inside + "</assignedAuthor></author>"
	}
	for _, tt := range []struct {
		name, inside string
		by           record.Asserter
		who          string
	}{
		{"from the document", "", record.ByOrganisation, "Dr. Ann Author, Example Clinic"},
		{"own author", author(`<id root="1.1" extension="b"/><assignedPerson><name>Ben Nurse</name></assignedPerson>`), record.ByOrganisation, "Ben Nurse"},
		{"the patient by identifier", author(`<id root="1.2.3.4.5" extension="MRN1"/><assignedPerson><name>Ada Testperson</name></assignedPerson>`), record.ByPatient, "Ada Testperson"},
		{"a device", author(`<id root="1.1" extension="c"/><assignedAuthoringDevice><manufacturerModelName>Meter 1</manufacturerModelName></assignedAuthoringDevice>`), record.ByDevice, "Meter 1"},
		{"a relative told it", `<informant><relatedEntity classCode="PRS"><relatedPerson><name>Cy</name></relatedPerson></relatedEntity></informant>`, record.ByPatient, "Dr. Ann Author, Example Clinic"},
		{"nameless author", author(`<id nullFlavor="NI"/>`), record.ByOrganisation, "Dr. Ann Author, Example Clinic"},
	} {
		i := bringDoc(t, sec("48765-2", "x", concernOf("active", allergyOf("", tt.inside))))
		for _, r := range i.records {
			if r.Resource.Kind() != record.KindAllergyIntolerance {
				continue
			}
			if s := r.Source(); s.Asserter != tt.by || s.Author != tt.who || s.System != "Example Hospital" {
				t.Errorf("%s: got %q %q of %q", tt.name, s.Author, s.Asserter, s.System)
			}
		}
	}
}

func TestHazard50Confidentiality(t *testing.T) {
	restricted := strings.Replace(sec("11450-4", "x", concernOf("active", problemOf("", "", ""))), "<title>", `<confidentialityCode code="R" codeSystem="2.16.840.1.113883.5.25"/><title>`, 1)
	i := bringDoc(t, restricted, sec("48765-2", "Penicillin", concernOf("active", allergyOf("", ""))))
	for _, r := range i.records {
		want := r.Resource.Kind() == record.KindCondition
		if got := len(r.Source().Security) > 0; got != want {
			t.Errorf("%s: labelled %v, want %v", r.Resource.Kind(), got, want)
		}
	}
	if d := documentOf(t, i); !d.Section[0].Withheld || d.Section[1].Withheld {
		t.Error("the section's label was lost or spread")
	}
}
