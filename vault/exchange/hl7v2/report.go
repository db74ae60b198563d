package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// reportStatuses are the FHIR statuses for HL7 table 0123 (OBR-25).
var reportStatuses = map[string]string{
	"O": "registered", "I": "registered", "S": "registered", "N": "registered", "A": "partial", "R": "preliminary", "P": "preliminary",
	"F": "final", "C": "corrected", "K": "corrected", "M": "corrected", "X": "cancelled", "D": "entered-in-error",
}

// services are the diagnostic services of HL7 table 0074 (OBR-24) for people.
var services = map[string]string{
	"AU": "Audiology", "BG": "Blood gases", "BLB": "Blood bank", "CG": "Cytogenetics", "CH": "Chemistry", "CP": "Cytopathology", "CT": "CAT scan", "CTH": "Cardiac catheterization",
	"CUS": "Cardiac ultrasound", "EC": "Electrocardiac", "EN": "Electroneuro", "GE": "Genetics", "HM": "Hematology", "ICU": "Bedside ICU monitoring", "IMM": "Immunology", "LAB": "Laboratory",
	"MB": "Microbiology", "MCB": "Mycobacteriology", "MYC": "Mycology", "NMR": "Nuclear magnetic resonance", "NMS": "Nuclear medicine scan", "NRS": "Nursing service measures", "OSL": "Outside lab",
	"OT": "Occupational therapy", "OTH": "Other", "OUS": "OB ultrasound", "PAR": "Parasitology", "PAT": "Pathology", "PF": "Pulmonary function", "PHR": "Pharmacy", "PHY": "Physician", "PT": "Physical therapy",
	"RAD": "Radiology", "RC": "Respiratory care", "RT": "Radiation therapy", "RUS": "Radiology ultrasound", "RX": "Radiograph", "SP": "Surgical pathology", "SR": "Serology", "TX": "Toxicology",
	"URN": "Urinalysis", "VR": "Virology", "VUS": "Vascular ultrasound", "XRC": "Cineradiograph",
}

// categories are the FHIR observation categories of those services.
var categories = map[string]string{
	"BG": record.Laboratory, "BLB": record.Laboratory, "CG": record.Laboratory, "CH": record.Laboratory, "CP": record.Laboratory, "GE": record.Laboratory, "HM": record.Laboratory, "IMM": record.Laboratory,
	"LAB": record.Laboratory, "MB": record.Laboratory, "MCB": record.Laboratory, "MYC": record.Laboratory, "OSL": record.Laboratory, "PAR": record.Laboratory, "PAT": record.Laboratory, "SP": record.Laboratory,
	"SR": record.Laboratory, "TX": record.Laboratory, "URN": record.Laboratory, "VR": record.Laboratory,
	"CT": "imaging", "CUS": "imaging", "NMR": "imaging", "NMS": "imaging", "OUS": "imaging", "RAD": "imaging", "RUS": "imaging", "RX": "imaging", "VUS": "imaging", "XRC": "imaging", "MR": "imaging", "US": "imaging",
	"EC": "procedure", "EN": "procedure", "CTH": "procedure", "PF": "procedure", "PT": "therapy", "OT": "therapy", "RT": "therapy", "RC": "therapy",
}

// report files OBR as a DiagnosticReport and its OBX as Observations. A report
// in words alone is one record with its text.
func (b *builder) report(o *order) {
	s := o.obr
	d := &record.DiagnosticReport{
		Code: s.field(4).concept(), Effective: b.reportTime(o), Issued: s.moment(22), Specimen: b.specimenWords(o), Encounter: b.encounter,
		Status: status(s.field(25), reportStatuses), Performer: b.reporters(o), Note: o.notes,
	}
	if c := s.field(24).tabled("0074", services); !c.Empty() {
		d.Category = []record.Concept{c}
	}
	d.Note = append(d.Note, b.specimenNotes(o)...)
	d.Note = append(d.Note, orderNotes(s)...)
	p := b.provenance(s)
	p.Security = o.security
	p.Version = b.versionOf(o)
	name := o.name()
	if name.Value != "" {
		p.Identifiers = []record.Identifier{name}
	}
	named(&p, "report")
	if len(d.Performer) > 0 {
		p.Author = d.Performer[0]
	}
	c := &reportContext{order: o, report: d, local: p.Local[0], category: category(o), provenance: p, parent: b.parentOf(o), target: b.focus(o), number: name}
	c.names()
	if c.narrative() {
		b.reportText(c)
	} else {
		b.observations(c)
	}
	b.add(d, p)
	for _, r := range c.made {
		b.sink.Add(r)
	}
	b.specimens(o)
}

