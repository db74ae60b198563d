package bluebutton

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// kind is what becomes of a section. Without read its blocks are counted under
// outcome; [exchange.Remark] is for what is no data at all.
type kind struct {
	names   []string // as sectionName gives them; a section may add ": …"
	outcome exchange.Outcome
	what    string // what one block is, in the receipt
	titled  string // at VA.gov: the key that the title above each block stands for
	layout
	read func(r *reader, s *section, k *kind) (records int)
}

// lookup finds what becomes of a section; nil for one that is not known.
func lookup(name string) *kind {
	if strings.HasPrefix(name, "CLAIM LINES FOR CLAIM NUMBER") {
		name = "CLAIM LINES"
	}
	for _, k := range kinds() {
		for _, n := range k.names {
			if name == n || strings.HasPrefix(name, n+":") {
				return &k
			}
		}
	}
	return nil
}

// kinds is THE table of sections, those of the VA first.
func kinds() []kind {
	return append(clinical(), administrative()...)
}

func clinical() []kind {
	return []kind{
		{names: []string{"DEMOGRAPHICS", "DEMOGRAPHIC"}, read: (*reader).demographics, layout: demographicKeys},
		{names: []string{"EMERGENCY CONTACT", "EMERGENCY CONTACTS"}, read: (*reader).emergency, layout: contactKeys},
		{names: []string{"ALLERGIES", "ALLERGIES/ADVERSE REACTIONS"}, read: each((*reader).allergy), layout: allergyKeys, titled: "allergy name"},
		{names: []string{"MEDICATION HISTORY"}, read: each((*reader).prescription), layout: prescriptionKeys},
		{names: []string{"MEDICATIONS AND SUPPLEMENTS", "MEDICATIONS", "DRUGS"}, read: each((*reader).medicine), layout: medicineKeys},
		{names: []string{"PROBLEM LIST", "MEDICAL CONDITIONS", "HEALTH CONDITIONS"}, read: each((*reader).problem), layout: problemKeys, titled: "problem"},
		{names: []string{"MEDICAL EVENTS"}, read: each((*reader).event), layout: eventKeys},
		{names: []string{"LABORATORY RESULTS"}, read: each((*reader).lab), layout: labKeys},
		{names: []string{"LAB AND TEST RESULTS"}, read: each((*reader).panel), layout: panelKeys, titled: "lab test"},
		{names: []string{"PATHOLOGY REPORTS"}, read: each((*reader).pathology), layout: pathologyKeys},
		{names: []string{"LABS AND TESTS"}, read: each((*reader).ownTest), layout: ownTestKeys},
		{names: []string{"RADIOLOGY REPORTS", "ELECTROCARDIOGRAM (EKG) REPORTS"}, read: each((*reader).radiology), layout: radiologyKeys},
		{names: []string{"VITALS AND READINGS", "VITAL STATISTICS"}, read: (*reader).vitals, layout: vitalKeys},
		{names: []string{"IMMUNIZATIONS", "VACCINES"}, read: (*reader).immunizations, layout: immunizationKeys, titled: "immunization"},
		{names: []string{"IMPLANTABLE DEVICE", "IMPLANTABLE DEVICES"}, read: each((*reader).device), layout: deviceKeys},
		{names: []string{"ADMISSIONS AND DISCHARGES"}, read: each((*reader).admission), layout: admissionKeys},
		{names: []string{"NOTES"}, read: each((*reader).note), layout: noteKeys},
		{names: []string{"FAMILY HEALTH HISTORY", "FAMILY MEDICAL HISTORY"}, read: each((*reader).relative), layout: familyKeys},
		{names: []string{"MY GOALS"}, read: (*reader).goals, layout: goalKeys},
		{names: []string{"ACTIVITY JOURNAL", "FOOD JOURNAL", "MILITARY HEALTH HISTORY"}, read: each((*reader).entry), layout: journalKeys},
	}
}

// administrative are the sections that are kept as text: directories, billing
// and scheduling, and reminders, which are no care given.
func administrative() []kind {
	start := func(keys ...string) layout { return layout{starts: keys} }
	return []kind{
		{names: []string{"MY HEALTHEVET PERSONAL INFORMATION REPORT", "MY HEALTHEVET PERSONAL HEALTH INFORMATION", "DOWNLOAD REQUEST SUMMARY", "END OF MY HEALTHEVET PERSONAL INFORMATION REPORT", "END OF MY HEALTHEVET PERSONAL HEALTH INFORMATION", "MYMEDICARE.GOV PERSONAL HEALTH INFORMATION", "THE FOLLOWING RECORDS HAVE BEEN DOWNLOADED"}},
		{names: []string{"MY HEALTHEVET ACCOUNT SUMMARY", "ACCOUNT SUMMARY"}, outcome: exchange.Administrative, what: "account"},
		{names: []string{"HEALTH CARE PROVIDERS", "PROVIDERS"}, outcome: exchange.Administrative, what: "provider", layout: start("provider name")},
		{names: []string{"TREATMENT FACILITIES"}, outcome: exchange.Administrative, what: "treatment facility", layout: start("facility name")},
		{names: []string{"PHARMACIES"}, outcome: exchange.Administrative, what: "pharmacy", layout: start("pharmacy name")},
		{names: []string{"HEALTH INSURANCE"}, outcome: exchange.Administrative, what: "insurance", layout: start("health insurance company")},
		{names: []string{"PLANS"}, outcome: exchange.Administrative, what: "insurance plan", layout: start("contract id/plan id")},
		{names: []string{"EMPLOYER SUBSIDY"}, outcome: exchange.Administrative, what: "employer subsidy", layout: start("employer plan")},
		{names: []string{"PART D DRUG CLAIMS", "CLAIM SUMMARY"}, outcome: exchange.Administrative, what: "claim", layout: start("claim number")},
		{names: []string{"CLAIM LINES"}, outcome: exchange.Administrative, what: "claim line", layout: start("line number", "claim number")},
		{names: []string{"APPOINTMENTS"}, outcome: exchange.Administrative, what: "appointment", layout: start("date/time")},
		{names: []string{"DOD MILITARY SERVICE INFORMATION", "MILITARY SERVICE", "MILITARY SERVICE INFORMATION"}, outcome: exchange.Administrative, what: "military service"},
		{names: []string{"WELLNESS REMINDERS"}, outcome: exchange.Kept, what: "wellness reminders"},
		{names: []string{"PREVENTIVE SERVICES"}, outcome: exchange.Kept, what: "preventive service", layout: start("description")},
	}
}

// each reads a section block by block.
func each(read func(r *reader, s *section, it *item)) func(*reader, *section, *kind) int {
	return func(r *reader, s *section, k *kind) int {
		items := r.items(s, k)
		for _, it := range items {
			read(r, s, it)
		}
		if len(items) == 0 {
			r.outcome(s, nil, "")
		}
		return len(items)
	}
}
