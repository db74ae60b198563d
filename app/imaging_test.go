package app

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/record"
)

// madeUp is an image of a made-up study: 64 × 32 pixels, explicit VR little endian.
type madeUp struct {
	series, number, frames int
	z                      float64
	syntax                 string // "" for one that is not compressed
	bare                   bool   // without orientation, spacing and unit
}

func (m madeUp) bytes() []byte {
	const columns, rows = 64, 32
	b := append(make([]byte, 128), "DICM"...)
	put := func(tag uint32, vr, value string) {
		if len(value)%2 != 0 {
			value += map[bool]string{true: "\x00", false: " "}[vr == "UI"]
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(tag>>16))
		b = binary.LittleEndian.AppendUint16(b, uint16(tag))
		b = append(b, vr...)
		if vr == "OW" || vr == "OB" {
			b = binary.LittleEndian.AppendUint32(append(b, 0, 0), uint32(len(value)))
		} else {
			b = binary.LittleEndian.AppendUint16(b, uint16(len(value)))
		}
		b = append(b, value...)
	}
	short := func(n int) string { return string(binary.LittleEndian.AppendUint16(nil, uint16(n))) }
	syntax, class := "1.2.840.10008.1.2.1", "1.2.840.10008.5.1.4.1.1.2"
	if m.syntax != "" {
		syntax = m.syntax
	}
	put(0x00020002, "UI", class)
	put(0x00020010, "UI", syntax)
	put(0x00080016, "UI", class)
	put(0x00080018, "UI", fmt.Sprintf("1.2.3.%d.%d", m.series, m.number))
	put(0x00080020, "DA", "20210304")
	put(0x00080060, "CS", "CT")
	put(0x00081030, "LO", "CT of the chest")
	put(0x0008103E, "LO", fmt.Sprintf("series %d", m.series))
	put(0x00100010, "PN", "Testperson^Ada")
	put(0x00100030, "DA", "19610412")
	put(0x00100040, "CS", "F")
	put(0x0020000D, "UI", "1.2.3")
	put(0x0020000E, "UI", fmt.Sprintf("1.2.3.%d", m.series))
	put(0x00200011, "IS", fmt.Sprint(m.series))
	put(0x00200013, "IS", fmt.Sprint(m.number))
	if !m.bare {
		put(0x00200032, "DS", fmt.Sprintf(`0\0\%g`, m.z))
		put(0x00200037, "DS", `1\0\0\0\1\0`)
	}
	put(0x00280002, "US", short(1))
	put(0x00280004, "CS", "MONOCHROME2")
	put(0x00280008, "IS", fmt.Sprint(max(1, m.frames)))
	put(0x00280010, "US", short(rows))
	put(0x00280011, "US", short(columns))
	if !m.bare {
		put(0x00280030, "DS", `0.5\0.5`)
	}
	put(0x00280100, "US", short(16))
	put(0x00280101, "US", short(12))
	put(0x00280102, "US", short(11))
	put(0x00280103, "US", short(0))
	put(0x00281050, "DS", `40\60`)
	put(0x00281051, "DS", `400\300`)
	if !m.bare {
		put(0x00281052, "DS", "-1024")
		put(0x00281053, "DS", "1")
	}
	if m.syntax != "" {
		b = append(b, "\xe0\x7f\x10\x00OB\x00\x00\xff\xff\xff\xff\xfe\xff\x00\xe0\x00\x00\x00\x00\xfe\xff\x00\xe0\x02\x00\x00\x00xx\xfe\xff\xdd\xe0\x00\x00\x00\x00"...)
		return b
	}
	var pixels []byte
	for f := range max(1, m.frames) {
		for range columns * rows {
			pixels = binary.LittleEndian.AppendUint16(pixels, uint16(1000+100*m.number+50*f))
		}
	}
	put(0x7FE00010, "OW", string(pixels))
	return b
}

// withImages is a window with a record that holds made-up images: a series of
// three, whose numbers do not rise as they lie; one of four frames; one of a video;
// and one that says little.
func withImages(t *testing.T) *user {
	t.Helper()
	u := opened(t)
	dir := t.TempDir()
	for n, m := range []madeUp{
		{series: 1, number: 1, z: 10},
		{series: 1, number: 2, z: 30},
		{series: 1, number: 4, z: 40},
		{series: 1, number: 9, z: 20},
		{series: 2, number: 1, frames: 4},
		{series: 3, number: 1, syntax: "1.2.840.10008.1.2.4.102"},
		{series: 4, number: 1, bare: true},
	} {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("i%d.dcm", n)), m.bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	u.a.bring([]string{dir})
	u.press("File in the record")
	u.sees("Done: ")
	u.a.session.shell.open(ui.Route{Place: ui.Records, Kind: record.KindImagingStudy})
	return u
}

