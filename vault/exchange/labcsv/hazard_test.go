package labcsv_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/labcsv"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestHazard17NoUnitIsInvented(t *testing.T) {
	for _, in := range []string{"Test,Value\nPotassium,4.1\n", "Date,Glucose\n2020-01-31,98\n", "Date,Time,Pulse,Weight (kg),Unit\n2020-01-31,07:00,61,,kg\n"} {
		if s := first(t, bring(t, in)).Summary(); s.Unit != "" {
			t.Errorf("got %q", s.Unit)
		}
	}
}

func TestHazard18Comparators(t *testing.T) {
	for in, want := range map[string]string{"<0.5": "<0.5", "< 0.5": "<0.5", "≤0.50": "<=0.50", ">=60": ">=60", "> 60": ">60"} {
		o := first(t, bring(t, "Test,Value,Unit\nx,"+in+",mg/L\n"))
		if got := o.Summary().Value; got != want || o.Value.Quantity.Unit != "mg/L" {
			t.Errorf("%s: got %q", in, got)
		}
	}
}

func TestHazard19DigitsAsWritten(t *testing.T) {
	for in, want := range map[string]string{"0.010": "0.010", "4.10": "4.10", "-0.5": "-0.5", "152.80": "152.80", "1e3": "1e3"} {
		if got := first(t, bring(t, "Test,Value\nx,"+in+"\ny,1.25\n")).Value.Quantity.Value; got != want {
			t.Errorf("%s: got %q", in, got)
		}
	}
}

// TestHazard20DecimalSign: a comma is a decimal sign only where the file leaves
// no doubt; else it is asked, and nothing is filed before.
func TestHazard20DecimalSign(t *testing.T) {
	for _, tt := range []struct{ name, in, answer, want string }{
		{"semicolons", "Test;Wert\nKalium;4,15\n", "", "Kalium: 4.15"},
		{"thousands or not", "Test;Wert\nKalium;4,150\n", "", "?"},
		{"thousands or not, comma", "Test;Wert\nKalium;4,150\n", "comma", "Kalium: 4.150"},
		{"thousands or not, point", "Test;Wert\nKalium;4,150\n", "point", "Kalium: 4,150"},
		{"in quotes", "Test,Value\nKalium,\"4,15\"\n", "", "?"},
		{"in quotes, comma", "Test,Value\nKalium,\"4,15\"\n", "comma", "Kalium: 4.15"},
		{"both signs", "Test;Wert\nKalium;4,15\nNatrium;140.5\n", "", "?"},
		{"points of thousands", "Test;Wert\nKalium;1.234\n", "", "?"},
		{"points", "Test;Wert\nKalium;1.2\n", "", "Kalium: 1.2"},
		{"thousands beside points", "Test,Value\nKalium,4.15\nThrombo,\"152,000\"\n", "", "Kalium: 4.15; Thrombo: 152,000"},
		{"whole", "Test;Wert\nNatrium;140\n", "", "Natrium: 140"},
		{"range decides", "Test;Wert;Referenzbereich\nNatrium;140;3,5-5,05\n", "", "Natrium: 140  3,5-5,05"},
		{"a list of numbers", "Test;Wert\nKalium;4,15\nx;1.234,5\n", "comma", "Kalium: 4.15; x: 1.234,5"},
		{"nonsense", "Test;Wert\nKalium;4,150\n", "semicolon", "refused"},
	} {
		b := bring(t, tt.in, labcsv.AskDecimal, tt.answer)
		check(t, tt.name, b, tt.want, labcsv.AskDecimal)
	}
}

// check holds an import against "?" (asked, nothing filed), "refused" or results.
func check(t *testing.T, name string, b brought, want, question string) {
	t.Helper()
	switch want {
	case "?":
		if len(b.questions) != 1 || b.questions[0].Name != question || len(b.questions[0].Choices) != 2 || b.questions[0].Source != "t.csv" || len(b.records) != 0 || b.report.Refused != 1 || !strings.Contains(b.report.Issues[0].Text, question) {
			t.Errorf("%s: got %+v, %+v", name, b.questions, b.report)
		}
	case "refused":
		if len(b.questions) != 0 || len(b.records) != 0 || b.report.Refused != 1 {
			t.Errorf("%s: got %+v", name, b.report)
		}
	default:
		if got := b.results(); got != want {
			t.Errorf("%s: got %q, want %q; %v", name, got, want, b.report.Issues)
		}
	}
}

