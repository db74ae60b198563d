package fhir

import (
	"strconv"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

func itoa(n int) string { return strconv.Itoa(n) }

func (im *importer) note(pointer string, outcome exchange.Outcome, what string, severity record.Severity, text string) {
	im.notes = append(im.notes, note{len(im.starts) - 1, pointer, exchange.Issue{
		Issue: record.Issue{Severity: severity, Text: text}, Outcome: outcome, What: what,
	}})
}

func (im *importer) refuse(pointer, text string) {
	im.note(pointer, exchange.Refused, "", record.Error, text)
}

func (im *importer) keep(pointer, typ, text string) {
	im.note(pointer, exchange.Kept, typ, record.Warning, text)
}

func (im *importer) remark(pointer, text string) {
	im.note(pointer, exchange.Remark, "", record.Warning, text)
}

func (im *importer) administrative(pointer, typ string) {
	im.note(pointer, exchange.Administrative, typ, record.Information, "administrative; kept in the original, not shown")
}

// unsupported says that a resource is of a version that is not read.
func unsupported(version string) string {
	return "written in " + version + ", a version of FHIR that is not read yet; it is kept in the original"
}
