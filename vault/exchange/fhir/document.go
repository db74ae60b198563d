package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

func documentReference(it *item) record.Resource {
	v := it.res
	d := &record.DocumentReference{
		Status: v.TextOf("status"), DocStatus: v.TextOf("docStatus"), Type: conceptOf(v.Get("type")), Category: conceptsOf(v.Get("category")),
		Description: v.TextOf("description"), Date: it.dated("date"), Period: it.period(v.Path("context", "period"), "context/period"),
		Encounter: it.link(v.Path("context", "encounter").First()), Text: narrativeOf(v.Get("text")),
	}
	it.names(&d.Author, v.Get("author"), "")
	it.name(&d.Custodian, v.Get("custodian"))
	it.system(v.Get("custodian"))
	it.by(v.Get("author"))
	for _, r := range v.Each("relatesTo") {
		if r.TextOf("code") == "replaces" {
			d.Replaces = append(d.Replaces, replaced(it.ref(r.Get("target"))))
		}
	}
	n := v.Get("content").Len()
	d.Content = make([]record.Attachment, n)
	for i, c := range v.Each("content") {
		it.attachment(c.Get("attachment"), "content/"+itoa(i)+"/attachment", func(a record.Attachment) { d.Content[i] = a })
	}
	if n == 0 {
		d.Content = nil
	}
	return d
}

// replaced is the name of a document that another one replaces.
func replaced(r reference) string {
	if r.raw != "" {
		return r.raw
	}
	return strings.Trim(r.id.System+"|"+r.id.Value, "|")
}

// binaryData is a Binary's content: data in R4, content before.
func binaryData(v value) value {
	if d := v.Get("data"); d.Exists() {
		return d
	}
	return v.Get("content")
}

// binary reads a Binary: a document of its own unless another entry shows it.
func binary(it *item) record.Resource {
	v := it.res
	a := record.Attachment{ContentType: v.TextOf("contentType")}
	if data := binaryData(v); data.Exists() {
		a = it.attach(a, data, "")
	} else {
		a.Missing = missingNothing
	}
	if a.Missing == missingBroken {
		it.refuse(it.pointer, "the content is not valid base64")
		return nil
	}
	it.self.file = &a
	if r := v.Get("securityContext"); r.Exists() {
		if ref := it.ref(r); ref.typ == "Patient" {
			it.person = ref
		}
	}
	return &record.DocumentReference{Content: []record.Attachment{a}}
}

// media reads a Media: a picture, sound or recording.
func media(it *item) record.Resource {
	v := it.res
	d := &record.DocumentReference{
		DocStatus: v.TextOf("status"), Type: conceptOf(v.Get("type")), Description: strings.Join(mediaWords(v), ", "),
		Encounter: it.link(v.Get("encounter")), Content: make([]record.Attachment, 1), Text: narrativeOf(v.Get("text")),
	}
	when := it.when("created")
	if d.Date = when.Start; d.Date == "" || when.Period {
		d.Period = when
	}
	if c := conceptOf(v.Get("modality")); !c.Empty() {
		d.Category = append(d.Category, c)
	}
	if notes := it.notes(v.Get("note")); len(notes) > 0 {
		d.Description = joined(append([]string{d.Description}, notes...)...)
	}
	it.names(&d.Author, v.Get("operator"), "")
	it.by(v.Get("operator"), v.Get("device"))
	it.attachment(v.Get("content"), "content", func(a record.Attachment) { d.Content[0] = a })
	return d
}

func mediaWords(v value) []string {
	var words []string
	for _, name := range []string{"view", "bodySite"} {
		if w := conceptOf(v.Get(name)).String(); w != "" {
			words = append(words, w)
		}
	}
	for _, c := range conceptsOf(v.Get("reasonCode")) {
		words = append(words, c.String())
	}
	return words
}
