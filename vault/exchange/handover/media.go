package handover

import (
	"context"
	"crypto/sha1" //nolint:gosec // XDS names documents by SHA-1; nothing is protected by it
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/xdm"
	"github.com/carnet-phr/carnet/vault/record"
)

// Layout is how the files of a package lie.
type Layout string

// The layouts. XDM has everything that Plain has, and beside it what a program
// for portable media looks for (IHE ITI TF-2, 3.32): INDEX.HTM, README.TXT, and
// in IHE_XDM/SUBSET01 the documents with METADATA.XML.
const (
	Plain Layout = ""
	XDM   Layout = "xdm"
)

const subset = "IHE_XDM/SUBSET01/"

// The codes of documents (LOINC) and of their formats (IHE's format codes).
var (
	summaryType = record.Coding{System: "2.16.840.1.113883.6.1", Code: "34133-9", Display: "Summary of episode note"}
	patientType = record.Coding{System: "2.16.840.1.113883.6.1", Code: "60591-5", Display: "Patient summary Document"}
	ccdFormat   = record.Coding{System: "1.3.6.1.4.1.19376.1.2.3", Code: "urn:hl7-org:sdwg:ccda-structuredBody:2.1", Display: "C-CDA 2.1 structured body"}
	plainFormat = record.Coding{System: "1.3.6.1.4.1.19376.1.2.3", Code: "urn:ihe:iti:xds:2017:mimeTypeSufficient", Display: "the media type is enough"}
)

// mediaDocuments are the documents of a submission set, by their names in the
// package. Names on media have eight capitals and three (ISO 9660, level 1).
var mediaDocuments = []struct {
	from string
	xdm.Document
}{
	{"ccd.xml", xdm.Document{URI: "CCD.XML", Title: "Continuity of Care Document", MediaType: "text/xml", Type: summaryType, Format: ccdFormat}},
	{"Summary.pdf", xdm.Document{URI: "SUMMARY.PDF", Title: "Summary to print", MediaType: "application/pdf", Type: patientType, Format: plainFormat}},
	{"ips.json", xdm.Document{URI: "IPS.JSN", Title: "International Patient Summary", MediaType: "application/fhir+json", Type: patientType, Format: plainFormat}},
}

// media writes what the layout of IHE XDM adds.
func (p *packer) media(ctx context.Context) error {
	if p.layout != XDM {
		return nil
	}
	set := xdm.Set{Title: "Health record", Made: p.sel.Generated, Person: string(p.sel.Person.ID), Patient: p.sel.Patient()}
	for _, d := range mediaDocuments {
		if find(Manifest{Files: p.files}, d.from) == nil {
			continue
		}
		one := d.Document
		one.Seed = set.Person
		if err := p.copyDocument(ctx, d.from, &one); err != nil {
			return err
		}
		set.Documents = append(set.Documents, one)
	}
	if err := p.file(ctx, subset+"METADATA.XML", "the list of the documents (IHE XDM)", func(w io.Writer) error { return xdm.Write(w, set) }); err != nil {
		return err
	}
	return p.file(ctx, "INDEX.HTM", "where to begin (IHE XDM)", func(w io.Writer) error {
		_, err := io.WriteString(w, indexPage(set))
		return err
	})
}

// copyDocument puts a document into the folder of the submission set.
func (p *packer) copyDocument(ctx context.Context, from string, to *xdm.Document) error {
	f, err := p.at.Open(from)
	if err != nil {
		return fmt.Errorf("read %s again: %w", from, cause(err))
	}
	defer f.Close()
	sum := sha1.New() //nolint:gosec // as above
	if err := p.file(ctx, subset+to.URI, "the same as "+from, func(w io.Writer) error {
		to.Size, err = io.Copy(io.MultiWriter(w, sum), f)
		return err
	}); err != nil {
		return err
	}
	to.SHA1 = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// indexPage is INDEX.HTM: links and nothing that runs. It names nobody.
func indexPage(s xdm.Set) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n<title>Health record</title>\n</head>\n<body>\n<main>\n<h1>Health record</h1>\n")
	b.WriteString("<p><a href=\"START-HERE.html\">The whole record in one page</a></p>\n<ul>\n")
	for _, d := range s.Documents {
		fmt.Fprintf(&b, "<li><a href=\"%s\">%s</a></li>\n", html.EscapeString(subset+d.URI), html.EscapeString(d.Title))
	}
	b.WriteString("</ul>\n</main>\n</body>\n</html>\n")
	return b.String()
}
