package imaging

import "math"

// Curve is how a window maps values to grey (PS3.3, C.11.2.1.3).
type Curve string

// The curves.
const (
	Linear      Curve = "LINEAR"
	LinearExact Curve = "LINEAR_EXACT"
	Sigmoid     Curve = "SIGMOID"
)

// Window says which values are shown from black to white (PS3.3, C.11.2).
type Window struct {
	Center, Width float64
	Curve         Curve   // "" for Linear
	Name          string  // its explanation, "" where the file has none
	Table         *Lookup // a VOI LUT, which takes the place of center and width
}

// Part is how bright a value is, from 0 to 1.
func (w Window) Part(v float64) float64 {
	if w.Table != nil {
		return w.Table.part(v)
	}
	var y float64
	switch {
	case w.Curve == Sigmoid && w.Width > 0:
		y = logistic(4 * (v - w.Center) / w.Width)
	case w.Curve == LinearExact && w.Width > 0:
		y = (v-w.Center)/w.Width + 0.5
	case w.Width > 1:
		y = (v-(w.Center-0.5))/(w.Width-1) + 0.5
	case v > w.Center-0.5: // of the width 1, a threshold
		y = 1
	}
	if math.IsNaN(y) {
		return 0
	}
	return min(max(y, 0), 1)
}

// logistic spares the exponential where it makes no difference.
func logistic(z float64) float64 {
	switch {
	case z > 40:
		return 1
	case z < -40:
		return 0
	}
	return 1 / (1 + math.Exp(-z))
}

// Whole is a window over all values of a frame, for one that names none.
func Whole(f *Frame, m Modality, p *Padding) Window {
	least, greatest, ok := f.Range(p)
	if !ok {
		return Window{Center: 0.5, Width: 1, Curve: LinearExact}
	}
	a, b := m.Of(least), m.Of(greatest)
	if m.Table != nil { // a table need not rise
		a, b = 0, float64(uint32(1)<<max(1, min(16, m.Table.Bits))-1)
	}
	if a > b {
		a, b = b, a
	}
	return Window{Center: a + (b-a)/2, Width: max(b-a, math.SmallestNonzeroFloat32), Curve: LinearExact}
}
