package ips

import "github.com/carnet-phr/carnet/vault/record"

// report fills a DiagnosticReport
// (https://hl7.org/fhir/R4/diagnosticreport.html).
func (r *resource) report(d *record.DiagnosticReport) {
	r.status("status", d.Status, reportStatus, resultWords)
	r.list("category", concepts(d.Category)...)
	r.put("code", conceptOr(d.Code, "Report without a title"))
	r.subject("subject")
	r.put("encounter", r.w.reference(d.Encounter, "Encounter"))
	r.required("effective", d.Effective, withPeriod)
	if d.Issued != "" {
		r.instant("issued", d.Issued)
	}
	r.list("performer", displays(d.Performer)...)
	r.list("specimen", display(d.Specimen))
	r.list("result", r.w.references(r.w.withMembers(r.rec.ID, d.Result), "Observation")...)
	r.list("imagingStudy", r.w.references(d.ImagingStudy, "ImagingStudy")...)
	r.text("conclusion", d.Conclusion)
	r.list("conclusionCode", concepts(d.ConclusionCode)...)
	r.list("presentedForm", attachments(d.PresentedForm)...)
	r.noteAll("", d.Note)
}

// attachments describe files without their bytes: the SHA-256 names them among
// the files that go along. (Attachment.hash is SHA-1 and stays empty.)
func attachments(as []record.Attachment) []*element {
	var out []*element
	for _, a := range as {
		e := new(element)
		var extensions []*element
		if a.Hash != "" {
			extensions = append(extensions, obj("url", hashURL, "valueString", string(a.Hash)))
		}
		if a.Missing != "" {
			extensions = append(extensions, obj("url", missingURL, "valueString", a.Missing))
		}
		e.list("extension", extensions...)
		e.token("contentType", a.ContentType)
		e.token("language", a.Language)
		if a.Size > 0 && a.Size <= maxAttachment {
			e.number("size", decimalOf(a.Size))
		}
		e.text("title", a.Title)
		e.date("creation", a.Creation)
		out = append(out, e)
	}
	return out
}

const maxAttachment = 1<<31 - 1 // bytes: FHIR's unsignedInt has 31 bits
