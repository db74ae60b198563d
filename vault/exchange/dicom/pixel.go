package dicom

import (
	"errors"
	"io"
)

const fragmentsLimit = 1 << 20 // fragments of the pixel data of one file

// pixels ends a header. The pixels themselves are not read, but where the whole
// file is unpacked anyway they are passed over to see that they are there.
func (s *scanner) pixels(h head) error {
	p := &pixel{Tag: h.tag, At: h.at, Value: s.at, Length: h.length, Fragments: h.undefined, Big: s.order == big, Start: s.start, Deflated: s.deflated, Words: h.vr == "OW"}
	s.form.Pixel = p
	if h.undefined {
		p.Length = 0
	}
	if !s.deflated {
		return nil
	}
	p.Checked = true
	if h.undefined {
		return s.fragments(h)
	}
	return s.pass(h)
}

// fragments passes encapsulated pixel data over (PS3.5, A.4).
func (s *scanner) fragments(h head) error {
	for {
		i, err := s.header()
		switch {
		case errors.Is(err, io.EOF):
			return fault{h.at, h.tag, faultEnds}
		case err != nil:
			return err
		case i.tag == tagSeqEnd:
			return nil
		case i.tag != tagItem || i.undefined:
			return fault{i.at, h.tag, faultSequence}
		}
		if err := s.pass(head{tag: h.tag, at: h.at, length: i.length}); err != nil {
			return err
		}
	}
}

// complete checks that the pixel data end before the file does. It reads the
// lengths of the fragments alone where the file can be read at any place.
func (p *pixel) complete(r io.Reader, size int64) error {
	switch {
	case p.Checked:
		return nil
	case !p.Fragments && p.Length > size-p.Value:
		return fault{p.At, p.Tag, faultEnds}
	case !p.Fragments:
		return nil
	}
	order := little
	if p.Big {
		order = big
	}
	at, err := p.Value, goTo(r, p.Value)
	for range fragmentsLimit {
		var b [8]byte
		if err == nil {
			_, err = io.ReadFull(r, b[:])
		}
		if err != nil {
			return fault{p.At, p.Tag, faultEnds}
		}
		length := int64(order.Uint32(b[4:]))
		switch t := tag(order.Uint16(b[:]))<<16 | tag(order.Uint16(b[2:])); {
		case t == tagSeqEnd:
			return nil
		case t != tagItem:
			return fault{at, p.Tag, faultSequence}
		case length > size-at-8:
			return fault{at, p.Tag, faultEnds}
		}
		at += 8 + length
		err = goTo(r, length)
	}
	return fault{at, p.Tag, faultElements}
}

// goTo goes n bytes forward.
func goTo(r io.Reader, n int64) error {
	if s, ok := r.(io.Seeker); ok {
		_, err := s.Seek(n, io.SeekCurrent)
		return err
	}
	_, err := io.CopyN(io.Discard, r, n)
	return err
}
