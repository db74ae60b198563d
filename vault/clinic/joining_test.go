package clinic_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// called is a result under words of its own.
func called(id, at, value, words string) record.Record {
	r := lab(id, at, value, "mg/dL")
	r.Resource.(*record.Observation).Code = text(words)
	return r
}

// same and other let the patient say it of two records, as entry.Join and Part do.
func same(a, b *record.Record) { say(a, b, record.SayJoin) }

func other(a, b *record.Record) { say(a, b, record.SayPart) }

func say(a, b *record.Record, what record.Saying) {
	a.Overlay = a.Overlay.With(record.Remark{Say: what, With: b.ID})
	b.Overlay = b.Overlay.With(record.Remark{Say: what, With: a.ID})
}

// rows are the tests by the records that stand in them.
func rows(s clinic.Summary) string {
	var out []string
	for _, t := range slices.Concat(s.Results, s.Vitals) {
		var ids []string
		for _, l := range t.Points {
			ids = append(ids, string(l.ID))
		}
		slices.Sort(ids)
		out = append(out, strings.Join(ids, ""))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// TestOneTestAcrossLaboratories: joined by LOINC or what the patient says, and by
// nothing that merely looks alike.
func TestOneTestAcrossLaboratories(t *testing.T) {
	coded := func(id, loinc string) record.Record {
		r := lab(id, "2024-01-01", "5", "mg/dL")
		r.Resource.(*record.Observation).Code = record.Concept{Text: "Sugar " + id, Coding: []record.Coding{{System: record.LOINC, Code: loinc}}}
		return r
	}
	local := func(id, words, code, specimen string) record.Record {
		r := called(id, "2024-01-01", "5", words)
		o := r.Resource.(*record.Observation)
		if code != "" {
			o.Code.Coding = []record.Coding{{System: "urn:oid:1.2.3", Code: code}}
		}
		o.Specimen = specimen
		return r
	}
	for name, c := range map[string]struct {
		records []record.Record
		say     func(r []record.Record)
		want    string
	}{
		"codes of one test":                      {[]record.Record{coded("a", "2345-7"), coded("b", "14749-6")}, nil, "ab"},
		"codes of two tests":                     {[]record.Record{coded("a", "2345-7"), coded("b", "2350-7")}, nil, "a b"},
		"a code and a name":                      {[]record.Record{coded("a", "2345-7"), called("b", "2024-01-01", "5", "Glucose")}, nil, "a b"},
		"the same words":                         {[]record.Record{called("a", "2024", "5", "Glucose"), called("b", "2024", "5", " GLUCOSE ")}, nil, "ab"},
		"words that are alike":                   {[]record.Record{called("a", "2024", "5", "Glucose"), called("b", "2024", "5", "Glucose, fasting")}, nil, "a b"},
		"one name, two codes of one laboratory":  {[]record.Record{local("a", "Glucose", "GLU", ""), local("b", "Glucose", "UGLU", "")}, nil, "a b"},
		"one name, two samples":                  {[]record.Record{local("a", "Glucose", "", "Serum"), local("b", "Glucose", "", "Urine")}, nil, "a b"},
		"one name, one sample":                   {[]record.Record{local("a", "Glucose", "", "Serum"), local("b", "Glucose", "", "")}, nil, "ab"},
		"a bare code of two systems":             {[]record.Record{bare("a", "urn:oid:1.1"), bare("b", "urn:oid:1.2")}, nil, "a b"},
		"a name is confirmed for all of a name":  {[]record.Record{coded("a", "2345-7"), called("b", "2024", "5", "Sugar"), called("c", "2024", "5", "sugar")}, func(r []record.Record) { same(&r[0], &r[1]) }, "abc"},
		"two names":                              {[]record.Record{called("a", "2024", "5", "Sugar"), called("b", "2024", "5", "Zucker")}, func(r []record.Record) { same(&r[0], &r[1]) }, "ab"},
		"one leaves its test":                    {[]record.Record{coded("a", "2345-7"), coded("b", "2345-7"), coded("c", "2345-7"), coded("d", "2345-7")}, func(r []record.Record) { other(&r[0], &r[1]) }, "a b cd"},
		"one leaves, and is put back":            {[]record.Record{coded("a", "2345-7"), coded("b", "2345-7"), coded("c", "2345-7")}, func(r []record.Record) { other(&r[0], &r[1]); same(&r[0], &r[2]) }, "ac b"},
		"parted ones never come together again":  {[]record.Record{called("a", "2024", "5", "A"), called("b", "2024", "5", "B"), called("c", "2024", "5", "C")}, func(r []record.Record) { same(&r[0], &r[1]); same(&r[1], &r[2]); other(&r[0], &r[2]) }, "a b c"},
		"what has no name is of no test at all":  {[]record.Record{called("a", "2024", "5", ""), called("b", "2024", "5", "")}, nil, "ab"},
		"withdrawn ones say nothing of the name": {[]record.Record{local("a", "Glucose", "", "Serum"), called("b", "2024", "5", "Glucose"), replaced(local("c", "Glucose", "", "Urine"), record.Withdrawn)}, nil, "ab"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.say != nil {
				c.say(c.records)
			}
			for range 4 {
				rand.Shuffle(len(c.records), func(i, j int) { c.records[i], c.records[j] = c.records[j], c.records[i] })
				if got := rows(summarise(c.records...)); got != c.want {
					t.Fatalf("got %s, want %s", got, c.want)
				}
			}
		})
	}
}

func bare(id, system string) record.Record {
	r := called(id, "2024", "5", "")
	r.Resource.(*record.Observation).Code = record.Concept{Coding: []record.Coding{{System: system, Code: "1001"}}}
	return r
}

// TestNamelessResultsHaveNoAxis: nothing says that they are of one test, so no line
// runs through them and no trend is told.
func TestNamelessResultsHaveNoAxis(t *testing.T) {
	var all []record.Record
	for n := range 6 {
		all = append(all, called(fmt.Sprint(n), fmt.Sprintf("202%d-01-01", n), fmt.Sprint(n), ""))
	}
	list := series(t, all...)
	if len(list) != 1 || len(list[0].Points) != 0 || len(list[0].Others) != 6 {
		t.Errorf("got %d series with %d points", len(list), len(list[0].Points))
	}
}

// TestConfirmedNameConverts: results that the patient joined to a code are read with
// what is known of its test, and only while that is one test.
func TestConfirmedNameConverts(t *testing.T) {
	a, b := lab("a", "2024-01-01", "90", "mg/dL"), called("b", "2024-02-01", "5", "Zucker")
	b.Resource.(*record.Observation).Value.Quantity = record.Quantity{Value: "5", Unit: "mmol/l"}
	same(&a, &b)
	list := series(t, a, b)
	if len(list) != 1 || len(list[0].Points) != 2 {
		t.Fatalf("got %d series", len(list))
	}
	c := lab("c", "2024-03-01", "1", "mg/dL")
	c.Resource.(*record.Observation).Code = coded("Creatinine", record.LOINC, "2160-0")
	same(&b, &c)
	for _, s := range series(t, a, b, c) {
		for i := range s.Points {
			if s.Points[i].Converted() && s.Points[i].Line.ID == "b" {
				t.Error("converted by the molar mass of one of two tests")
			}
		}
	}
}

// TestCalled: tests are found by their code or exact name, with what their parts are
// elsewhere, and never by likeness.
func TestCalled(t *testing.T) {
	alone := vital("s", "2024-01-01", "8480-6", "Systolic blood pressure", "118", "mm[Hg]")
	low := vital("d", "2024-01-01", "8462-4", "Diastolic blood pressure", "76", "mm[Hg]")
	s := summarise(pressure("bp", "2024-02-01", "120", "80"), alone, low, lab("g", "2024-01-01", "90", "mg/dL"))
	for words, want := range map[string]string{"85354-9": "bp d s", "blood  PRESSURE": "bp d s", "8480-6": "bp d s", "Glucose": "g", "2345-7": "g", "gluc": "", "": "", "1-8": ""} {
		found, alike := s.Called(words)
		var ids []string
		for _, x := range found {
			for _, l := range x.Points {
				ids = append(ids, string(l.ID))
			}
		}
		slices.Sort(ids)
		if got := strings.Join(ids, " "); got != want || (len(alike) > 0) != (words == "gluc") {
			t.Errorf("%q: got %s and %d alike, want %s", words, got, len(alike), want)
		}
	}
	found, _ := s.Called("85354-9")
	list := s.Series(found...)
	if len(list) != 2 || list[0].Part != clinic.Systolic || len(list[0].Points) != 2 || list[1].Part != clinic.Diastolic || len(list[1].Points) != 2 {
		t.Errorf("got %+v", list)
	}
}

func vital(id, at, loinc, words, value, unit string) record.Record {
	r := lab(id, at, value, unit)
	o := r.Resource.(*record.Observation)
	o.Code, o.Category = coded(words, record.LOINC, loinc), []record.Concept{coded("", "", record.VitalSigns)}
	return r
}

func pressure(id, at, systolic, diastolic string) record.Record {
	amount := func(code, v string) record.Component {
		return record.Component{Code: coded("", record.LOINC, code), Value: record.Value{Quantity: record.Quantity{Value: v, Unit: "mmHg", System: record.UCUM, Code: "mm[Hg]"}}}
	}
	return rec(id, &record.Observation{
		Status: "final", Code: coded("Blood pressure", record.LOINC, "85354-9"), Category: []record.Concept{coded("", "", record.VitalSigns)}, Effective: record.At(record.Date(at)),
		Component: []record.Component{amount("8462-4", diastolic), amount("8480-6", systolic)},
	})
}
