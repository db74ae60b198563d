package dicom

import "fmt"

// fault says where a file is broken: tag and byte offset, never what it said.
type fault struct {
	at   int64
	tag  tag
	what string
}

// Error implements error.
func (f fault) Error() string {
	if f.tag == 0 {
		return fmt.Sprintf("at byte %d: %s", f.at, f.what)
	}
	return fmt.Sprintf("at byte %d, %s: %s", f.at, f.tag, f.what)
}

// What is wrong with a file.
const (
	faultEnds     = "the file ends in the middle of it: it is cut off; copy it again from the disc or ask for it anew"
	faultLonger   = "it claims to be longer than what holds it; the file is damaged"
	faultDepth    = "more than 32 sequences within one another, as only made-up files have"
	faultElements = "more than 100,000 elements before the pixels, more than any real file has"
	faultSequence = "here an item of the sequence should begin; the file is damaged"
	faultStray    = "the end of a sequence that did not begin; the file is damaged"
	faultMeta     = "the length of the file meta information is wrong; the file is damaged"
	faultText     = "more text than can be taken over"
	faultBloat    = "it unpacks to more than 200 times its size, as only made-up files do"
	faultDeflate  = "the packed data are damaged; copy the file again"
	faultDocument = "a document inside that is larger than 48 MiB, the most that is taken out"
)
