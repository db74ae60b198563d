package clinic

import "github.com/carnet-phr/carnet/vault/record"

// sayer names who stands behind a line, the patient as such; "" where the source
// names nobody (CLINICAL-SAFETY hazard 49).
func sayer(l Line) string {
	p := l.Source()
	switch {
	case p.Asserter != record.ByPatient:
		return p.Author
	case p.Author != "":
		return p.Author + " for the patient"
	}
	return "the patient"
}

// whoSays begins a sentence about what a line states.
func whoSays(l Line) string {
	if l.Source().Asserter == record.ByPatient {
		return "The patient says"
	}
	return "The source says"
}
