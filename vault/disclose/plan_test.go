package disclose_test

import (
	"errors"
	"testing"

	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestSensitiveIsProposedAndHeldOnlyOnDemand(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	hiv := l.Add(sheettest.Problem("HIV infection", "2019"), sheettest.Self()).ID
	l.Add(sheettest.Problem("Gout", "2019"), sheettest.Self())
	letter := l.Add(sheettest.Note("Letter", "2020-01-01", "Dr Haddad", "History", "Known HIV infection."), sheettest.Self()).ID
	plan := func(req disclose.Request) *disclose.Plan {
		req.Scope.Person = l.Person
		p, err := disclose.New(t.Context(), l, req, sheettest.Made, "test")
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := plan(disclose.Request{Preset: "new-doctor"})
	if len(p.Proposals) != 1 || p.Proposals[0].Category.Name != "hiv" || p.Proposals[0].Records[0].ID != hiv || p.Selection.Withheld != 0 {
		t.Errorf("got %d proposals and %d withheld, want hiv proposed and nothing withheld", len(p.Proposals), p.Selection.Withheld)
	}
	p = plan(disclose.Request{HoldBack: []string{"hiv"}})
	if v := p.Preview(); v.Withheld != 1 || len(v.Held) != 1 || len(v.Mentions) != 1 || v.Mentions[0].ID != letter {
		t.Errorf("got %+v, want one withheld and the letter that tells of it", v)
	}
	p = plan(disclose.Request{HoldBack: []string{"hiv"}, Mentions: true})
	if v := p.Preview(); v.Withheld != 2 || len(v.Mentions) != 0 || len(v.Entries) != 1 {
		t.Errorf("got %+v, want the letter withheld too", v)
	}
	if _, err := disclose.New(t.Context(), l, disclose.Request{Scope: exchange.Scope{Person: l.Person}, Preset: "nobody"}, sheettest.Made, ""); !errors.Is(err, disclose.ErrPreset) {
		t.Errorf("got %v, want ErrPreset", err)
	}
}

func TestSinceLastFollowsTheLog(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	gout := l.Add(sheettest.Problem("Gout", "2019"), sheettest.Self())
	carried := []record.Carried{{Record: gout.ID, Version: gout.Version()}}
	req := disclose.Request{Scope: exchange.Scope{Person: l.Person, For: "dr  haddad"}, SinceLast: true}
	if _, err := disclose.New(t.Context(), l, req, sheettest.Made, ""); !errors.Is(err, disclose.ErrNoFormer) {
		t.Errorf("an empty log: got %v, want ErrNoFormer", err)
	}
	l.Add(&record.AuditEvent{Recipient: "Dr Haddad", Recorded: "2026-05-03T10:00:00+02:00", Carried: carried})
	l.Add(sheettest.Problem("Migraine", "2026"), sheettest.Self())
	p, err := disclose.New(t.Context(), l, req, sheettest.Made, "")
	if err != nil {
		t.Fatal(err)
	}
	if v := p.Preview(); v.Since != "2026-05-03" || len(v.Entries) != 1 || v.Entries[0].Title != "Migraine" {
		t.Errorf("got %+v, want the migraine alone since 3 May 2026", v)
	}
}
