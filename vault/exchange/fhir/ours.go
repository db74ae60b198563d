package fhir

import "github.com/carnet-phr/carnet/vault/record"

// The extensions in which our own exports keep what a Basic has no element for.
const (
	ourRowURL  = "https://github.com/carnet-phr/carnet/fhir/row"
	ourDateURL = "https://github.com/carnet-phr/carnet/fhir/date"
)

// ours takes the rows of an entry of our own export back. Those that repeat the
// code and the date of the entry, or are its status, stand in their places.
func (f *flattener) ours() {
	if f.it.typ != "Basic" {
		return
	}
	for n, x := range f.it.res.Each("extension") {
		switch x.TextOf("url") {
		case ourDateURL:
			f.o.When = record.At(f.it.date(x.Get("valueDateTime"), "extension/"+itoa(n)+"/valueDateTime"))
		case ourRowURL:
			var label, text string
			for _, part := range x.Each("extension") {
				switch part.TextOf("url") {
				case "label":
					label = part.TextOf("valueString")
				case "value":
					text = part.TextOf("valueString")
				}
			}
			switch label {
			case "Entry", "Date", "Type in the source":
			case "Status":
				f.o.Status = text
			default:
				f.row(label, text)
			}
		}
	}
}
