package apple

import (
	"slices"

	"github.com/carnet-phr/carnet/vault/record"
)

// quantity is what is known of one HKQuantityTypeIdentifier.
type quantity struct {
	title    string // for people; "" for the name in words
	loinc    string // "" where no code of LOINC says just that
	category string
	daily    bool // measured all day: several a day are put together
	sum      bool // cumulative: what a day has in common is its sum
	each     bool // always one by one, however many
}

// dayLimit is how many readings of one kind from one source are filed one by
// one for a day; more are put together.
const dayLimit = 24

const activity = "activity"

// quantities are the quantity types of HealthKit (HKTypeIdentifiers.h, which
// says for each whether it is cumulative), with LOINC codes
// (https://loinc.org) where one names the same thing.
var quantities = withMore(map[string]quantity{
	"HeartRate":                {loinc: "8867-4", category: record.VitalSigns, daily: true},
	"RestingHeartRate":         {loinc: "40443-4", category: record.VitalSigns},
	"WalkingHeartRateAverage":  {title: "Walking heart rate, average", category: record.VitalSigns},
	"HeartRateVariabilitySDNN": {title: "Heart rate variability (SDNN)", loinc: "80404-7", category: record.VitalSigns, daily: true},
	"HeartRateRecoveryOneMinute": {
		title: "Heart rate recovery, one minute", category: record.VitalSigns,
	},
	"AtrialFibrillationBurden":           {category: record.VitalSigns},
	"PeripheralPerfusionIndex":           {category: record.VitalSigns, daily: true},
	"OxygenSaturation":                   {loinc: "59408-5", category: record.VitalSigns, daily: true},
	"RespiratoryRate":                    {loinc: "9279-1", category: record.VitalSigns, daily: true},
	"AppleSleepingBreathingDisturbances": {title: "Sleeping breathing disturbances", category: record.VitalSigns},
	"BodyTemperature":                    {loinc: "8310-5", category: record.VitalSigns},
	"BasalBodyTemperature":               {category: record.VitalSigns},
	"AppleSleepingWristTemperature":      {title: "Sleeping wrist temperature", category: record.VitalSigns},
	"BloodPressureSystolic":              {title: "Systolic blood pressure", loinc: "8480-6", category: record.VitalSigns, each: true},
	"BloodPressureDiastolic":             {title: "Diastolic blood pressure", loinc: "8462-4", category: record.VitalSigns, each: true},
	"BodyMass":                           {title: "Body weight", loinc: "29463-7", category: record.VitalSigns},
	"Height":                             {title: "Body height", loinc: "8302-2", category: record.VitalSigns},
	"BodyMassIndex":                      {title: "Body mass index (BMI)", loinc: "39156-5", category: record.VitalSigns},
	"BodyFatPercentage":                  {loinc: "41982-0", category: record.VitalSigns},
	"LeanBodyMass":                       {loinc: "91557-9", category: record.VitalSigns},
	"WaistCircumference":                 {loinc: "8280-0", category: record.VitalSigns},
	"VO2Max":                             {title: "Cardio fitness (VO2 max)", category: record.VitalSigns},
	"BloodGlucose":                       {category: record.Laboratory}, // its LOINC code goes by the unit
	"BloodAlcoholContent":                {category: record.Laboratory},
	"ForcedExpiratoryVolume1":            {title: "Forced expiratory volume in one second (FEV1)", loinc: "20150-9", category: record.VitalSigns},
	"ForcedVitalCapacity":                {title: "Forced vital capacity (FVC)", category: record.VitalSigns},
	"PeakExpiratoryFlowRate":             {title: "Peak expiratory flow rate (PEF)", category: record.VitalSigns},
	"ElectrodermalActivity":              {category: record.VitalSigns, daily: true},
	"InsulinDelivery":                    {category: "therapy", sum: true},
	"InhalerUsage":                       {category: "therapy", sum: true},
	"NumberOfTimesFallen":                {category: record.SocialHistory, sum: true},
	"NumberOfAlcoholicBeverages":         {category: record.SocialHistory, sum: true},
	"SixMinuteWalkTestDistance":          {title: "Six-minute walk, distance", category: activity},
	"AppleWalkingSteadiness":             {title: "Walking steadiness", category: activity},
	"CyclingFunctionalThresholdPower":    {category: activity},
	"StepCount":                          {title: "Steps", category: activity, daily: true, sum: true},
	"EnvironmentalAudioExposure":         {category: activity, daily: true},
	"EnvironmentalSoundReduction":        {category: activity, daily: true},
	"HeadphoneAudioExposure":             {category: activity, daily: true},
	"UVExposure":                         {title: "UV exposure", category: activity, daily: true},
	"WaterTemperature":                   {category: activity, daily: true},
	"UnderwaterDepth":                    {category: activity, daily: true},
	"WorkoutEffortScore":                 {category: activity},
	"EstimatedWorkoutEffortScore":        {category: activity},
})

