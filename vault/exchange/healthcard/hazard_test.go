package healthcard_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// The hazards of clinical safety that a SMART Health Card can express.

// TestHazard01And26Revoked: what the issuer took back is never current and
// never leaves the vault as a fact.
func TestHazard01And26Revoked(t *testing.T) {
	k := newIssuer(t)
	for _, tt := range []struct {
		name, where, rid string
		want             record.Standing
	}{
		{"by name", "jwks/" + k.kid + ".json", "MKyCxh7p6uQ", record.Current}, // not a folder of issuers
		{"in the well-known folder", "issuer-well-known/" + k.kid + ".json", "MKyCxh7p6uQ", record.InError},
		{"as issuers publish it", ".well-known/crl/" + k.kid + ".json", "MKyCxh7p6uQ", record.InError},
		{"before a time", k.kid + ".json", "MKyCxh7p6uQ.1715107764", record.InError},
		{"before a time, issued later", k.kid + ".json", "MKyCxh7p6uQ.1715107763", record.Held},
		{"another card", k.kid + ".json", "AAAAAAAAAAA", record.Current},
	} {
		list := `{"kid":"` + k.kid + `","method":"rid","ctr":1,"rids":["x","` + tt.rid + `"]}`
		i := bring(t, fstest.MapFS{"a.smart-health-card": one(file(k.sign(t, claimsOf(twoDoses, "")))), tt.where: one([]byte(list)), "jwks.json": one(k.keys())})
		for _, r := range i.records {
			if r.Resource.Kind() == record.KindPatient {
				continue
			}
			if got := r.Summary().Standing; got != tt.want {
				t.Errorf("%s: the standing of a %s is %q", tt.name, r.Resource.Kind(), got)
			}
		}
		if got := strings.Contains(i.told(), "revoked this card"); got != (tt.want == record.InError) {
			t.Errorf("%s: told %s", tt.name, i.told())
		}
	}
}

func TestHazard19Precision(t *testing.T) {
	k := newIssuer(t)
	i := bring(t, fstest.MapFS{"a.smart-health-card": one(file(k.sign(t, claimsOf(twoDoses, ""))))})
	if o := of[*record.Observation](i); len(o) != 1 || o[0].Value.Quantity.Value != "0.010" {
		t.Errorf("got %+v", o)
	}
}

func TestHazard32SomebodyElse(t *testing.T) {
	k := newIssuer(t)
	m := exchangetest.NewMemory()
	bringInto(t, m, fstest.MapFS{"a.smart-health-card": one(file(k.sign(t, claimsOf(twoDoses, ""))))})
	other := strings.NewReplacer("Measure", "Other", "1950-02-03", "1980-05-06").Replace(twoDoses)
	if i := bringInto(t, m, fstest.MapFS{"b.smart-health-card": one(file(k.sign(t, claimsOf(other, ""))))}); !i.held {
		t.Error("a card of somebody else was filed without a word")
	}
}

// TestHazard34References: resource:0 of one file is not resource:0 of another.
func TestHazard34References(t *testing.T) {
	k := newIssuer(t)
	orphan := strings.Replace(twoDoses, `"fullUrl":"resource:0"`, `"fullUrl":"resource:9"`, 1)
	i := bring(t, fstest.MapFS{"a.smart-health-card": one(file(k.sign(t, claimsOf(orphan, "")))), "b.smart-health-card": one(file(k.sign(t, claimsOf(strings.Replace(twoDoses, "1950-02-03", "1980-05-06", 1), ""))))})
	if !i.held {
		t.Error("a fact about a patient who is not in the card was filed without a word")
	}
}

func TestHazard35DateAsWritten(t *testing.T) {
	k := newIssuer(t)
	i := bring(t, fstest.MapFS{"a.smart-health-card": one(file(k.sign(t, claimsOf(twoDoses, ""))))})
	if x := of[*record.Immunization](i); len(x) != 1 || x[0].Occurrence.Start != "2021-01" {
		t.Errorf("got %+v", x)
	}
}

// TestHazard49WhoSays: an issuer stands behind what is signed, nobody behind
// what is not.
func TestHazard49WhoSays(t *testing.T) {
	i := bring(t, fstest.MapFS{"payload.json": one([]byte(claimsOf(twoDoses, "")))})
	for _, r := range i.records {
		if r.Source().Asserter == record.ByOrganisation {
			t.Errorf("an unsigned %s is said to be the issuer's", r.Resource.Kind())
		}
	}
	if !strings.Contains(i.told(), "not signed: anyone could have written it") {
		t.Errorf("told: %s", i.told())
	}
}
