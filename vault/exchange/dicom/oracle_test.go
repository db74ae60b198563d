package dicom_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	picture "image"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/imaging"
)

// reader is pydicom with GDCM behind it, as Debian packs them: for each path a
// line of JSON, and the stored values of all frames as many bytes as it says.
const reader = `
import json, sys, warnings
import numpy, pydicom, gdcm
warnings.simplefilter("ignore")
for path in sys.stdin.read().split("\n"):
    if not path: continue
    said, raw = {"size": 0}, b""
    try:
        d = pydicom.dcmread(path, force=True)
        if "Rows" not in d: raise ValueError("no image")
        a = d.pixel_array
        a = a.astype(a.dtype.newbyteorder("<"))
        raw = a.tobytes()
        said = {"size": len(raw), "photometric": d.get("PhotometricInterpretation", ""), "kind": a.dtype.kind, "width": a.dtype.itemsize}
    except Exception as e:
        said["error"] = type(e).__name__ + ": " + str(e)[:80]
    sys.stdout.buffer.write((json.dumps(said) + "\n").encode() + raw)
`

type said struct {
	Size        int    `json:"size"`
	Photometric string `json:"photometric"`
	Error       string `json:"error"`
}

// TestSharedPixels holds the stored values of every sample against what pydicom
// and GDCM read, where they are installed, and prints a table of all.
func TestSharedPixels(t *testing.T) {
	root := filepath.Join(shared(t, "data"), "dicom")
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import pydicom, gdcm, numpy").Run(); err != nil {
		t.Skip("NOT TESTED: pydicom and GDCM are not installed (python3-pydicom, python3-gdcm)")
	}
	var files []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.Contains(p, "charset_files") && !strings.Contains(p, "TINY_ALPHA") {
			files = append(files, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", reader)
	cmd.Stdin = strings.NewReader(strings.Join(files, "\n"))
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	compared, out := 0, bufio.NewReader(pipe)
	for _, path := range files {
		line, err := out.ReadBytes('\n')
		if err != nil {
			t.Fatal(err)
		}
		var s said
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatal(err)
		}
		want := make([]byte, s.Size)
		if _, err := io.ReadFull(out, want); err != nil {
			t.Fatal(err)
		}
		name, _ := filepath.Rel(root, path)
		words, ok := held(t, name, path, s, want)
		if words != "" {
			t.Log(words)
		}
		if ok {
			compared++
		}
	}
	const least = 120 // files that both read
	if compared < least {
		t.Errorf("%d files were compared, want %d or more", compared, least)
	}
}

// disputed are the samples that readers see differently, and why ours is right.
var disputed = map[string]string{
	"dicomparser/CT0012.fragmented_no_bot_jpeg_ls.80.dcm": "as dcmtk reads it, and as the same image is in JPEG Lossless beside it",
	"pydicom/test_files/SC_rgb_small_odd_big_endian.dcm":  "bytes in words of 16 bits (PS3.5, A.3), as dcmtk reads them",
}

// refused are samples that no reader can read: what pydicom gives of them is
// whatever was in its memory.
var refused = map[string]bool{
	"pydicom/test_files/JPEG2000-embedded-sequence-delimiter.dcm": true, // its codestream says 3,722,445,056 columns
}

// held gives a line of the table; "" for a file without an image.
func held(t *testing.T, name, path string, s said, want []byte) (string, bool) {
	i, err := dicom.Open(t.Context(), nil, func(context.Context) (io.ReadCloser, error) { return os.Open(path) })
	if err != nil {
		if s.Error == "" {
			t.Errorf("%s: not opened: %v", name, err)
		}
		return "", false
	}
	head := fmt.Sprintf("%-60s | %-20s | %d × %d × %d × %d, %d of %d bits, %s", name, i.Packing, i.Columns, i.Rows, i.Samples, i.Frames, i.Stored, i.Allocated, i.Photometric)
	if i.Shown != nil {
		return head + " | " + i.Shown.Error(), false
	}
	var sum, most float64
	var values int
	for n := range i.Frames {
		f, err := i.Frame(t.Context(), n)
		if err != nil {
			if s.Error == "" && !refused[name] && name != "pydicom/test_files/MR_truncated.dcm" {
				t.Errorf("%s: frame %d: %v", name, n, err)
			}
			return head + " | frame " + fmt.Sprint(n) + ": " + err.Error(), false
		}
		if s.Error != "" {
			continue
		}
		if len(want) < (n+1)*len(f.Values) {
			t.Errorf("%s: %d bytes, want %d", name, i.Frames*len(f.Values), s.Size)
			return head, false
		}
		total, greatest := difference(f, want[n*len(f.Values):][:len(f.Values)], s.Photometric)
		sum, most, values = sum+total, max(most, greatest), values+len(f.Values)/f.Width()
	}
	if s.Error != "" {
		return head + " | shown; the other reader: " + s.Error, false
	}
	mean := sum / float64(values)
	allowed := 0.0
	if strings.HasPrefix(i.Packing, "JPEG Baseline") || strings.HasPrefix(i.Packing, "JPEG Extended") || i.Packing == "JPEG 2000" {
		allowed = 0.5
	}
	if mean > allowed && disputed[name] == "" {
		t.Errorf("%s: mean difference %.4f, greatest %g", name, mean, most)
	}
	return strings.TrimSuffix(fmt.Sprintf("%s | mean difference %.4f, greatest %g; %s", head, mean, most, disputed[name]), "; "), true
}

