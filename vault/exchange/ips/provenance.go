package ips

import (
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

const hashSystem = ownExtension + "sha256"

// origin is one source of facts: a file, told apart by whether the patient
// entered what it says.
type origin struct {
	file    record.Hash
	patient bool
}

// lineage is everything that came from one origin.
type lineage struct {
	origin
	targets  []target
	received time.Time
	format   string
	authors  []string
	systems  []string
	seen     map[string]bool
}

// provenance gives one Provenance for each file, and one for what the patient
// entered (https://hl7.org/fhir/R4/provenance.html).
func (w *writer) provenance(records []record.Record) []entry {
	index := map[origin]*lineage{}
	var all []*lineage
	for _, rec := range records {
		for i, p := range rec.Provenance {
			o := origin{p.Original, p.Asserter == record.ByPatient || i == 0 && byPatient(rec)}
			l := index[o]
			if l == nil {
				l = &lineage{origin: o, received: p.Received, format: p.Format, seen: map[string]bool{}}
				index[o] = l
				all = append(all, l)
			}
			l.add(w.targets[rec.ID], p)
		}
	}
	var out []entry
	for _, l := range all {
		out = append(out, w.lineage(l))
	}
	return out
}

func (l *lineage) add(t target, p record.Provenance) {
	if key := "target " + t.url; !l.seen[key] {
		l.seen[key] = true
		l.targets = append(l.targets, t)
	}
	if key := "author " + p.Author; p.Author != "" && !l.seen[key] {
		l.seen[key] = true
		l.authors = append(l.authors, p.Author)
	}
	if key := "system " + p.System; p.System != "" && !l.seen[key] {
		l.seen[key] = true
		l.systems = append(l.systems, p.System)
	}
}

func (w *writer) lineage(l *lineage) entry {
	t := unnamed("Provenance", string(w.sel.Person.ID), string(l.file), map[bool]string{true: "patient"}[l.patient])
	e := obj("resourceType", "Provenance", "id", t.id)
	name := w.sel.SourceName(l.file)
	var p page
	switch {
	case l.file == "":
		p.say("Entered by the patient: " + count(len(l.targets), "entry", "entries") + ".")
	case l.patient:
		p.say("From the file " + nonEmpty(name, "(not named here)") + ", entered by the patient: " + count(len(l.targets), "entry", "entries") + ".")
	default:
		p.say("From the file " + nonEmpty(name, "(not named here)") + ": " + count(len(l.targets), "entry", "entries") + ".")
	}
	e.put("text", p.narrative())
	var targets []*element
	for _, to := range l.targets {
		targets = append(targets, w.to(to))
	}
	e.list("target", targets...)
	recorded := l.received
	if recorded.IsZero() {
		recorded = w.sel.Generated
	}
	e.text("recorded", recorded.Format(time.RFC3339))
	e.list("agent", w.agents(l)...)
	if l.file != "" {
		what := new(element)
		what.put("identifier", obj("system", hashSystem, "value", string(l.file)))
		what.text("display", name)
		source := obj("role", "source")
		source.put("what", what)
		e.list("entity", source)
	}
	return entry{t, e}
}

// agents are who stands behind a source: the patient where the patient entered
// it, else those whom the source names, then the software that put it together.
func (w *writer) agents(l *lineage) []*element {
	var out []*element
	add := func(kind string, who *element) { out = append(out, agent(kind, who)) }
	if l.patient {
		add("enterer", w.to(w.patient))
	}
	for _, s := range l.authors {
		add("author", display(s))
	}
	for _, s := range l.systems {
		add("custodian", display(s))
	}
	add("assembler", display("Carnet"+versionWords(w.sel.Version)))
	return out
}

// agent is Provenance.agent.
func agent(kind string, who *element) *element {
	e := new(element)
	e.put("type", oneOf(participantSystem, kind))
	e.put("who", who)
	return e
}
