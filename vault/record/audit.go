package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// KindAuditEvent is the kind of [AuditEvent].
const KindAuditEvent Kind = "AuditEvent"

// AuditEvent says that a package left: to whom, when, what and how (FHIR
// AuditEvent, as IHE's Basic Audit has it for a disclosure). It is no fact about
// the person's health: it stands in [Ledger], and leaves with no package.
type AuditEvent struct {
	Recorded   Date            `json:"recorded,omitempty"`   // when, with the offset of the place
	Recipient  string          `json:"recipient,omitempty"`  // AuditEvent.agent.name; "" where nobody was named
	Purpose    string          `json:"purpose,omitempty"`    // the preset's name
	Scope      []string        `json:"scope,omitempty"`      // what limited the package, in words
	Kinds      []Kind          `json:"kinds,omitempty"`      // the sections asked for; none: all
	From       Date            `json:"from,omitempty"`       // the dates asked for
	To         Date            `json:"to,omitempty"`         //
	Since      Date            `json:"since,omitempty"`      // only what was new since then
	Withheld   int             `json:"withheld,omitempty"`   // records held back; which is not told here either
	Protection string          `json:"protection,omitempty"` // none, page, zip, age
	File       string          `json:"file,omitempty"`       // the package's own name, without a folder
	Size       int64           `json:"size,omitempty"`       // of the package in bytes; 0 for a folder
	SHA256     Hash            `json:"sha256,omitempty"`     // of the package; of MANIFEST.json for a folder
	Entity     []DisclosedFile `json:"entity,omitempty"`     // the files in it
	Carried    []Carried       `json:"carried,omitempty"`    // the records in it
}

// DisclosedFile is one file of a package.
type DisclosedFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"` // bytes
	SHA256 Hash   `json:"sha256"`
}

// Carried is one record of a package, as it was then.
type Carried struct {
	Record  ID      `json:"record"`
	Version Version `json:"version"`
}

// Version tells what a record says from what it said before; 16 hexadecimal
// digits.
type Version string

// Version is that of the record: of its content, of what the patient says of it,
// and of what it counts for. Where else the fact is stated does not change it.
func (r Record) Version() Version {
	sum := sha256.New()
	content := contentOf(r.Resource)
	sum.Write(content.hash[:])
	around, err := json.Marshal(struct {
		Overlay    *Overlay
		Held       []string
		Superseded *Superseded
	}{r.Overlay, r.Held, r.Superseded})
	if err != nil {
		panic("record: internal error: what stands around a record has no JSON")
	}
	sum.Write(around)
	return Version(hex.EncodeToString(sum.Sum(nil)[:8]))
}

// Kind implements [Resource].
func (*AuditEvent) Kind() Kind { return KindAuditEvent }

// Summary implements [Resource].
func (a *AuditEvent) Summary() Summary {
	s := Summary{Title: "Package that left", When: When{Start: a.Recorded}, Standing: Past}
	if a.Recipient != "" {
		s.Title = "Package for " + a.Recipient
	}
	return s
}

// Details implements [Resource].
func (a *AuditEvent) Details() []Detail {
	var r rows
	r.add("For", a.Recipient)
	r.when("Made", a.Recorded)
	r.add("Prepared as", a.Purpose)
	r.all("Scope", a.Scope)
	if a.Withheld > 0 {
		r.add("Held back", fmt.Sprintf("%d entries", a.Withheld))
	}
	r.add("Entries", fmt.Sprint(len(a.Carried)))
	r.add("Protection", a.Protection)
	r.add("File", a.File)
	r.add("SHA-256", string(a.SHA256))
	for _, f := range a.Entity {
		r.add("Holds", strings.TrimSpace(f.Name+" "+string(f.SHA256)))
	}
	return r
}

// Validate implements [Resource].
func (*AuditEvent) Validate() []Issue { return nil }

func (*AuditEvent) sealed() {}
