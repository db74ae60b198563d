package dicom

import (
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// told are the words of the remarks.
var told = map[kind]struct {
	severity record.Severity
	text     string
}{
	remarkCharacters: {record.Warning, "characters that the file's character set does not hold; they show as � or with their escape (␛)"},
	remarkCharset:    {record.Warning, "names a character set that is not known here; its letters beyond A to Z show as �"},
	remarkUndeclared: {record.Warning, "letters in UTF-8, which the file does not declare; check that they are right"},
	remarkClipped:    {record.Warning, "longer than is shown; the whole of it is in the original"},
	remarkImplicit:   {record.Information, "written in another way than its transfer syntax says; read as it is written"},
	remarkMeta:       {record.Information, "the length of the file meta information is wrong; read by its elements"},
	remarkPadding:    {record.Information, "bytes behind the last element that say nothing"},
}

// remarks tells what is odd about the file but no reason to refuse it.
func (i *importer) remarks() {
	for _, r := range i.form.Remarks {
		if w, known := told[r.Kind]; known {
			i.report(exchange.Remark, r.Tag, r.At, w.severity, w.text)
		}
	}
	switch i.form.Preamble {
	case "PE", "ELF", "Mach-O", "script":
		i.report(exchange.Remark, 0, 0, record.Warning, "the file begins like a program, which an image never needs; the image is read, nothing in it is run, and what is handed on has that part cleared")
	}
	if i.data.text(tagBurnedIn) == "YES" {
		i.report(exchange.Remark, tagBurnedIn, 0, record.Information, "the picture itself has text written into it, maybe a name: it stays there whatever is handed on")
	}
	if i.data.text(tagIdentityRemoved) == "YES" {
		i.report(exchange.Remark, tagIdentityRemoved, 0, record.Information, "the sender took the patient's identity out of the file; check that it is about the right person")
	}
	if i.data.text(tagSpecies) != "" {
		i.report(exchange.Remark, tagSpecies, 0, record.Warning, "the file names a species, as files about animals do; check that it is about the right patient")
	}
	if born, at := first(i.data, tagPatientBirthDate); born != "" {
		if _, ok := day(born); !ok {
			i.report(exchange.Remark, tagPatientBirthDate, at, record.Warning, "the birth date is no date of the calendar; it is left out")
		}
	}
}
