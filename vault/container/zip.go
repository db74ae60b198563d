package container

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"math"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Bounds on what one member may unpack to.
const (
	bloatFree  = 10 << 20 // bytes that may be packed however well
	bloatLimit = 200      // times its packed size, beyond that
)

var errDirectory = errors.New("the list of files in the zip archive is damaged or cut off; download it again")

// zipEntries lists a zip archive (PKWARE APPNOTE 6.3).
func zipEntries(r io.ReaderAt, size int64) ([]*entry, error) {
	b := &budget{ReaderAt: r, left: directoryLimit}
	z, err := zip.NewReader(b, size)
	b.left = math.MaxInt64
	switch {
	case b.spent:
		return nil, fmt.Errorf("the zip archive lists more than %d files; unpack it and bring it in folder by folder", membersLimit)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, errDirectory
	case len(z.File) > membersLimit:
		return nil, fmt.Errorf("the zip archive holds more than %d files; unpack it and bring it in folder by folder", membersLimit)
	}
	var entries []*entry
	var ranges [][2]int64
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 {
			continue // a folder
		}
		e := &entry{Member: Member{Name: zipName(f), Size: int64(f.UncompressedSize64)}, changed: f.Modified, open: func() (io.ReadCloser, error) { return openZip(f) }}
		e.Fault = zipFault(f)
		if at, err := f.DataOffset(); err != nil {
			e.Fault = errDirectory
		} else if f.CompressedSize64 > 0 {
			ranges = append(ranges, [2]int64{at, at + int64(f.CompressedSize64)})
		}
		entries = append(entries, e)
	}
	sort.Slice(ranges, func(i, j int) bool { return ranges[i][0] < ranges[j][0] })
	for n := 1; n < len(ranges); n++ {
		if ranges[n][0] < ranges[n-1][1] {
			return nil, errors.New("files in the zip archive share their bytes, as only made-up archives do; nothing of it is read")
		}
	}
	return entries, nil
}

// zipName is a member's name as text: archives of before 2006 write it in the
// code page of DOS.
func zipName(f *zip.File) string {
	if !utf8.ValidString(f.Name) {
		if s, err := charmap.CodePage437.NewDecoder().String(f.Name); err == nil {
			return s
		}
	}
	return strings.ToValidUTF8(f.Name, "\uFFFD")
}

// zipFault says why a member is not read.
func zipFault(f *zip.File) error {
	switch {
	case f.Flags&1 != 0:
		return errors.New("it is locked with a password; unpack it with its password and bring in what is inside")
	case !f.Mode().IsRegular():
		return errors.New("it is a link or a device, not a file")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return errors.New("it is packed in a way that is not read here; unpack it and bring in what is inside")
	case f.UncompressedSize64 > math.MaxInt64 || f.CompressedSize64 > math.MaxInt64:
		return errDirectory
	case f.UncompressedSize64 > bloatFree && f.UncompressedSize64/bloatLimit > f.CompressedSize64:
		return fmt.Errorf("it unpacks to more than %d times its size, as only made-up archives do", bloatLimit)
	}
	return nil
}

func openZip(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, errDirectory
	}
	return zipContent{r}, nil
}

// zipContent puts what may be wrong with a member into words.
type zipContent struct{ io.ReadCloser }

func (z zipContent) Read(p []byte) (int, error) {
	n, err := z.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = errors.New("its bytes do not agree with the archive's checksum or size: the archive is damaged; download it again")
	}
	return n, err
}

// budget bounds how much is read.
type budget struct {
	io.ReaderAt
	left  int64
	spent bool
}

func (b *budget) ReadAt(p []byte, at int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		b.spent = true
		return 0, errDirectory
	}
	return b.ReaderAt.ReadAt(p, at)
}
