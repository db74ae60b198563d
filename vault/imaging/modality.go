package imaging

import "math"

// Modality makes stored values mean something: Hounsfield units, optical density
// (PS3.3, C.11.1). The zero value changes nothing.
type Modality struct {
	Slope     float64 // 0 for 1
	Intercept float64
	Table     *Lookup // takes the place of slope and intercept
	Unit      string  // Rescale Type as written: HU, OD, US
}

// Of is what a stored value means.
func (m Modality) Of(v float64) float64 {
	if m.Table != nil {
		return float64(m.Table.at(v))
	}
	if m.Slope == 0 {
		return v + m.Intercept
	}
	return v*m.Slope + m.Intercept
}

// Lookup is a table of values (PS3.3, C.11.1.1.1): the first one is for first and
// all below, the last one for all above.
type Lookup struct {
	First  int
	Bits   int // of a value
	Values []uint16
	Name   string // LUT Explanation
}

func (l *Lookup) at(v float64) uint16 {
	if math.IsNaN(v) || len(l.Values) == 0 {
		return 0
	}
	return l.Values[int(min(max(v-float64(l.First), 0), float64(len(l.Values)-1)))]
}

// part is a value as a part of the most that the table can hold.
func (l *Lookup) part(v float64) float64 {
	return float64(l.at(v)) / float64(uint32(1)<<max(1, min(16, l.Bits))-1)
}
