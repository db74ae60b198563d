package imaging

// Slice is where a plane lies in the patient (PS3.3, C.7.6.2.1.1): millimetres
// to the left, the back and the head. The zero value says nothing.
type Slice struct {
	Known       bool
	Position    [3]float64 // of the center of the first pixel
	Row, Column [3]float64 // directions
}

// Sliced makes a slice of Image Position and Image Orientation (Patient); one
// that says nothing where they are not whole.
func Sliced(position, cosines []float64) Slice {
	if len(position) != 3 || Cosines(cosines) == (Orientation{}) {
		return Slice{}
	}
	return Slice{true, [3]float64(position), [3]float64(cosines[:3]), [3]float64(cosines[3:])}
}

// Normal is the direction across the plane.
func (s Slice) Normal() [3]float64 {
	r, c := s.Row, s.Column
	return [3]float64{r[1]*c[2] - r[2]*c[1], r[2]*c[0] - r[0]*c[2], r[0]*c[1] - r[1]*c[0]}
}

// Along is how far the plane lies along a direction, in millimetres.
func (s Slice) Along(direction [3]float64) float64 {
	return s.Position[0]*direction[0] + s.Position[1]*direction[1] + s.Position[2]*direction[2]
}
