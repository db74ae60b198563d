package view

import "github.com/carnet-phr/carnet/vault/imaging"

// Tissue names a window for Hounsfield units.
type Tissue string

// The tissues.
const (
	Brain       Tissue = "brain"
	SoftTissue  Tissue = "soft tissue"
	Lung        Tissue = "lung"
	Mediastinum Tissue = "mediastinum"
	Liver       Tissue = "liver"
	Bone        Tissue = "bone"
)

// Preset is a window to choose: one of the file, one for a tissue, or one over all
// values of the frame.
type Preset struct {
	Window imaging.Window
	Tissue Tissue // "" for one of the file
	Whole  bool   // over all values of the frame
}

// tissues are the windows that radiology commonly uses, in Hounsfield units.
var tissues = []Preset{
	{Tissue: Brain, Window: imaging.Window{Center: 40, Width: 80}},
	{Tissue: SoftTissue, Window: imaging.Window{Center: 50, Width: 400}},
	{Tissue: Lung, Window: imaging.Window{Center: -600, Width: 1500}},
	{Tissue: Mediastinum, Window: imaging.Window{Center: 50, Width: 350}},
	{Tissue: Liver, Window: imaging.Window{Center: 30, Width: 150}},
	{Tissue: Bone, Window: imaging.Window{Center: 400, Width: 1800}},
}

// Presets are the windows to choose from for a frame: those of the file in its
// order, those for tissues only where the values are Hounsfield units, and one
// over all values; the first is what [imaging.Presentation.First] shows. nil where there is nothing to choose: of colours.
func Presets(p imaging.Presentation, f *imaging.Frame) []Preset {
	if !Windowed(p, f) {
		return nil
	}
	whole := Preset{Window: imaging.Whole(f, p.Modality, p.Padding), Whole: true}
	var out []Preset
	for _, w := range p.Windows {
		out = append(out, Preset{Window: w})
	}
	if len(out) == 0 {
		out = append(out, whole)
	}
	if p.Modality.Unit == "HU" {
		out = append(out, tissues...)
	}
	if !out[0].Whole {
		out = append(out, whole)
	}
	return out
}

// Whole is the window over all values among those to choose from.
func Whole(list []Preset) imaging.Window {
	for _, p := range list {
		if p.Whole {
			return p.Window
		}
	}
	return imaging.Window{}
}

// Windowed says whether a window changes what is shown of a frame.
func Windowed(p imaging.Presentation, f *imaging.Frame) bool {
	return f.Samples == 1 && f.Allocated > 1 && (p.Palette == nil || f.Photometric != "PALETTE COLOR")
}

// Dragged is a window after the pointer moved by parts of the view: to the right
// is wider, down is darker, as viewers commonly have it. whole is the window over
// all values, which says how far a part goes.
func Dragged(w, whole imaging.Window, right, down float64) imaging.Window {
	span := max(whole.Width, 1e-6)
	if w.Table != nil { // a table has no width: it goes on from all values
		w = imaging.Window{Center: whole.Center, Width: whole.Width, Curve: whole.Curve}
	}
	least := 1.0
	if w.Curve == imaging.LinearExact || w.Curve == imaging.Sigmoid {
		least = span / 1e4
	}
	const fine = 8 // a narrow window is changed in small steps
	step := max(w.Width, span/fine)
	w.Width = max(least, w.Width+right*step)
	w.Center += down * step
	w.Name = ""
	return w
}
