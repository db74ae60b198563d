package imaging

import "errors"

// Limits of one image.
const (
	frameLimit  = 512 << 20 // bytes of the stored values of one frame
	FramesLimit = 20_000    // frames of one file
)

// Layout is how the frames of an image are stored (PS3.3, C.7.6.3.1). It is the
// same for all frames of a file.
type Layout struct {
	Rows, Columns int
	Samples       int // for each pixel
	Allocated     int // bits of a sample in the file
	Stored        int // bits of a sample that are its value
	High          int // the highest of them
	Signed        bool
	Planar        bool   // a plane for each sample, where nothing is compressed
	Float         bool   // IEEE 754
	Photometric   string // Photometric Interpretation
}

// What is wrong with a layout.
var (
	ErrLayout = errors.New("the header describes no image that can be shown: size, samples or bits are impossible")
	ErrLarge  = errors.New("one frame of this image is larger than 512 MB, the most that is shown")
)

// Check says whether there can be such an image, and whether it may be held.
func (l Layout) Check() error {
	switch {
	case l.Rows < 1 || l.Rows > 65535 || l.Columns < 1 || l.Columns > 65535, l.Samples != 1 && l.Samples != 3, !l.bits():
		return ErrLayout
	case l.Subsampled() && (l.Samples != 3 || l.Allocated != 8):
		return ErrLayout
	case int64(l.Rows)*int64(l.Columns)*int64(l.Samples)*int64(l.Width()) > frameLimit:
		return ErrLarge
	}
	return nil
}

func (l Layout) bits() bool {
	switch {
	case l.Float:
		return (l.Allocated == 32 || l.Allocated == 64) && l.Samples == 1
	case l.Allocated == 1:
		return l.Samples == 1 && l.Stored == 1 && l.High == 0
	case l.Allocated != 8 && l.Allocated != 16 && l.Allocated != 32:
		return false
	}
	return l.Stored >= 1 && l.Stored <= l.Allocated && l.High >= l.Stored-1 && l.High < l.Allocated
}

// Subsampled says that two pixels share their colour where nothing is compressed
// (PS3.3, C.7.6.3.1.2).
func (l Layout) Subsampled() bool {
	return l.Photometric == "YBR_FULL_422" || l.Photometric == "YBR_PARTIAL_422"
}

// Width is the number of bytes of one stored value of a [Frame].
func (l Layout) Width() int { return max(8, l.Allocated) / 8 }

// Size is the number of bytes of the stored values of a frame.
func (l Layout) Size() int { return l.Rows * l.Columns * l.Samples * l.Width() }

// Bits is the number of bits that a frame has in a file where nothing is
// compressed. Frames of single bits follow each other without a gap (PS3.5, 8.1.1).
func (l Layout) Bits() int64 {
	n := int64(l.Rows) * int64(l.Columns)
	if l.Subsampled() {
		return 2 * 8 * ((n + 1) / 2 * 2)
	}
	return n * int64(l.Samples) * int64(l.Allocated)
}
