package dicom

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	bigint "math/big"
	"strings"
	"unicode"
)

// Listed is a file of a medium: where it lies from the DICOMDIR on, as the
// components of its name, and what it is.
type Listed struct {
	FileID []string
	Member
}

// implementation is the UID by which files name Carnet as their writer
// (PS3.10, 7.1; a UUID as PS3.5, B.2 has it, fixed for good).
const implementation = "2.25.153127893746235978211630542879034175112"

// Directory gives the DICOMDIR of a medium (PS3.10, 8.6; PS3.3, F): patients,
// their studies, series and instances in the order of the files, with the
// offsets by which they hang together. A file of a UID that was listed before
// is passed over. The same files give the same bytes.
func Directory(files []Listed) []byte {
	root := &node{}
	seen := map[string]bool{}
	for _, f := range files {
		if seen[f.UID] {
			continue
		}
		seen[f.UID] = true
		d := f.data
		patient := root.child(d.text(tagPatientID)+"\x00"+d.text(tagPatientName), "PATIENT", d, patientKeys)
		study := patient.child(f.Study, "STUDY", d, studyKeys)
		series := study.child(f.Series, "SERIES", d, seriesKeys)
		t := typeOf(f.Class)
		leaf := series.child(f.UID, t.name, d, t.keys)
		leaf.file = &f
	}
	var w elements
	w.text(tagFileSetID, "CS", "CARNET")
	first := len(w.b) + 8 // of the value of tagFirstRecord
	w.long(tagFirstRecord, 0)
	last := len(w.b) + 8
	w.long(tagLastRecord, 0)
	w.short(tagConsistency, 0)
	body := root.write(&w, first, last)
	return append(directoryHead(body), body...)
}

// node is a directory record.
type node struct {
	name     string
	kind     string
	data     dataset
	keys     []tag
	file     *Listed // of an instance
	children []*node
	byName   map[string]*node
	next     int // where in the data set its offsets stand
	lower    int
	at       int // where in the data set its item begins
}

func (n *node) child(name, kind string, d dataset, keys []tag) *node {
	if c := n.byName[name]; c != nil {
		return c
	}
	if n.byName == nil {
		n.byName = map[string]*node{}
	}
	c := &node{name: name, kind: kind, data: d, keys: keys}
	n.byName[name], n.children = c, append(n.children, c)
	return c
}

// write writes the records and the sequence around them; first and last are where
// the places of the root's first and last record belong.
func (n *node) write(w *elements, first, last int) []byte {
	start := w.sequence(tagDirectoryRecordSeq)
	for _, c := range n.children {
		c.item(w)
	}
	w.close(start)
	head := len(directoryHead(w.b))
	n.link(w, head)
	if len(n.children) > 0 {
		binary.LittleEndian.PutUint32(w.b[first:], uint32(head+n.children[0].at))
		binary.LittleEndian.PutUint32(w.b[last:], uint32(head+n.children[len(n.children)-1].at))
	}
	return w.b
}

// item writes a record, then those below it.
func (n *node) item(w *elements) {
	n.at = w.item()
	n.next = len(w.b) + 8
	w.long(tagNextRecord, 0)
	w.short(tagRecordInUse, 0xFFFF)
	n.lower = len(w.b) + 8
	w.long(tagLowerRecord, 0)
	w.text(tagDirectoryRecordType, "CS", n.kind)
	if f := n.file; f != nil {
		w.text(tagReferencedFileID, "CS", strings.Join(f.FileID, `\`))
		w.text(tagReferencedClassIn, "UI", f.Class)
		w.text(tagReferencedSOPUID, "UI", f.UID)
		w.text(tagReferencedSyntax, "UI", f.Syntax)
	}
	if n.unicode() {
		w.text(tagCharset, "CS", "ISO_IR 192")
	}
	w.all(n.data, n.keys)
	w.close(n.at)
	for _, c := range n.children {
		c.item(w)
	}
}

// unicode says whether a value of the record is not in the default character
// repertoire.
func (n *node) unicode() bool {
	return strings.ContainsFunc(n.data.spoken(n.keys), func(r rune) bool { return r > unicode.MaxASCII })
}

// spoken is every text of the attributes.
func (d dataset) spoken(keys []tag) string {
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(strings.Join(d.texts(k), `\`))
		for _, i := range d.items(k) {
			b.WriteString(i.spoken(codeKeys))
		}
	}
	return b.String()
}

// link fills in the offsets, counted from the first byte of the file.
func (n *node) link(w *elements, head int) {
	for i, c := range n.children {
		if i+1 < len(n.children) {
			binary.LittleEndian.PutUint32(w.b[c.next:], uint32(head+n.children[i+1].at))
		}
		if len(c.children) > 0 {
			binary.LittleEndian.PutUint32(w.b[c.lower:], uint32(head+c.children[0].at))
		}
		c.link(w, head)
	}
}

// directoryHead is the preamble and the file meta information. The UID of the
// DICOMDIR is a UUID made of what it holds; its length is always the same, so
// that the offsets do not hang on it.
func directoryHead(body []byte) []byte {
	sum := sha256.Sum256(body)
	sum[0] |= 0x80 // 39 digits, whatever follows
	sum[6], sum[8] = sum[6]&0x0F|0x80, sum[8]&0x3F|0x80
	uid := "2.25." + new(bigint.Int).SetBytes(sum[:16]).String()
	var m elements
	m.bytes(0x00020001, "OB", []byte{0, 1})
	m.text(tagMediaStorageSOPClassUID, "UI", directoryClass)
	m.text(tagMediaStorageSOPInstanceUID, "UI", uid)
	m.text(tagSyntax, "UI", explicitLittle)
	m.text(0x00020012, "UI", implementation)
	m.text(0x00020013, "SH", "CARNET")
	var h elements
	h.b = append(make([]byte, PreambleSize), "DICM"...)
	h.long(tagMetaLength, uint32(len(m.b)))
	return append(h.b, m.b...)
}

// WriteDirectory writes the DICOMDIR of a medium; an error where a name is none
// of a file of a medium (PS3.10, 8.2: at most 8 components of at most 8
// characters A to Z, 0 to 9 and underscore).
func WriteDirectory(w io.Writer, files []Listed) error {
	for _, f := range files {
		if !isFileID(f.FileID) {
			return errors.New("a file's name is none of a DICOM medium")
		}
	}
	_, err := w.Write(Directory(files))
	return err
}

func isFileID(id []string) bool {
	const most = 8
	if len(id) == 0 || len(id) > most {
		return false
	}
	for _, c := range id {
		if c == "" || len(c) > most || strings.Trim(c, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
			return false
		}
	}
	return true
}
