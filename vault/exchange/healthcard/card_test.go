package healthcard_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

func suite(t testing.TB) exchangetest.Suite {
	card := newIssuer(t).sign(t, claimsOf(twoDoses, ""))
	return exchangetest.Suite{
		Format: format(),
		Good: map[string][]byte{
			"card.smart-health-card": file(card), "jws.txt": []byte(card), "qr.txt": []byte(numbers(card, 1)[0]), "qrs.txt": []byte(strings.Join(numbers(card, 3), "\n")),
			"payload.json": []byte(claimsOf(twoDoses, "")), "issued.json": []byte(`{"resourceType":"Parameters","parameter":[{"name":"verifiableCredential","valueString":"` + card + `"}]}`),
		},
		Not: map[string][]byte{
			"bundle.json": []byte(twoDoses), "parameters.json": []byte(`{"resourceType":"Parameters","parameter":[]}`), "keys.json": []byte(`{"keys":["a"]}`),
			"token.txt": []byte("eyJhbGciOiJIUzI1NiJ9.e30.x"), "text": []byte("shc: what is that"), "empty": nil,
		},
	}
}

func TestConformance(t *testing.T) { exchangetest.Run(t, suite(t)) }

// TestWaysIn: however a card comes, it states the same.
func TestWaysIn(t *testing.T) {
	for name, b := range suite(t).Good {
		i := bring(t, fstest.MapFS{name: one(b)})
		if len(of[*record.Patient](i)) != 1 || len(of[*record.Immunization](i)) != 1 || len(of[*record.Observation](i)) != 1 || len(of[*record.DocumentReference](i)) != 1 || i.held {
			t.Errorf("%s: got %d records, held %v\n%s", name, len(i.records), i.held, i.told())
		}
		for _, r := range i.records {
			if p := r.Source(); p.System != issuer || p.Place == "" {
				t.Errorf("%s: a %s of %q at %q", name, r.Resource.Kind(), p.System, p.Place)
			}
			if p := r.Source(); name != "payload.json" && p.Asserter != record.ByOrganisation {
				t.Errorf("%s: a %s by %q", name, r.Resource.Kind(), p.Asserter)
			}
		}
	}
}

// TestSameCardTwice: the QR code of a card that is there already brings nothing
// new.
func TestSameCardTwice(t *testing.T) {
	card := newIssuer(t).sign(t, claimsOf(twoDoses, ""))
	m := exchangetest.NewMemory()
	bringInto(t, m, fstest.MapFS{"a.smart-health-card": one(file(card))})
	if i := bringInto(t, m, fstest.MapFS{"b.txt": one([]byte(numbers(card, 2)[0] + "\n" + numbers(card, 2)[1]))}); len(i.records) != 4 || i.receipt.Sources[0].Duplicate != 4 {
		t.Errorf("got %d records, %+v", len(i.records), i.receipt.Sources[0])
	}
}

func TestSignature(t *testing.T) {
	a, b := newIssuer(t), newIssuer(t)
	card := a.sign(t, claimsOf(twoDoses, ""))
	forged := card[:len(card)-20] + strings.Map(func(r rune) rune {
		if r == 'A' {
			return 'B'
		}
		return 'A'
	}, card[len(card)-20:])
	renamed := issuerKey{b.private, a.kid, ""}.sign(t, claimsOf(twoDoses, ""))
	for _, tt := range []struct {
		name, card, keyFile string
		keys                []byte
		words               string
		facts               int
	}{
		{"no key", card, "other.txt", nil, "signature not checked: no key", 2},
		{"key of somebody else", card, "jwks.json", b.keys(), "signature not checked: no key", 2},
		{"key beside it", card, "jwks.json", a.keys(), "verified: the signature of " + issuer + " agrees with a key that you gave", 2},
		{"well-known folder", card, "issuer-well-known/jwks.json", a.keys(), "verified: ", 2},
		{"folder of keys", card, "keys/anything.json", a.keys(), "verified: ", 2},
		{"changed signature", forged, "jwks.json", a.keys(), "not genuine", 0},
		{"another's key under that name", renamed, "jwks.json", a.keys(), "not genuine", 0},
		{"a key that lies about its name", card, "jwks.json", []byte(strings.Replace(string(b.keys()), b.kid, a.kid, 1)), "signature not checked: no key", 2},
	} {
		files := fstest.MapFS{"card.smart-health-card": one(file(tt.card))}
		if tt.keys != nil {
			files[tt.keyFile] = one(tt.keys)
		}
		i := bring(t, files)
		if facts := len(of[*record.Immunization](i)) + len(of[*record.Observation](i)); facts != tt.facts || !strings.Contains(i.told(), tt.words) {
			t.Errorf("%s: got %d facts\n%s", tt.name, facts, i.told())
		}
		d := of[*record.DocumentReference](i)
		if tt.facts > 0 && (len(d) != 1 || !strings.Contains(d[0].Description, tt.words)) {
			t.Errorf("%s: got the card %+v", tt.name, d)
		}
		if !strings.HasPrefix(tt.words, "verified") && strings.Contains(i.told(), "verified:") {
			t.Errorf("%s: called verified", tt.name)
		}
		if tt.keys != nil && !strings.Contains(i.told(), "the keys of an issuer") {
			t.Errorf("%s: the keys are not told\n%s", tt.name, i.told())
		}
	}
}

