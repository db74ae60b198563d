package fhir

import (
	"slices"
	"strings"
)

// olderShapes are the differences type by type, under the R4 name of the type.
var olderShapes = map[string][]change{
	"Patient": {
		{"name.family", '[', familyNames},
		{"contact.name.family", '[', contactNames},
		{"careProvider", 0, to("generalPractitioner")},
	},
	"Practitioner":  {{"name.family", '[', familyNames}},
	"RelatedPerson": {{"name.family", '[', familyNames}},
	"Person":        {{"name.family", '[', familyNames}},
	"AllergyIntolerance": {
		{"substance", 0, to("code")},
		{"status", '"', allergyStatus},
		{"reporter", 0, to("asserter")},
		{"assertedDate", 0, to("recordedDate")},
		{"lastOccurence", 0, to("lastOccurrence")},
		{"event", 0, to("reaction")},
		{"reaction.certainty", 0, certainty},
		{"reaction.comment", '"', reactionComments},
	},
	"Condition": {
		{"dateRecorded", 0, to("recordedDate")},
		{"dateAsserted", 0, to("recordedDate")},
		{"assertedDate", 0, to("recordedDate")},
		{"onsetQuantity", 0, to("onsetAge")},
		{"abatementQuantity", 0, to("abatementAge")},
		{"context", '{', to("encounter")},
	},
	"MedicationStatement": append([]change{
		{"wasNotTaken", 0, notSo("not-taken")},
		{"notTaken", 0, notSo("not-taken")},
		{"taken", 0, taken},
		{"reasonNotTaken", 0, to("statusReason")},
		{"dosage.quantityQuantity", 0, olderDosages},
		{"dosage.quantityRange", 0, olderDosages},
		{"dosage.siteCodeableConcept", 0, olderDosages},
		{"dosage.siteReference", 0, olderDosages},
		{"dosage.doseQuantity", 0, olderDosages},
		{"dosage.doseRange", 0, olderDosages},
		{"dosage.doseSimpleQuantity", 0, olderDosages},
		{"dosage.rateRatio", 0, olderDosages},
		{"dosage.rateRange", 0, olderDosages},
		{"dosage.rateQuantity", 0, olderDosages},
		{"dosage.rateSimpleQuantity", 0, olderDosages},
		{"dosage.timing.repeat.periodUnits", 0, olderDosages},
		{"dosage.timing.repeat.durationUnits", 0, olderDosages},
		{"dosage.timing.repeat.boundsQuantity", 0, olderDosages},
	}, olderMedicine...),
	"MedicationRequest": append([]change{
		{"requester.agent", 0, agent},
		{"context", '{', to("encounter")},
	}, olderMedicine...),
	"MedicationDispense": append([]change{
		{"notDone", 0, notSo("not-done")},
		{"notDoneReasonCodeableConcept", 0, to("statusReason")},
		{"dispenser", 0, performed},
	}, olderMedicine...),
	"MedicationAdministration": append([]change{
		{"wasNotGiven", 0, notSo("not-done")},
		{"notGiven", 0, notSo("not-done")},
		{"reasonNotGiven", 0, to("statusReason")},
		{"reasonGiven", 0, to("reasonCode")},
		{"practitioner", 0, performed},
		{"effectiveTimeDateTime", 0, to("effectiveDateTime")},
		{"effectiveTimePeriod", 0, to("effectivePeriod")},
		{"dosage.quantity", 0, administered},
		{"dosage.siteCodeableConcept", 0, administered},
		{"dosage.siteReference", 0, administered},
		{"dosage.rateSimpleQuantity", 0, administered},
	}, olderMedicine...),
	"Medication": {
		{"product", 0, compound},
		{"ingredient.item", 0, compound},
		{"ingredient.amount", 0, compound},
	},
	"Immunization": {
		{"wasNotGiven", 0, notSo("not-done")},
		{"notGiven", 0, notSo("not-done")},
		{"date", '"', to("occurrenceDateTime")},
		{"reported", 0, reportedVaccine},
		{"explanation", 0, explained},
		{"vaccinationProtocol", 0, protocols},
		{"performer.reference", 0, performed},
		{"performer.display", 0, performed},
		{"practitioner", 0, performed},
	},
	"Observation": {
		{"related", 0, related},
		{"context", '{', to("encounter")},
		{"referenceRange.meaning", 0, meanings},
		{"component.referenceRange.meaning", 0, meanings},
	},
	"DiagnosticReport": {
		{"codedDiagnosis", 0, to("conclusionCode")},
		{"image", 0, to("media")},
		{"context", '{', to("encounter")},
		{"performer.actor", 0, actors},
	},
	"Procedure": {
		{"notPerformed", 0, notSo("not-done")},
		{"notDone", 0, notSo("not-done")},
		{"reasonNotPerformed", 0, firstReason},
		{"notDoneReason", 0, firstReason},
		{"reasonCodeableConcept", 0, to("reasonCode")},
		{"used", 0, to("usedReference")},
		{"context", '{', to("encounter")},
	},
	"Encounter": {
		{"indication", 0, indications},
		{"reason.coding", 0, to("reasonCode")},
		{"reason.text", 0, to("reasonCode")},
		{"diagnosis.role", 0, roles},
	},
	"FamilyMemberHistory": {
		{"notDone", 0, notSo("not-done")},
		{"notDoneReason", 0, to("dataAbsentReason")},
		{"gender", '"', relativesSex},
		{"ageQuantity", 0, to("ageAge")},
		{"deceasedQuantity", 0, to("deceasedAge")},
		{"condition.onsetQuantity", 0, relativesOnset},
	},
	"DocumentReference": {
		{"indexed", 0, to("date")},
		{"created", 0, createdContent},
		{"class", 0, to("category")},
		{"docStatus", '{', docStatus},
	},
	"Composition":        {{"class", 0, to("category")}},
	"Goal":               {{"status", '"', goalStatus}, {"statusReason", '{', reasonNote}, {"description", '"', described}, {"author", 0, to("expressedBy")}, {"targetDate", 0, goalTargets}, {"targetQuantity", 0, goalTargets}},
	"CarePlan":           {{"context", '{', to("encounter")}, {"author", '[', firstAuthor}, {"activity.detail.prohibited", 0, prohibited}},
	"Device":             {{"udi", 0, udi}, {"udiCarrier", '"', udi}, {"model", 0, to("modelNumber")}, {"expiry", 0, to("expirationDate")}},
	"DeviceUseStatement": {{"whenUsed", 0, to("timingPeriod")}, {"bodySiteCodeableConcept", 0, to("bodySite")}, {"indication", 0, to("reasonCode")}},
	"Media": {
		{"occurrenceDateTime", 0, to("createdDateTime")},
		{"occurrencePeriod", 0, to("createdPeriod")},
		{"subtype", 0, to("modality")},
		{"context", '{', to("encounter")},
	},
	"ImagingStudy": {
		{"uid", '"', studyIdentity},
		{"accession", 0, studyIdentity},
		{"modalityList", 0, to("modality")},
		{"context", '{', to("encounter")},
		{"reason.coding", 0, to("reasonCode")},
		{"reason.text", 0, to("reasonCode")},
		{"series.instance.sopClass", '"', seriesIdentity},
	},
	"ServiceRequest": {{"requester.agent", 0, agent}, {"context", '{', to("encounter")}, {"reason", 0, to("reasonCode")}},
	"DeviceRequest":  {{"requester.agent", 0, agent}, {"context", '{', to("encounter")}},
	"Communication":  {{"notDone", 0, notSo("not-done")}, {"notDoneReason", 0, to("statusReason")}, {"context", '{', to("encounter")}},
	"QuestionnaireResponse": {
		{"group", 0, questions},
		{"context", '{', to("encounter")},
	},
	"NutritionOrder":     {{"orderer", 0, to("requester")}},
	"VisionPrescription": {{"dateWritten", 0, to("created")}},
}

