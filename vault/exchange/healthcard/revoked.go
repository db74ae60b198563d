package healthcard

import (
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// revocations is an issuer's list of revoked cards
// (https://spec.smarthealth.cards/#revocation).
type revocations struct {
	Kid    string   `json:"kid"`
	Method string   `json:"method"`
	Rids   []string `json:"rids"`
}

// standing is what an issuer's list says of a card.
type standing int

const (
	listed      standing = iota - 1 // named, but for cards issued before a time before this one's
	notListed                       // not named, or no list lies beside the card
	revokedCard                     // taken back
)

// listed looks for the card in the lists that lie beside it.
func (r *reader) listed(kid, rid string, issued time.Time) standing {
	found := notListed
	if rid == "" || !safeName(kid) {
		return found
	}
	for _, dir := range r.folders() {
		for _, sub := range []string{"", "crl"} {
			f := exchange.Source{Name: kid, FS: r.src.FS, Path: path.Join(dir, sub, kid+".json")}
			b, err := f.ReadAll(keyFileLimit)
			if err != nil {
				continue
			}
			var list revocations
			if json.Unmarshal(b, &list) != nil || list.Kid != kid {
				continue
			}
			for _, entry := range list.Rids {
				switch says(entry, rid, issued) {
				case revokedCard:
					return revokedCard
				case listed:
					found = listed
				}
			}
		}
	}
	return found
}

// says is what one entry of a list says of a card. An entry may carry a time:
// it then takes back the cards that were issued before. A card of that number
// that says it was issued later may be a new one, or the same with a new date.
func says(entry, rid string, issued time.Time) standing {
	id, at, timed := strings.Cut(entry, ".")
	if id != rid {
		return notListed
	}
	seconds, err := strconv.ParseInt(at, 10, 64)
	if !timed || err != nil || issued.IsZero() || issued.Before(time.Unix(seconds, 0)) {
		return revokedCard
	}
	return listed
}

// safeName says whether a key's name may be part of a file's name.
func safeName(kid string) bool {
	const longest = 128 // letters
	if kid == "" || len(kid) > longest {
		return false
	}
	for _, c := range []byte(kid) {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// withdrawn is the status that says of a fact that its source took it back.
const withdrawn = "entered-in-error"

// inDoubt is why a record is held whose card a list names for an earlier time.
const inDoubt = "the issuer's list of revoked cards names this card's number, for cards issued earlier; ask the issuer whether this one stands"

// withdraw marks what a revoked card states as taken back by its issuer. A kind
// that cannot say so is held.
func withdraw(r *record.Record) {
	switch x := r.Resource.(type) {
	case *record.Patient:
		return
	case *record.Immunization:
		x.Status = withdrawn
	case *record.Observation:
		x.Status = withdrawn
	case *record.DiagnosticReport:
		x.Status = withdrawn
	case *record.Condition:
		x.VerificationStatus, x.ClinicalStatus = withdrawn, ""
	case *record.AllergyIntolerance:
		x.VerificationStatus, x.ClinicalStatus = withdrawn, ""
	case *record.MedicationStatement:
		x.Status = withdrawn
	case *record.Procedure:
		x.Status = withdrawn
	case *record.Encounter:
		x.Status = withdrawn
	case *record.DocumentReference:
		x.Status = withdrawn
	}
	if r.Summary().Standing != record.InError {
		r.Held = append(r.Held, "the issuer revoked the card that states this")
	}
}
