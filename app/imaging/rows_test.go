package imaging

import (
	"errors"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/exchange/readback"
	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/view"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestSeries(t *testing.T) {
	if err := ui.Speak(""); err != nil {
		t.Fatal(err)
	}
	s := &record.ImagingStudy{Series: []record.ImagingSeries{
		{Number: "10", Description: "late", Instance: []record.ImagingInstance{{Number: "2", Hash: "b", Rows: "4"}, {Number: "1", Hash: "a", Rows: "4"}, {Hash: "c"}, {Number: "3"}}},
		{Number: "2", Modality: record.Concept{Text: "CT", Coding: []record.Coding{{Display: "Computed Tomography"}}}},
		{},
	}}
	rows := seriesOf(s)
	if len(rows) != 3 || rows[0].Series.Number != "2" || rows[1].Series.Number != "10" || rows[1].At != 0 {
		t.Fatalf("got %+v", rows)
	}
	r := rows[1]
	if len(r.Images) != 2 || r.Images[0].Hash != "a" || r.Others != 1 || r.Away != 1 {
		t.Errorf("got %+v", r)
	}
	for _, c := range [][2]string{
		{r.title(), "10: late"},
		{rows[0].title(), "Series 2"},
		{rows[2].title(), "Series without a name"},
		{modalities(s), "CT (Computed Tomography)"},
		{r.holds(), "2 images  ·  1 report or note on images  ·  1 not in the record"},
		{counted(s), "2 images"},
		{counted(&record.ImagingStudy{}), "no images in the record"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %q, want %q", c[0], c[1])
		}
	}
	for words, want := range map[string][3]int{ui.Series(0): {1, -1, 1}, ui.Series(1): {0, -1, 0}, ui.File("b"): {1, 1, 1}, ui.File("x"): {0, -1, 0}, "": {0, -1, 0}} {
		row, image, ok := wanted(rows, words)
		if row != want[0] || image != want[1] || ok != (want[2] == 1) {
			t.Errorf("%q: %d, %d, %v", words, row, image, ok)
		}
	}
}

func TestLengthWords(t *testing.T) {
	for _, c := range []struct {
		s    imaging.Spacing
		want string
	}{
		{imaging.Spacing{Row: 0.5, Column: 0.5, Plane: imaging.Patient}, "5.0 mm"},
		{imaging.Spacing{Row: 0.5, Column: 0.5, Plane: imaging.Detector}, "5.0 mm on the detector; less in the body"},
		{imaging.Spacing{Row: 0.5, Column: 0.5, Plane: imaging.Film}, "5.0 mm on the film"},
		{imaging.Spacing{}, "10 pixels; the file gives no scale"},
	} {
		if got := lengthWords(view.Measure(c.s, view.Point{}, view.Point{X: 10})); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestWindowWords(t *testing.T) {
	for _, c := range []struct {
		w    imaging.Window
		unit string
		want string
	}{
		{imaging.Window{Center: 40, Width: 400}, "HU", "Window: width 400, center 40 HU"},
		{imaging.Window{Center: 0.125, Width: 0.5}, "US", "Window: width 0.5, center 0.125"},
		{imaging.Window{Table: &imaging.Lookup{}, Name: "bone"}, "HU", "Table: bone"},
		{imaging.Window{Table: &imaging.Lookup{}}, "", "Brightness by a table of the file"},
	} {
		if got := windowWords(c.w, c.unit); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	names := presetNames([]view.Preset{{Window: imaging.Window{Name: "A"}}, {}, {Tissue: view.Lung}, {Whole: true}})
	if got := strings.Join(names, "|"); got != "A|As stored 2|Lung|All values" {
		t.Errorf("got %q", got)
	}
}

func TestTrouble(t *testing.T) {
	for want, err := range map[string]error{
		"This video is kept":          keptError{packing: "HEVC video"},
		"This image is kept":          keptError{packing: "JPEG 2000"},
		"This image cannot be shown.": errors.New("the packed frame is damaged"),
	} {
		if got := trouble(err); !strings.HasPrefix(got.What, want) || got.Next == "" {
			t.Errorf("got %+v, want %q", got, want)
		}
	}
	if short(keptError{packing: "JPEG 2000"}) != "JPEG 2000: kept, not shown here" || short(errors.New("x")) != "Cannot be shown" {
		t.Error("a small picture says something else")
	}
}

func TestVerdict(t *testing.T) {
	one := []readback.Finding{{Name: "a", Why: "b"}}
	for _, c := range []struct {
		r    readback.Report
		tone ui.Tone
		want string
	}{
		{readback.Report{Files: 3, Images: 2}, ui.Good, "All is good."},
		{readback.Report{Files: 3, Kept: one}, ui.Good, "All files are whole."},
		{readback.Report{Files: 3, Bad: one}, ui.Alarm, "Not everything is good."},
		{readback.Report{Files: 3, Missing: one}, ui.Alarm, "Not everything is good."},
		{readback.Report{}, ui.Care, "There is nothing to read."},
	} {
		if tone, head, words := verdict(c.r); tone != c.tone || head != c.want || words == "" {
			t.Errorf("%+v: %v %q %q", c.r, tone, head, words)
		}
	}
}

// TestReports: a report that names the study, and a document out of its own files.
func TestReports(t *testing.T) {
	study := record.Record{ID: "s", Resource: &record.ImagingStudy{Series: []record.ImagingSeries{{Instance: []record.ImagingInstance{{Hash: "h"}}}}}}
	found := []record.Record{
		{ID: "1", Resource: &record.DiagnosticReport{ImagingStudy: []record.Reference{{ID: "s"}}}},
		{ID: "2", Resource: &record.DiagnosticReport{ImagingStudy: []record.Reference{{ID: "other"}, {}}}},
		{ID: "3", Resource: &record.DocumentReference{}, Provenance: []record.Provenance{{Original: "h"}}},
		{ID: "4", Resource: &record.DocumentReference{}, Provenance: []record.Provenance{{Original: "x"}}},
		{ID: "5", Resource: &record.DocumentReference{Status: "entered-in-error"}, Provenance: []record.Provenance{{Original: "h"}}},
	}
	ids := ""
	for _, r := range reportsOf(study, found) {
		ids += string(r.ID)
	}
	if ids != "13" && ids != "31" {
		t.Errorf("got %q", ids)
	}
}