// reportContext is what the results of a report have in common.
type reportContext struct {
	order      *order
	report     *record.DiagnosticReport
	local      string
	category   string
	provenance record.Provenance
	parent     string            // the finding that a further test was made of (OBR-26)
	target     []string          // present: not the patient's own specimen
	number     record.Identifier // the issuer's name of the order
	parts      bool              // OBX-4 tells several sets apart
	made       []record.Record
}

// status brings a code through a table; one that the table lacks stays as it
// is written, so that nothing is taken for final.
func status(f field, table map[string]string) string {
	code := f.comp(1).String()
	if s, ok := table[code]; ok {
		return s
	}
	if code == "" {
		return ""
	}
	return "status " + code
}

// reportTime is OBR-7 to OBR-8, else when the specimen was taken (SPM-17). When
// it was received or reported is no clinical time (CLINICAL-SAFETY hazard 38).
func (b *builder) reportTime(o *order) record.When {
	w := o.obr.period(7, 8)
	if !w.Empty() {
		return w
	}
	for _, spm := range o.specimens {
		f := spm.field(17).first()
		start, words := f.comp(1).as(f).date()
		end, _ := f.comp(2).as(f).date()
		if start != "" || words != "" {
			w = record.When{Start: start, Text: words}
			if end != "" && end != start {
				w.End, w.Period = end, true
			}
			return w
		}
	}
	return w
}

// as makes a component stand as a field of its own, its sub-components as
// components: the parts of a DR are TS.
func (f field) as(of field) field { return field{f.sub(1).text, of.seg, of.n} }

// reporters are who stands for the report: OBR-32, interpreter and assistants.
func (b *builder) reporters(o *order) []string {
	var names []string
	for _, n := range []int{32, 33} {
		for _, x := range o.obr.field(n).all() {
			// NDL: its first component is a CN in sub-components.
			c := x.comp(1)
			name := joined(" ", c.sub(6).String(), c.sub(3).String(), c.sub(4).String(), c.sub(2).String(), c.sub(5).String())
			if name == "" {
				name = c.sub(1).String()
			}
			if c.sub(2).String() == "" && c.sub(3).String() == "" && !x.comp(2).empty() && isoDate(x.comp(2).String()) == "" {
				name = x.personName() // written as an XCN, which is not the standard's form
			}
			if name != "" && !contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return append(names, o.people...)
}

// versionOf is when the results were last changed (OBR-22), else when the
// message was written.
func (b *builder) versionOf(o *order) string {
	if d := o.obr.moment(22); d.Precision() >= record.Minute {
		return string(d)
	}
	return b.version
}

// category is the FHIR category of an order's results: by the service, else
// laboratory where a specimen was examined.
func category(o *order) string {
	if c := categories[o.obr.field(24).comp(1).String()]; c != "" {
		return c
	}
	if o.obr.field(24).empty() && (len(o.specimens) > 0 || !o.obr.field(15).empty()) {
		return record.Laboratory
	}
	return ""
}

// orderNotes are the words of OBR that have no element of their own.
func orderNotes(s *segment) []string {
	var notes []string
	for _, row := range rows(
		"Reason for the test", conceptWords(s.field(31).concepts()),
		"Clinical information", s.field(13).words(),
		"Ordered by", strings.Join(s.field(16).people(), ", "),
	) {
		notes = append(notes, row.Label+": "+row.Value)
	}
	return notes
}
