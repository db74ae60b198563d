package fhir

// notSo gives a resource the status of something that did not happen. One that
// was entered in error stays that.
func notSo(status string) func(*part, string) {
	return func(o *part, name string) {
		if denied := o.take(name); denied.says() && o.get("status").text() != "entered-in-error" {
			o.set("status", stringOf(status))
		}
	}
}

// taken is MedicationStatement.taken of STU3: y, n, unk or na. Only "y" and
// "na" leave the status as it is.
func taken(o *part, name string) {
	is := o.take(name).text()
	switch {
	case o.get("status").text() == "entered-in-error" || is == "y":
	case is == "n":
		o.set("status", stringOf("not-taken"))
	case is == "na":
		remarked(o, "whether it is taken: not applicable")
	default:
		o.set("status", stringOf("unknown"))
	}
}

// olderMedicine are the changes of statements, orders, dispenses and
// administrations.
var olderMedicine = []change{
	{"reasonCodeableConcept", 0, to("reasonCode")},
	{"reasonForUseCodeableConcept", 0, to("reasonCode")},
	{"reasonForUseReference", 0, to("reasonReference")},
	{"dosageInstruction.additionalInstructions", 0, olderDosages},
	{"dosageInstruction.siteCodeableConcept", 0, olderDosages},
	{"dosageInstruction.siteReference", 0, olderDosages},
	{"dosageInstruction.doseQuantity", 0, olderDosages},
	{"dosageInstruction.doseRange", 0, olderDosages},
	{"dosageInstruction.rateRatio", 0, olderDosages},
	{"dosageInstruction.rateRange", 0, olderDosages},
	{"dosageInstruction.rateQuantity", 0, olderDosages},
	{"dosageInstruction.rateSimpleQuantity", 0, olderDosages},
	{"dosageInstruction.doseSimpleQuantity", 0, olderDosages},
	{"dosageInstruction.timing.repeat.periodUnits", 0, olderDosages},
	{"dosageInstruction.timing.repeat.durationUnits", 0, olderDosages},
	{"dosageInstruction.timing.repeat.boundsQuantity", 0, olderDosages},
}

// olderDosages puts each Dosage into the shape of R4
// (https://hl7.org/fhir/R4/dosage.html). An administration's is no list and
// another type: administered.
func olderDosages(o *part, name string) {
	for _, d := range o.get(name).each() {
		olderDosage(d)
	}
}

func olderDosage(d *part) {
	for _, a := range d.take("additionalInstructions").each() {
		d.add("additionalInstruction", a)
	}
	siteOf(d)
	olderTiming(d.get("timing"))
	d.rename("quantityQuantity", "doseQuantity")
	d.rename("quantityRange", "doseRange")
	d.rename("doseSimpleQuantity", "doseQuantity")
	d.rename("rateSimpleQuantity", "rateQuantity")
	amounts := &part{kind: '{'}
	for _, name := range []string{"doseQuantity", "doseRange", "rateRatio", "rateRange", "rateQuantity"} {
		amounts.set(name, d.take(name))
	}
	if len(amounts.sub) > 0 {
		d.add("doseAndRate", amounts)
	}
}

func siteOf(d *part) {
	d.rename("siteCodeableConcept", "site")
	if words := d.take("siteReference").get("display").text(); words != "" && d.get("site") == nil {
		d.set("site", conceptPart(words))
	}
}

func olderTiming(t *part) {
	r := t.get("repeat")
	r.rename("periodUnits", "periodUnit")
	r.rename("durationUnits", "durationUnit")
	r.rename("boundsQuantity", "boundsDuration")
}

// administered is the dose that was given.
func administered(o *part, _ string) {
	d := o.get("dosage")
	siteOf(d)
	d.rename("quantity", "dose")
	d.rename("rateSimpleQuantity", "rateQuantity")
}

// performed makes of a lone reference what R4 has: a list of who acted.
func performed(o *part, name string) {
	var actors []*part
	for _, who := range o.take(name).each() {
		if who.get("actor") != nil {
			actors = append(actors, who)
		} else {
			actors = append(actors, objectOf("actor", who))
		}
	}
	o.add("performer", actors...)
}

// compound reads what a Medication of DSTU2 has under product, and its amounts.
func compound(o *part, _ string) {
	product := o.take("product")
	if form := product.take("form"); form != nil && o.get("form") == nil {
		o.set("form", form)
	}
	o.add("ingredient", product.take("ingredient").each()...)
	for _, i := range o.get("ingredient").each() {
		i.rename("item", "itemReference")
		i.rename("amount", "strength")
	}
}
