package documents

import (
	"bytes"
	"regexp"
	"strconv"
)

// content is what a file holds, by its first bytes.
type content int

const (
	unknownContent content = iota
	textContent
	pdfContent
	pictureContent
	dicomContent
	archiveContent
)

// contentOf tells from the beginning of a file, whatever its name says.
func contentOf(head []byte) (content, encoding) {
	const pdfWithin = 1024 // bytes (ISO 32000-1, annex H, note 13)
	switch {
	case len(head) >= 132 && string(head[128:132]) == "DICM": // DICOM PS3.10, 7.1
		return dicomContent, notText
	case bytes.Contains(head[:min(len(head), pdfWithin)], []byte("%PDF-")) && !bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) && !bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")):
		return pdfContent, notText
	case isPicture(head):
		return pictureContent, notText
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return archiveContent, notText
	}
	if e := encodingOf(head); e != notText {
		return textContent, e
	}
	return unknownContent, notText
}

func isPicture(head []byte) bool {
	for _, magic := range []string{"\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "GIF87a", "GIF89a", "II*\x00", "MM\x00*"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP" ||
		len(head) >= 14 && string(head[:2]) == "BM" && bytes.Equal(head[6:10], make([]byte, 4)) ||
		len(head) >= 12 && string(head[4:8]) == "ftyp"
}

var pageNamed = regexp.MustCompile(`(?i)\bpage\s+(\d{1,5})\b`)

// pageOf is the page that a place in a PDF names, counted from 0; 0 for none.
func pageOf(place string) int {
	if m := pageNamed.FindStringSubmatch(place); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n > 0 {
			return n - 1
		}
	}
	return 0
}
