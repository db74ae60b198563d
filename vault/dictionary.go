package vault

// dictionary is the history that small values are compressed against: what
// most stored records say anyway, the commonest last. It is part of the format
// (FORMAT.md, "Packing"): never change it, add another one.
const dictionary = `http://snomed.info/sct http://www.nlm.nih.gov/research/umls/rxnorm http://hl7.org/fhir/sid/cvx http://hl7.org/fhir/sid/icd-10-cm ` +
	`http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation http://terminology.hl7.org/CodeSystem/condition-category ` +
	`http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical http://terminology.hl7.org/CodeSystem/v3-ActCode ` +
	`/component/entry/act/entryRelationship/observation/ClinicalDocument/component/structuredBody/component/section/entry/organizer/component/observation ` +
	`urn:oid:2.16.840.1.113883.6.1urn:oid:2.16.840.1.113883.10.20.22.4.urn:uuid:` +
	`fnarrativeesectionftitleetext<table><thead><tr><th></th></tr></thead><tbody><tr><td></td><td></td></tr></tbody></table><p></p>` +
	`econtenthcontentTypeapplication/pdfjtext/plaindhashdsizegcreation` +
	`idevicehspecimenfmethodibodySitedpanelkderivedFromihasMembericonclusionnconclusionCodeipresentedFormfissued` +
	`hcriticalityhreactionrmanifestationhseveritycverificationStatusiconfirmedlclinicalStatusfactivehresolvedfcategoryoproblem-list-item` +
	`mvaccineCodekoccurrenceilotNumbertroutedsitekdoseNumbermtotalDosesNumberlmanufacturer` +
	`forigingrequesthdispenseistatementfdosagegroutedtimingedosedtextindividualfintenteordermauthoredOnkmedicationjdaysSupplynrepeatsAllowed` +
	`eclassfperioddtypefreasonkparticipantlserviceProviderhlocationiperformerhencounterhrecorderkrecordedDateeonseticategory` +
	`mreferenceRangeclowdhighdtextcvalueenoteiinterpretationdtextfNormalcodinganHL` +
	`iasserterlorganisationfauthorgsystemhlocalkidentifierseplaceurn:uuid:` +
	`krecordReference/entry/0/resource/contained` +
	`ccodefcodingccodeflsystempLOINCqhttp://loinc.orgfsystemrhttp://loinc.orggdisplaydtext` +
	`fsystemx5http://terminology.hl7.org/CodeSystem/observation-categoryccodejlaboratorykvital-signsgdisplayjLaboratorykVital signs` +
	`ieffectiveestartt20-01-01T00:00:00-05:00cend` +
	`fsystemx\x1dhttp://unitsofmeasure.orgdcodeemg/dLdunitemg/dLhquantityevalue` +
	`avdkindkObservationhresourcefstatusefinalgamendedicompletedfactive` +
	`frecord\xa5bidpfpersonphrecordedx\x1e2026-01-01T00:00:00.000000000Z` +
	`jprovenance\x81\xaadspan\xa2flengthfoffsetelocal\x81eplaceffformatdfhirdfccdafimportphasserterlorganisationhoriginalx@hreceivedx\x1e2026-01-01T00:00:00.000000000Zkidentifiers\x81\xa2evaluefsystem`
