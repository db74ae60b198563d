package dicom

import (
	"encoding/binary"
	"errors"
	"io"
)

// fragments are where packed frames lie (PS3.5, A.4): by the Extended Offset
// Table, by the Basic Offset Table, or by the fragments themselves.
type fragments struct {
	first  int64   // where the first fragment's item begins, behind the basic table
	starts []int64 // of the frames' first items, from first on; nil where no table says so
	sizes  []int64 // bytes of the frames, of an extended table
	groups [][]span
}

var errFragments = errors.New("its packed frames cannot be told apart: the file has no list of them, and their number is not that of its parts")

// newFragments reads the tables, and where there is none that holds, the lengths
// of all fragments.
func newFragments(form *form, frames int, f *forward) (*fragments, error) {
	p := form.Pixel
	i, err := f.item(p.Value, p)
	if err != nil {
		return nil, err
	}
	x := &fragments{first: i.at + i.length}
	if x.extended(dataset(form.Data), frames) || i.length == 4*int64(frames) && x.basic(f, i, frames) {
		return x, nil
	}
	x.starts = nil
	all, err := f.items(x.first, 1<<62, p)
	if err != nil {
		return nil, err
	}
	return x, x.group(f, all, frames)
}

// extended takes the Extended Offset Table (PS3.3, C.7.6.3.1.8).
func (x *fragments) extended(d dataset, frames int) bool {
	offsets, lengths := d.get(tagOffsets), d.get(tagLengths)
	if offsets == nil || lengths == nil || len(offsets.Bytes) != 8*frames || len(lengths.Bytes) != 8*frames {
		return false
	}
	for n := range frames {
		at, size := int64(binary.LittleEndian.Uint64(offsets.Bytes[8*n:])), int64(binary.LittleEndian.Uint64(lengths.Bytes[8*n:]))
		if at < 0 || size < 0 || at > 1<<60 || size > 1<<60 {
			return false
		}
		x.starts, x.sizes = append(x.starts, at), append(x.sizes, size)
	}
	return true
}

// basic takes the Basic Offset Table. One that does not rise is none.
func (x *fragments) basic(f *forward, i span, frames int) bool {
	b := make([]byte, i.length)
	if f.to(i.at) != nil {
		return false
	}
	if _, err := io.ReadFull(f, b); err != nil {
		return false
	}
	for n := range frames {
		at := int64(binary.LittleEndian.Uint32(b[4*n:]))
		if n == 0 && at != 0 || n > 0 && at <= x.starts[n-1] {
			return false
		}
		x.starts = append(x.starts, at)
	}
	return true
}

// of gives the fragments of a frame.
func (x *fragments) of(f *forward, n int) ([]span, error) {
	p := &pixel{Tag: tagPixel, At: x.first}
	switch {
	case x.sizes != nil:
		i, err := f.item(x.first+x.starts[n], p)
		if err == nil && i.length < x.sizes[n] {
			err = fault{i.at, p.Tag, faultLonger}
		}
		return []span{i}, err
	case x.starts != nil && n+1 < len(x.starts):
		return f.items(x.first+x.starts[n], x.first+x.starts[n+1], p)
	case x.starts != nil:
		return f.items(x.first+x.starts[n], 1<<62, p)
	case n < len(x.groups):
		return append([]span(nil), x.groups[n]...), nil
	}
	return nil, errFragments
}

// group shares fragments out to the frames: all to one, one to each, or a new
// frame where a fragment begins as an image does.
func (x *fragments) group(f *forward, all []span, frames int) error {
	switch {
	case frames == 1:
		x.groups = [][]span{all}
		return nil
	case len(all) == frames:
		for n := range all {
			x.groups = append(x.groups, all[n:n+1])
		}
		return nil
	}
	for n := range all {
		begins, err := f.begins(all[n])
		if err != nil {
			return err
		}
		if begins {
			x.groups = append(x.groups, nil)
		}
		if len(x.groups) == 0 {
			return errFragments
		}
		last := len(x.groups) - 1
		x.groups[last] = append(x.groups[last], all[n])
	}
	if len(x.groups) != frames {
		return errFragments
	}
	return nil
}

// begins says whether a fragment begins as an image of JPEG or JPEG 2000 does.
func (f *forward) begins(s span) (bool, error) {
	var b [2]byte
	if s.length < 2 {
		return false, nil
	}
	if err := f.to(s.at); err != nil {
		return false, err
	}
	if _, err := io.ReadFull(f, b[:]); err != nil {
		return false, fault{s.at, tagPixel, faultEnds}
	}
	return b == [2]byte{0xFF, 0xD8} || b == [2]byte{0xFF, 0x4F}, nil
}

// item reads the head of a fragment and gives where its bytes lie.
func (f *forward) item(at int64, p *pixel) (span, error) {
	list, err := f.items(at, at+1, p)
	if err == nil && len(list) == 0 {
		err = fault{at, p.Tag, faultSequence}
	}
	if err != nil {
		return span{}, err
	}
	return list[0], nil
}

// items reads the heads of fragments up to a place or the end of the sequence.
func (f *forward) items(at, end int64, p *pixel) ([]span, error) {
	var out []span
	for at < end {
		var b [8]byte
		if err := f.to(at); err != nil {
			return nil, err
		}
		if _, err := io.ReadFull(f, b[:]); err != nil {
			return nil, fault{p.At, p.Tag, faultEnds}
		}
		switch t := tag(little.Uint16(b[:]))<<16 | tag(little.Uint16(b[2:])); {
		case t == tagSeqEnd:
			return out, nil
		case t != tagItem:
			return nil, fault{at, p.Tag, faultSequence}
		case len(out) >= fragmentsLimit:
			return nil, fault{at, p.Tag, faultElements}
		}
		length := int64(little.Uint32(b[4:]))
		out = append(out, span{at + 8, length})
		at += 8 + length
	}
	return out, nil
}
