package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// specimenTypes are the commonest codes of HL7 tables 0070 and 0487 for people,
// where the sender gives the code alone.
var specimenTypes = map[string]string{
	"BLD": "Blood", "BLDC": "Capillary blood", "BLDA": "Arterial blood", "BLDV": "Venous blood", "SER": "Serum", "PLAS": "Plasma", "PPP": "Platelet poor plasma", "UR": "Urine", "URC": "Urine, clean catch",
	"URT": "Urine, catheter", "STL": "Stool", "CSF": "Cerebral spinal fluid", "SPT": "Sputum", "SAL": "Saliva", "SWAB": "Swab", "THRT": "Throat", "NOS": "Nose", "TISS": "Tissue", "BON": "Bone", "MAR": "Marrow",
	"WND": "Wound", "SNV": "Synovial fluid", "PLR": "Pleural fluid", "HAR": "Hair", "NAIL": "Nail", "SMN": "Seminal fluid", "AMN": "Amniotic fluid", "ABS": "Abscess", "BRTH": "Breath",
}

// conditions are HL7 table 0493, and rejections table 0490, for people.
var (
	conditions = map[string]string{"AUT": "Autolyzed", "CFU": "Centrifuged", "CLOT": "Clotted", "CON": "Contaminated", "COOL": "Cool", "FROZ": "Frozen", "HEM": "Hemolyzed", "LIVE": "Live", "ROOM": "Room temperature", "SNR": "Sample not received"}
	rejections = map[string]string{"EX": "Expired", "QS": "Quantity not sufficient", "RA": "Missing patient ID number", "RB": "Broken container", "RC": "Clotting", "RD": "Missing collection date", "RE": "Missing patient name", "RH": "Hemolysis", "RI": "Identification problem", "RM": "Labeling", "RN": "Contamination", "RP": "Missing phlebotomist ID", "RR": "Improper storage", "RS": "Name misspelling"}
)

// notThePatients are the specimen roles of HL7 table 0369 under which what is
// measured is not the patient's own (CLINICAL-SAFETY hazard 30).
var notThePatients = map[string]string{
	"B": "a blind sample", "C": "a calibrator", "E": "an electronic control", "F": "a proficiency sample of the laboratory", "O": "a proficiency sample of the operator", "Q": "a control specimen", "V": "a verifying sample",
}

// addSpecimen reads SPM: behind OBR (ORU) or before it (OUL).
func (b *builder) addSpecimen(s *segment) {
	b.flushDose()
	if b.order != nil && !strings.HasPrefix(b.kind, "OUL") {
		b.order.specimens = append(b.order.specimens, s)
		b.order.afterwards = true
		return
	}
	b.flushOrder()
	if len(b.specimen) > 0 && b.specimen[len(b.specimen)-1].raw.ordinal != s.raw.ordinal-1 {
		b.specimen = nil
	}
	b.specimen = []*segment{s}
	b.absorb()
}

// container reads SAC: tubes and slides, of which only a specimen's owner in the
// laboratory makes use.
func (b *builder) container(s *segment) { b.administrative(s, "specimen container") }

// focus says whose the specimens are, where they are not the patient's.
func (b *builder) focus(o *order) []string {
	for _, s := range o.specimens {
		if w := notThePatients[s.field(11).comp(1).String()]; w != "" {
			return []string{w}
		}
	}
	return nil
}

// specimenWords names what was examined: SPM-4 with its site, else OBR-15.
func (b *builder) specimenWords(o *order) string {
	out := ""
	for _, s := range o.specimens {
		name := s.field(4).tabled("0487", specimenTypes).String()
		if site := s.field(8).first().concept().String(); site != "" && name != "" {
			name += " (" + site + ")"
		}
		if name != "" && !strings.Contains(out, name) {
			out = joined(", ", out, name)
		}
	}
	if out != "" {
		return out
	}
	// SPS: specimen code (CWE), additives, collection method, body site.
	f := o.obr.field(15)
	source := f.comp(1)
	name := source.sub(2).String()
	if name == "" {
		code := source.sub(1).String()
		if name = specimenTypes[code]; name == "" {
			name = code
		}
	}
	site := f.comp(4).sub(2).String()
	if site == "" {
		site = f.comp(4).sub(1).String()
	}
	if site != "" && name != "" {
		return name + " (" + site + ")"
	}
	return joined("", name, site)
}

// specimenNotes are what is said of the specimen that a reader of the result
// must know: its state, and why it was rejected.
func (b *builder) specimenNotes(o *order) []string {
	var notes []string
	add := func(label, words string) { notes = append(notes, labelled(label, words)...) }
	for _, s := range o.specimens {
		add("Specimen rejected", allTabled(s.field(21), "0490", rejections))
		add("Condition of the specimen", allTabled(s.field(24), "0493", conditions))
		add("Specimen", s.field(14).words())
	}
	add("Collector's comment", o.obr.field(39).words())
	return notes
}

// allTabled is every repetition of a coded field in words.
func allTabled(f field, number string, words map[string]string) string {
	var list []record.Concept
	for _, x := range f.all() {
		list = append(list, x.tabled(number, words))
	}
	return conceptWords(list)
}

// parentOf is the finding that this order went on to examine, as OBR-26 names
// it: the organism whose susceptibility was tested.
func (b *builder) parentOf(o *order) string {
	f := o.obr.field(26)
	if f.empty() {
		return ""
	}
	if w := f.comp(3).sub(1).String(); w != "" {
		return w
	}
	return b.results[parentKey(f.comp(1).sub(1).String(), f.comp(2).String())].value
}

// reported is a result that a later order of the message may go on to examine.
type reported struct {
	local, value string
}

func parentKey(code, sub string) string { return code + "\x00" + sub }
