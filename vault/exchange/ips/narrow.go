package ips

import (
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// vaccines lists what was given; what was not given stands under its own title.
// FHIR cannot hold a vaccine without a status, or one that is planned: those
// are told in words.
func (d *document) vaccines() {
	g := d.summary.Immunizations
	d.simple(vaccinesHeading, vaccineColumns, g,
		part{lines: g.Current}, part{title: "NOT given", lines: g.NotSo},
		part{title: "The source does not say whether these were given (not coded here)", lines: g.Uncertain, told: true},
		part{title: "Planned (not coded here)", lines: g.Intended, told: true})
}

// directiveCodes are the LOINC codes of documents that state a patient's will.
const directiveCodes allowed = "42348-3 42349-1 64298-3 81334-5 81351-9 75320-2 92664-0 86533-7"

// documents adds notes and files; a patient's will has its own section.
func (d *document) documents() {
	g := d.summary.Documents
	var will, rest []clinic.Line
	for _, l := range both(g) {
		if doc, ok := l.Resource.(*record.DocumentReference); ok && directiveCodes.has(doc.Type.Code(record.LOINC)) {
			will = append(will, l)
		} else {
			rest = append(rest, l)
		}
	}
	d.add(&section{heading: directivesHeading, columns: documentsColumns, parts: []part{{lines: will}}})
	g.Current, g.Uncertain = nil, nil
	d.simple(documentsHeading, documentsColumns, g, part{lines: rest})
}

// others tells the entries that a summary has no coded place for.
func (d *document) others() {
	g := d.summary.Others
	d.simple(othersHeading, plainColumns, g,
		part{title: headed("In words only", both(g)), lines: both(g), told: true},
		part{title: "Planned", lines: g.Intended, told: true},
		part{title: "Denied, or not to be done", lines: g.NotSo, told: true})
}
