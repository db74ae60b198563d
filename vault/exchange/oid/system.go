package oid

import "github.com/carnet-phr/carnet/vault/record"

// systems pairs the OID of a code system with the URI that FHIR R4 uses for it
// (https://hl7.org/fhir/R4/terminologies-systems.html and
// https://terminology.hl7.org). Of several OIDs of one URI the first is written.
var systems = []struct{ oid, uri string }{
	{"2.16.840.1.113883.6.96", record.SNOMED},
	{"2.16.840.1.113883.6.1", record.LOINC},
	{"2.16.840.1.113883.6.88", record.RxNorm},
	{"2.16.840.1.113883.6.69", record.NDC},
	{"2.16.840.1.113883.12.292", record.CVX},
	{"2.16.840.1.113883.6.59", record.CVX},
	{"2.16.840.1.113883.12.227", "http://hl7.org/fhir/sid/mvx"},
	{"2.16.840.1.113883.6.103", record.ICD9CM},
	{"2.16.840.1.113883.6.2", record.ICD9CM},
	{"2.16.840.1.113883.6.104", "http://terminology.hl7.org/CodeSystem/icd9cm-proc"},
	{"2.16.840.1.113883.6.90", record.ICD10CM},
	{"2.16.840.1.113883.6.3", record.ICD10},
	{"2.16.840.1.113883.6.4", "http://www.cms.gov/Medicare/Coding/ICD10"},
	{"1.2.276.0.76.5.388", "http://fhir.de/CodeSystem/bfarm/icd-10-gm"},
	{"2.16.840.1.113883.6.12", record.CPT},
	{"2.16.840.1.113883.6.285", "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"},
	{"2.16.840.1.113883.6.73", record.ATC},
	{"2.16.840.1.113883.4.9", record.UNII},
	{"2.16.840.1.113883.6.8", record.UCUM},
	{"2.16.840.1.113883.3.26.1.1", "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"},
	{"2.16.840.1.113883.3.26.1.5", "http://hl7.org/fhir/ndfrt"},
	{"2.16.840.1.113883.6.209", "http://hl7.org/fhir/ndfrt"},
	{"2.16.840.1.113883.6.345", "http://hl7.org/fhir/ndfrt"},
	{"2.16.840.1.113883.6.24", "urn:iso:std:iso:11073:10101"},
	{"1.2.840.10008.2.16.4", "http://dicom.nema.org/resources/ontology/DCM"},
	{"2.16.840.1.113883.6.238", "urn:oid:2.16.840.1.113883.6.238"}, // CDC race and ethnicity: FHIR keeps the OID
	{"2.16.840.1.113883.6.121", "http://www.ietf.org/rfc/rfc3066"},
	{"2.16.840.1.113883.6.101", "http://nucc.org/provider-taxonomy"},
	{"2.16.840.1.113883.6.259", "https://www.cdc.gov/nhsn/cdaportal/terminology/codesystem/hsloc.html"},
	{"2.16.840.1.113883.6.301.3", "https://www.nubc.org/CodeSystem/RevenueCodes"},
	{"2.16.840.1.113883.12.112", "http://terminology.hl7.org/CodeSystem/v2-0112"},
	{"2.16.840.1.113883.12.1", "http://terminology.hl7.org/CodeSystem/v2-0001"},
	{"2.16.840.1.113883.5.1", "http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender"},
	{"2.16.840.1.113883.5.2", "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus"},
	{"2.16.840.1.113883.5.4", "http://terminology.hl7.org/CodeSystem/v3-ActCode"},
	{"2.16.840.1.113883.5.6", "http://terminology.hl7.org/CodeSystem/v3-ActClass"},
	{"2.16.840.1.113883.5.7", "http://terminology.hl7.org/CodeSystem/v3-ActPriority"},
	{"2.16.840.1.113883.5.8", "http://terminology.hl7.org/CodeSystem/v3-ActReason"},
	{"2.16.840.1.113883.5.14", "http://terminology.hl7.org/CodeSystem/v3-ActStatus"},
	{"2.16.840.1.113883.5.25", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"},
	{"2.16.840.1.113883.5.83", record.InterpretationSystem},
	{"2.16.840.1.113883.5.84", "http://terminology.hl7.org/CodeSystem/v3-ObservationMethod"},
	{"2.16.840.1.113883.5.88", "http://terminology.hl7.org/CodeSystem/v3-ParticipationFunction"},
	{"2.16.840.1.113883.5.110", "http://terminology.hl7.org/CodeSystem/v3-RoleClass"},
	{"2.16.840.1.113883.5.111", "http://terminology.hl7.org/CodeSystem/v3-RoleCode"},
	{"2.16.840.1.113883.5.112", "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration"},
	{"2.16.840.1.113883.5.139", "http://terminology.hl7.org/CodeSystem/v3-TimingEvent"},
	{"2.16.840.1.113883.5.1008", "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"},
	{"2.16.840.1.113883.5.1052", "http://terminology.hl7.org/CodeSystem/v3-ActSite"},
	{"2.16.840.1.113883.5.1063", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"},
	{"2.16.840.1.113883.5.1076", "http://terminology.hl7.org/CodeSystem/v3-ReligiousAffiliation"},
	{"2.16.840.1.113883.5.60", "http://terminology.hl7.org/CodeSystem/v3-LanguageAbilityMode"},
	{"2.16.840.1.113883.5.61", "http://terminology.hl7.org/CodeSystem/v3-LanguageAbilityProficiency"},
	{"2.16.840.1.113883.5.1150.1", record.AbsentUnknownSystem},
	{"2.16.840.1.113883.6.315", "urn:oid:2.16.840.1.113883.6.315"},
	{"2.16.840.1.113883.3.221.5", "https://nahdo.org/sopt"},
	{"2.16.840.1.113883.4.642.4.1", "http://hl7.org/fhir"},
}

var (
	uris = func() map[string]string {
		m := map[string]string{}
		for _, s := range systems {
			m[s.oid] = s.uri
		}
		return m
	}()
	oids = func() map[string]string {
		m := map[string]string{}
		for _, s := range systems {
			if _, there := m[s.uri]; !there {
				m[s.uri] = s.oid
			}
		}
		return m
	}()
)