func (u *user) picture() *widget.Picture {
	u.t.Helper()
	for _, o := range u.objects() {
		if p, ok := o.(*widget.Picture); ok {
			return p
		}
	}
	u.t.Fatalf("no picture in\n%s", u.texts())
	return nil
}

func (u *user) corners() string {
	u.t.Helper()
	var all []string
	for _, c := range u.picture().Corners {
		all = append(all, c...)
	}
	return strings.Join(all, "\n")
}

func (u *user) reads(words ...string) {
	u.t.Helper()
	all := u.corners()
	for _, w := range words {
		if !strings.Contains(all, w) {
			u.t.Fatalf("the picture does not say %q but\n%s", w, all)
		}
	}
}

func (u *user) key(k fyne.KeyName) {
	u.t.Helper()
	u.picture().TypedKey(&fyne.KeyEvent{Name: k})
	u.a.work.Wait()
}

func (u *user) letter(letters string) {
	u.t.Helper()
	for _, r := range letters {
		u.picture().TypedRune(r)
		u.a.work.Wait()
	}
}

// middle is the grey in the middle of the picture.
func (u *user) middle() uint8 {
	u.t.Helper()
	i := u.picture().Image
	if i == nil {
		u.t.Fatal("there is no picture")
	}
	return i.RGBAAt(i.Rect.Dx()/2, i.Rect.Dy()/2).R
}

func TestImagesOfAStudy(t *testing.T) {
	u := withImages(t)
	u.sees("Imaging", "CT of the chest", "Not for diagnosis", "1: series 1", "4 images", "MPEG-4 video: kept, not shown here", "No report in the record names this study")
	u.press("All facts and sources")
	u.sees("Where this comes from")
	u.press("Look at the image")
	u.reads("Image 1 of 4")
	u.a.session.shell.back()
	u.a.session.shell.back()
	u.press("Look at the images")
	u.reads("Ada Testperson", "12 April 1961", "CT of the chest", "4 March 2021", "1: series 1", "Window: width 400, center 40 HU", "Image 1 of 4", "Not for diagnosis")
	p := u.picture()
	if p.Left != "R" || p.Right != "L" || p.Top != "A" || p.Bottom != "P" {
		t.Errorf("letters %q %q %q %q", p.Left, p.Right, p.Top, p.Bottom)
	}
	u.key(fyne.KeyDown)
	u.reads("Image 2 of 4", "number 9") // as they lie, not as they are numbered
	u.key(fyne.KeyEnd)
	u.reads("Image 4 of 4")
	u.key(fyne.KeyPageUp)
	u.reads("Image 1 of 4")
	p.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -1}})
	u.reads("Image 2 of 4")
	u.key(fyne.KeyHome)

	before := u.middle()
	u.letter("i")
	if got := u.middle(); got != 255-before {
		t.Errorf("the negative of %d is %d", before, got)
	}
	u.reads("Black and white exchanged")
	u.letter("iv")
	u.reads("Window: width 300, center 60 HU")
	u.letter("v")
	u.reads("Window: width 80, center 40 HU")
	u.letter("x")
	u.reads("Window: width 400, center 40 HU")
	u.letter("]")
	if u.reads("HU"); strings.Contains(u.corners(), "width 400,") {
		t.Error("the contrast did not change")
	}
	u.letter("1")
	u.reads("Size 100 %")
	u.letter("+")
	u.reads("Size 125 %")
	u.letter("n")
	u.reads("2: series 2", "Picture 1 of 4 (frame 1 of 4)")
	u.key(fyne.KeyEscape)
	u.sees("Look at the images")
}

