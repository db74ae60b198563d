package dicom

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// task reads a header in a child process.
var task = exchange.Task{Name: "dicom", Run: func(in io.Reader, out io.Writer) error {
	f, err := scan(in, attributes, itemsLimit)
	if err != nil {
		return err
	}
	return f.write(out)
}}

const metaLimit = 1 << 20 // bytes of the file meta information

// scan reads the header of a file: all before the pixels (PS3.10, 7.1).
func scan(in io.Reader, w wanted, limit int) (*form, error) {
	s := &scanner{stream: newStream(in), wanted: w, left: limit, room: valuesLimit}
	head := s.peek(132)
	switch {
	case len(head) == 132 && string(head[128:]) == "DICM":
		s.form.Preamble = personality(head)
		if err := s.skip(132); err != nil {
			return nil, err
		}
		if len(s.peek(1)) == 0 {
			return nil, fault{132, 0, "the file ends before its first element; copy it again from the disc or ask for it anew"}
		}
	case !plausible(s.peek(streamSize)):
		return &form{None: true}, nil
	default:
		s.form.Bare = true
	}
	err := s.whole()
	if err != nil && s.form.Bare {
		return &form{None: true}, nil
	}
	return &s.form, err
}

// disc reads the list of a disc; false for another file.
func (s *scanner) disc() (bool, error) {
	if head := s.peek(132); len(head) < 132 || string(head[128:]) != "DICM" {
		return false, nil
	}
	if err := s.skip(132); err != nil {
		return false, err
	}
	err := s.whole()
	class, _ := first(s.form.Meta, tagMediaStorageSOPClassUID)
	return class == directoryClass, err
}

// personality says what else a file seems to be by its preamble, which may hold
// anything (PS3.10, 7.1; a program there is CVE-2019-11687).
func personality(head []byte) string {
	for _, p := range []struct{ magic, what string }{{"MZ", "PE"}, {"\x7fELF", "ELF"}, {"#!", "script"}, {"\xcf\xfa\xed\xfe", "Mach-O"}, {"II*\x00", "TIFF"}, {"MM\x00*", "TIFF"}} {
		if strings.HasPrefix(string(head), p.magic) {
			return p.what
		}
	}
	return ""
}

// whole reads file meta information and data set.
func (s *scanner) whole() error {
	s.coding = coding{order: little}
	if err := s.meta(); err != nil {
		return err
	}
	if class, _ := first(s.form.Meta, tagMediaStorageSOPClassUID); class == directoryClass && !s.directory {
		return nil // the list of a disc: its own index reads it
	}
	if s.form.Syntax != "" {
		x, known := syntaxes[s.form.Syntax]
		if !known {
			s.form.Unknown = true
			return nil
		}
		s.coding = coding{implicit: x.implicit, order: x.order}
		if s.deflated = x.deflated; x.deflated {
			s.inflate()
		}
	}
	s.start = s.at
	s.settle()
	var err error
	s.form.Data, err = s.list(frame{end: -1, top: true})
	return err
}

// meta reads group 0002, which is in explicit VR little endian always.
func (s *scanner) meta() error {
	claimed := int64(-1)
	start := s.at
	for b := s.peek(8); len(b) >= 6 && b[0] == 2 && b[1] == 0; b = s.peek(8) {
		if !isVR(string(b[4:6])) {
			s.implicit = true // file meta information of systems that know no better
		}
		h, err := s.header()
		if err == nil && (h.length > metaLimit || s.at-start > metaLimit) {
			err = fault{h.at, h.tag, faultLonger}
		}
		if err == nil {
			err = s.metaElement(h, &claimed)
		}
		if err != nil {
			return err
		}
	}
	s.implicit = false
	s.form.Bare = s.form.Bare || s.at == start
	s.form.Syntax, _ = first(s.form.Meta, tagSyntax)
	if claimed >= 0 && claimed != s.at {
		s.remark(remarkMeta, tagMetaLength, start)
	}
	return nil
}

// metaElement takes one element of the file meta information.
func (s *scanner) metaElement(h head, claimed *int64) (err error) {
	if h.tag == tagMetaLength && h.length == 4 {
		*claimed, err = s.metaEnd(h)
		return err
	}
	e, err := s.value(h, charset{g0: &graphics[0]})
	if err == nil && e != nil {
		s.form.Meta = append(s.form.Meta, *e)
	}
	return err
}

// metaEnd reads where the file meta information claims to end.
func (s *scanner) metaEnd(h head) (int64, error) {
	n, err := s.take(4)
	if err != nil {
		return 0, s.broken(h.tag, h.at, err)
	}
	claimed := int64(binary.LittleEndian.Uint32(n))
	if claimed > metaLimit {
		return 0, fault{h.at, h.tag, faultMeta}
	}
	return claimed + s.at, nil
}

// settle finds out how the data set is written: files are met whose transfer
// syntax says one thing and whose data set does another.
func (s *scanner) settle() {
	b := s.peek(8)
	if len(b) < 8 {
		return
	}
	explicit := isVR(string(b[4:6]))
	if s.form.Syntax == "" && b[0] == 0 && b[1] != 0 && explicit {
		s.order = big
	}
	if s.form.Syntax == "" {
		s.implicit = !explicit
		return
	}
	if explicit == s.implicit {
		s.implicit = !explicit
		s.remark(remarkImplicit, 0, s.at)
	}
}

// plausible says whether bytes may be a data set without preamble: elements of
// groups 0002 or 0008 one behind the other, rising, each ending in time.
func plausible(b []byte) bool {
	if len(b) < 16 {
		return false
	}
	s := &scanner{stream: newStream(strings.NewReader(string(b))), wanted: attributes, left: 64}
	s.order = little
	if b[0] == 0 && b[1] == 8 {
		s.order = big
	}
	s.implicit = !isVR(string(b[4:6]))
	last, seen := tag(0), 0
	for seen < 3 {
		h, err := s.header()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || h.tag <= last || h.undefined || seen == 0 && !s.begins(h) {
			return false
		}
		if err := s.skip(h.length); err != nil {
			return seen > 0 && len(b) == streamSize
		}
		last = h.tag
		seen++
	}
	return seen >= 2
}

// begins says whether an element may be the first of a file.
func (s *scanner) begins(h head) bool {
	switch h.tag.group() {
	case 2:
		return !s.implicit
	case 8:
		return !s.implicit || h.length <= 1<<16
	}
	return false
}
