package exchange_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

func carried(sel exchange.Selection) *exchange.Since {
	s := &exchange.Since{On: "2026-05-03", Carried: map[record.ID]record.Version{}}
	for _, r := range sel.Records {
		s.Carried[r.ID] = r.Version()
	}
	return s
}

func TestSinceCarriesOnlyNews(t *testing.T) {
	l := sheettest.New(&record.Patient{Name: []record.HumanName{{Text: "Ada Made-Up"}}})
	l.Add(&record.Condition{Code: record.Concept{Text: "Gout"}}, sheettest.Self())
	l.Add(&record.Condition{Code: record.Concept{Text: "Asthma"}}, sheettest.Self())
	l.Add(&record.AllergyIntolerance{Code: record.Concept{Text: "Penicillin"}}, sheettest.Self())
	since := carried(l.Select(t, exchange.Scope{}))
	none := l.Select(t, exchange.Scope{Since: since})
	if len(none.Records) != 1 || none.News.Same != 3 {
		t.Errorf("nothing new: got %d records, %+v, want the person alone and 3 the same", len(none.Records), none.News)
	}
	l.Records[1].Overlay = &record.Overlay{Note: "worse in spring"}
	l.Records[2].Superseded = &record.Superseded{By: l.Records[1].ID, Why: "corrected"}
	l.Add(&record.Condition{Code: record.Concept{Text: "Migraine"}}, sheettest.Self())
	sel := l.Select(t, exchange.Scope{Since: since})
	if want := (exchange.News{New: 1, Changed: 1, Same: 1, Gone: 1}); sel.News != want || len(sel.Records) != 3 {
		t.Errorf("got %+v with %d records, want %+v with 3", sel.News, len(sel.Records), want)
	}
	s := sheet.Build(sel)
	head := strings.Join(s.Notices, " ")
	for _, words := range []string{"NOT the whole record", "3 May 2026", "1 new, 1 changed", "1 entry carried by earlier packages is not repeated", "1 entry of earlier packages has been withdrawn"} {
		if !strings.Contains(head, words) {
			t.Errorf("notices: got %q, want %q in them", head, words)
		}
	}
	// An allergy that was told before must not look as if nobody had told one.
	if got := s.Front.Allergies.Banner; !strings.HasPrefix(got, "Nothing new or changed since the package of 3 May 2026") {
		t.Errorf("allergies: got the banner %q, want that nothing is new", got)
	}
	if got := s.Front.Problems.Banner; !strings.HasPrefix(got, "Only what is new or changed since 3 May 2026.") {
		t.Errorf("problems: got the banner %q, want that they are news alone", got)
	}
}

func TestWholeKindsAreNotCutByDates(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	l.Add(&record.AllergyIntolerance{Code: record.Concept{Text: "Penicillin"}, RecordedDate: "1990"}, sheettest.Self())
	l.Add(sheettest.Problem("Measles", "1991"), sheettest.Self())
	sel := l.Select(t, exchange.Scope{From: "2020", Whole: []record.Kind{record.KindAllergyIntolerance}})
	if n := sel.Counts(); n[record.KindAllergyIntolerance] != 1 || n[record.KindCondition] != 0 {
		t.Errorf("got %v, want the allergy of 1990 and not the problem of 1991", n)
	}
	s := sheet.Build(sel)
	if got := s.Front.Problems.Banner; !strings.Contains(got, "Nothing in the period") {
		t.Errorf("problems: got %q, want that the period was cut", got)
	}
	if head := strings.Join(s.Notices, " "); !strings.Contains(head, "allergies of all times") {
		t.Errorf("notices: got %q, want what the dates do not cut", head)
	}
}

func TestBareHasNoOriginals(t *testing.T) {
	sel := sheettest.Realistic().Select(t, exchange.Scope{Bare: true})
	if len(sel.Originals) != 0 || !strings.Contains(strings.Join(sheet.Build(sel).Missing, " "), "the entries alone were asked for") {
		t.Errorf("got %d originals and %q, want none and the reason", len(sel.Originals), sheet.Build(sel).Missing)
	}
}
