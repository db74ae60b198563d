package imaging

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/view"
	"github.com/carnet-phr/carnet/vault/record"
)

func notForDiagnosis() string { return lang.L("Not for diagnosis") }

// tissue is the name of a window for Hounsfield units.
func tissue(t view.Tissue) string {
	switch t {
	case view.Brain:
		return lang.L("Brain")
	case view.SoftTissue:
		return lang.L("Soft tissue")
	case view.Lung:
		return lang.L("Lung")
	case view.Mediastinum:
		return lang.L("Mediastinum")
	case view.Liver:
		return lang.L("Liver")
	case view.Bone:
		return lang.L("Bone")
	}
	return string(t)
}

// presetNames are the windows to choose from, each by a name of its own.
func presetNames(list []view.Preset) []string {
	names := make([]string, len(list))
	own := 0
	for n, p := range list {
		switch {
		case p.Whole:
			names[n] = lang.L("All values")
		case p.Tissue != "":
			names[n] = tissue(p.Tissue)
		default:
			own++
			names[n] = record.Visible(p.Window.Name)
			if names[n] == "" {
				names[n] = lang.L("As stored {{.Number}}", map[string]any{"Number": own})
			}
		}
	}
	return ui.Distinct(names)
}

// windowWords is width and center of a window, with their unit where there is one.
func windowWords(w imaging.Window, unit string) string {
	if w.Table != nil {
		if name := record.Visible(w.Name); name != "" {
			return lang.L("Table: {{.Name}}", map[string]any{"Name": name})
		}
		return lang.L("Brightness by a table of the file")
	}
	if unit == "US" { // unspecified (PS3.3, C.11.1.1.2)
		unit = ""
	}
	words := lang.L("Window: width {{.Width}}, center {{.Center}}", map[string]any{"Width": figure(w.Width), "Center": figure(w.Center)})
	return strings.TrimSpace(words + " " + record.Visible(unit))
}

// figure is a number as short as its size allows.
func figure(v float64) string {
	if a := math.Abs(v); a >= 100 || a == math.Trunc(a) {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}

// lengthWords says a length, and where its millimetres are true.
func lengthWords(l view.Length) string {
	values := map[string]any{"Length": fmt.Sprintf("%.1f", l.Millimetres), "Pixels": fmt.Sprintf("%.0f", l.Pixels)}
	switch l.Plane {
	case imaging.Patient:
		return lang.L("{{.Length}} mm", values)
	case imaging.Detector:
		return lang.L("{{.Length}} mm on the detector; less in the body", values)
	case imaging.Film:
		return lang.L("{{.Length}} mm on the film", values)
	}
	return lang.L("{{.Pixels}} pixels; the file gives no scale", values)
}

// scaleWords says before measuring what a length will mean.
func scaleWords(s imaging.Spacing) string {
	switch s.Plane {
	case imaging.Patient:
		return lang.L("Lengths are in millimetres in the body, as the file gives the scale.")
	case imaging.Detector:
		return lang.L("The file gives the scale of the detector only: lengths in the body are smaller.")
	case imaging.Film:
		return lang.L("The file gives the scale of the scanned film only.")
	}
	return lang.L("The file gives no scale: lengths are in pixels.")
}

// keptError says that an image is kept, and is not shown by Carnet.
type keptError struct {
	packing string
	needs   string // the library with which it could be shown; "" for none
}

func (e keptError) Error() string { return e.packing + ": kept, not shown here" }

// trouble says why an image is not shown, and what to do.
func trouble(err error) ui.Trouble {
	var kept keptError
	switch {
	case errors.As(err, &kept):
		what := lang.L("This image is kept, but Carnet cannot show it.")
		if isVideo(kept.packing) {
			what = lang.L("This video is kept, but Carnet cannot play it.")
		}
		if kept.needs != "" {
			return ui.Trouble{What: what, Next: lang.L("It is packed as {{.Packing}}, and the program {{.Program}}, which unpacks it, is not on this computer. Install it and open the image again: on Debian and Ubuntu it is the package libopenjp2-7, on a Mac “openjpeg” of Homebrew. The file is in the record byte for byte.", map[string]any{"Packing": kept.packing, "Program": kept.needs})}
		}
		return ui.Trouble{What: what, Next: lang.L("It is packed as {{.Packing}}. The file is in the record byte for byte and goes along to a doctor, whose program can show it. To see it yourself, save a copy and open it with a DICOM viewer.", map[string]any{"Packing": kept.packing})}
	case errors.Is(err, vault.ErrNotFound), errors.Is(err, vault.ErrDamaged), errors.Is(err, vault.ErrClosed):
		return ui.Explain(err)
	}
	switch {
	case errors.Is(err, exchange.ErrAway):
		return ui.Trouble{What: lang.L("This image is not in the record."), Next: lang.L("Only a reference to its file is kept, and the file is not where it was. Put the disc in or plug the drive in, or bring the file in again.")}
	case errors.Is(err, exchange.ErrChanged):
		return ui.Trouble{What: lang.L("This image is not in the record."), Next: lang.L("Only a reference to its file is kept, and that file was changed since: it is not shown. Bring the right one in again.")}
	}
	return ui.Trouble{What: lang.L("This image cannot be shown."), Next: lang.L("The file is kept as it is. The reason given is: {{.Reason}}.", map[string]any{"Reason": strings.TrimSuffix(err.Error(), ".")})}
}

// isVideo says whether a way of packing is one of moving pictures.
func isVideo(packing string) bool { return strings.Contains(packing, "video") }

// captions are the words in the corners of an image.
type caption struct {
	Name, Born           string
	Study, Date, Series  string
	At, Of               int // from 1
	Number               string
	Frame, Frames        int // from 1
	Window               string
	Zoom                 float64 // points of the screen for a pixel
	Negative, BurnedText bool
	Lossy                bool
	Side                 string
}

// corners are the lines of the four corners.
func (c caption) corners() [4][]string {
	where := lang.L("Image {{.At}} of {{.Of}}", map[string]any{"At": c.At, "Of": c.Of})
	if c.Frames > 1 {
		where = lang.L("Picture {{.At}} of {{.Of}} (frame {{.Frame}} of {{.Frames}})", map[string]any{"At": c.At, "Of": c.Of, "Frame": c.Frame, "Frames": c.Frames})
	}
	if c.Number != "" && c.Number != fmt.Sprint(c.At) {
		where += " · " + lang.L("number {{.Number}}", map[string]any{"Number": c.Number})
	}
	left := []string{c.Window, where}
	if c.Negative {
		left = append([]string{lang.L("Black and white exchanged")}, left...)
	}
	var right []string
	if c.Side != "" {
		right = append(right, lang.L("Side as tagged: {{.Side}}", map[string]any{"Side": c.Side}))
	}
	if c.Lossy {
		right = append(right, lang.L("Packed with loss of detail"))
	}
	right = append(right, lang.L("Size {{.Percent}} %", map[string]any{"Percent": fmt.Sprintf("%.0f", 100*c.Zoom)}), notForDiagnosis())
	return [4][]string{nonEmpty(c.Name, c.Born), nonEmpty(c.Study, c.Date, c.Series), nonEmpty(left...), nonEmpty(right...)}
}

// short is why an image is not shown, for a small picture.
func short(err error) string {
	var kept keptError
	if errors.As(err, &kept) {
		return lang.L("{{.Packing}}: kept, not shown here", map[string]any{"Packing": kept.packing})
	}
	return lang.L("Cannot be shown")
}