func TestParts(t *testing.T) {
	card := newIssuer(t).sign(t, claimsOf(twoDoses, ""))
	p := numbers(card, 3)
	for _, tt := range []struct {
		name  string
		files fstest.MapFS
		facts int
		words string
	}{
		{"in any order", fstest.MapFS{"a.txt": one([]byte(p[2] + "\r\n\r\n" + p[0] + "\r\n" + p[1] + "\r\n"))}, 2, ""},
		{"in files of their own", fstest.MapFS{"qr-1.txt": one([]byte(p[0])), "qr-2.txt": one([]byte(p[1])), "qr-3.txt": one([]byte(p[2]))}, 2, "it is read with its first part"},
		{"one is missing", fstest.MapFS{"qr-1.txt": one([]byte(p[0])), "qr-3.txt": one([]byte(p[2]))}, 0, "part 2 is missing"},
		{"two are missing", fstest.MapFS{"a.txt": one([]byte(p[1]))}, 0, "part 2 of 3 of a card; parts 1, 3 are missing"},
		{"odd digits", fstest.MapFS{"a.txt": one([]byte("shc:/567"))}, 0, "incomplete"},
		{"wrong digits", fstest.MapFS{"a.txt": one([]byte("shc:/9999"))}, 0, "wrong at digit 1"},
		{"no card", fstest.MapFS{"a.txt": one([]byte("shc:/5676"))}, 0, "damaged or incomplete"},
	} {
		i := bring(t, tt.files)
		if facts := len(of[*record.Immunization](i)) + len(of[*record.Observation](i)); facts != tt.facts || !strings.Contains(i.told(), tt.words) {
			t.Errorf("%s: got %d facts\n%s", tt.name, facts, i.told())
		}
	}
}

// TestTwoCardsInOneFile: both count their entries from resource:0.
func TestTwoCardsInOneFile(t *testing.T) {
	k := newIssuer(t)
	other := strings.NewReplacer("Measure", "Other", "1950-02-03", "1980-05-06", "2021-01\"", "2022-03-04\"").Replace(twoDoses)
	i := bring(t, fstest.MapFS{"a.smart-health-card": one(file(k.sign(t, claimsOf(twoDoses, "")), k.sign(t, claimsOf(other, ""))))})
	if !i.held || len(of[*record.Patient](i)) != 2 {
		t.Fatalf("got %d patients, held %v", len(of[*record.Patient](i)), i.held)
	}
	whose := map[record.ID]string{}
	for _, r := range i.records {
		if p, ok := r.Resource.(*record.Patient); ok {
			whose[r.Person] = p.Name[0].Family
		}
	}
	for _, r := range i.records {
		if x, ok := r.Resource.(*record.Immunization); ok {
			if want := map[record.Date]string{"2021-01": "Measure", "2022-03-04": "Other"}[x.Occurrence.Start]; whose[r.Person] != want {
				t.Errorf("the dose of %s is filed under another person", x.Occurrence.Start)
			}
		}
	}
	good, bad := k.sign(t, claimsOf(twoDoses, "")), "eyJhbGciOiJFUzI1NiJ9.###.x"
	i = bring(t, fstest.MapFS{"a.smart-health-card": one(file(bad, good))})
	if s := i.receipt.Sources[0]; s.Refused != 1 || len(of[*record.Immunization](i)) != 1 {
		t.Errorf("a broken card beside a good one: got %+v", s)
	}
}

