package ips

import "github.com/carnet-phr/carnet/vault/record"

// usable are the records of the selection that may leave: never one entered in
// error or replaced since, whatever the selection holds, nor a part of a plan that was.
func (w *writer) usable() []record.Record {
	var out []record.Record
	for _, r := range w.sel.Records {
		if r.Resource == nil || r.Summary().Standing.History() {
			continue
		}
		if plan, ok := r.Resource.(*record.CarePlan); ok {
			r.Resource = standing(plan)
		}
		out = append(out, r)
	}
	return out
}

// standing is the plan without the activities that were entered in error.
func standing(c *record.CarePlan) *record.CarePlan {
	kept := *c
	kept.Activity = nil
	for _, a := range c.Activity {
		if a.Status != "entered-in-error" && a.Status != "nullified" {
			kept.Activity = append(kept.Activity, a)
		}
	}
	return &kept
}

// person is the Patient record of the selection.
func (w *writer) person() record.Record {
	p := w.sel.Person
	patient := *w.sel.Patient()
	patient.Contact = append(patient.Contact[:len(patient.Contact):len(patient.Contact)], w.sel.Emergency()...)
	p.Resource = &patient
	return p
}

// collection gives every record: the person first, then what the export says
// about itself, then the records in their order, then where they came from.
func (w *writer) collection() func(yield func(entry) error) error {
	records := w.usable()
	w.admit(records)
	w.targets[w.sel.Person.ID] = w.patient
	return func(yield func(entry) error) error {
		if err := each([]entry{w.resource(w.person()), w.aboutEntry(records)}, yield); err != nil {
			return err
		}
		for _, rec := range records {
			if rec.ID == w.sel.Person.ID {
				continue
			}
			if err := yield(w.resource(rec)); err != nil {
				return err
			}
		}
		return each(w.provenance(records), yield)
	}
}

func each(entries []entry, yield func(entry) error) error {
	for _, e := range entries {
		if err := yield(e); err != nil {
			return err
		}
	}
	return nil
}

// aboutEntry is the Provenance of the export itself: what it covers and what it
// leaves out (hazard 51). A collection has no other place for it that a reader
// does not take for a clinical entry.
func (w *writer) aboutEntry(records []record.Record) entry {
	var p page
	p.head("About this export: health record of " + w.name())
	for _, s := range w.statement(records, nil) {
		p.say(s)
	}
	e := obj("resourceType", "Provenance", "id", w.about.id, "language", "en")
	e.put("text", p.narrative())
	e.list("contained", w.carnet())
	e.list("target", w.to(w.patient))
	first, last := w.sel.Period()
	e.put("occurredPeriod", period(record.When{Start: first, End: last}))
	e.text("recorded", w.made())
	e.put("activity", words("export by the patient"))
	e.list("agent", agent("author", w.to(w.patient)), agent("assembler", obj("reference", "#carnet")))
	return entry{w.about, e}
}

// carnet is the software that put the export together. It is contained in what
// it wrote: as an entry of its own it would pass for a device of the patient.
func (w *writer) carnet() *element {
	e := obj("resourceType", "Device", "id", "carnet")
	e.list("deviceName", obj("name", "Carnet", "type", "user-friendly-name"))
	e.put("type", words("software that put this export together"))
	e.list("version", obj("value", w.sel.Version))
	return e
}

func versionWords(v string) string {
	if v == "" {
		return ""
	}
	return " " + v
}
