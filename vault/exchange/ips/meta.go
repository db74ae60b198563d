package ips

import "github.com/carnet-phr/carnet/vault/record"

// metaOf holds the labels of a record: confidentiality as its sources set it,
// and who asserted it (v3 ObservationValue PATAST and DEVAST), so that software
// can tell the patient's own entries in every row.
func metaOf(rec record.Record) *element {
	e := new(element)
	if rec.OwnEntry() { // which version it is: an older export never outdoes a newer one
		e.text("lastUpdated", rec.Source().Version)
	}
	seen := map[record.Coding]bool{}
	var labels []*element
	add := func(c record.Coding) {
		if c.Code != "" && !seen[c] {
			seen[c] = true
			labels = append(labels, coding(c))
		}
	}
	switch {
	case byPatient(rec):
		add(record.Coding{System: observationValueSystem, Code: "PATAST", Display: "patient asserted"})
	case rec.Source().Asserter == record.ByDevice:
		add(record.Coding{System: observationValueSystem, Code: "DEVAST", Display: "device asserted"})
	}
	for _, p := range rec.Provenance {
		for _, c := range p.Security {
			add(c)
		}
	}
	e.list("security", labels...)
	return e
}

// identifiersOf are the issuers' identifiers of all sources.
func identifiersOf(rec record.Record) []*element {
	seen := map[record.Identifier]bool{}
	var out []*element
	for _, p := range rec.Provenance {
		for _, id := range p.Identifiers {
			if id.Value == "" || seen[id] {
				continue
			}
			seen[id] = true
			out = append(out, obj("system", uri(id.System), "value", id.Value))
		}
	}
	return out
}

// strictest is the highest confidentiality that any of the records carries, in
// the order of v3 Confidentiality; "N" (normal) at the least.
func strictest(records []record.Record) string {
	const order = "NRV"
	level := 0
	for _, rec := range records {
		for _, p := range rec.Provenance {
			for _, c := range p.Security {
				for i := range order {
					if c.Code == order[i:i+1] && i > level {
						level = i
					}
				}
			}
		}
	}
	return order[level : level+1]
}