// TestHazard37DayAndMonth: the order is what the file shows, or what was said.
func TestHazard37DayAndMonth(t *testing.T) {
	table := func(dates ...string) string {
		return "Date,Test,Value\n" + strings.Join(dates, ",x,1\n") + ",x,1\n"
	}
	for _, tt := range []struct{ name, in, answer, want string }{
		{"13 decides day", table("03/04/2020", "13/04/2020"), "", "2020-04-03"},
		{"13 decides month", table("03/04/2020", "04/13/2020"), "", "2020-03-04"},
		{"dots", table("03.04.2020", "23.04.2020"), "", "2020-04-03"},
		{"nothing decides", table("03/04/2020", "05/06/2020"), "", "?"},
		{"dots decide nothing", table("03.04.2020"), "", "?"},
		{"day said", table("03/04/2020"), "day-first", "2020-04-03"},
		{"month said", table("03/04/2020"), "month-first", "2020-03-04"},
		{"same number", table("04/04/2020"), "", "2020-04-04"},
		{"contradiction", table("13/04/2020", "04/13/2020"), "", "refused"},
		{"contradiction, said", table("13/04/2020", "04/13/2020"), "day-first", "refused"},
		{"said against the file", table("13/04/2020"), "month-first", "refused"},
		{"nonsense", table("03/04/2020"), "american", "refused"},
		{"ISO", table("2020-04-03"), "", "2020-04-03"},
		{"ISO with time", table("2020-04-03 07:30"), "", "2020-04-03T07:30"},
		{"year first", table("2020/04/03"), "", "2020-04-03"},
		{"month as a word", table("3 April 2020"), "", "2020-04-03"},
		{"month in German", table("3. März 2020"), "", "2020-03-03"},
		{"month in French", table("3 août 2020"), "", "2020-08-03"},
		{"month in Spanish", table("3 de enero de 2020"), "", "2020-01-03"},
		{"afternoon", table("04/13/2020 06:28 PM"), "", "2020-04-13T18:28"},
		{"two digits of a year", table("13/04/20"), "", "words"},
		{"no such day", table("31/02/2020", "13/04/2020"), "", "words"},
		{"words", table("last spring"), "", "words"},
	} {
		b := bring(t, tt.in, labcsv.AskDates, tt.answer)
		if tt.want == "?" || tt.want == "refused" {
			check(t, tt.name, b, tt.want, labcsv.AskDates)
			continue
		}
		w := first(t, b).Effective
		if tt.want == "words" && (w.Start != "" || w.Text == "") || tt.want != "words" && string(w.Start) != tt.want {
			t.Errorf("%s: got %+v, want %s", tt.name, w, tt.want)
		}
	}
}

func TestHazard21To22UnitsAsWritten(t *testing.T) {
	b := bring(t, "Test,Value,Unit\nWBC,3.6,K/uL\nGlucose,98,MG/DL\nGlucose,5.4,mmol/L\n")
	if got, want := b.results(), "WBC: 3.6 K/uL; Glucose: 98 MG/DL; Glucose: 5.4 mmol/L"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, r := range b.records {
		if o, ok := r.Resource.(*record.Observation); ok && o.Value.Quantity.Code != "" {
			t.Error("a unit that is not certain has a code")
		}
	}
}

func TestHazard23EmptyIsNotZero(t *testing.T) {
	o := first(t, bring(t, "Test,Value,Unit\nPotassium,,mmol/L\n"))
	if !o.Value.Empty() || o.DataAbsentReason.Empty() || strings.Contains(o.Summary().Value, "0") {
		t.Errorf("got %+v", o.Summary())
	}
}

