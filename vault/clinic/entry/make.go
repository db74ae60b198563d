package entry

import (
	"crypto/rand"
	"fmt"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// By is who does something, and when.
type By struct {
	Now  time.Time
	Name string // "" for the patient; else who writes for them
}

// Make turns what was filled in into a record of the person, or says what is to
// be filled in otherwise: then the record is the zero one.
func Make(k Kind, person record.ID, fields map[string]string, by By) (record.Record, []Problem) {
	v, problems := check(k, fields, by.Now)
	if len(problems) > 0 {
		return record.Record{}, problems
	}
	r := record.Record{ID: record.NewID(), Person: person, Resource: k.make(v)}
	by.enter(&r, k.Name, record.Add, "")
	r.Provenance = []record.Provenance{by.provenance(append([]record.Identifier{newIdentifier()}, k.identifiers(v)...))}
	return r, nil
}

// enter marks a record as the next version of an own entry.
func (b By) enter(r *record.Record, form string, act record.Act, reason string) {
	number := 1
	if r.Entered != nil {
		number = r.Entered.Version + 1
	}
	r.Recorded = b.Now.UTC()
	r.Entered = &record.Entered{Form: form, Version: number, Act: act, At: r.Recorded, Reason: reason}
}

// provenance is that of a version: without a file, asserted by the patient. Its
// Version lets the later of two versions count, wherever they meet again.
func (b By) provenance(ids []record.Identifier) record.Provenance {
	at := b.Now.UTC()
	return record.Provenance{Asserter: record.ByPatient, Author: b.Name, Received: at, Version: at.Format(time.RFC3339Nano), Identifiers: ids}
}

func (k Kind) identifiers(v values) []record.Identifier {
	if k.ids == nil {
		return nil
	}
	return k.ids(v)
}

// uriSystem is the namespace of identifiers that are URIs of their own.
const uriSystem = "urn:ietf:rfc:3986"

// newIdentifier names an entry for good: all its versions have it, and an export
// that comes back is known by it (RFC 9562, version 4).
func newIdentifier() record.Identifier {
	var b [16]byte
	rand.Read(b[:]) // never fails: crypto/rand aborts the program instead
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return record.Identifier{System: uriSystem, Value: fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])}
}

// Fields gives an own entry as its form; ok is false for every other record.
func Fields(r record.Record) (k Kind, fields map[string]string, ok bool) {
	if r.Entered == nil {
		return Kind{}, nil, false
	}
	k, ok = Lookup(r.Entered.Form)
	if !ok || r.Resource.Kind() != k.Record {
		return Kind{}, nil, false
	}
	fields = k.read(r.Resource)
	for name, text := range fields {
		if text == "" {
			delete(fields, name)
		}
	}
	for name, text := range personIDs(k, r) {
		fields[name] = text
	}
	return k, fields, true
}
