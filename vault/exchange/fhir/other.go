package fhir

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

const rowsLimit = 1000 // rows shown of one entry; the rest stands in the original

// other reads a resource that has no struct of its own: what its elements say,
// row by row, in the source's order.
func other(it *item) record.Resource {
	v := it.res
	o := &record.Other{
		ResourceType: it.typ, Title: it.otherTitle(), Code: it.otherCode(), Status: statusOf(v.Get("status")), Intent: v.TextOf("intent"),
		DoNotPerform: v.Get("doNotPerform").Kind() == 't', When: it.otherWhen(), Text: narrativeOf(v.Get("text")),
	}
	f := flattener{it: it, o: o}
	for name, m := range v.Members() {
		if !shownElsewhere[name] && (o.Title == "" || m.Text() != o.Title) {
			f.element(plain(name), m, name)
		}
	}
	f.close()
	f.ours()
	it.by(v.Get("source"), v.Get("informationSource"), v.Get("author"), v.Get("recorder"), v.Get("requester"), v.Get("performer"), v.Get("sender"), v.Get("assessor"), v.Get("prescriber"))
	it.system(v.Get("managingOrganization"))
	return o
}

// shownElsewhere are the elements that a record shows in other places.
var shownElsewhere = map[string]bool{
	"resourceType": true, "id": true, "meta": true, "implicitRules": true, "language": true, "text": true, "contained": true, "extension": true,
	"modifierExtension": true, "identifier": true, "status": true, "intent": true, "doNotPerform": true, "subject": true, "patient": true, "code": true,
	"questionnaire": true, "instantiatesCanonical": true, "instantiatesUri": true,
}

// otherCode is the concept that says what the entry is.
func (it *item) otherCode() record.Concept {
	for _, name := range []string{"code", "event", "vaccineCode", "scope", "type"} {
		if c := conceptOf(it.res.Get(name).First()); !c.Empty() {
			return c
		}
	}
	return conceptOf(it.res.Get("category").First())
}

// otherTitle is what the entry is called; its type in plain words when it bears
// no name, never the bare type.
func (it *item) otherTitle() string {
	v := it.res
	for _, name := range []string{"title", "name"} {
		if s := v.TextOf(name); s != "" {
			return s
		}
	}
	if it.typ == "Consent" {
		if s := it.consented(); s != "" {
			return plainTypes[it.typ] + ": " + s
		}
	}
	if c := it.otherCode(); c.Words() != "" {
		if plainTypes[it.typ] == "" || namedByCode[it.typ] {
			return c.Words()
		}
		return plainTypes[it.typ] + ": " + c.Words()
	}
	if d := v.TextOf("description"); d != "" {
		return d
	}
	if it.typ == "QuestionnaireResponse" {
		for _, e := range v.Path("_questionnaire", "extension").Items() {
			if e.TextOf("url") == "http://hl7.org/fhir/StructureDefinition/display" {
				return e.TextOf("valueString")
			}
		}
	}
	return plainTypes[it.typ]
}

// namedByCode are the types of which the code's words say all.
var namedByCode = map[string]bool{"Flag": true, "ServiceRequest": true, "Medication": true, "AdverseEvent": true, "Specimen": true}

// consented is what a Consent is about: its categories and what its rule speaks
// of ("Do Not Resuscitate"). The scope, "treatment", tells a reader nothing.
func (it *item) consented() string {
	var parts []string
	add := func(c record.Concept) {
		if w := c.Words(); w != "" && !slices.Contains(parts, w) {
			parts = append(parts, w)
		}
	}
	for _, c := range it.res.Get("category").Items() {
		add(conceptOf(c))
	}
	for _, c := range it.res.Path("provision", "code").Items() {
		add(conceptOf(c))
	}
	s := strings.Join(parts, ", ")
	if s != "" && it.res.Path("provision", "type").Text() == "deny" {
		s += " (denied)"
	}
	return s
}

var plainTypes = map[string]string{
	"AdverseEvent": "Adverse event", "BodyStructure": "Body structure", "CareTeam": "Care team", "ClinicalImpression": "Clinical impression",
	"Communication": "Message", "CommunicationRequest": "Message to be sent", "Consent": "Consent", "DetectedIssue": "Safety alert",
	"DeviceMetric": "Device setting", "DeviceRequest": "Order for a device", "EpisodeOfCare": "Episode of care", "Flag": "Alert", "GuidanceResponse": "Guidance",
	"ImmunizationEvaluation": "Evaluation of a vaccine dose", "ImmunizationRecommendation": "Recommended vaccines", "List": "List", "Medication": "Medicine",
	"MolecularSequence": "Genetic sequence", "NutritionOrder": "Diet order", "QuestionnaireResponse": "Answers to a questionnaire", "RequestGroup": "Group of orders",
	"RiskAssessment": "Risk assessment", "ServiceRequest": "Order", "Specimen": "Sample", "SupplyDelivery": "Delivery", "SupplyRequest": "Order of supplies",
	"Order": "Order", "OrderResponse": "Answer to an order", "ImagingObjectSelection": "Selection of pictures", "ImagingManifest": "Selection of pictures",
	"VisionPrescription": "Prescription for glasses or lenses",
}

// otherWhen is the first clinical time that the entry states.
func (it *item) otherWhen() record.When {
	for _, base := range []string{"occurrence", "effective", "identified", "onset", "detected", "started"} {
		if w := it.when(base); !w.Empty() {
			return w
		}
	}
	for _, name := range []string{"period", "performedPeriod"} {
		if w := it.period(it.res.Get(name), name); !w.Empty() {
			return w
		}
	}
	for _, name := range []string{"authored", "authoredOn", "date", "dateTime", "dateWritten", "sent", "received", "created", "recordedDate", "receivedTime"} {
		if w := it.at(it.res.Get(name), name); !w.Empty() {
			return w
		}
	}
	if c := it.res.Get("collection"); c.Exists() {
		return it.whenOf(c, "collected", "collection/")
	}
	return record.When{}
}

// plain puts an element's name into words: "statusReason" is "Status reason",
// "valueQuantity" is "Value".
func plain(name string) string {
	for _, base := range choiceBases {
		if rest, ok := strings.CutPrefix(name, base); ok && choiceTypes[rest] {
			name = base
			break
		}
	}
	var b strings.Builder
	for i, c := range name {
		switch {
		case i == 0:
			b.WriteString(strings.ToUpper(string(c)))
		case c >= 'A' && c <= 'Z':
			b.WriteString(" " + strings.ToLower(string(c)))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

var choiceBases = []string{
	"value", "occurrence", "effective", "identified", "onset", "collected", "detail", "item", "product", "asNeeded", "timing", "rate", "quantity",
	"probability", "allowed", "content", "reason", "source", "fastingStatus", "processing", "when", "due", "dose",
}

var choiceTypes = wordSet(`Quantity CodeableConcept String Boolean Integer Range Ratio DateTime Date Period Time Timing Age Reference Coding
Decimal Uri Url Attachment Duration Money Instant Code Canonical Markdown SampledData PositiveInt UnsignedInt Dosage Identifier`)
