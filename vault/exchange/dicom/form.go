package dicom

import (
	"errors"
	"io"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"
)

// form is what the child process gives back of one file: a header in a form of
// our own, text as UTF-8, numbers as text.
type form struct {
	None     bool      `cbor:"1,keyasint,omitempty"` // not DICOM after all
	Preamble string    `cbor:"2,keyasint,omitempty"` // what the first bytes look like besides: PE, ELF, script, TIFF
	Bare     bool      `cbor:"3,keyasint,omitempty"` // no file meta information
	Syntax   string    `cbor:"4,keyasint,omitempty"` // UID
	Unknown  bool      `cbor:"5,keyasint,omitempty"` // of an unknown transfer syntax: the meta information alone was read
	Meta     []element `cbor:"6,keyasint,omitempty"`
	Data     []element `cbor:"7,keyasint,omitempty"`
	Pixel    *pixel    `cbor:"8,keyasint,omitempty"`
	Remarks  []remark  `cbor:"9,keyasint,omitempty"`
	Taken    bool      `cbor:"10,keyasint,omitempty"` // frames that are packed in this way are taken apart on this computer
}

// element is one attribute that is taken over.
type element struct {
	Tag   tag         `cbor:"1,keyasint"`
	At    int64       `cbor:"2,keyasint"` // byte offset
	Text  []string    `cbor:"3,keyasint,omitempty"`
	Bytes []byte      `cbor:"4,keyasint,omitempty"`
	Items [][]element `cbor:"5,keyasint,omitempty"`
	Item  []int64     `cbor:"6,keyasint,omitempty"` // byte offsets of the items
}

// pixel says where the pixel data lie.
type pixel struct {
	Tag       tag   `cbor:"1,keyasint"`
	At        int64 `cbor:"2,keyasint"` // of the element
	Value     int64 `cbor:"3,keyasint"` // of its value
	Length    int64 `cbor:"4,keyasint"`
	Fragments bool  `cbor:"5,keyasint,omitempty"`  // undefined length
	Checked   bool  `cbor:"6,keyasint,omitempty"`  // read to its end
	Big       bool  `cbor:"7,keyasint,omitempty"`  // big endian
	Words     bool  `cbor:"8,keyasint,omitempty"`  // written in words of 16 bits
	Start     int64 `cbor:"9,keyasint,omitempty"`  // of the data set
	Deflated  bool  `cbor:"10,keyasint,omitempty"` // the data set is: offsets are those of the unpacked one
}

// remark is something told of a file that is read all the same.
type remark struct {
	Kind kind  `cbor:"1,keyasint"`
	Tag  tag   `cbor:"2,keyasint,omitempty"`
	At   int64 `cbor:"3,keyasint,omitempty"`
}

type kind int

// The remarks.
const (
	remarkCharacters kind = iota + 1 // bytes that the character set does not hold
	remarkCharset                    // a character set that is not known
	remarkUndeclared                 // UTF-8 that is not declared
	remarkClipped                    // a value longer than is taken over
	remarkImplicit                   // not the encoding that the transfer syntax names
	remarkMeta                       // a wrong length of the file meta information
	remarkPadding                    // bytes behind the last element that are none
)

// Limits of a form.
const (
	formBytes  = 64 << 20 // bytes
	depthLimit = 32       // sequences within one another
	itemsLimit = 100_000  // elements and items of one file
)

func (f *form) write(w io.Writer) error {
	m, err := cbor.EncOptions{}.EncMode()
	if err != nil {
		return err
	}
	return m.NewEncoder(w).Encode(f)
}

var errForm = errors.New("the file's header could not be taken over; please keep the file and report it")

// readForm takes nothing for granted: the process that wrote it has read hostile
// bytes.
func readForm(b []byte) (*form, error) {
	m, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, MaxNestedLevels: 3*depthLimit + 8, MaxArrayElements: 131072, MaxMapPairs: 16,
		IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden, UTF8: cbor.UTF8RejectInvalid,
	}.DecMode()
	if err != nil || len(b) > formBytes {
		return nil, errForm
	}
	var f form
	if err := m.Unmarshal(b, &f); err != nil {
		return nil, errForm
	}
	left := itemsLimit
	if !sound(f.Meta, 0, &left) || !sound(f.Data, 0, &left) || !utf8.ValidString(f.Syntax) || f.Pixel != nil && !f.Pixel.sound() {
		return nil, errForm
	}
	return &f, nil
}

func (p *pixel) sound() bool {
	return p.At >= 0 && p.Value >= p.At && p.Length >= 0 && p.Start >= 0 && p.Start <= p.At
}

func sound(list []element, depth int, left *int) bool {
	if depth > depthLimit {
		return false
	}
	for _, e := range list {
		if *left--; *left < 0 || e.At < 0 || len(e.Items) != len(e.Item) {
			return false
		}
		for _, item := range e.Items {
			if *left--; *left < 0 || !sound(item, depth+1, left) {
				return false
			}
		}
	}
	return true
}
