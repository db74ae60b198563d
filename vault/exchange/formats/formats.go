// Package formats is THE list of file formats.
package formats

import (
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/apple"
	"github.com/carnet-phr/carnet/vault/exchange/bluebutton"
	"github.com/carnet-phr/carnet/vault/exchange/ccd"
	"github.com/carnet-phr/carnet/vault/exchange/ccda"
	"github.com/carnet-phr/carnet/vault/exchange/csv"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/exchange/document"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/exchange/healthcard"
	"github.com/carnet-phr/carnet/vault/exchange/hl7v2"
	"github.com/carnet-phr/carnet/vault/exchange/html"
	"github.com/carnet-phr/carnet/vault/exchange/ips"
	"github.com/carnet-phr/carnet/vault/exchange/labcsv"
	"github.com/carnet-phr/carnet/vault/exchange/office"
	"github.com/carnet-phr/carnet/vault/exchange/own"
	"github.com/carnet-phr/carnet/vault/exchange/pdf"
	"github.com/carnet-phr/carnet/vault/exchange/pdftext"
	"github.com/carnet-phr/carnet/vault/exchange/phr"
	"github.com/carnet-phr/carnet/vault/exchange/reply"
	"github.com/carnet-phr/carnet/vault/exchange/xdm"
)

// All gives every format: those that are read and those that are written.
func All() []exchange.Format {
	return []exchange.Format{
		fhir.Format(),
		phr.Format(),
		reply.Format,
		clinical(),
		hl7v2.Format,
		apple.Format,
		healthcard.New(fhir.Format().Import),
		own.Format, // before the lists of discs: what it says of a file counts
		dicom.Format,
		xdm.Format,
		bluebutton.Format,
		labcsv.Format,
		labcsv.Table, // before text
		document.Program,
		document.Picture,
		pdftext.Format,
		office.Document,
		office.Compound,
		office.RTF,
		document.WebPage,
		document.Markup,
		document.Text, // last: what another one may read is not text alone
		html.Format,
		pdf.Format,
		summary(),
		ips.Bundle,
		ips.NDJSON,
		csv.Format,
	}
}

// clinical is the format of C-CDA: one package reads it, another writes it.
func clinical() exchange.Format {
	f := ccda.Format
	f.Export, f.Verify = ccd.Export, ccd.Verifier(f.Import)
	return f
}

// summary is the International Patient Summary: what it says is read again by the
// importer of FHIR before it leaves.
func summary() exchange.Format {
	f := ips.Document
	f.Verify = ips.Verifier(fhir.Format().Import)
	return f
}

// Tasks gives the tasks of all formats: what a child process can do.
func Tasks() []exchange.Task {
	var tasks []exchange.Task
	for _, f := range All() {
		tasks = append(tasks, f.Tasks...)
	}
	return tasks
}
