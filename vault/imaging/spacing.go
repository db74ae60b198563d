package imaging

// Plane is where lengths of an image were measured.
type Plane int

// The planes.
const (
	Unknown  Plane = iota // nothing says how large a pixel is
	Detector              // where the rays met the detector: in the patient it is less
	Patient               // in the patient, by the geometry of the scan or a calibration
	Film                  // on the film that was scanned
)

// Spacing is the distance of the centers of two pixels in millimetres (PS3.3,
// 10.7). A length may be shown where the plane is Patient, and nowhere else
// without saying where it is true.
type Spacing struct {
	Row, Column float64 // between rows, between columns
	Plane       Plane
	Calibration string // how it was calibrated: GEOMETRY or FIDUCIAL, "" where the file does not say
}

// Spaced is what a file states of its pixels' distances, in millimetres; nil for
// nothing.
type Spaced struct {
	Pixel       []float64 // Pixel Spacing
	Imager      []float64 // Imager Pixel Spacing
	Scanned     []float64 // Nominal Scanned Pixel Spacing
	Calibration string    // Pixel Spacing Calibration Type
	Projection  bool      // rays through the body onto a plane: radiography and the like
}

// Spacing decides what the distances mean. Of a projection, Pixel Spacing that is
// the same as that of the detector was not calibrated, whatever it is called
// (PS3.3, 10.7.1.3).
func (s Spaced) Spacing() Spacing {
	pixel, imager, scanned := positive(s.Pixel), positive(s.Imager), positive(s.Scanned)
	calibrated := s.Calibration == "GEOMETRY" || s.Calibration == "FIDUCIAL"
	switch {
	case pixel && !s.Projection, pixel && calibrated:
		return Spacing{s.Pixel[0], s.Pixel[1], Patient, s.Calibration}
	case pixel && imager && (s.Pixel[0] != s.Imager[0] || s.Pixel[1] != s.Imager[1]):
		return Spacing{s.Pixel[0], s.Pixel[1], Patient, ""}
	case imager:
		return Spacing{s.Imager[0], s.Imager[1], Detector, ""}
	case scanned:
		return Spacing{s.Scanned[0], s.Scanned[1], Film, ""}
	case pixel:
		return Spacing{s.Pixel[0], s.Pixel[1], Detector, ""}
	}
	return Spacing{}
}

func positive(v []float64) bool {
	const most = 1000 // mm
	return len(v) == 2 && v[0] > 0 && v[0] < most && v[1] > 0 && v[1] < most
}
