package hl7v2

// segment names that need no words: their content is taken by the message or
// says nothing about the patient's health.
var silent = map[string]bool{
	"EVN": true, "SFT": true, "UAC": true, "MSA": true, "ERR": true, "QAK": true, "QPD": true, "QRD": true, "QRF": true, "DSC": true, "RCP": true, "ADD": true, "TQ2": true,
}

// administration are segments of billing, insurance, scheduling, stock and
// directories.
var administration = map[string]string{
	"IN1": "insurance", "IN2": "insurance", "IN3": "insurance", "GT1": "guarantor", "FT1": "financial transaction", "BLG": "billing", "UB1": "billing", "UB2": "billing",
	"DRG": "billing", "GP1": "billing", "GP2": "billing", "AUT": "authorization", "RMI": "billing", "IVC": "invoice", "PYE": "invoice", "PSS": "invoice", "PSG": "invoice", "PSL": "invoice", "ADJ": "invoice",
	"SCH": "appointment", "RGS": "appointment", "AIS": "appointment", "AIG": "appointment", "AIL": "appointment", "AIP": "appointment", "APR": "appointment", "ARQ": "appointment",
	"MFI": "directory", "MFE": "directory", "STF": "directory", "PRA": "directory", "LOC": "directory", "INV": "stock", "EQP": "equipment", "EQU": "equipment", "ECD": "equipment", "ISD": "equipment", "NST": "equipment",
}

// known says whether a bare name is a segment rather than a word of text.
func known(name string) bool {
	if silent[name] || administration[name] != "" {
		return true
	}
	_, ok := readers[name]
	return ok || name == "MSH"
}

// readers are the segments that are read, with what reads them.
var readers = map[string]func(*builder, *segment){
	"PID": (*builder).patientID, "PD1": (*builder).patientMore, "NK1": (*builder).nextOfKin, "MRG": (*builder).merged,
	"PV1": (*builder).visit, "PV2": (*builder).visitMore,
	"ORC": (*builder).commonOrder, "OBR": (*builder).observationRequest, "TQ1": (*builder).addTiming,
	"OBX": (*builder).observation, "NTE": (*builder).note, "SPM": (*builder).addSpecimen, "SAC": (*builder).container,
	"TXA": (*builder).documentHeader,
	"RXA": (*builder).administered, "RXO": (*builder).pharmacyOrder, "RXE": (*builder).encodedOrder, "RXD": (*builder).dispensed, "RXG": (*builder).given,
	"RXR": (*builder).route, "RXC": (*builder).ingredient,
	"AL1": (*builder).allergy, "IAM": (*builder).adverseReaction,
	"DG1": (*builder).diagnosis, "PRB": (*builder).problem, "PR1": (*builder).procedure,
	"PRT": (*builder).participant, "ROL": (*builder).participant,
}

// appendages are segments that belong to the record before them, so they do not
// end it.
var appendages = map[string]bool{"NTE": true, "PV2": true, "PRT": true, "ROL": true, "TQ1": true, "TQ2": true, "CTI": true, "CTD": true}

// segment reads one segment.
func (b *builder) segment(s *segment) {
	if !appendages[s.name] {
		b.flushHeld()
		if b.patient != nil && s.name != "PD1" && s.name != "NK1" && s.name != "ARV" {
			b.flushPatient()
		}
	}
	if read, ok := readers[s.name]; ok {
		read(b, s)
		return
	}
	switch what := administration[s.name]; {
	case silent[s.name]:
	case what != "":
		b.administrative(s, what)
	case s.name[0] == 'Z':
		b.keep(s, "a segment of the sender's own making (Z), which only the sender can read; kept in the original")
	default:
		b.keep(s, "a segment that is not read here; kept in the original")
	}
}
