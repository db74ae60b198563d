package dicom

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// sexes are the codes of Patient's Sex (PS3.3, C.7.1.1).
var sexes = map[string]string{"M": "male", "F": "female", "O": "other"}

// patientOf reads the Patient Module (PS3.3, C.7.1.1); nil where the file says
// nothing of whom it is about.
func patientOf(d dataset) (*record.Patient, []record.Identifier) {
	p := &record.Patient{Name: names(d.text(tagPatientName), ""), Gender: sexes[d.text(tagPatientSex)]}
	for _, pn := range d.texts(tagOtherPatientNames) {
		p.Name = append(p.Name, names(pn, "")...)
	}
	p.Name = append(p.Name, names(d.text(tagPatientBirthName), "maiden")...)
	if born, ok := day(d.text(tagPatientBirthDate)); ok {
		p.BirthDate = born
	}
	ids := identifiers(d)
	if len(p.Name) == 0 && p.BirthDate == "" && len(ids) == 0 {
		return nil, nil
	}
	return p, ids
}

// identifiers are the patient's numbers with who gave them. A number without an
// issuer says little: two hospitals may give the same one.
func identifiers(d dataset) []record.Identifier {
	var ids []record.Identifier
	add := func(i dataset, value string) {
		if value != "" {
			ids = append(ids, record.Identifier{System: issuer(i), Value: clip(value)})
		}
	}
	add(d, d.text(tagPatientID))
	for _, i := range d.items(tagOtherPatientIDsSeq) {
		add(i, i.text(tagPatientID))
	}
	for _, other := range d.texts(tagOtherPatientIDs) {
		add(nil, other)
	}
	return ids
}

// issuer names who gave a number: by an OID or URI where there is one (PS3.3,
// 10.14).
func issuer(d dataset) string {
	q := d.deep(tagIssuerQualifiersSeq)
	if id := q.text(tagUniversalEntityID); id != "" {
		switch q.text(tagUniversalEntityType) {
		case "ISO":
			return "urn:oid:" + clip(id)
		case "URI":
			return clip(id)
		}
	}
	return clip(d.text(tagIssuerOfPatientID))
}
