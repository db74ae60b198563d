package apple

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

const (
	characteristic = "HKCharacteristicTypeIdentifier"
	meSystem       = system + "#me"
)

// sexes are FHIR's administrative codes for what the phone's owner entered.
var sexes = map[string]string{"HKBiologicalSexFemale": "female", "HKBiologicalSexMale": "male", "HKBiologicalSexOther": "other"}

// bloodTypes are the blood groups in words.
var bloodTypes = map[string]string{
	"HKBloodTypeAPositive": "A positive", "HKBloodTypeANegative": "A negative", "HKBloodTypeBPositive": "B positive", "HKBloodTypeBNegative": "B negative",
	"HKBloodTypeABPositive": "AB positive", "HKBloodTypeABNegative": "AB negative", "HKBloodTypeOPositive": "O positive", "HKBloodTypeONegative": "O negative",
}

// me reads what the phone's owner entered about themselves: there is no name.
func (r *reader) me(e *element) {
	p := &record.Patient{BirthDate: date(e.get(characteristic + "DateOfBirth")).Day(), Gender: sexes[e.get(characteristic+"BiologicalSex")]}
	at := r.provenance(e)
	at.Asserter, at.System = record.ByPatient, "Apple Health"
	r.add(p, at)
	if w := bloodTypes[e.get(characteristic+"BloodType")]; w != "" {
		r.myself(at, "BloodType", w, record.Concept{Text: "Blood group", Coding: []record.Coding{{System: record.LOINC, Code: "882-1"}, {System: system, Code: characteristic + "BloodType"}}}, record.Laboratory,
			"as the owner of the phone entered it; no laboratory vouches for it")
	}
	if w, is := strings.CutPrefix(e.get(characteristic+"FitzpatrickSkinType"), "HKFitzpatrickSkinType"); is && w != "NotSet" && safeName(w) {
		r.myself(at, "FitzpatrickSkinType", w, record.Concept{Text: "Fitzpatrick skin type", Coding: []record.Coding{{System: system, Code: characteristic + "FitzpatrickSkinType"}}}, "exam", "as the owner of the phone entered it")
	}
	if w := e.get(characteristic + "CardioFitnessMedicationsUse"); w != "" && w != "None" && w != "0" {
		r.myself(at, "CardioFitnessMedicationsUse", short(w), record.Concept{Text: "Medicines that affect heart rate", Coding: []record.Coding{{System: system, Code: characteristic + "CardioFitnessMedicationsUse"}}}, record.SocialHistory, "as the owner of the phone entered it")
	}
}

// myself files one characteristic. The phone does not say when it was entered.
func (r *reader) myself(at record.Provenance, attribute, value string, code record.Concept, category, note string) {
	at.Place += "/@" + characteristic + attribute
	at.Identifiers = []record.Identifier{{System: meSystem, Value: attribute}} // has no time: every export states it again
	r.add(&record.Observation{Code: code, Category: r.alike.category(category), Value: record.Value{Concept: record.Concept{Text: value}}, Note: []string{note}}, at)
}
