package xdm

import (
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
	"github.com/carnet-phr/carnet/vault/record"
)

// patientIDScheme is the ExternalIdentifier of XDSDocumentEntry.patientId (IHE
// ITI TF-3, table 4.2.3.1-7).
const patientIDScheme = "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427"

// entry is one document of a list (XDSDocumentEntry, IHE ITI TF-3, 4.2.3.2).
type entry struct {
	node        *strictxml.Element
	place       string
	id          string
	uri         string
	size, hash  string
	mimeType    string
	title       string
	created     record.Date
	replaced    bool // another document takes its place, or it is deprecated
	patient     *record.Patient
	identifiers []record.Identifier
	authors     []string // people, else the places they work at
	custodian   string   // the first author's place
	typ, class  record.Concept
	security    []record.Coding
}

func readEntry(n *strictxml.Element) entry {
	e := entry{
		node: n, id: n.Get("id"), mimeType: strings.ToLower(strings.TrimSpace(n.Get("mimeType"))), title: localized(child(n, "Name")),
		replaced: strings.HasSuffix(n.Get("status"), ":Deprecated"),
	}
	var info []string
	for s := range n.Children() {
		if s.Local == "ExternalIdentifier" && s.Get("identificationScheme") == patientIDScheme {
			e.identify(s.Get("value"))
		}
		if s.Local == "Classification" {
			e.classify(s)
		}
		if s.Local != "Slot" {
			continue
		}
		v := values(s)
		switch s.Get("name") {
		case "URI":
			e.uri = joinURI(v)
		case "size":
			e.size = first(v)
		case "hash":
			e.hash = strings.ToLower(first(v))
		case "creationTime":
			e.created = utc(first(v))
		case "sourcePatientId":
			e.identify(first(v))
		case "sourcePatientInfo":
			info = append(info, v...)
		}
	}
	e.describe(info)
	return e
}

// values are the values of a slot, trimmed.
func values(slot *strictxml.Element) []string {
	var out []string
	for list := range slot.Children() {
		for v := range list.Children() {
			if s := strings.TrimSpace(v.Content()); s != "" && v.Local == "Value" {
				out = append(out, s)
			}
		}
	}
	return out
}

func first(v []string) string {
	if len(v) == 0 {
		return ""
	}
	return v[0]
}

// localized is the first text of a Name.
func localized(n *strictxml.Element) string {
	if n == nil {
		return ""
	}
	for c := range n.Children() {
		if s := strings.Join(strings.Fields(c.Get("value")), " "); c.Local == "LocalizedString" && s != "" {
			return s
		}
	}
	return ""
}

// joinURI puts a URI together that was too long for one value: then each is
// numbered, "1|IHE", "2|_DOC.XML" (IHE ITI TF-3, 4.2.3.2.26).
func joinURI(v []string) string {
	if len(v) < 2 {
		return strings.TrimPrefix(first(v), "1|")
	}
	parts := slices.Clone(v)
	slices.SortStableFunc(parts, func(a, b string) int { return strings.Compare(number(a), number(b)) })
	for n, p := range parts {
		_, rest, numbered := strings.Cut(p, "|")
		if !numbered {
			return first(v)
		}
		parts[n] = rest
	}
	return strings.Join(parts, "")
}

// number is the number before the bar, in a form that sorts.
func number(part string) string {
	n, _, _ := strings.Cut(part, "|")
	return strings.Repeat("0", max(0, 9-len(n))) + n
}

// utc brings a DTM, YYYY[MM[DD[hh[mm[ss]]]]] in coordinated universal time (IHE
// ITI TF-3, table 4.2.3.1.7-2), to ISO 8601 with the same precision; "" for what
// is none.
func utc(s string) record.Date {
	var out string
	switch len(s) {
	case 4:
		out = s
	case 6:
		out = s[:4] + "-" + s[4:]
	case 8, 10:
		out = s[:4] + "-" + s[4:6] + "-" + s[6:8]
	case 12:
		out = s[:4] + "-" + s[4:6] + "-" + s[6:8] + "T" + s[8:10] + ":" + s[10:] + "Z"
	case 14:
		out = s[:4] + "-" + s[4:6] + "-" + s[6:8] + "T" + s[8:10] + ":" + s[10:12] + ":" + s[12:] + "Z"
	}
	d, err := record.ParseDate(out)
	if err != nil {
		return ""
	}
	return d
}
