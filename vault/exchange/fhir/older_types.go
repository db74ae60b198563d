package fhir

// formerType is a resource type of an older version that R4 calls otherwise.
type formerType struct {
	name string
	do   func(o *part) // what is particular to the former type
}

// formerTypes lists them (https://hl7.org/fhir/R4/history.html).
var formerTypes = map[string]formerType{
	"MedicationOrder":  {"MedicationRequest", medicationOrder},
	"DiagnosticOrder":  {"ServiceRequest", diagnosticOrder},
	"ProcedureRequest": {"ServiceRequest", procedureRequest},
	"ReferralRequest":  {"ServiceRequest", referralRequest},
	"DeviceUseRequest": {"DeviceRequest", procedureRequest},
	"BodySite":         {"BodyStructure", func(*part) {}},
	"Sequence":         {"MolecularSequence", func(*part) {}},
	"DeviceComponent":  {"DeviceMetric", func(*part) {}},
}

// medicationOrder: DSTU2 knows no intent; an order is what the type says.
func medicationOrder(o *part) {
	if o.get("intent") == nil {
		o.set("intent", stringOf("order"))
	}
	o.rename("dateWritten", "authoredOn")
	o.rename("prescriber", "requester")
	o.rename("priorPrescription", "priorPrescriptionReference")
	if reason := o.take("reasonEnded"); reason != nil {
		o.set("statusReason", reason)
	}
}

// requested are the elements that DSTU2 and STU3 name otherwise in all orders.
func requested(o *part) {
	o.rename("orderer", "requester")
	o.rename("orderedOn", "authoredOn")
	o.rename("context", "encounter")
	o.rename("reason", "reasonCode")
	o.rename("reasonCodeableConcept", "reasonCode")
	for _, typ := range []string{"DateTime", "Period", "Timing"} {
		o.rename("scheduled"+typ, "occurrence"+typ)
	}
	agent(o, "requester")
}

// diagnosticOrder: an order of one test is an order for that; of several, each
// is told.
func diagnosticOrder(o *part) {
	requested(o)
	items := o.take("item").each()
	if len(items) == 1 {
		o.set("code", items[0].take("code"))
		o.add("bodySite", items[0].take("bodySite").each()...)
		items = nil
	}
	for _, i := range items {
		if code := i.take("code"); code != nil {
			o.add("orderDetail", code)
		}
	}
	for _, e := range o.get("event").each() {
		if s := e.get("status").text(); (s == "requested" || s == "proposed") && o.get("authoredOn") == nil {
			o.set("authoredOn", e.take("dateTime"))
		}
	}
}

func procedureRequest(o *part) { requested(o) }

func referralRequest(o *part) {
	requested(o)
	o.rename("date", "authoredOn")
	o.rename("dateSent", "authoredOn")
	o.rename("fulfillmentTime", "occurrencePeriod")
	o.rename("recipient", "performer")
	o.rename("specialty", "performerType")
	services := o.take("serviceRequested").each()
	if o.get("code") == nil && len(services) == 1 {
		o.set("code", services[0])
		services = nil
	}
	o.add("orderDetail", services...)
	if o.get("code") == nil {
		o.rename("type", "code")
	}
	o.add("category", objectOf("coding", listOf(referral())))
}

// referral is what the former type said.
func referral() *part {
	c := objectOf("system", stringOf("http://snomed.info/sct"))
	c.set("code", stringOf("3457005"))
	c.set("display", stringOf("Patient referral"))
	return c
}

// agent unwraps who requested: an object {agent, onBehalfOf} in STU3.
func agent(o *part, name string) {
	r := o.get(name)
	if a := r.take("agent"); a != nil {
		o.set(name, a)
	}
}
