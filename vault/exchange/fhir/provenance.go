package fhir

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// provenanceOf notes where the resource stands and what it calls itself.
func (it *item) provenanceOf(at resourceAt) {
	p := it.provenance
	p.Span = record.Span{Offset: at.offset, Length: at.length}
	p.Version = it.issuedAt()
	p.Identifiers = append(identifiersOf(it.res), urlIdentifiers(at.fullURL)...)
	meta := it.res.Get("meta")
	for _, label := range codings(meta.Get("security")) {
		if by, ok := assertedBy[label.Code]; ok && label.System == observationValueSystem {
			p.Asserter = by
		} else {
			p.Security = append(p.Security, label)
		}
	}
	p.System, _, _ = strings.Cut(meta.TextOf("source"), "#") // the fragment names one transmission
}

// observationValueSystem has the security labels of integrity, assertedBy those
// that say who stands behind a resource (HL7 v3 ObservationValue,
// _SECINTPRVABOBV). Who reported it to them is another thing.
const observationValueSystem = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"

var assertedBy = map[string]record.Asserter{
	"PATAST": record.ByPatient, "SDMAST": record.ByPatient, "DEVAST": record.ByDevice,
	"CLINAST": record.ByOrganisation, "HCPAST": record.ByOrganisation, "PROAST": record.ByOrganisation,
}

// issuedAt is when the source issued this version: meta.lastUpdated, which is an
// instant, else what the resource says of its own issue.
func (it *item) issuedAt() string {
	if isInstant(it.updated) {
		return it.updated
	}
	if issued := it.res.Get("issued").Text(); isInstant(issued) {
		return issued
	}
	return ""
}

// isInstant says whether s has the form of an RFC 3339 time with its offset. Its
// calendar is not looked at: it orders versions and is not shown.
func isInstant(s string) bool {
	const form = "0000-00-00T00:00:00"
	if len(s) <= len(form) || len(s) > 40 {
		return false
	}
	for i := range len(form) {
		if isDigit := s[i] >= '0' && s[i] <= '9'; isDigit != (form[i] == '0') || !isDigit && s[i] != form[i] {
			return false
		}
	}
	return strings.ContainsAny(s[len(form):], "Z+-")
}

// urlIdentifiers are those that a full URL is: a server's own, or a UUID.
func urlIdentifiers(fullURL string) []record.Identifier {
	fullURL = unversioned(fullURL)
	if strings.HasPrefix(fullURL, "urn:uuid:") || strings.HasPrefix(fullURL, "urn:oid:") {
		return []record.Identifier{{System: "urn:ietf:rfc:3986", Value: fullURL}}
	}
	if base := serverOf(fullURL); base != "" && !strings.HasPrefix(base, wrappedScheme) {
		if typ, id, ok := strings.Cut(fullURL[len(base):], "/"); ok && typ != "" && id != "" && typeName(typ) {
			return []record.Identifier{{System: base + typ, Value: id}}
		}
	}
	return nil
}

// system names the issuer when meta.source does not.
func (it *item) system(v value) {
	if it.provenance.System == "" && v.Exists() {
		it.name(&it.provenance.System, v.First())
	}
}

// by notes who recorded the entry, and who may stand behind it, most telling
// first.
func (it *item) by(vs ...value) {
	for _, v := range vs {
		for _, r := range v.Items() {
			ref := it.ref(r)
			it.asserting = append(it.asserting, ref)
			if it.provenance.Author == "" {
				it.author(ref)
			}
		}
	}
}

func (it *item) author(ref reference) {
	d := it.draft
	if ref.display != "" {
		d.provenance.Author = ref.display
		return
	}
	it.fill(ref, func(ix *index, t *target) {
		if d.provenance.Author == "" {
			d.provenance.Author = ix.title(t)
		}
	})
}

// asserterOf says what kind of source a reference names.
func asserterOf(typ string) record.Asserter {
	switch typ {
	case "Patient", "RelatedPerson":
		return record.ByPatient
	case "Device", "DeviceMetric":
		return record.ByDevice
	case "Practitioner", "PractitionerRole", "Organization", "CareTeam", "HealthcareService":
		return record.ByOrganisation
	}
	return ""
}
