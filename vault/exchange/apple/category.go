package apple

import "github.com/carnet-phr/carnet/vault/record"

// dailyCategories are the category types that come many times a day: they are
// counted, and their time is added up, by value.
var dailyCategories = map[string]bool{
	"SleepAnalysis": true, "AppleStandHour": true, "MindfulSession": true, "HandwashingEvent": true, "ToothbrushingEvent": true,
}

// categories are the other category types of HealthKit (HKTypeIdentifiers.h):
// events that the watch tells, the cycle, and symptoms that the person enters.
var categories = setOf(
	"HighHeartRateEvent", "LowHeartRateEvent", "IrregularHeartRhythmEvent", "LowCardioFitnessEvent", "AppleWalkingSteadinessEvent", "SleepApneaEvent",
	"AudioExposureEvent", "EnvironmentalAudioExposureEvent", "HeadphoneAudioExposureEvent", "HypertensionEvent",
	"BleedingAfterPregnancy", "BleedingDuringPregnancy", "CervicalMucusQuality", "Contraceptive", "InfrequentMenstrualCycles", "IntermenstrualBleeding",
	"IrregularMenstrualCycles", "Lactation", "MenstrualFlow", "OvulationTestResult", "PersistentIntermenstrualBleeding", "Pregnancy", "PregnancyTestResult",
	"ProgesteroneTestResult", "ProlongedMenstrualPeriods", "SexualActivity",
	"AbdominalCramps", "Acne", "AppetiteChanges", "BladderIncontinence", "Bloating", "BreastPain", "ChestTightnessOrPain", "Chills", "Constipation", "Coughing",
	"Diarrhea", "Dizziness", "DrySkin", "Fainting", "Fatigue", "Fever", "GeneralizedBodyAche", "HairLoss", "Headache", "Heartburn", "HotFlashes", "LossOfSmell",
	"LossOfTaste", "LowerBackPain", "MemoryLapse", "MoodChanges", "Nausea", "NightSweats", "PelvicPain", "RapidPoundingOrFlutteringHeartbeat", "RunnyNose",
	"ShortnessOfBreath", "SinusCongestion", "SkippedHeartbeat", "SleepChanges", "SoreThroat", "VaginalDryness", "Vomiting", "Wheezing",
)

func setOf(names ...string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

// categoryConcept names a category type.
func categoryConcept(name, suffix string) record.Concept {
	return record.Concept{Text: words(name) + suffix, Coding: []record.Coding{{System: system, Code: categoryPrefix + name}}}
}

// absent says that a value states that something was not there.
func absent(value string) bool {
	return value == valuePrefix+"SeverityNotPresent" || value == valuePrefix+"PresenceNotPresent"
}