// difference is the sum and the greatest one, of the colours shown where the
// other reader converted them.
func difference(f *imaging.Frame, want []byte, photometric string) (sum, most float64) {
	got := f.Values
	if f.Samples == 3 && photometric == "RGB" && strings.HasPrefix(f.Photometric, "YBR_F") {
		got = nil
		rgba := imaging.Presentation{}.Draw(f, imaging.Window{}, false).(*picture.RGBA)
		for at := 0; at < len(rgba.Pix); at += 4 {
			got = append(got, rgba.Pix[at:at+3]...)
		}
	}
	for at := 0; at+f.Width() <= len(got); at += f.Width() {
		d := math.Abs(unpacked(f, got[at:]) - unpacked(f, want[at:]))
		sum, most = sum+d, max(most, d)
	}
	return sum, most
}

func unpacked(f *imaging.Frame, b []byte) float64 {
	switch {
	case f.Float && f.Width() == 4:
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
	case f.Float:
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	case f.Width() == 1:
		return float64(b[0])
	case f.Width() == 2:
		return float64(binary.LittleEndian.Uint16(b))
	}
	return float64(binary.LittleEndian.Uint32(b))
}

// TestEncodedElsewhere reads what dcmtk writes of two samples with each predictor,
// point transform, sampling, interleaving and error that it offers, and holds it
// against what dcmtk itself reads of that.
func TestEncodedElsewhere(t *testing.T) {
	gray := shared(t, "data/dicom/pydicom/test_files/CT_small.dcm")
	colour := shared(t, "data/dicom/pydicom/test_files/SC_rgb_jpeg_dcmd.dcm")
	for _, program := range []string{"dcmcjpeg", "dcmdjpeg", "dcmcjpls", "dcmdjpls", "dcmcrle", "dcmdrle"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("NOT TESTED: dcmtk is not installed")
		}
	}
	var ways [][]string
	for predictor := 1; predictor <= 7; predictor++ {
		for _, point := range []string{"0", "2"} {
			ways = append(ways, []string{"dcmcjpeg", "dcmdjpeg", "+el", "+sv", fmt.Sprint(predictor), "+pt", point})
		}
	}
	for _, sampling := range []string{"+s4", "+s2", "+n1", "+n2", "+np"} {
		ways = append(ways, []string{"dcmcjpeg", "dcmdjpeg", "+eb", sampling}, []string{"dcmcjpeg", "dcmdjpeg", "+ee", sampling})
	}
	ways = append(ways, []string{"dcmcrle", "dcmdrle"}, []string{"dcmcjpls", "dcmdjpls", "+el"})
	for _, near := range []string{"1", "3", "9"} {
		for _, order := range []string{"+il", "+is", "+in"} {
			ways = append(ways, []string{"dcmcjpls", "dcmdjpls", "+en", "+md", near, order})
		}
	}
	compared := 0
	for _, way := range ways {
		for _, sample := range []string{gray, colour} {
			packed, plain := filepath.Join(t.TempDir(), "packed"), filepath.Join(t.TempDir(), "plain")
			args := append(append([]string{}, way[2:]...), sample, packed)
			if exec.Command(way[0], args...).Run() != nil || exec.Command(way[1], packed, plain).Run() != nil {
				continue // not every way is one for both
			}
			got, want := firstFrame(t, packed), firstFrame(t, plain)
			sum, most := difference(got, want.Values, want.Photometric)
			if mean := sum / float64(len(want.Values)); mean > 0 && !slices.Contains(way, "+eb") && !slices.Contains(way, "+ee") || mean > 0.5 {
				t.Errorf("%v of %s: mean difference %.4f, greatest %g", way, filepath.Base(sample), mean, most)
			}
			compared++
		}
	}
	t.Logf("%d files compared", compared)
	const least = 30
	if compared < least {
		t.Errorf("%d files were compared, want %d or more", compared, least)
	}
}

func firstFrame(t *testing.T, path string) *imaging.Frame {
	t.Helper()
	i, err := dicom.Open(t.Context(), nil, func(context.Context) (io.ReadCloser, error) { return os.Open(path) })
	if err != nil {
		t.Fatal(err)
	}
	f, err := i.Frame(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
