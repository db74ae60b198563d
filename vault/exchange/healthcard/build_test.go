package healthcard_test

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/exchange/healthcard"
	"github.com/carnet-phr/carnet/vault/record"
)

// The synthetic cards of the tests: own work, no real person, no real issuer.

const issuer = "https://cards.example.org/issuer"

// format reads cards with what reads FHIR.
func format() exchange.Format { return healthcard.New(fhir.Format().Import) }

// issuerKey is an issuer with its key.
type issuerKey struct {
	private *ecdsa.PrivateKey
	kid     string
	jwk     string
}

func newIssuer(t testing.TB) issuerKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	point, err := k.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	b64 := base64.RawURLEncoding.EncodeToString
	xy := fmt.Sprintf(`"x":"%s","y":"%s"`, b64(point[1:33]), b64(point[33:]))
	sum := sha256.Sum256([]byte(`{"crv":"P-256","kty":"EC",` + xy + `}`))
	kid := b64(sum[:])
	return issuerKey{k, kid, `{"kty":"EC","kid":"` + kid + `","use":"sig","alg":"ES256","crv":"P-256",` + xy + `}`}
}

// keys is the issuer's JSON Web Key Set.
func (i issuerKey) keys() []byte { return []byte(`{"keys":[` + i.jwk + `]}`) }

// sign makes a card of claims.
func (i issuerKey) sign(t testing.TB, claims string) string {
	t.Helper()
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(claims)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b64 := base64.RawURLEncoding.EncodeToString
	input := b64([]byte(`{"zip":"DEF","alg":"ES256","kid":"`+i.kid+`"}`)) + "." + b64(packed.Bytes())
	sum := sha256.Sum256([]byte(input))
	r, s, err := ecdsa.Sign(rand.Reader, i.private, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return input + "." + b64(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...))
}

const twoDoses = `{"resourceType":"Bundle","type":"collection","entry":[
{"fullUrl":"resource:0","resource":{"resourceType":"Patient","name":[{"family":"Measure","given":["Maud"]}],"birthDate":"1950-02-03"}},
{"fullUrl":"resource:1","resource":{"resourceType":"Immunization","status":"completed","vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"207"}]},"patient":{"reference":"resource:0"},"occurrenceDateTime":"2021-01","lotNumber":"0000001"}},
{"fullUrl":"resource:2","resource":{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"94558-4"}]},"subject":{"reference":"resource:0"},"effectiveDateTime":"2021-02-03","valueQuantity":{"value":0.010,"unit":"mg/L"}}}]}`

// claimsOf is what a card says; more goes in after the issuer.
func claimsOf(bundle, more string) string {
	return `{"iss":"` + issuer + `","nbf":1715107763.677,` + more + `"vc":{"type":["https://smarthealth.cards#health-card"],"rid":"MKyCxh7p6uQ","credentialSubject":{"fhirVersion":"4.0.1","fhirBundle":` + bundle + `}}}`
}

// file is a .smart-health-card file.
func file(cards ...string) []byte {
	return []byte(`{"verifiableCredential":["` + strings.Join(cards, `","`) + `"]}`)
}

// numbers is a card as the text of QR codes, in parts.
func numbers(card string, parts int) []string {
	var digits strings.Builder
	for _, c := range []byte(card) {
		fmt.Fprintf(&digits, "%02d", c-45)
	}
	all := digits.String()
	if parts == 1 {
		return []string{"shc:/" + all}
	}
	size := len(all) / parts / 2 * 2
	var out []string
	for n := range parts {
		end := (n + 1) * size
		if n == parts-1 {
			end = len(all)
		}
		out = append(out, fmt.Sprintf("shc:/%d/%d/%s", n+1, parts, all[n*size:end]))
	}
	return out
}

// imported is what one import did.
type imported struct {
	records []record.Record
	receipt record.Receipt
	held    bool
}

// bring imports files that lie together, as a folder.
func bring(t testing.TB, files fstest.MapFS) imported {
	t.Helper()
	return bringInto(t, exchangetest.NewMemory(), files)
}

func bringInto(t testing.TB, m *exchangetest.Memory, files fstest.MapFS) imported {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	sources, err := exchange.Paths(dir)
	if err != nil {
		t.Fatal(err)
	}
	b, err := exchange.Import(context.Background(), m, []exchange.Format{fhir.Format(), format()}, sources, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := imported{held: b.Held()}
	if out.held {
		if err := b.Assign(context.Background(), exchange.NewPerson); err != nil {
			t.Fatal(err)
		}
	}
	if out.receipt, err = b.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, s := range out.receipt.Sources {
		if !s.Adds() {
			t.Errorf("the receipt does not add up: %+v", s)
		}
	}
	out.records = m.All()
	return out
}

// told is all that the receipt says in words.
func (i imported) told() string {
	var b strings.Builder
	for _, s := range i.receipt.Sources {
		for _, x := range s.Issues {
			b.WriteString(x.Text + "\n")
		}
	}
	return b.String()
}

// of gives the resources of one kind.
func of[T record.Resource](i imported) []T {
	var all []T
	for _, r := range i.records {
		if x, ok := r.Resource.(T); ok {
			all = append(all, x)
		}
	}
	return all
}

func one(b []byte) *fstest.MapFile { return &fstest.MapFile{Data: b, Mode: 0o600} }

// shared finds a folder of the shared samples, beside the repository.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			p := filepath.Join(dir, "..", "shared", filepath.FromSlash(name))
			if _, err := os.Stat(p); err == nil {
				return p
			}
			break
		}
	}
	t.Skipf("SKIPPED: the sample folder ../shared/%s is not on this computer", name)
	return ""
}
