package ips

import (
	"context"
	"io"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// entry is one resource of the file.
type entry struct {
	target
	body *element
}

// writer turns the records of one selection into resources. Its targets are
// settled before the first resource is made, since resources refer to each
// other.
type writer struct {
	sel     exchange.Selection
	style   style
	patient target
	about   target // what the export says about itself
	// summary says that this is an IPS document: it wants a time with every
	// fact, a name for the person and a use for every device.
	summary bool
	// overlong says that a section cannot be told in words of the length that
	// readers take.
	overlong bool
	targets  map[record.ID]target
	members  map[record.ID][]record.ID // panel -> the results that name it as theirs
}

func newWriter(sel exchange.Selection, s style) *writer {
	person := string(sel.Person.ID)
	w := &writer{sel: sel, style: s, targets: map[record.ID]target{}, members: map[record.ID][]record.ID{}}
	w.patient = w.named("Patient", person)
	w.targets[sel.Person.ID] = w.patient
	w.about = unnamed("Provenance", append([]string{"about", person, w.made(), string(s)}, recordIDs(sel)...)...)
	return w
}

// recordIDs tell one export from another that was made in the same second.
func recordIDs(sel exchange.Selection) []string {
	ids := make([]string, len(sel.Records))
	for i, r := range sel.Records {
		ids[i] = string(r.ID)
	}
	return ids
}

// named is the target of a record.
func (w *writer) named(kind, id string) target {
	return target{kind, fhirID(id), "urn:uuid:" + uuid("record", string(w.sel.Person.ID), id)}
}

// unnamed is the target of a resource that is no record.
func unnamed(kind string, parts ...string) target {
	id := uuid(append([]string{kind}, parts...)...)
	return target{kind, id, "urn:uuid:" + id}
}

// made is when the export was made, as a FHIR instant.
func (w *writer) made() string { return w.sel.Generated.Format(time.RFC3339) }

// admit makes records possible targets of references.
func (w *writer) admit(records []record.Record) {
	for _, r := range records {
		w.targets[r.ID] = w.named(w.resourceType(r.Resource), string(r.ID))
		if o, ok := r.Resource.(*record.Observation); ok && o.Panel.ID != "" && o.Panel.ID != r.ID {
			w.members[o.Panel.ID] = append(w.members[o.Panel.ID], r.ID)
		}
	}
}

// bundle writes a Bundle, each resource as it is made.
func (w *writer) bundle(ctx context.Context, out io.Writer, kind string, resources func(yield func(entry) error) error) error {
	enc := jsontext.NewEncoder(out)
	if err := w.begin(enc, kind); err != nil {
		return err
	}
	err := resources(func(e entry) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if w.overlong {
			return exchange.ErrTooLarge
		}
		holder := obj("fullUrl", e.url)
		holder.put("resource", e.body)
		return holder.encode(enc)
	})
	if err != nil {
		return err
	}
	if err := enc.WriteToken(jsontext.EndArray); err != nil {
		return err
	}
	return enc.WriteToken(jsontext.EndObject)
}

// begin writes a Bundle up to its first entry.
func (w *writer) begin(enc *jsontext.Encoder, kind string) error {
	head := obj("resourceType", "Bundle", "id", uuid("bundle", kind, w.about.id))
	if w.summary {
		meta := new(element)
		meta.texts("profile", []string{profiles + "Bundle-uv-ips"})
		head.put("meta", meta)
	}
	head.put("identifier", obj("system", "urn:ietf:rfc:3986", "value", "urn:uuid:"+uuid("document", w.about.id)))
	head.text("type", kind)
	head.text("timestamp", w.made())
	if err := enc.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	if err := head.encodeMembers(enc); err != nil {
		return err
	}
	if err := enc.WriteToken(jsontext.String("entry")); err != nil {
		return err
	}
	return enc.WriteToken(jsontext.BeginArray)
}

// lines writes one resource a line.
func (w *writer) lines(ctx context.Context, out io.Writer, resources func(yield func(entry) error) error) error {
	enc := jsontext.NewEncoder(out)
	return resources(func(e entry) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return e.body.encode(enc)
	})
}
