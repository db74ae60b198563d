package dicom

import (
	"github.com/carnet-phr/carnet/vault/imaging"
)

// geometries are what the file says of each frame: of all at once, or in the
// functional groups of each (PS3.3, C.7.6.16).
func geometries(d dataset, l imaging.Layout, frames int) []imaging.Geometry {
	shared := d.deep(tagSharedGroupsSeq)
	each := d.items(tagEachGroupsSeq)
	palette, tables := paletteOf(d, l), tablesOf(d, l)
	one := func(own dataset) imaging.Geometry {
		group := func(t tag) dataset {
			if g := own.deep(t); g != nil {
				return g
			}
			if g := shared.deep(t); g != nil {
				return g
			}
			return d
		}
		p := imaging.Presentation{Palette: palette, Inverse: d.text(tagShape) == "INVERSE", Padding: padding(d, l)}
		p.Modality = modalityOf(group(tagTransformationSeq), l)
		if p.Modality.Unit == "" && hounsfield(d, p.Modality) {
			p.Modality.Unit = "HU"
		}
		p.Windows = append(windows(group(tagFrameWindowSeq)), tables...)
		cosines := group(tagPlaneOrientationSeq).numbers(tagOrientation)
		g := imaging.Geometry{Presentation: p, Orientation: imaging.Cosines(cosines), Slice: imaging.Sliced(group(tagPlanePositionSeq).numbers(tagImagePosition), cosines)}
		if edges := d.texts(tagPatientOrientation); g.Orientation == (imaging.Orientation{}) && len(edges) == 2 {
			g.Orientation = imaging.Edges(edges[0], edges[1])
		}
		m := group(tagMeasuresSeq)
		g.Spacing = imaging.Spaced{
			Pixel: m.numbers(tagSpacing), Imager: d.numbers(tagImagerSpacing), Scanned: d.numbers(tagScannedSpacing),
			Calibration: d.text(tagCalibration), Projection: projections[d.text(tagModality)],
		}.Spacing()
		return g
	}
	if len(each) != frames {
		return []imaging.Geometry{one(nil)}
	}
	out := make([]imaging.Geometry, frames)
	for n := range out {
		out[n] = one(each[n])
	}
	return out
}

// projections are the modalities whose rays go through the body onto a plane.
var projections = map[string]bool{"CR": true, "DX": true, "MG": true, "IO": true, "PX": true, "RF": true, "XA": true, "RG": true, "SC": true, "OT": true}

// modalityOf is what stored values mean (PS3.3, C.11.1).
func modalityOf(d dataset, l imaging.Layout) imaging.Modality {
	m := imaging.Modality{Unit: clip(d.text(tagRescaleType))}
	if item := d.deep(tagModalityTableSeq); item != nil {
		if m.Table = table(item, tagTableDescriptor, tagTable, l.Signed); m.Table != nil {
			return m
		}
	}
	slope, intercept := d.numbers(tagSlope), d.numbers(tagIntercept)
	if len(slope) > 0 && slope[0] != 0 && len(intercept) > 0 {
		m.Slope, m.Intercept = slope[0], intercept[0]
	}
	return m
}

// hounsfield says that rescaled values are Hounsfield units without saying so: of
// a CT image with one energy, Rescale Type may be absent only then (PS3.3, C.8.2.1).
func hounsfield(d dataset, m imaging.Modality) bool {
	return d.text(tagSOPClassUID) == classRoot+"2" && m.Table == nil && m.Slope != 0 && d.text(tagMultiEnergy) != "YES"
}

// windows are the ways to show an image that its maker named (PS3.3, C.11.2.1.2).
func windows(d dataset) []imaging.Window {
	center, width := d.numbers(tagWindowCenter), d.numbers(tagWindowWidth)
	var names []string
	if e := d.get(tagWindowName); e != nil {
		names = e.Text
	}
	curve := imaging.Curve(d.text(tagCurve))
	if curve != imaging.LinearExact && curve != imaging.Sigmoid {
		curve = imaging.Linear
	}
	const most = 64 // of one image
	var out []imaging.Window
	for n := range min(len(center), len(width), most) {
		if width[n] < 1 && curve == imaging.Linear || width[n] <= 0 {
			continue
		}
		w := imaging.Window{Center: center[n], Width: width[n], Curve: curve}
		if n < len(names) {
			w.Name = clip(names[n])
		}
		out = append(out, w)
	}
	return out
}

// tablesOf are the tables that take the place of windows (PS3.3, C.11.2.1.1).
func tablesOf(d dataset, l imaging.Layout) []imaging.Window {
	const most = 16 // of one image
	var out []imaging.Window
	for _, item := range d.items(tagWindowTableSeq) {
		if t := table(item, tagTableDescriptor, tagTable, l.Signed); t != nil && len(out) < most {
			out = append(out, imaging.Window{Name: t.Name, Table: t})
		}
	}
	return out
}

// padding is the values that are no part of the image (PS3.3, C.7.5.1.1.2).
func padding(d dataset, l imaging.Layout) *imaging.Padding {
	a, ok := word(d, tagPaddingValue, l.Signed)
	if !ok || l.Float {
		return nil
	}
	b, ok := word(d, tagPaddingLimit, l.Signed)
	if !ok {
		b = a
	}
	return &imaging.Padding{Least: min(a, b), Greatest: max(a, b)}
}
