package phr

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/strictjson"
)

// rules are what the strict reader needs to know of MediKeep.
var rules = strictjson.Rules{Known: knownName}

// knownName says whether name is one of an export, and whether it is one in
// other capitals: {"status": …, "Status": …} must not be read either way.
func knownName(name []byte) (known, wrongCase bool) {
	if memberNames[string(name)] {
		return true, false
	}
	return false, memberNames[strings.ToLower(string(name))]
}

// memberNames are the names of all members that are read.
var memberNames = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`
export_metadata generated_at format scope include_files include_patient_info unit_system date_range start end patient_info id first_name last_name
birth_date blood_type height height_unit weight weight_unit gender address primary_physician name specialty practice medications medication_name
alternative_name dosage frequency route indication start_date end_date status prescribed_by lab_results test_name test_code test_category test_type
facility labs_result ordered_date completed_date ordered_by notes test_components abbreviation result_type value qualitative_value unit ref_range_min
ref_range_max ref_range_text category attached_files allergies allergen reaction severity onset_date conditions condition_name diagnosis diagnosed_by
immunizations vaccine_name date_administered dose_number lot_number manufacturer site expiration_date administered_by procedures procedure_name code
date description performed_by treatments treatment_name treatment_type treatment_category outcome location encounters reason practitioner vitals
recorded_date systolic_bp diastolic_bp heart_rate temperature temperature_unit oxygen_saturation respiratory_rate blood_glucose glucose_unit bmi
pain_scale device_used recorded_by emergency_contacts relationship phone_number secondary_phone email is_primary is_active practitioners pharmacies
symptoms symptom_name is_chronic first_occurrence_date last_occurrence_date typical_triggers general_notes tags occurrences occurrence_date duration
time_of_day triggers relief_methods associated_symptoms impact_level resolved_date resolution_notes injuries injury_name injury_type body_part laterality
date_of_injury mechanism treatment_received recovery_notes family_history birth_year death_year is_deceased diagnosis_age condition_type icd10_code
insurance`) {
		set[w] = true
	}
	return set
}()
