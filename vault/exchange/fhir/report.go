package fhir

import "github.com/carnet-phr/carnet/vault/record"

func diagnosticReport(it *item) record.Resource {
	v := it.res
	r := &record.DiagnosticReport{
		Status: v.TextOf("status"), Category: it.concepts(v.Get("category")), Code: it.concept(v.Get("code")), Effective: it.when("effective"),
		Issued: it.dated("issued"), Result: it.links(v.Get("result")), ImagingStudy: it.links(v.Get("imagingStudy")),
		Conclusion: v.TextOf("conclusion"), ConclusionCode: it.concepts(v.Get("conclusionCode")), Text: narrativeOf(v.Get("text")),
		Encounter: it.link(v.Get("encounter")), Note: it.notes(v.Get("note")),
	}
	for _, m := range v.Each("media") {
		if l := it.link(m.Get("link")); l != (record.Reference{}) {
			if l.Display == "" {
				l.Display = m.TextOf("comment")
			}
			r.Result = append(r.Result, l)
		}
	}
	it.names(&r.Performer, v.Get("performer"), "")
	it.names(&r.Performer, v.Get("resultsInterpreter"), "")
	it.by(v.Get("performer"), v.Get("resultsInterpreter"))
	it.name(&r.Specimen, v.Get("specimen").First())
	it.use(v.Get("specimen"))
	n := v.Get("presentedForm").Len()
	r.PresentedForm = make([]record.Attachment, n)
	for i, a := range v.Each("presentedForm") {
		it.attachment(a, "presentedForm/"+itoa(i), func(a record.Attachment) { r.PresentedForm[i] = a })
	}
	if n == 0 {
		r.PresentedForm = nil
	}
	return r
}