func TestHazard24Status(t *testing.T) {
	for in, want := range map[string]string{"Preliminary": "preliminary", "final": "final", "Vorläufig": "preliminary", "": "", "Sonstiges": "sonstiges", "C": "corrected"} {
		if got := first(t, bring(t, "Test,Value,Status\nx,1,"+in+"\n")).Status; got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestHazard26WrongIsInError(t *testing.T) {
	for _, in := range []string{"W", "Deleted", "entered in error"} {
		if s := first(t, bring(t, "Test,Value,Status\nx,1,"+in+"\n")).Summary().Standing; s != record.InError {
			t.Errorf("%s: got %q", in, s)
		}
	}
}

func TestHazard27FlagIsTheSenders(t *testing.T) {
	b := bring(t, "Test,Value,Flag,Reference Range\na,9,HH,1-5\nb,9,,1-5\nc,9,+,1-5\nd,9,High,1-5\n")
	var got []string
	for _, r := range b.records {
		if o, ok := r.Resource.(*record.Observation); ok {
			s := o.Code.Text + "="
			for _, c := range o.Interpretation {
				s += c.String() + "/" + c.Code(record.InterpretationSystem)
			}
			got = append(got, s)
		}
	}
	if s, want := strings.Join(got, " "), "a=HH/HH b= c=+/ d=High/H"; s != want {
		t.Errorf("got %q, want %q", s, want)
	}
}

func TestHazard28Ranges(t *testing.T) {
	for _, tt := range []struct{ in, low, high string }{
		{"3.5-5.10", "3.5", "5.10"},
		{"3.5 – 5.1", "3.5", "5.1"},
		{"3.5 to 5.1", "3.5", "5.1"},
		{"(3.5-5.1)", "3.5", "5.1"},
		{"<5.1", "", "<5.1"},
		{">= 60", ">=60", ""},
		{"negative", "", ""},
		{"M 3-5; F 2-4", "", ""},
		{"see comment", "", ""},
		{"<1 or >5", "", "<1"},
	} {
		o := first(t, bring(t, "Test,Value,Unit,Reference Range\nx,1.25,mmol/L,\""+tt.in+"\"\n"))
		r := o.ReferenceRange[0]
		if tt.in == "<1 or >5" { // more than a bound: words alone
			tt.high = ""
		}
		if r.Text != tt.in || r.Low.Number() != tt.low || r.High.Number() != tt.high {
			t.Errorf("%q: got %q, %q to %q", tt.in, r.Text, r.Low.Number(), r.High.Number())
		}
	}
}

func TestHazard29PressureStaysTogether(t *testing.T) {
	b := bring(t, "Date,Systolic,Diastolic\n2020-01-31,120,80\n2020-02-01,130,\n")
	if got := b.results(); !strings.HasPrefix(got, "Blood pressure: 120/80; Blood pressure: ") {
		t.Errorf("got %q", got)
	}
}

func TestHazard38IssuedIsNotTheTime(t *testing.T) {
	o := first(t, bring(t, "Test,Value,Result Date\nx,1,2020-01-31\n"))
	if !o.Effective.Empty() || o.Issued != "2020-01-31" {
		t.Errorf("got %+v, %q", o.Effective, o.Issued)
	}
}

func TestHazard44CodeWithoutASystem(t *testing.T) {
	o := first(t, bring(t, "Test,Code,Value\nx,2823-3,1\n"))
	if o.Code.Coding[0].System != "" {
		t.Error("one code that looks like LOINC is none for sure")
	}
	o = first(t, bring(t, "Test,Code,Value\na,2823-3,1\nb,2951-2,1\nc,2345-7,1\nd,718-7,1\ne,4548-4,1\n"))
	if o.Code.Coding[0].System != record.LOINC {
		t.Error("a column of LOINC codes is not known")
	}
}

func TestHazard45OverlappingTables(t *testing.T) {
	b := bring(t, "Date,Test,Value\n2020-01-31,x,1\n2020-01-31,x,1\n")
	if b.report.Filed != 1 || b.report.Duplicate != 1 {
		t.Errorf("got %+v", b.report)
	}
}

func TestHazard49WhoSaysSo(t *testing.T) {
	for in, want := range map[string]record.Asserter{"Date,Glucose\n2020-01-31,98\n": "", "Test,Value,Lab\nx,1,Example Lab\n": record.ByOrganisation} {
		b := bring(t, in)
		if got := b.records[len(b.records)-1].Source().Asserter; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestAskedColumns: a table of results without a column of values is asked for,
// and read by the answer.
func TestAskedColumns(t *testing.T) {
	in := "Analyse;Spalte X;Einheit;Normbereich\nKalium;4,15;mmol/l;3,5-5,0\n"
	b := bring(t, in)
	if len(b.questions) != 1 || b.questions[0].Name != labcsv.AskColumns || len(b.questions[0].Choices) != 1 || len(b.records) != 0 {
		t.Fatalf("got %+v", b.questions)
	}
	b = bring(t, in, labcsv.AskColumns, b.questions[0].Choices[0].Answer)
	if got := b.results(); got != "Kalium: 4.15 mmol/l  3,5-5,0" {
		t.Errorf("got %q, %v", got, b.report.Issues)
	}
	for _, answer := range []string{"value=No Such Heading", "nonsense=Spalte X", "Spalte X"} {
		if b := bring(t, in, labcsv.AskColumns, answer); b.report.Refused != 1 || len(b.questions) != 0 {
			t.Errorf("%q: got %+v", answer, b.report)
		}
	}
	if got := bring(t, "when;what;how much\n2020-01-31;x;4\n", labcsv.AskColumns, "date=when,test=what,value=how much").results(); got != "x: 4" {
		t.Errorf("got %q", got)
	}
}
