// Package codec is the list of the ways in which frames are packed that are taken
// apart here (transfer syntaxes: DICOM PS3.5, annex A; UIDs: PS3.6, annex A).
//
// It is for the child process: what it is given comes from outside.
package codec

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"

	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/jpeg"
	"github.com/carnet-phr/carnet/vault/imaging/jpeg2000"
	"github.com/carnet-phr/carnet/vault/imaging/jpegls"
	"github.com/carnet-phr/carnet/vault/imaging/rle"
)

// Decode gives the stored values of a frame, and the Photometric Interpretation
// they have where it is not that of the layout.
type Decode func(l imaging.Layout, b []byte) (values []byte, photometric string, err error)

// packings are the transfer syntaxes that are taken apart.
var packings = map[string]Decode{
	"1.2.840.10008.1.2.4.50": jpeg.Decode,
	"1.2.840.10008.1.2.4.51": jpeg.Decode,
	"1.2.840.10008.1.2.4.57": jpeg.Decode,
	"1.2.840.10008.1.2.4.70": jpeg.Decode,
	"1.2.840.10008.1.2.4.80": plain(jpegls.Decode),
	"1.2.840.10008.1.2.4.81": plain(jpegls.Decode),
	"1.2.840.10008.1.2.5":    plain(rle.Decode),
	"1.2.840.10008.1.2.8.1":  plain(inflate),
}

// Libraries of the system that some packings need.
var libraries = map[string]struct {
	name   string
	there  func() bool
	decode Decode
}{
	"1.2.840.10008.1.2.4.90": {"OpenJPEG", jpeg2000.There, jpeg2000.Decode},
	"1.2.840.10008.1.2.4.91": {"OpenJPEG", jpeg2000.There, jpeg2000.Decode},
}

// plain is a packing that has no say in colours.
func plain(decode func(imaging.Layout, []byte) ([]byte, error)) Decode {
	return func(l imaging.Layout, b []byte) ([]byte, string, error) {
		values, err := decode(l, b)
		return values, "", err
	}
}

// Of gives what takes frames of a transfer syntax apart; nil where that is not
// done here, or a library for it is not installed. It loads that library, and is
// called where frames are decoded.
func Of(syntax string) Decode {
	if l, ok := libraries[syntax]; ok && l.there() {
		return l.decode
	}
	return packings[syntax]
}

// Needs names the library of the system that takes frames of a transfer syntax
// apart; "" where none is needed, or none would help.
func Needs(syntax string) string { return libraries[syntax].name }

var errInflate = errors.New("the packed frame (deflate) is damaged; copy the file again from the disc or ask for it anew")

// inflate takes a frame that was deflated by itself (PS3.5, A.4.13).
func inflate(l imaging.Layout, b []byte) ([]byte, error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if _, err := io.CopyN(&out, flate.NewReader(bytes.NewReader(b)), (l.Bits()+7)/8); err != nil {
		return nil, errInflate
	}
	return imaging.Native(l, out.Bytes(), imaging.LittleEndian, 0)
}
