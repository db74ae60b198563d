package healthcard

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/record"
)

// cardType is the type that every SMART Health Card has.
const cardType = "https://smarthealth.cards#health-card"

// claims is what a card says.
type claims struct {
	Issuer    string         `json:"iss"`
	NotBefore jsontext.Value `json:"nbf"`
	Expires   jsontext.Value `json:"exp"`
	VC        struct {
		Type    []string `json:"type"`
		Rid     string   `json:"rid"` // by which the issuer may revoke it
		Subject struct {
			Version string         `json:"fhirVersion"`
			Bundle  jsontext.Value `json:"fhirBundle"`
		} `json:"credentialSubject"`
	} `json:"vc"`
}

// parseClaims reads what a card says, strictly: names in their own case, none
// twice, valid UTF-8.
func parseClaims(b []byte) (claims, error) {
	var c claims
	if err := json.Unmarshal(b, &c); err != nil {
		return c, errors.New("what the card says is not valid JSON")
	}
	if len(c.VC.Subject.Bundle) == 0 || c.VC.Subject.Bundle.Kind() != '{' {
		return c, errNoBundle
	}
	return c, nil
}

// typed says whether the card calls itself a health card.
func (c claims) typed() bool { return slices.Contains(c.VC.Type, cardType) }

// instant is a time in seconds since 1970 (RFC 7519, NumericDate), in whole
// seconds UTC; zero when none is given.
func instant(v jsontext.Value) time.Time {
	f, err := strconv.ParseFloat(string(v), 64)
	if err != nil || math.IsNaN(f) || f <= 0 || f > 1<<36 {
		return time.Time{}
	}
	return time.Unix(int64(f), 0).UTC()
}

// dateOf is an instant as a date; "" for none.
func dateOf(t time.Time) record.Date {
	if t.IsZero() {
		return ""
	}
	return record.Date(t.Format(time.RFC3339))
}
