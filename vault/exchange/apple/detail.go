package apple

import "strings"

// noteLimit is how many bytes of a detail are shown.
const noteLimit = 200

// coded are the details of HealthKit whose values are numbers, with what those
// say (HKMetadata.h and the enumerations that it refers to).
var coded = map[string]struct {
	words  string
	values map[string]string
}{
	"HKBloodGlucoseMealTime": {"", map[string]string{"1": "before a meal", "2": "after a meal"}},
	"HKMetadataKeyHeartRateMotionContext": {
		"motion: ", map[string]string{"1": "sedentary", "2": "active"},
	},
	"HKVO2MaxTestType":               {"test: ", map[string]string{"1": "maximal exercise", "2": "predicted from submaximal exercise", "3": "predicted without exercise"}},
	"HKInsulinDeliveryReason":        {"reason: ", map[string]string{"1": "basal", "2": "bolus"}},
	"HKMenstrualCycleStart":          {"start of a cycle: ", map[string]string{"0": "no", "1": "yes"}},
	"HKSexualActivityProtectionUsed": {"protection used: ", map[string]string{"0": "no", "1": "yes"}},
}

// sites are the places of the body at which a reading may be taken.
var sites = map[string]map[string]string{
	"HKBodyTemperatureSensorLocation": {
		"1": "armpit", "2": "body", "3": "ear", "4": "finger", "5": "gastrointestinal tract", "6": "mouth", "7": "rectum", "8": "toe",
		"9": "ear drum", "10": "temporal artery", "11": "forehead",
	},
	"HKHeartRateSensorLocation": {"1": "chest", "2": "wrist", "3": "finger", "4": "hand", "5": "ear lobe", "6": "foot"},
}

// technical are details for programs, which the original keeps.
var technical = setOf("HKExternalUUID", "HKMetadataKeySyncIdentifier", "HKMetadataKeySyncVersion", "HKUDIDeviceIdentifier", "HKUDIProductionIdentifier",
	"HKDeviceSerialNumber", "HKDeviceName", "HKDeviceManufacturerName", "HKAlgorithmVersion", "HKMetadataKeyAppleDeviceCalibrated", "HKDigitalSignature")

// detail reads one MetadataEntry.
func (s *sample) detail(key, value string) {
	if key == "HKWasUserEntered" {
		s.self = value == "1" || value == "true" || value == "YES"
		return
	}
	if where, known := sites[key]; known {
		s.site = where[value]
		return
	}
	if c, known := coded[key]; known {
		w, said := c.values[value]
		switch {
		case said:
			s.notes = append(s.notes, c.words+w)
		case value != "0":
			s.notes = append(s.notes, key+": "+short(value))
		}
		if key == "HKInsulinDeliveryReason" {
			s.flavor = w
		}
		return
	}
	switch {
	case technical[key] || key == "" || value == "":
	case key == "HKTimeZone":
		s.notes = append(s.notes, "time zone: "+short(value))
	default:
		s.notes = append(s.notes, short(strings.TrimPrefix(key, "HK"))+": "+short(value))
	}
}

// short cuts a text that is too long to be shown.
func short(s string) string {
	if len(s) <= noteLimit {
		return s
	}
	return strings.ToValidUTF8(s[:noteLimit], "") + "…"
}
