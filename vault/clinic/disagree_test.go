package clinic_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// from is a record as one file states it, under an issuer's identifier if there
// is one.
func from(file, id, identifier string, res record.Resource) record.Record {
	p := record.Provenance{Original: record.Hash(file), Author: "Dr. Example", Asserter: record.ByOrganisation}
	if identifier != "" {
		p.Identifiers = []record.Identifier{{System: "urn:oid:1.2.3", Value: identifier}}
	}
	return record.Record{ID: record.ID(id), Resource: res, Provenance: []record.Provenance{p}}
}

// saying adds a source that says something else.
func saying(r record.Record, file string, res record.Resource) record.Record {
	r.Provenance = append(r.Provenance, record.Provenance{Original: record.Hash(file), Said: res})
	return r
}

func creatinine(value, unit, at string) *record.Observation {
	return &record.Observation{Status: "final", Code: coded("Creatinine", record.LOINC, "2160-0"), Value: record.Value{Quantity: record.Quantity{Value: value, Unit: unit}}, Effective: record.At(record.Date(at))}
}

func described(ds []clinic.Disagreement) string {
	var out []string
	for _, d := range ds {
		var sides []string
		for _, s := range d.Sides {
			sides = append(sides, fmt.Sprintf("%s*%d", s.Words, len(s.By)))
		}
		out = append(out, fmt.Sprintf("%s: %s of %s: %s", d.Section, d.About, d.Title, strings.Join(sides, " or ")))
	}
	return strings.Join(out, "\n")
}

