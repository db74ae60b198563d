package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

func imagingStudy(it *item) record.Resource {
	v := it.res
	s := &record.ImagingStudy{
		Status: v.TextOf("status"), Modality: conceptsOf(v.Get("modality")), Started: it.when("started"), Description: v.TextOf("description"),
		ProcedureCode: conceptsOf(v.Get("procedureCode")), Reason: it.reasons(), NumberOfSeries: v.TextOf("numberOfSeries"),
		NumberOfInstances: v.TextOf("numberOfInstances"), Encounter: it.link(v.Get("encounter")), Note: it.notes(v.Get("note")), Text: narrativeOf(v.Get("text")),
	}
	for _, id := range v.Each("identifier") {
		switch {
		case id.TextOf("system") == "urn:dicom:uid":
			s.StudyInstanceUID = strings.TrimPrefix(id.TextOf("value"), "urn:oid:")
		case conceptOf(id.Get("type")).Has("http://terminology.hl7.org/CodeSystem/v2-0203", "ACSN"):
			s.AccessionNumber = id.TextOf("value")
		}
	}
	it.name(&s.Referrer, v.Get("referrer"))
	it.names(&s.Interpreter, v.Get("interpreter"), "")
	it.name(&s.Location, v.Get("location"))
	it.by(v.Get("interpreter"), v.Get("referrer"))
	for i, r := range v.Each("series") {
		s.Series = append(s.Series, it.series(r, "series/"+itoa(i)))
	}
	return s
}

func (it *item) series(r value, at string) record.ImagingSeries {
	s := record.ImagingSeries{
		UID: r.TextOf("uid"), Number: r.TextOf("number"), Modality: conceptOf(r.Get("modality")), Description: r.TextOf("description"),
		BodySite: conceptOf(r.Get("bodySite")), Laterality: conceptOf(r.Get("laterality")), Started: it.whenOf(r, "started", at),
		Stated: r.TextOf("numberOfInstances"),
	}
	for _, i := range r.Each("instance") {
		class := i.Path("sopClass", "code").Text()
		s.Instance = append(s.Instance, record.ImagingInstance{UID: i.TextOf("uid"), SOPClass: strings.TrimPrefix(class, "urn:oid:"), Number: i.TextOf("number"), Title: i.TextOf("title")})
	}
	return s
}
