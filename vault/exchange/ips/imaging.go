package ips

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// imaging fills an ImagingStudy (https://hl7.org/fhir/R4/imagingstudy.html).
func (r *resource) imaging(i *record.ImagingStudy) {
	ids := identifiersOf(r.rec)
	if i.StudyInstanceUID != "" {
		ids = append(ids, obj("system", "urn:dicom:uid", "value", "urn:oid:"+i.StudyInstanceUID))
	}
	if i.AccessionNumber != "" {
		e := new(element)
		e.put("type", oneOf("http://terminology.hl7.org/CodeSystem/v2-0203", "ACSN"))
		e.text("value", i.AccessionNumber)
		ids = append(ids, e)
	}
	r.replace("identifier", ids)
	r.status("status", i.Status, imagingStatus, nil)
	var modalities []*element
	for _, m := range i.Modality {
		modalities = append(modalities, conceptCoding(m))
	}
	r.list("modality", modalities...)
	r.subject("subject")
	r.put("encounter", r.w.reference(i.Encounter, "Encounter"))
	r.when("started", i.Started, bare)
	r.put("referrer", display(i.Referrer))
	r.list("interpreter", displays(i.Interpreter)...)
	r.count("numberOfSeries", i.NumberOfSeries, "Number of series")
	r.count("numberOfInstances", i.NumberOfInstances, "Number of images")
	r.list("procedureCode", concepts(i.ProcedureCode)...)
	r.put("location", display(i.Location))
	r.list("reasonCode", concepts(i.Reason)...)
	r.text("description", i.Description)
	var series []*element
	for _, s := range i.Series {
		series = append(series, imagingSeries(s))
	}
	r.list("series", series...)
	r.noteAll("", i.Note)
}

func (r *resource) count(name, s, label string) {
	if n := wholeNumber(s); n != "" {
		r.number(name, n)
		return
	}
	r.note(label, s)
}

// replace puts an array in the place of what stood under its name.
func (e *element) replace(name string, children []*element) {
	kept := e.members[:0]
	for _, m := range e.members {
		if m.name != name {
			kept = append(kept, m)
		}
	}
	e.members = kept
	e.list(name, children...)
}

func imagingSeries(s record.ImagingSeries) *element {
	e := new(element)
	e.uid(s.UID)
	e.number("number", wholeNumber(s.Number))
	e.put("modality", codingOr(s.Modality))
	e.text("description", s.Description)
	e.number("numberOfInstances", wholeNumber(s.Stated))
	e.put("bodySite", conceptCoding(s.BodySite))
	e.put("laterality", conceptCoding(s.Laterality))
	e.when("started", s.Started, bare)
	var instances []*element
	for _, x := range s.Instance {
		i := new(element)
		if x.Hash != "" {
			i.list("extension", obj("url", hashURL, "valueString", string(x.Hash)))
		}
		i.uid(x.UID)
		class := record.Concept{}
		if x.SOPClass != "" {
			class.Coding = []record.Coding{{System: "urn:ietf:rfc:3986", Code: "urn:oid:" + strings.TrimSpace(x.SOPClass)}}
		}
		i.put("sopClass", codingOr(class))
		i.number("number", wholeNumber(x.Number))
		i.text("title", x.Title)
		instances = append(instances, i)
	}
	e.list("instance", instances...)
	return e
}

// uid puts a DICOM UID, which FHIR requires and holds as an id.
func (e *element) uid(s string) {
	if s = strings.TrimSpace(s); s != "" && fhirID(s) == s {
		e.token("uid", s)
		return
	}
	if s != "" {
		e.extend("uid", absent("error"), original(s))
		return
	}
	e.missing("uid")
}
