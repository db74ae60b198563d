package healthcard

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// cardSystem is the system of the type of a card, and of the names by which the
// same card is known again in another file: they are made of its signed bytes.
const cardSystem = "https://smarthealth.cards"

// card is one card with what is known of it.
type card struct {
	claims
	check
	name  string // the same however the card came: in a file or by its QR code
	place string
}

// card reads one signed card.
func (r *reader) card(s signed) error {
	o, err := s.open()
	if err != nil {
		return err
	}
	claims, err := parseClaims(o.payload)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(s.jws))
	c := card{claims: claims, place: s.place, name: hex.EncodeToString(sum[:16])}
	c.state = verify(o, claims.Issuer, r.keys)
	if c.state == forged {
		r.kept(record.Error, c.place, c.words(issuerWords(claims.Issuer))+"; it was changed after it was signed, or was never the issuer's. Nothing of it was filed; the file is kept")
		return nil
	}
	c.standing = r.listed(o.Kid, claims.VC.Rid, instant(claims.NotBefore))
	return r.file(c)
}

// file files what a card says, and the card itself.
func (r *reader) file(c card) error {
	inner := &cardSink{Sink: r.sink, card: c}
	src := exchange.Source{Name: r.src.Name, FS: payload(c.VC.Subject.Bundle), Path: payloadName}
	if err := r.bundle(r.ctx, src, inner); err != nil {
		return err
	}
	inner.flush()
	r.sink.Add(c.document(inner.patient))
	r.tell(c)
	return nil
}

// tell says what a reader of the receipt should know of the card.
func (r *reader) tell(c card) {
	r.remark(record.Information, c.place, c.words(issuerWords(c.Issuer)))
	switch c.standing {
	case listed:
		r.remark(record.Warning, c.place, inDoubt+"; what it states is held back until then")
	case revokedCard:
		r.remark(record.Warning, c.place, "the issuer revoked this card, by the list that lies beside it; what it states is shown as withdrawn and never as current")
	}
	if t := instant(c.Expires); !t.IsZero() && t.Before(time.Now()) {
		r.remark(record.Warning, c.place, "the card expired on "+dateOf(t).Day().Human()+"; what it states may still be so, but the issuer no longer vouches for it")
	}
	if !c.typed() && c.state != without {
		r.remark(record.Warning, c.place, "the card does not call itself a SMART Health Card")
	}
}

// document is the card itself as a record. Its words do not depend on the day
// on which it is brought in.
func (c card) document(patient record.ID) record.Record {
	issued, expires := instant(c.NotBefore), instant(c.Expires)
	issuer := issuerWords(c.Issuer)
	d := &record.DocumentReference{
		Status: "current", Title: "SMART Health Card", Description: c.words(issuer),
		Type: record.Concept{Text: "SMART Health Card", Coding: []record.Coding{{System: cardSystem, Code: "health-card"}}},
		Date: dateOf(issued), Author: []string{issuer}, Custodian: issuer,
	}
	if !expires.IsZero() {
		d.Period = record.When{Start: dateOf(issued), End: dateOf(expires), Period: true}
		d.Description += "; good until " + dateOf(expires).Day().Human()
	}
	if c.standing == revokedCard {
		d.Status = withdrawn
		d.Description += "; revoked by the issuer"
	}
	p := record.Provenance{Place: c.place, System: c.Issuer, Asserter: record.ByOrganisation, Version: string(dateOf(issued))}
	if c.name != "" {
		p.Identifiers = []record.Identifier{{System: cardSystem, Value: c.name}}
	}
	if c.state == without {
		p.Asserter = ""
	}
	doc := record.Record{Person: patient, Resource: d, Provenance: []record.Provenance{p}}
	if c.standing == listed {
		doc.Held = []string{inDoubt}
	}
	return doc
}

// issuerWords is the issuer, who names themselves by an address.
func issuerWords(iss string) string {
	const longest = 200 // bytes
	if iss == "" {
		return "an issuer who gives no name"
	}
	return record.Visible(iss[:min(len(iss), longest)])
}