// cumulative are the further types whose readings of a day add up.
var cumulative = []string{
	"ActiveEnergyBurned", "BasalEnergyBurned", "AppleExerciseTime", "AppleMoveTime", "AppleStandTime", "DistanceCrossCountrySkiing", "DistanceCycling",
	"DistanceDownhillSnowSports", "DistancePaddleSports", "DistanceRowing", "DistanceSkatingSports", "DistanceSwimming", "DistanceWalkingRunning",
	"DistanceWheelchair", "FlightsClimbed", "NikeFuel", "PushCount", "SwimmingStrokeCount", "TimeInDaylight",
	"DietaryBiotin", "DietaryCaffeine", "DietaryCalcium", "DietaryCarbohydrates", "DietaryChloride", "DietaryCholesterol", "DietaryChromium", "DietaryCopper",
	"DietaryEnergyConsumed", "DietaryFatMonounsaturated", "DietaryFatPolyunsaturated", "DietaryFatSaturated", "DietaryFatTotal", "DietaryFiber", "DietaryFolate",
	"DietaryIodine", "DietaryIron", "DietaryMagnesium", "DietaryManganese", "DietaryMolybdenum", "DietaryNiacin", "DietaryPantothenicAcid", "DietaryPhosphorus",
	"DietaryPotassium", "DietaryProtein", "DietaryRiboflavin", "DietarySelenium", "DietarySodium", "DietarySugar", "DietaryThiamin", "DietaryVitaminA",
	"DietaryVitaminB12", "DietaryVitaminB6", "DietaryVitaminC", "DietaryVitaminD", "DietaryVitaminE", "DietaryVitaminK", "DietaryWater", "DietaryZinc",
}

// frequent are the further types that are measured all day.
var frequent = []string{
	"CrossCountrySkiingSpeed", "CyclingCadence", "CyclingPower", "CyclingSpeed", "PaddleSportsSpeed", "PhysicalEffort", "RowingSpeed", "RunningPower",
	"RunningSpeed", "RunningGroundContactTime", "RunningStrideLength", "RunningVerticalOscillation", "StairAscentSpeed", "StairDescentSpeed",
	"WalkingAsymmetryPercentage", "WalkingDoubleSupportPercentage", "WalkingSpeed", "WalkingStepLength",
}

func withMore(all map[string]quantity) map[string]quantity {
	for _, name := range cumulative {
		all[name] = quantity{category: activity, daily: true, sum: true}
	}
	for _, name := range frequent {
		all[name] = quantity{category: activity, daily: true}
	}
	return all
}

// limit is how many readings of a day stay one by one.
func (q quantity) limit() int {
	switch {
	case q.each:
		return keptLimit
	case q.daily:
		return 1
	}
	return dayLimit
}

// glucose gives the LOINC code for a glucose reading by what its unit measures:
// mass or amount of substance per volume of blood.
func glucose(unit string) string {
	switch {
	case slices.Contains([]string{"mg/dL", "g/L", "mg/L", "g/dL"}, unit):
		return "2339-0"
	case slices.Contains([]string{"mmol/L", "µmol/L", "mcmol/L"}, unit):
		return "15074-8"
	}
	return ""
}

// concept names a quantity type with its codes.
func (q quantity) concept(name, unit, suffix string) record.Concept {
	title := q.title
	if title == "" {
		title = words(name)
	}
	c := record.Concept{Text: title + suffix}
	loinc := q.loinc
	if name == "BloodGlucose" {
		loinc = glucose(unit)
	}
	if loinc != "" {
		c.Coding = append(c.Coding, record.Coding{System: record.LOINC, Code: loinc})
	}
	c.Coding = append(c.Coding, record.Coding{System: system, Code: quantityPrefix + name})
	return c
}
