package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// The health data of an iPhone (export_cda.xml) names in an observation's text, in
// elements of its own, the app or device that measured: not always the patient's
// own, and sometimes the patient typed the value in (CLINICAL-SAFETY hazard 47).
//
//	<text><sourceName>…</sourceName><value>0.97</value><unit>%</unit>
//	<metadataEntry><key>HKWasUserEntered</key><value>1</value></metadataEntry></text>

// phoneSource is who measured, and whether the patient entered it.
func phoneSource(text *node) (name string, by record.Asserter) {
	name = oneLine(content(child(text, "sourceName")))
	if name == "" {
		return "", ""
	}
	for m := range children(text, "metadataEntry") {
		if key := oneLine(content(child(m, "key"))); strings.HasSuffix(key, "WasUserEntered") && oneLine(content(child(m, "value"))) == "1" {
			return name, record.ByPatient
		}
	}
	return name, record.ByDevice
}

// isFraction says whether a percentage of such a file is one of 1, not of 100.
func isFraction(q record.Quantity, text *node) bool {
	if q.Unit != "%" || child(text, "sourceName") == nil {
		return false
	}
	whole, _, _ := strings.Cut(q.Value, ".")
	return whole == "0" || q.Value == "1"
}