func TestLink(t *testing.T) {
	for _, link := range []string{"shlink:/eyJ1cmwiOiJodHRwczovL2V4YW1wbGUub3JnIn0", "https://viewer.example.org/#shlink:/eyJ1cmwiOiJodHRwczovL2V4YW1wbGUub3JnIn0"} {
		i := bring(t, fstest.MapFS{"link.txt": one([]byte(link + "\n"))})
		if s := i.receipt.Sources[0]; s.Kept != 1 || len(i.records) != 0 || !strings.Contains(i.told(), "which Carnet never uses") {
			t.Errorf("got %+v", s)
		}
	}
}

func TestExpired(t *testing.T) {
	k := newIssuer(t)
	i := bring(t, fstest.MapFS{"a.smart-health-card": one(file(k.sign(t, claimsOf(twoDoses, `"exp":1746643763.678,`))))})
	d := of[*record.DocumentReference](i)
	if len(d) != 1 || d[0].Period.End != "2025-05-07T18:49:23Z" || d[0].Date != "2024-05-07T18:49:23Z" || !strings.Contains(d[0].Description, "good until 7 May 2025") || !strings.Contains(i.told(), "expired on 7 May 2025") {
		t.Errorf("got %+v\n%s", d, i.told())
	}
	if x := of[*record.Immunization](i); len(x) != 1 || x[0].Status != "completed" {
		t.Errorf("got %+v", x)
	}
}

// TestBounds: what unpacks to more than is safe, or is not what it says, is
// refused in words.
func TestBounds(t *testing.T) {
	k := newIssuer(t)
	for name, tt := range map[string]struct{ claims, words string }{
		"bomb":            {claimsOf(`{"resourceType":"Bundle","a":"`+strings.Repeat("0", 9<<20)+`"}`, ""), "more than is safe"},
		"twice the same":  {claimsOf(twoDoses, `"iss":"https://other.example.org",`), "not valid JSON"},
		"no bundle":       {`{"iss":"x","vc":{}}`, "nothing in FHIR"},
		"not FHIR":        {claimsOf(`{"a":1}`, ""), "nothing in FHIR"},
		"no JSON":         {"hello", "not valid JSON"},
		"entry of a list": {claimsOf(`{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Observation","status":"final","Status":"x"}}]}`, ""), "cannot be read safely"},
	} {
		i := bring(t, fstest.MapFS{"a.smart-health-card": one(file(k.sign(t, tt.claims)))})
		if len(i.records) != 0 || !strings.Contains(i.told(), tt.words) || i.receipt.Sources[0].Refused != 1 {
			t.Errorf("%s: got %d records, %+v", name, len(i.records), i.receipt.Sources[0])
		}
	}
}

// TestHeaders: what another signature scheme says of itself is no card.
func TestHeaders(t *testing.T) {
	for _, header := range []string{`{"alg":"none"}`, `{"alg":"HS256","zip":"DEF","kid":"k"}`} {
		b := base64.RawURLEncoding.EncodeToString([]byte(header))
		i := bring(t, fstest.MapFS{"a.txt": one([]byte(b + ".e30."))})
		if s := i.receipt.Sources[0]; s.Format == "healthcard" {
			t.Errorf("%s: got %+v", header, s)
		}
		k := newIssuer(t)
		card := k.sign(t, claimsOf(twoDoses, ""))
		none := base64.RawURLEncoding.EncodeToString([]byte(fmt.Sprintf(`{"alg":"none","zip":"DEF","kid":%q}`, k.kid)))
		_, rest, _ := strings.Cut(card, ".")
		i = bring(t, fstest.MapFS{"a.smart-health-card": one(file(none + "." + rest)), "jwks.json": one(k.keys())})
		if strings.Contains(i.told(), "verified") || !strings.Contains(i.told(), "not genuine") {
			t.Errorf("alg none: %s", i.told())
		}
	}
}
