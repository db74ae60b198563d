package dicom

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"

	"github.com/fxamacker/cbor/v2"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/codec"
)

// frameTask decodes one frame in a child process. It gets a request and the bytes
// of that frame, and gives the Photometric Interpretation where it is another one
// than the header's, behind its length in a byte, and the stored values.
var frameTask = exchange.Task{Name: "dicom frame", Run: decode}

// request says what the bytes behind it are.
type request struct {
	Layout imaging.Layout `cbor:"1,keyasint"`
	Syntax string         `cbor:"2,keyasint"` // of frames that are packed; "" for others
	Words  imaging.Words  `cbor:"3,keyasint"`
	Bit    int            `cbor:"4,keyasint"` // the first of the frame in its first byte
	Length int64          `cbor:"5,keyasint"` // bytes of the frame
	Skip   int64          `cbor:"6,keyasint"` // bytes before it
	Packed bool           `cbor:"7,keyasint"` // they are deflated
}

// Limits of a request, in bytes.
const (
	requestLimit = 4 << 10
	packedLimit  = 576 << 20 // of a packed frame: what does not pack well becomes longer
)

var errRequest = errors.New("the frame could not be decoded because of a fault in Carnet")

// written puts the request before the bytes of its frame.
func (r request) written(frame io.Reader) (io.Reader, error) {
	b, err := cbor.Marshal(r)
	if err != nil || len(b) > requestLimit {
		return nil, errRequest
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(len(b)))
	return io.MultiReader(bytes.NewReader(append(head, b...)), frame), nil
}

func readRequest(in io.Reader) (r request, err error) {
	var size [4]byte
	if _, err := io.ReadFull(in, size[:]); err != nil || binary.BigEndian.Uint32(size[:]) > requestLimit {
		return r, errRequest
	}
	b := make([]byte, binary.BigEndian.Uint32(size[:]))
	if _, err := io.ReadFull(in, b); err != nil || cbor.Unmarshal(b, &r) != nil || r.Length < 0 || r.Skip < 0 {
		return r, errRequest
	}
	if r.Length > packedLimit {
		return r, imaging.ErrLarge
	}
	return r, r.Layout.Check()
}

func decode(in io.Reader, out io.Writer) error {
	r, err := readRequest(in)
	if err != nil {
		return err
	}
	if r.Packed {
		from := newStream(in)
		from.inflate()
		if err := from.skip(r.Skip); err != nil {
			return from.broken(tagPixel, r.Skip, err)
		}
		in = from.r
	}
	b, err := whole(in, r.Length)
	if err != nil {
		return err
	}
	var photometric string
	if r.Syntax == "" {
		b, err = imaging.Native(r.Layout, b, r.Words, r.Bit)
	} else if decode := codec.Of(r.Syntax); decode != nil {
		b, photometric, err = decode(r.Layout, b)
	} else {
		err = errRequest
	}
	if err != nil {
		return err
	}
	if _, err := out.Write(append([]byte{byte(len(photometric))}, photometric...)); err != nil {
		return err
	}
	_, err = out.Write(b)
	return err
}

// whole reads n bytes; the memory grows with what is there.
func whole(in io.Reader, n int64) ([]byte, error) {
	const trusted = 4 << 20 // bytes taken on what is claimed
	var b bytes.Buffer
	b.Grow(int(min(n, trusted)) + bytes.MinRead)
	got, err := io.CopyN(&b, in, n)
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, errBloat), errors.Is(err, errDeflate), errors.As(err, &corrupt):
		return nil, fault{got, tagPixel, faultDeflate}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, imaging.ErrShort
	}
	return b.Bytes(), err
}