// familyNames joins the parts of a family name, of which DSTU2 allows several.
func familyNames(o *part, _ string) {
	for _, n := range o.get("name").each() {
		if f := n.get("family"); f != nil && f.kind == '[' {
			var words []string
			for _, w := range f.sub {
				if t := w.text(); t != "" {
					words = append(words, t)
				}
			}
			n.set("family", stringOf(strings.Join(words, " ")))
		}
	}
}

func contactNames(o *part, _ string) {
	for _, c := range o.get("contact").each() {
		familyNames(c, "")
	}
}

// firstReason keeps one reason as the status' and the further ones as words.
func firstReason(o *part, name string) {
	all := o.take(name).each()
	if len(all) > 0 && o.get("statusReason") == nil {
		o.set("statusReason", all[0])
		all = all[1:]
	}
	for _, r := range all {
		remarked(o, conceptWords(r))
	}
}

// conceptWords are the words of a CodeableConcept.
func conceptWords(c *part) string {
	if t := c.get("text").text(); t != "" || c == nil {
		return t
	}
	if c.kind == '"' {
		return c.text()
	}
	for _, k := range c.get("coding").each() {
		if d := k.get("display").text(); d != "" {
			return d
		}
	}
	return ""
}

func reasonNote(o *part, name string) { remarked(o, conceptWords(o.take(name))) }

// related are the kinds of tie between results that DSTU2 and STU3 know; R4 has
// elements for two of them.
func related(o *part, name string) {
	for _, r := range o.take(name).each() {
		typ := r.get("type").text()
		target := r.take("target")
		switch {
		case target == nil:
		case typ == "has-member":
			o.add("hasMember", target)
		case typ == "derived-from":
			o.add("derivedFrom", target)
		default:
			words := "another result is named beside this one"
			if slices.Contains([]string{"sequel-to", "replaces", "qualified-by", "interfered-by"}, typ) {
				words += " (" + typ + ")"
			}
			if d := target.get("display").text(); d != "" {
				words += ": " + d
			}
			remarked(o, words)
		}
	}
}

// meanings: what a range means was called otherwise.
func meanings(o *part, _ string) {
	for _, r := range o.get("referenceRange").each() {
		r.rename("meaning", "type")
	}
	for _, c := range o.get("component").each() {
		meanings(c, "")
	}
}

// actors are the performers of a report without their roles.
func actors(o *part, name string) {
	var who []*part
	for _, p := range o.take(name).each() {
		if a := p.take("actor"); a != nil {
			who = append(who, a)
		} else if p.get("role") == nil {
			who = append(who, p)
		}
	}
	o.add(name, who...)
}
