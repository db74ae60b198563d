package jpeg2000

import (
	"encoding/binary"

	"github.com/carnet-phr/carnet/vault/imaging"
)

// Decode gives the stored values of a frame, and the Photometric Interpretation
// where OpenJPEG has undone the colour transform that the header names (PS3.3,
// C.7.6.3.1.2: YBR_RCT, YBR_ICT). [There] must say that OpenJPEG is installed.
func Decode(l imaging.Layout, b []byte) ([]byte, string, error) {
	if err := l.Check(); err != nil {
		return nil, "", err
	}
	if l.Float || l.Allocated == 1 {
		return nil, "", imaging.ErrLayout
	}
	b, err := codestream(b)
	if err != nil {
		return nil, "", err
	}
	s, err := sizeOf(b)
	switch {
	case err != nil:
		return nil, "", err
	case !s.fits(l):
		return nil, "", ErrSize
	case s.other:
		return nil, "", ErrNotHere
	}
	lib := system()
	if lib == nil {
		return nil, "", ErrNotHere
	}
	out := make([]byte, l.Size())
	if err := lib.planes(b, s, func(c int, samples []int32) {
		s.settle(samples, l.Signed)
		put(out, l, c, samples)
	}); err != nil {
		return nil, "", err
	}
	if l.Photometric == "YBR_RCT" || l.Photometric == "YBR_ICT" {
		return out, "RGB", nil
	}
	return out, "", nil
}

// settle makes numbers of bits that the codestream holds with another sign than the
// header of the file: the header counts, as other readers have it.
func (s size) settle(samples []int32, signed bool) {
	if s.signed == signed || s.precision >= 32 {
		return
	}
	shift := 32 - s.precision
	for i, v := range samples {
		if v <<= shift; signed {
			samples[i] = v >> shift
		} else {
			samples[i] = int32(uint32(v) >> shift)
		}
	}
}

// put writes the samples of a component between those of the others, as numbers in
// two's complement of the layout's width.
func put(out []byte, l imaging.Layout, c int, samples []int32) {
	width := l.Width()
	step := l.Samples * width
	at := c * width
	switch width {
	case 1:
		for _, v := range samples {
			out[at] = byte(v)
			at += step
		}
	case 2:
		for _, v := range samples {
			binary.LittleEndian.PutUint16(out[at:], uint16(v))
			at += step
		}
	default:
		for _, v := range samples {
			binary.LittleEndian.PutUint32(out[at:], uint32(v))
			at += step
		}
	}
}
