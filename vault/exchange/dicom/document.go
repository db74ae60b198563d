package dicom

import (
	"bytes"
	"path"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// document files an encapsulated document (PS3.3, C.24.2): a PDF, a CDA, a
// model for a printer. It reports whether there was one.
func (i *importer) document() bool {
	e := i.data.get(tagDocument)
	if e == nil || len(e.Bytes) == 0 {
		return false
	}
	content := e.Bytes
	if n, err := strconv.Atoi(i.data.text(tagDocumentLength)); err == nil && n > 0 && n <= len(content) {
		content = content[:n]
	} else if bytes.HasPrefix(content, []byte("%PDF-")) || bytes.HasPrefix(content, []byte("<")) {
		content = bytes.TrimSuffix(content, []byte{0}) // the byte that makes the length even
	}
	d := &record.DocumentReference{
		Type: i.data.concept(tagConceptNameSeq), Title: clip(i.data.text(tagDocumentTitle)), Date: moment(i.data.text(tagContentDate), i.data.text(tagContentTime), i.zone).Start,
		Author: i.authors(), Custodian: i.institution(),
	}
	a, err := i.sink.Attach(i.fileName(content), i.mediaType(content), bytes.NewReader(content))
	if err != nil {
		i.report(exchange.Refused, tagDocument, e.At, record.Error, "the document inside cannot be taken out: "+err.Error())
		return false
	}
	d.Content = []record.Attachment{a}
	if d.Title == "" && d.Type.Words() == "" {
		if d.Title = clip(i.data.text(tagSeriesDescription)); d.Title == "" {
			d.Title = a.Title
		}
	}
	i.add(tagDocument, d, nil)
	if declared := strings.ToLower(i.data.text(tagDocumentType)); strings.HasSuffix(declared, "xml") {
		i.report(exchange.Remark, tagDocument, e.At, record.Information, "the clinical document inside is kept as a file; to have its entries in the record, save it and bring it in by itself")
	}
	return true
}

// mediaType is told by the content; for what is not recognised, models and the
// like, the file's own word stands if it names nothing that could be run.
func (i *importer) mediaType(content []byte) string {
	seen := exchange.MediaType(content[:min(len(content), 64<<10)])
	if seen == "application/octet-stream" {
		switch declared := strings.ToLower(i.data.text(tagDocumentType)); declared {
		case "model/stl", "model/obj", "model/mtl", "model/x.stl-binary":
			return declared
		}
	}
	return seen
}

// fileName is a name for the document that says its type.
func (i *importer) fileName(content []byte) string {
	stem := strings.TrimSuffix(path.Base(i.src.Name), path.Ext(i.src.Name))
	if t := i.data.text(tagDocumentTitle); t != "" {
		stem = strings.Map(func(r rune) rune {
			if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
				return '-'
			}
			return r
		}, clip(t))
	}
	switch declared := strings.ToLower(i.data.text(tagDocumentType)); {
	case bytes.HasPrefix(content, []byte("%PDF-")):
		return stem + ".pdf"
	case strings.HasSuffix(declared, "xml"):
		return stem + ".xml"
	case strings.HasPrefix(declared, "model/"):
		return stem + "." + strings.TrimPrefix(strings.TrimPrefix(declared, "model/x."), "model/")[:3]
	}
	return stem + ".bin"
}
