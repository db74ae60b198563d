package ccda

// The code systems of HL7 version 3 that statements are recognised by.
const (
	v3ActCode         = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
	v3NullFlavor      = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
	v3Confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
	dicomCodes        = "http://dicom.nema.org/resources/ontology/DCM"
)
