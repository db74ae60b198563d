package document

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // each registers its decoder with package image
	_ "image/jpeg"
	_ "image/png"
	"io"
	"strings"

	_ "golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Limits on a picture that is to be shown.
const (
	pixelsLimit = 100 << 20 // pixels
	triedLimit  = 40 << 20  // pixels up to which a picture is decoded to see whether it is whole
	headLimit   = 2 << 20   // bytes in which sizes and camera data stand
	tiffLimit   = 64 << 20  // bytes of a TIFF file behind those
	bytesLimit  = 256 << 20 // bytes of the file
)

// pictures are the kinds by their first bytes.
var pictures = []struct{ magic, mediaType, name string }{
	{"\xff\xd8\xff", "image/jpeg", "JPEG"},
	{"\x89PNG\r\n\x1a\n", "image/png", "PNG"},
	{"GIF87a", "image/gif", "GIF"},
	{"GIF89a", "image/gif", "GIF"},
	{"II*\x00", "image/tiff", "TIFF"},
	{"MM\x00*", "image/tiff", "TIFF"},
	{"BM", "image/bmp", "BMP"},
}

// kindOf tells a picture's media type and its name for people.
func kindOf(b []byte) (mediaType, name string) {
	if len(b) < 32 || isDICOM(b) {
		return "", ""
	}
	for _, p := range pictures {
		if bytes.HasPrefix(b, []byte(p.magic)) && (p.name != "BMP" || isBMP(b)) {
			return p.mediaType, p.name
		}
	}
	switch {
	case string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return "image/webp", "WebP"
	case string(b[4:8]) == "ftyp" && heifBrand(string(b[8:12])):
		return "image/heic", "HEIF"
	}
	return "", ""
}

// isBMP looks further than the two letters of the magic: the reserved bytes are
// zero and the size of the next header is a known one.
func isBMP(b []byte) bool {
	return bytes.Equal(b[6:10], make([]byte, 4)) && b[15] == 0 && strings.IndexByte("\x0c\x28\x34\x38\x40\x6c\x7c", b[14]) >= 0
}

func heifBrand(s string) bool {
	switch s {
	case "heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif":
		return true
	}
	return false
}

func identifyPicture(h exchange.Head) exchange.Match {
	if kind, _ := kindOf(h.Bytes); kind != "" {
		return exchange.Yes
	}
	return exchange.No
}

// measured is what the child finds out about a picture.
type measured struct {
	Width, Height int    // pixels; 0 when they cannot be read
	Damaged       bool   // it does not decode to its end
	Taken         string // what the camera's clock said, as record.Date; "" when it says nothing
	Place         bool   // it carries coordinates of where it was taken
}

// measure is the task that reads a picture.
var measure = exchange.Task{Name: "picture", Run: func(in io.Reader, out io.Writer) error {
	head, err := io.ReadAll(io.LimitReader(in, headLimit))
	if err != nil {
		return err
	}
	var m measured
	if _, is := newTIFF(head); is {
		rest, err := io.ReadAll(io.LimitReader(in, tiffLimit))
		if err != nil {
			return err
		}
		head = append(head, rest...)
		m.measureTIFF(bytes.NewReader(head))
	} else {
		m.measure(head, in)
	}
	m.Taken, m.Place = cameraData(head)
	return json.NewEncoder(out).Encode(m)
}}

// measure reads the size, and sees whether the picture is whole.
func (m *measured) measure(head []byte, rest io.Reader) {
	if c, _, err := image.DecodeConfig(bytes.NewReader(head)); err == nil {
		m.Width, m.Height = c.Width, c.Height
	}
	if m.tried() {
		_, _, err := image.Decode(io.MultiReader(bytes.NewReader(head), io.LimitReader(rest, bytesLimit)))
		m.Damaged = err != nil
	}
}

// measureTIFF is measure for a TIFF file, whose parts may stand anywhere in it:
// read as a stream, a false offset would have the decoder take gigabytes.
func (m *measured) measureTIFF(whole *bytes.Reader) {
	if c, err := tiff.DecodeConfig(whole); err == nil {
		m.Width, m.Height = c.Width, c.Height
	}
	if m.tried() {
		_, err := tiff.Decode(whole)
		m.Damaged = err != nil
	}
}

// tried says whether the picture is small enough to be decoded.
func (m *measured) tried() bool {
	return m.Width > 0 && m.Height > 0 && m.Width <= triedLimit/m.Height
}

// importPicture keeps a picture with its size, and tells when and that a camera
// noted where it was taken.
func importPicture(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	head, err := readHead(src)
	if err != nil {
		return err
	}
	mediaType, name := kindOf(head)
	b, err := src.Isolated(ctx, measure)
	var m measured
	if err == nil && json.Unmarshal(b, &m) != nil {
		err = errors.New("its size could not be read")
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	w := whole{mediaType: mediaType, description: name + " picture"}
	switch {
	case err != nil:
		warn(sink, err.Error()+"; it is kept, and cannot be shown")
	case mediaType == "image/heic":
		remark(sink, "kept; a picture of this kind cannot be shown here yet")
	case m.Width <= 0 || m.Height <= 0:
		warn(sink, "this calls itself a picture and cannot be read as one; it is kept, and cannot be shown")
	case m.Damaged:
		warn(sink, "this picture is damaged or cut off; it is kept, and what is left of it cannot be shown")
	case m.Width > pixelsLimit/m.Height:
		warn(sink, fmt.Sprintf("a picture of more than %d million points is not shown; it is kept", pixelsLimit>>20))
	default:
		w.description = fmt.Sprintf("%s picture, %d x %d points", name, m.Width, m.Height)
	}
	if d := record.Date(m.Taken); d.Precision() == record.Day {
		w.date = d
		remark(sink, "the date is that of the camera's clock")
	}
	if m.Place {
		warn(sink, "the picture carries the place where it was taken; think of it before you hand it on")
	}
	return keep(src, sink, w)
}

func readHead(src exchange.Source) ([]byte, error) {
	f, err := src.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, 512)
	n, err := io.ReadFull(f, b)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return b[:n], err
}
