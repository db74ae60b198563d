package apple

import "strings"

// hardware is the part of a device attribute that tells one device from
// another: "name:Apple Watch, manufacturer:Apple Inc., model:Watch,
// hardware:Watch6,2" of "<<HKDevice: 0x283c21950>, name:…, software:10.1>". The
// address before it differs from record to record, and the software is
// updated.
func hardware(device string) string {
	if strings.HasPrefix(device, "<<") {
		if _, rest, found := strings.Cut(device, ">, "); found {
			device = rest
		}
		device = strings.TrimSuffix(device, ">")
	}
	if i := strings.Index(device, ", software:"); i >= 0 {
		device = device[:i]
	}
	return device
}

// deviceWords is a device for people: "Apple Watch (Apple Inc., Watch6,2)".
func deviceWords(hardware string) string {
	name, maker, model := "", "", ""
	for _, part := range splitDevice(hardware) {
		label, value, found := strings.Cut(part, ":")
		switch {
		case !found:
			return hardware
		case label == "name":
			name = value
		case label == "manufacturer":
			maker = value
		case label == "hardware", label == "model" && model == "":
			model = value
		}
	}
	if name == "" {
		name, model = model, ""
	}
	var more []string
	for _, s := range []string{maker, model} {
		if s != "" && s != name {
			more = append(more, s)
		}
	}
	if len(more) == 0 {
		return name
	}
	return name + " (" + strings.Join(more, ", ") + ")"
}

// deviceLabels are the parts of a device as HealthKit writes them.
var deviceLabels = []string{"name:", "manufacturer:", "model:", "hardware:", "firmware:", "localIdentifier:", "UDI:"}

// splitDevice cuts at the commas that stand before a label; values hold commas
// too.
func splitDevice(s string) []string {
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		if !strings.HasPrefix(s[i:], ", ") {
			continue
		}
		for _, l := range deviceLabels {
			if strings.HasPrefix(s[i+2:], l) {
				parts = append(parts, s[from:i])
				from = i + 2
			}
		}
	}
	return append(parts, s[from:])
}
