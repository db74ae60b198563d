package dicom

import (
	"errors"
	"io"
	"maps"
	"slices"
)

// Member is what a DICOMDIR says of one file of a medium (PS3.3, F.5).
type Member struct {
	Syntax string // transfer syntax UID
	Class  string // SOP Class UID
	UID    string // SOP Instance UID
	Study  string // Study Instance UID
	Series string // Series Instance UID

	data dataset
}

// ErrNotStandard is returned for a file that a DICOMDIR cannot list: a data set
// without the head of PS3.10, or one that does not say what it is a part of.
var ErrNotStandard = errors.New("not a DICOM file as PS3.10 has it")

// PreambleSize is how many bytes of a file come before "DICM" (PS3.10, 7.1).
const PreambleSize = 128

// IsFile says whether a file begins as PS3.10 has it.
func IsFile(head []byte) bool {
	return len(head) >= PreambleSize+4 && string(head[PreambleSize:PreambleSize+4]) == "DICM"
}

// described are the attributes that the records of a DICOMDIR repeat.
var described = func() wanted {
	w := maps.Clone(attributes)
	delete(w, tagDocument)
	maps.Copy(w, wanted{
		tagStudyID: "SH", tagPresentationDate: "DA", tagPresentationTime: "TM", tagContentLabel: "CS", tagContentDescription: "LO", tagContentCreator: "PN",
		tagStructureSetLabel: "SH", tagStructureSetDate: "DA", tagStructureSetTime: "TM", tagPlanLabel: "SH", tagPlanDate: "DA", tagPlanTime: "TM",
		tagDoseSummation: "CS", tagTreatmentDate: "DA", tagTreatmentTime: "TM",
	})
	return w
}()

// Describe reads the header of a file for a DICOMDIR. What cannot be listed is
// [ErrNotStandard], or a fault with tag and offset.
func Describe(in io.Reader) (Member, error) {
	f, err := scan(in, described, itemsLimit)
	if err != nil {
		return Member{}, err
	}
	other := slices.ContainsFunc(f.Remarks, func(r remark) bool { return r.Kind == remarkImplicit }) // than its transfer syntax says
	if f.None || f.Bare || f.Unknown || other {
		return Member{}, ErrNotStandard
	}
	d := dataset(f.Data)
	m := Member{Syntax: f.Syntax, Class: d.text(tagSOPClassUID), UID: d.text(tagSOPInstanceUID), Study: d.text(tagStudyUID), Series: d.text(tagSeriesUID), data: d}
	if m.Class == "" {
		m.Class = dataset(f.Meta).text(tagMediaStorageSOPClassUID)
	}
	for _, uid := range []string{m.Syntax, m.Class, m.UID, m.Study, m.Series} {
		if !isUID(uid) {
			return Member{}, ErrNotStandard
		}
	}
	if m.Class == directoryClass {
		return Member{}, ErrNotStandard
	}
	return m, nil
}

// isUID says whether a text has the form of a UID (PS3.5, 9.1).
func isUID(s string) bool {
	const longest = 64 // characters
	if s == "" || len(s) > longest {
		return false
	}
	for _, c := range s {
		if (c < '0' || c > '9') && c != '.' {
			return false
		}
	}
	return true
}

// Clean gives a file as it may be handed on: its preamble, which may hold a
// program (CVE-2019-11687), is zeros, and every byte behind it is as it was. What
// does not begin as PS3.10 has it is given as it is. changed says afterwards
// whether there was anything in the preamble.
func Clean(in io.Reader) (out io.Reader, changed func() bool) {
	c := &cleaner{in: in}
	return c, func() bool { return c.changed }
}

// cleaner holds the first bytes of a file back until it is known what it is.
type cleaner struct {
	in      io.Reader
	head    []byte
	begun   bool
	changed bool
}

func (c *cleaner) Read(p []byte) (int, error) {
	if !c.begun {
		c.begun = true
		head := make([]byte, PreambleSize+4)
		n, err := io.ReadFull(c.in, head)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return 0, err
		}
		if c.head = head[:n]; IsFile(c.head) {
			for i := range c.head[:PreambleSize] {
				c.changed = c.changed || c.head[i] != 0
				c.head[i] = 0
			}
		}
	}
	if len(c.head) > 0 {
		n := copy(p, c.head)
		c.head = c.head[n:]
		return n, nil
	}
	return c.in.Read(p)
}