func TestMeasureAnImage(t *testing.T) {
	u := withImages(t)
	u.press("Look at the images")
	u.letter("m")
	u.sees("Lengths are in millimetres in the body")
	u.key(fyne.KeyRight)
	u.key(fyne.KeyReturn)
	for range 8 {
		u.key(fyne.KeyRight)
	}
	u.key(fyne.KeyReturn)
	if l := u.picture().Lines; len(l) != 1 || l[0].Words != "4.0 mm" {
		t.Fatalf("got %+v", l)
	}
	u.key(fyne.KeyDelete)
	if len(u.picture().Lines) != 0 {
		t.Error("the line is still there")
	}
	p := u.picture()
	p.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(100, 100)}, Button: desktop.MouseButtonPrimary})
	p.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(160, 180)}})
	p.DragEnd()
	if l := p.Lines; len(l) != 1 || !strings.HasSuffix(l[0].Words, " mm") || l[0].To != fyne.NewPos(160, 180) {
		t.Errorf("got %+v", l)
	}
	u.letter("nnn")
	if p := u.picture(); p.Left != "" || p.Top != "" || len(p.Lines) != 0 {
		t.Error("letters or lines without a tag")
	}
	u.letter("m")
	u.sees("The file gives no scale")
}

// TestVideoIsKept: what cannot be shown says so, with what to do, and the stack
// goes on.
func TestVideoIsKept(t *testing.T) {
	u := withImages(t)
	u.press("Look at the images")
	u.letter("nn")
	u.sees("This video is kept, but Carnet cannot play it.", "MPEG-4 video", "Save a copy of the file…")
	u.reads("Not for diagnosis")
	if u.picture().Image != nil {
		t.Error("a picture of another image stands there")
	}
	u.letter("p")
	u.doesNotSee("This video is kept")
	u.reads("Picture 1 of 4")
}

func TestPlayFrames(t *testing.T) {
	u := withImages(t)
	u.press("Look at the images")
	u.letter("n ")
	u.sees("Stop (Space)")
	seen := map[uint8]bool{}
	for range 400 {
		u.a.work.Wait()
		seen[u.middle()] = true
		if len(seen) == 4 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if len(seen) != 4 {
		t.Errorf("%d frames were seen, want 4", len(seen))
	}
	u.letter(" ")
	u.sees("Play (Space)")
}

// TestKeysOfImages: what the list of keys names does something, and stays in the
// picture.
func TestKeysOfImages(t *testing.T) {
	u := withImages(t)
	u.press("Look at the images")
	u.letter("?")
	u.sees("Keys for looking at images", "The next window (brightness and contrast)")
	u.escape()
	u.letter("r")
	u.sees("No report in the record names this study")
	u.letter("o,.[]gb-0")
	u.letter("t")
	if got := u.corners(); got != "Not for diagnosis" {
		t.Errorf("without words it says %q", got)
	}
	u.letter("t")
	u.reads("Image 1 of 4")
	for _, o := range u.objects() {
		if s, ok := o.(*fw.Select); ok {
			if got := strings.Join(s.Options, " "); !strings.Contains(got, "Lung") || !strings.Contains(got, "All values") {
				t.Errorf("windows %q", got)
			}
		}
	}
}

// TestCheckImages reads the images of a study back, and says which are kept only.
func TestCheckImages(t *testing.T) {
	u := withImages(t)
	u.press("Check every image…")
	u.sees("All files are whole.", "7 files were read to their ends", "6 images were taken apart", "Kept, not taken apart", "MPEG-4 video")
	u.escape()
	u.sees("Check a disc…")
	if u.a.session.busy != 0 {
		t.Error("the record is still said to be at work")
	}
}

// TestImagesStayWhereTheyAre: with only references kept, images are shown from
// where they lie, and said to be gone when they are.
func TestImagesStayWhereTheyAre(t *testing.T) {
	u := opened(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "i.dcm")
	if err := os.WriteFile(path, madeUp{series: 1, number: 1}.bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	u.a.bring([]string{dir})
	u.sees("Copy the images into the record")
	g := u.radio()
	g.SetSelected(g.Options[1])
	u.press("File in the record")
	u.sees("Done: ")
	u.a.session.shell.open(ui.Route{Place: ui.Records, Kind: record.KindImagingStudy})
	u.sees("Kept as references", "1 image is not in the record")
	u.press("Look at the images")
	u.reads("Image 1 of 1")
	u.key(fyne.KeyEscape)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	u.press("Check every image…")
	u.sees("Not everything is good.", "not where it was")
	u.escape()
	u.press("Look at the images")
	u.sees("Only a reference to its file is kept")
}
