package dicom

import (
	"encoding/binary"
	"errors"
	"io"
)

// coding is how elements are written (PS3.5, 7.1).
type coding struct {
	implicit bool
	order    binary.ByteOrder
}

// scanner reads elements one behind the other.
type scanner struct {
	*stream
	coding
	wanted    wanted
	deflated  bool
	start     int64    // where the data set begins in the file
	directory bool     // the list of a disc is read through
	records   *element // of a DICOMDIR, as far as they were read
	form      form
	left      int   // elements and items that may still come
	room      int64 // bytes of values that may still be kept
}

// head is the beginning of an element.
type head struct {
	tag       tag
	vr        string
	at        int64
	length    int64
	undefined bool
}

// frame is what holds the elements at hand.
type frame struct {
	end   int64 // where it ends; -1 for at its delimiter or the end of the file
	depth int
	top   bool
	set   charset
}

// header reads tag, VR and length. io.EOF says that nothing is left.
func (s *scanner) header() (head, error) {
	h := head{at: s.at}
	var b [8]byte
	if err := s.fixed(b[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return h, io.EOF
		}
		return h, s.broken(0, h.at, err)
	}
	if s.left--; s.left < 0 {
		return h, fault{h.at, 0, faultElements}
	}
	h.tag = tag(s.order.Uint16(b[:]))<<16 | tag(s.order.Uint16(b[2:]))
	length := s.order.Uint32(b[4:])
	if vr := string(b[4:6]); !s.implicit && h.tag.group() != 0xFFFE && letters(vr) {
		h.vr = vr
		length = uint32(s.order.Uint16(b[6:]))
		if isLong(vr) || !isVR(vr) && length == 0 { // a VR of later editions has two reserved bytes
			if err := s.fixed(b[:4]); err != nil {
				return h, s.broken(h.tag, h.at, err)
			}
			length = s.order.Uint32(b[:])
		}
	}
	h.length, h.undefined = int64(length), length == 0xFFFFFFFF
	h.vr = s.knownVR(h.tag, h.vr)
	return h, nil
}

// unSQ marks a sequence whose VR is written as UN.
const unSQ = "UN SQ"

// knownVR is the VR of an attribute where the file gives none, or none that is
// known.
func (s *scanner) knownVR(t tag, vr string) string {
	own := s.wanted.vr(t)
	switch {
	case own == "", vr != "" && vr != "UN" && isVR(vr):
		return vr
	case vr == "UN" && own == "SQ":
		return unSQ
	}
	return own
}

func letters(vr string) bool {
	return vr[0] >= 'A' && vr[0] <= 'Z' && vr[1] >= 'A' && vr[1] <= 'Z'
}

// list reads the elements of a data set or item.
func (s *scanner) list(f frame) ([]element, error) {
	var out []element
	for f.end < 0 || s.at < f.end {
		h, err := s.header()
		if errors.Is(err, io.EOF) && f.top {
			return out, nil
		}
		if errors.Is(err, io.EOF) {
			return nil, fault{h.at, 0, faultEnds}
		}
		if err != nil {
			return nil, err
		}
		last, err := s.last(h, f)
		if last || err != nil {
			return out, err
		}
		e, err := s.element(h, f)
		if err != nil {
			return nil, err
		}
		if e == nil {
			continue
		}
		out = append(out, *e)
		if e.Tag == tagCharset {
			if f.set = charsetOf(e.Text); f.set.odd {
				s.remark(remarkCharset, e.Tag, e.At)
			}
		}
	}
	if s.at > f.end {
		return nil, fault{s.at, 0, faultLonger}
	}
	return out, nil
}

// last says whether a header ends its list.
func (s *scanner) last(h head, f frame) (bool, error) {
	switch {
	case h.tag == tagItemEnd && f.end < 0 && !f.top:
		return true, nil
	case h.tag.group() == 0 && f.top:
		s.remark(remarkPadding, 0, h.at)
		return true, nil
	case h.tag.group() == 0xFFFE:
		return true, fault{h.at, h.tag, faultStray}
	case f.end >= 0 && !h.undefined && h.length > f.end-s.at:
		return true, fault{h.at, h.tag, faultLonger}
	case f.top && h.tag.isPixel():
		return true, s.pixels(h)
	}
	return false, nil
}

// element reads what belongs to a header; nil for what is passed over.
func (s *scanner) element(h head, f frame) (*element, error) {
	wanted := s.wanted.vr(h.tag)
	switch {
	case h.undefined && (h.vr == "OB" || h.vr == "OW" || h.tag.isPixel()):
		return nil, s.fragments(h)
	case h.undefined || h.vr == "SQ" && wanted == "SQ" || h.vr == unSQ:
		return s.sequence(h, f)
	}
	return s.value(h, f.set)
}

// sequence reads the items of a sequence (PS3.5, 7.5). One whose VR is UN is
// written in implicit VR little endian (PS3.5, 6.2.2, Note).
func (s *scanner) sequence(h head, f frame) (*element, error) {
	if f.depth >= depthLimit {
		return nil, fault{h.at, h.tag, faultDepth}
	}
	if h.vr == "UN" || h.vr == unSQ {
		before := s.coding
		defer func() { s.coding = before }()
		s.coding = coding{implicit: true, order: little}
	}
	end := int64(-1)
	if !h.undefined {
		end = s.at + h.length
	}
	e := &element{Tag: h.tag, At: h.at}
	keep := s.wanted.vr(h.tag) == "SQ"
	if h.tag == tagDirectoryRecordSeq {
		s.records = e
	}
	for end < 0 || s.at < end {
		i, err := s.nextItem(h, end)
		if err != nil {
			return nil, err
		}
		if i.tag == tagSeqEnd {
			break
		}
		item, err := s.item(i, frame{end: -1, depth: f.depth + 1, set: f.set}, end)
		if err != nil {
			return nil, err
		}
		if keep {
			e.Items, e.Item = append(e.Items, item), append(e.Item, i.at)
		}
	}
	return kept(e, keep), nil
}

// nextItem reads the header of an item, or the end of a sequence of undefined
// length.
func (s *scanner) nextItem(h head, end int64) (head, error) {
	i, err := s.header()
	switch {
	case errors.Is(err, io.EOF):
		return i, fault{h.at, h.tag, faultEnds}
	case err != nil:
		return i, err
	case i.tag == tagSeqEnd && end < 0:
		return i, nil
	case i.tag != tagItem:
		return i, fault{i.at, h.tag, faultSequence}
	case end >= 0 && !i.undefined && i.length > end-s.at:
		return i, fault{i.at, h.tag, faultLonger}
	}
	return i, nil
}

func kept(e *element, keep bool) *element {
	if keep {
		return e
	}
	return nil
}

// item reads an item; the end is that of its sequence.
func (s *scanner) item(i head, f frame, end int64) ([]element, error) {
	if !i.undefined {
		f.end = s.at + i.length
	}
	list, err := s.list(f)
	if err == nil && end >= 0 && s.at > end {
		err = fault{i.at, i.tag, faultLonger}
	}
	return list, err
}

// remark notes what is told, each kind once for each tag.
func (s *scanner) remark(k kind, t tag, at int64) {
	const remarksLimit = 64
	for _, r := range s.form.Remarks {
		if r.Kind == k && r.Tag == t {
			return
		}
	}
	if len(s.form.Remarks) < remarksLimit {
		s.form.Remarks = append(s.form.Remarks, remark{k, t, at})
	}
}