func TestDisagreements(t *testing.T) {
	noneKnown := &record.AllergyIntolerance{ClinicalStatus: "active", Code: coded("No known allergy", record.SNOMED, "716186003")}
	problem := func(status string, onset record.Date) *record.Condition {
		return &record.Condition{ClinicalStatus: status, Code: text("Asthma"), Onset: record.At(onset)}
	}
	blood := func(value, code string) *record.Observation {
		return &record.Observation{Status: "final", Code: coded("Blood group", record.LOINC, code), Value: record.Value{Text: value}}
	}
	tests := map[string]struct {
		records []record.Record
		want    string
	}{
		"nothing":                        {nil, ""},
		"a denial and a name":            {[]record.Record{from("a", "1", "", noneKnown), from("b", "2", "", &record.AllergyIntolerance{ClinicalStatus: "active", Code: text("Penicillin")})}, "allergies: Whether there are any of Allergies: none are known*1 or Penicillin*1"},
		"a narrow denial and another":    {[]record.Record{from("a", "1", "", &record.AllergyIntolerance{Code: text("NKDA")}), from("b", "2", "", &record.AllergyIntolerance{ClinicalStatus: "active", Code: text("Peanut"), Category: []string{"food"}})}, ""},
		"an empty section and a name":    {[]record.Record{document("1", "Summary", "2024", record.Section{Code: loinc("11450-4"), EmptyReason: "nilknown"}), from("b", "2", "", problem("active", "2019"))}, "problems: Whether there are any of Problems: none are known*1 or Asthma*1"},
		"no information is no denial":    {[]record.Record{document("1", "Summary", "2024", record.Section{Code: loinc("11450-4"), EmptyReason: "NI"}), from("b", "2", "", problem("active", "2019"))}, ""},
		"one identifier, two standings":  {[]record.Record{from("a", "1", "x", problem("active", "2019")), from("b", "2", "x", problem("resolved", "2019"))}, "problems: Status of Asthma: current*1 or past*1"},
		"one identifier, two onsets":     {[]record.Record{from("a", "1", "x", problem("active", "2019-03-05")), from("b", "2", "x", problem("active", "2018"))}, "problems: Since of Asthma: 2018*1 or 5 March 2019*1"},
		"less precise is no other":       {[]record.Record{from("a", "1", "x", problem("active", "2019-03-05")), from("b", "2", "x", problem("active", "2019"))}, ""},
		"a year is no bridge":            {[]record.Record{from("a", "1", "x", problem("active", "2019")), from("b", "2", "x", problem("active", "2019-03-05")), from("c", "3", "x", problem("active", "2019-03-06"))}, "problems: Since of Asthma: 6 March 2019*2 or 5 March 2019*1"},
		"one identifier, two subjects":   {[]record.Record{from("a", "1", "x", problem("active", "2019")), from("b", "2", "x", &record.Condition{ClinicalStatus: "resolved", Code: text("Gout")})}, ""},
		"one record, two sources":        {[]record.Record{saying(from("a", "1", "x", problem("active", "2019-03-05")), "b", problem("active", "2019-04-05"))}, "problems: Since of Asthma: 5 April 2019*1 or 5 March 2019*1"},
		"other words alone":              {[]record.Record{saying(from("a", "1", "x", problem("active", "2019")), "b", &record.Condition{ClinicalStatus: "active", Code: coded("Asthma, unspecified", record.SNOMED, "195967001"), Onset: record.At("2019")})}, ""},
		"one result, two values":         {[]record.Record{from("a", "1", "", creatinine("1.18", "mg/dL", "2021-06-17T08:30")), from("b", "2", "", creatinine("1.20", "mg/dL", "2021-06-17T08:30"))}, "results: Value of Creatinine: 1.18 mg/dL*1 or 1.20 mg/dL*1"},
		"one number, two spellings":      {[]record.Record{from("a", "1", "", creatinine("1.2", "mg/dL", "2021-06-17T08:30")), from("b", "2", "", creatinine("1.20", "mg/dL", "2021-06-17T08:30"))}, ""},
		"two units are not compared":     {[]record.Record{from("a", "1", "", creatinine("1.18", "mg/dL", "2021-06-17T08:30")), from("b", "2", "", creatinine("104", "umol/L", "2021-06-17T08:30"))}, ""},
		"two values of one file are two": {[]record.Record{from("a", "1", "", creatinine("1.18", "mg/dL", "2021-06-17T08:30")), from("a", "2", "", creatinine("1.20", "mg/dL", "2021-06-17T08:30"))}, ""},
		"one day is not one time":        {[]record.Record{from("a", "1", "", creatinine("1.18", "mg/dL", "2021-06-17")), from("b", "2", "", creatinine("1.20", "mg/dL", "2021-06-17"))}, ""},
		"midnight is no time":            {[]record.Record{from("a", "1", "", creatinine("1.18", "mg/dL", "2021-06-17T00:00")), from("b", "2", "", creatinine("1.20", "mg/dL", "2021-06-17T00:00"))}, ""},
		"comparator": {[]record.Record{from("a", "1", "", creatinine("0.5", "mg/dL", "2021-06-17T08:30")), from("b", "2", "", &record.Observation{
			Status: "final", Code: coded("Creatinine", record.LOINC, "2160-0"), Effective: record.At("2021-06-17T08:30"),
			Value: record.Value{Quantity: record.Quantity{Comparator: record.Less, Value: "0.5", Unit: "mg/dL"}},
		})}, "results: Value of Creatinine: 0.5 mg/dL*1 or <0.5 mg/dL*1"},
		"birth dates":          {[]record.Record{from("a", "1", "", &record.Patient{BirthDate: "1958-03-14", Gender: "female"}), from("b", "2", "", &record.Patient{BirthDate: "1958-03-15", Gender: "female"}), from("c", "3", "", &record.Patient{BirthDate: "1958-03-14"})}, "person: Birth date of A person without a name in the file: 14 March 1958*2 or 15 March 1958*1"},
		"sexes":                {[]record.Record{from("a", "1", "", &record.Patient{Gender: "female"}), from("b", "2", "", &record.Patient{Gender: "male"}), from("c", "3", "", &record.Patient{Gender: "unknown"})}, "person: Sex of A person without a name in the file: female*1 or male*1"},
		"blood groups":         {[]record.Record{from("a", "1", "", blood("A Rh(D) positive", "882-1")), from("b", "2", "", blood("0 neg", "882-1")), from("c", "3", "", blood("Group A", "883-9")), from("d", "4", "", blood("see report", "882-1"))}, "person: ABO group of Blood group: A*2 or O*1\nperson: Rh group of Blood group: negative*1 or positive*1"},
		"blood groups alike":   {[]record.Record{from("a", "1", "", blood("AB+", "882-1")), from("b", "2", "", blood("Blood group AB, Rh positive", "882-1")), from("c", "3", "", blood("Positive", "10331-7"))}, ""},
		"withdrawn has no say": {[]record.Record{from("a", "1", "x", problem("active", "2019-03-05")), from("b", "2", "x", &record.Condition{ClinicalStatus: "active", VerificationStatus: "entered-in-error", Code: text("Asthma"), Onset: record.At("2001")})}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := described(clinic.Disagreements(summarise(tt.records...))); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

func TestDisagreementWords(t *testing.T) {
	ds := clinic.Disagreements(summarise(from("a", "1", "", creatinine("1.18", "mg/dL", "2021-06-17T08:30")), from("b", "2", "", creatinine("1.20", "mg/dL", "2021-06-17T08:30"))))
	if want := "Creatinine: sources differ. Value: “1.18 mg/dL”; “1.20 mg/dL”."; len(ds) != 1 || ds[0].Words() != want {
		t.Errorf("got %v, want %s", ds, want)
	}
	if got := fmt.Sprint(ds[0].Records()); got != "[1 2]" {
		t.Errorf("records: %s", got)
	}
}

// many are records of every kind, some of them joined by identifiers and by
// sources that say something else.
func many() []record.Record {
	all := some()
	for n := range all {
		if n%3 == 0 {
			all[n].Provenance[0].Identifiers = []record.Identifier{{System: "urn:oid:1.2.3", Value: fmt.Sprint(n % 17)}}
		}
		if n%5 == 0 && n+40 < len(all) && all[n+40].Resource.Kind() == all[n].Resource.Kind() {
			all[n].Provenance = append(all[n].Provenance, record.Provenance{Said: all[n+40].Resource})
		}
		all[n].Provenance[0].Original = record.Hash(fmt.Sprint(n % 4))
	}
	return all
}

// TestSidesNeverRepeat: a statement stands on one side, and no side is empty.
func TestSidesNeverRepeat(t *testing.T) {
	ds := clinic.Disagreements(summarise(many()...))
	if len(ds) == 0 {
		t.Fatal("nothing disagrees")
	}
	told := map[string]bool{}
	for _, d := range ds {
		if len(d.Sides) < 2 || len(d.Records()) == 0 {
			t.Errorf("%s %s: %d sides", d.Section, d.About, len(d.Sides))
		}
		for _, s := range d.Sides {
			if len(s.By) == 0 || s.Words == "" {
				t.Errorf("%s %s: an empty side", d.Section, d.About)
			}
		}
		key := fmt.Sprint(d.Section, d.Title, d.About, d.Records())
		if told[key] {
			t.Errorf("told twice: %s", key)
		}
		told[key] = true
	}
}
