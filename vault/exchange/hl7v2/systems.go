package hl7v2

import (
	"net/url"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// systems gives the URI that FHIR R4 uses for a coding system of HL7 table 0396.
var systems = map[string]string{
	"LN": record.LOINC, "LOINC": record.LOINC,
	"SCT": record.SNOMED, "SCT2": record.SNOMED, "SNOMED": record.SNOMED, "SNOMED-CT": record.SNOMED, "SNOMED CT": record.SNOMED, "SNOMEDCT": record.SNOMED, "SNM": "urn:oid:2.16.840.1.113883.6.5", "SNM3": "urn:oid:2.16.840.1.113883.6.51",
	"RXNORM": record.RxNorm, "NDC": record.NDC, "CVX": record.CVX, "MVX": "http://hl7.org/fhir/sid/mvx",
	"I9": record.ICD9CM, "I9C": record.ICD9CM, "I9CDX": record.ICD9CM, "I9M": record.ICD9CM, "ICD9": record.ICD9CM, "I9CP": "http://terminology.hl7.org/CodeSystem/icd9cm-proc",
	"I10": record.ICD10, "ICD10": record.ICD10, "I10C": record.ICD10CM, "I10CM": record.ICD10CM, "ICD10CM": record.ICD10CM, "ICD-10-CM": record.ICD10CM, "I10P": "http://www.cms.gov/Medicare/Coding/ICD10", "I10PCS": "http://www.cms.gov/Medicare/Coding/ICD10",
	"I10G2004": "http://fhir.de/CodeSystem/bfarm/icd-10-gm", "ICD10GM": "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
	"C4": record.CPT, "C5": record.CPT, "CPT": record.CPT, "CPTM": record.CPT, "HCPCS": "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "HPC": "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
	"ATC": record.ATC, "WC": record.ATC, "UNII": record.UNII, "UCUM": record.UCUM, "DCM": "http://dicom.nema.org/resources/ontology/DCM",
	"NCIT": "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl", "NDFRT": "http://hl7.org/fhir/ndfrt", "CDCREC": "urn:oid:2.16.840.1.113883.6.238",
	"MDC": "urn:iso:std:iso:11073:10101", "NUCC": "http://nucc.org/provider-taxonomy", "ISO3166_1": "urn:iso:std:iso:3166",
}

// systemOIDs are the code systems that are met by their OID (CWE.14).
var systemOIDs = map[string]string{
	"2.16.840.1.113883.6.1": record.LOINC, "2.16.840.1.113883.6.96": record.SNOMED, "2.16.840.1.113883.6.88": record.RxNorm, "2.16.840.1.113883.6.69": record.NDC,
	"2.16.840.1.113883.12.292": record.CVX, "2.16.840.1.113883.6.90": record.ICD10CM, "2.16.840.1.113883.6.3": record.ICD10, "2.16.840.1.113883.6.103": record.ICD9CM,
	"2.16.840.1.113883.6.12": record.CPT, "2.16.840.1.113883.6.8": record.UCUM,
}

// system is the URI of a coding system by its name in a message. A name that no
// table knows is the sender's own.
func (m *message) system(name string) string {
	if name == "" {
		return ""
	}
	if uri, ok := m.systems[name]; ok {
		return uri
	}
	uri := m.systemURI(name)
	m.systems[name] = uri
	return uri
}

func (m *message) systemURI(name string) string {
	upper := strings.ToUpper(name)
	if uri := systems[upper]; uri != "" {
		return uri
	}
	if uri := systemOIDs[name]; uri != "" {
		return uri
	}
	if table := strings.TrimPrefix(upper, "HL7"); len(table) == 4 && table != upper && strings.Trim(table, "0123456789") == "" {
		return v2Table(table)
	}
	switch {
	case isOID(name):
		return "urn:oid:" + name
	case strings.Contains(name, "://"):
		return name
	}
	return namespace + url.PathEscape(m.facility) + ":" + url.PathEscape(name)
}

// v2Table is the URI of an HL7 version 2 table.
func v2Table(number string) string { return "http://terminology.hl7.org/CodeSystem/v2-" + number }
