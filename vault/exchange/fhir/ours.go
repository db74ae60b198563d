package fhir

import "github.com/carnet-phr/carnet/vault/record"

// The extensions in which our own exports keep what a Basic has no element for.
const (
	ourRowURL     = "https://github.com/carnet-phr/carnet/fhir/row"
	ourDateURL    = "https://github.com/carnet-phr/carnet/fhir/date"
	ourNegatedURL = "https://github.com/carnet-phr/carnet/fhir/negated"
	ourNotToDoURL = "https://github.com/carnet-phr/carnet/fhir/doNotPerform"
)

// denied is what our own export says of an entry in words: what is not so, under
// the name of the thing itself.
func (it *item) denied(url string) string {
	for _, x := range it.res.Each("extension") {
		if x.TextOf("url") == url {
			return x.TextOf("valueString")
		}
	}
	return ""
}

// ours takes the rows of an entry of our own export back. Those that repeat the
// code and the date of the entry, or are its status, stand in their places.
func (f *flattener) ours() {
	if f.it.typ != "Basic" {
		return
	}
	if name := f.it.denied(ourNegatedURL); name != "" {
		f.o.Absent, f.o.Title, f.o.Code = true, name, record.Concept{}
	}
	if name := f.it.denied(ourNotToDoURL); name != "" {
		f.o.DoNotPerform, f.o.Title, f.o.Code = true, name, record.Concept{}
	}
	for n, x := range f.it.res.Each("extension") {
		switch x.TextOf("url") {
		case ourDateURL:
			f.o.When = record.At(f.it.date(x.Get("valueDateTime"), "extension/"+itoa(n)+"/valueDateTime"))
		case ourRowURL:
			f.ownRow(x)
		}
	}
}

// ownRow takes one row of an entry of our own export back to its place.
func (f *flattener) ownRow(x value) {
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
	case "Entry", "Date":
	case "Type in the source":
		f.o.ResourceType = text
	case "Code":
		if f.o.Code.Empty() {
			f.row(label, text)
		}
	case "Status":
		f.o.Status = text
	case "Intent":
		f.o.Intent = text
	default:
		f.row(label, text)
	}
}
