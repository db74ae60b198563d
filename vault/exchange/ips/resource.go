package ips

import (
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// resource is a resource being made from one record.
type resource struct {
	element
	w          *writer
	kind       string
	rec        record.Record
	extensions []*element
	notes      []*element
}

// newResource begins a resource with what all of them share: identity,
// labels, narrative, held modifiers and the issuers' identifiers.
func (w *writer) newResource(t target, rec record.Record) *resource {
	r := &resource{w: w, kind: t.kind, rec: rec}
	r.text("resourceType", t.kind)
	r.text("id", t.id)
	r.put("meta", metaOf(rec))
	r.put("text", narrativeOf(rec))
	if len(rec.Held) > 0 { // one is enough to stop a reader; the narrative and the notes hold all
		r.list("modifierExtension", obj("url", heldURL, "valueString", nonEmpty(rec.Held[0], "not understood")))
	}
	for _, words := range rec.Held {
		r.note("Attention, not understood", words)
	}
	r.list("identifier", identifiersOf(rec)...)
	r.overlay()
	return r
}

// byPatient says whether the patient, or someone at home, entered it.
func byPatient(rec record.Record) bool {
	if len(rec.Provenance) == 0 {
		return false
	}
	p := rec.Source()
	return p.Asserter == record.ByPatient || p.Original == "" && p.Asserter == ""
}

// who is a Reference to the one who stated something: the source's words, else
// the patient where the patient entered it.
func (r *resource) who(name string) *element {
	if strings.TrimSpace(name) == "" && byPatient(r.rec) {
		return r.w.to(r.w.patient)
	}
	return display(name)
}

// whos is who for a list.
func (r *resource) whos(names []string) []*element {
	if len(names) == 0 && byPatient(r.rec) {
		return []*element{r.w.to(r.w.patient)}
	}
	return displays(names)
}

// author is who recorded it in the source, where that is someone else than the
// patient.
func (r *resource) author() string {
	if byPatient(r.rec) {
		return ""
	}
	return r.rec.Source().Author
}

// recorder is a Reference to the one who recorded it.
func (r *resource) recorder(name string) *element { return display(nonEmpty(name, r.author())) }

// note keeps words that FHIR has no other place for.
func (r *resource) note(label, s string) {
	if s = strings.TrimSpace(clean(s)); s == "" {
		return
	}
	if label != "" {
		s = label + ": " + s
	}
	r.notes = append(r.notes, obj("text", s))
}

func (r *resource) noteAll(label string, values []string) {
	for _, v := range values {
		r.note(label, v)
	}
}

// overlay adds what the patient says about the record, under the patient's name.
func (r *resource) overlay() {
	o := r.rec.Overlay
	if o == nil {
		return
	}
	var said []string
	switch {
	case o.Disputed && o.Reason != "":
		said = append(said, "The patient disputes this entry: "+o.Reason)
	case o.Disputed:
		said = append(said, "The patient disputes this entry.")
	case o.Accepted:
		said = append(said, "The patient confirms this entry.")
	}
	said = append(said, o.Note)
	for _, s := range said {
		if strings.TrimSpace(clean(s)) == "" {
			continue
		}
		n := new(element)
		n.put("authorReference", r.w.to(r.w.patient))
		if !o.Changed.IsZero() {
			n.text("time", o.Changed.UTC().Format(time.RFC3339))
		}
		n.text("text", s)
		r.notes = append(r.notes, n)
	}
}

// status puts a required code. A word that the value set lacks becomes its
// equivalent in same, else "unknown", else nothing with the reason; the
// source's word stays in a note.
func (r *resource) status(name, raw string, set allowed, same map[string]string) {
	code := raw
	if !set.has(code) {
		r.note("Status in the source", raw)
		code = same[raw]
	}
	switch {
	case code != "":
		r.token(name, code)
	case set.has("unknown"):
		r.token(name, "unknown")
	default:
		r.missing(name)
	}
}

// code puts an optional code of a required value set; a word that it lacks goes
// to a note.
func (r *resource) code(name, raw string, set allowed, label string) {
	if set.has(raw) {
		r.token(name, raw)
		return
	}
	r.note(label, raw)
}

// noteless are the kinds without Annotations of their own.
const noteless allowed = "Patient Encounter DiagnosticReport DocumentReference Basic"

// finish adds notes and extensions and gives the entry.
func (r *resource) finish(t target) entry {
	if noteless.has(r.kind) {
		for _, n := range r.notes {
			x := obj("url", noteURL)
			x.put("valueAnnotation", n)
			r.extensions = append(r.extensions, x)
		}
	} else {
		r.list("note", r.notes...)
	}
	r.list("extension", r.extensions...)
	return entry{t, &r.element}
}

func nonEmpty(s, otherwise string) string {
	if strings.TrimSpace(s) == "" {
		return otherwise
	}
	return s
}
