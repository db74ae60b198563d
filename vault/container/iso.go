package container

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"sort"
	"strings"
)

// Measures of a disc image (ECMA-119, ISO 9660).
const (
	sector      = 2048        // bytes of a logical sector, 6.1.2
	isoStart    = 16 * sector // bytes of the system area, 6.2.1
	isoHead     = isoStart + sector
	volumeLimit = 64 // volume descriptors looked at
	seemsLimit  = 4  // times its size that the files of an image may have together
)

var (
	errDisc    = errors.New("the list of files on the disc image is damaged or cut off; copy the disc again")
	errUDF     = errors.New("the disc image has its files in UDF alone, which is not read here; open it on this computer and bring in the folder")
	errSharing = errors.New("files on the disc image share their bytes, as only made-up images do; nothing of it is read")
)

// udfMarks are the descriptors of UDF (ECMA-167, 2/9).
var udfMarks = []string{"BEA01", "BOOT2", "NSR02", "NSR03", "TEA01"}

// isISO looks for the first descriptor of ISO 9660 (ECMA-119, 8.1) or of UDF
// (ECMA-167, 2/9).
func isISO(head []byte) bool {
	if len(head) < isoStart+6 {
		return false
	}
	id := string(head[isoStart+1 : isoStart+6])
	return id == "CD001" || id == "BEA01"
}

// disc is an image that is being listed.
type disc struct {
	r       io.ReaderAt // for the directories, bounded
	image   io.ReaderAt // for the files
	size    int64
	block   int64 // bytes of a logical block
	joliet  bool
	skip    int // bytes before the first entry of a system use area; -1 without Rock Ridge
	seen    map[int64]bool
	entries []*entry
	ranges  [][2]int64
}

// isoEntries lists a disc image: by Rock Ridge names where there are any, else
// by Joliet's, else by those of ISO 9660.
func isoEntries(r io.ReaderAt, size int64) ([]*entry, error) {
	d := &disc{r: &budget{ReaderAt: r, left: directoryLimit}, image: r, size: size, seen: map[int64]bool{}, skip: -1}
	primary, joliet, err := d.volumes()
	if err != nil {
		return nil, err
	}
	root, err := d.root(primary)
	if err != nil {
		return nil, err
	}
	if d.skip, err = d.rockRidge(root); err != nil {
		return nil, err
	}
	if d.skip < 0 && joliet != nil {
		d.joliet = true
		if root, err = d.root(joliet); err != nil {
			return nil, err
		}
	}
	if err := d.folder("", root, 0); err != nil {
		return nil, err
	}
	if err := d.shared(); err != nil {
		return nil, err
	}
	return d.entries, nil
}

// volumes finds the primary volume descriptor and that of Joliet (ECMA-119, 8.4
// and 8.5; Joliet: the escape sequences of UCS-2).
func (d *disc) volumes() (primary, joliet []byte, err error) {
	for n := range int64(volumeLimit) {
		v := make([]byte, sector)
		if _, err := d.r.ReadAt(v, isoStart+n*sector); err != nil {
			break // what was found may do
		}
		id := string(v[1:6])
		if id != "CD001" {
			if !slices.Contains(udfMarks, id) {
				break
			}
			continue
		}
		switch {
		case v[0] == 1 && primary == nil:
			primary = v
		case v[0] == 2 && joliet == nil && isUCS2(v[88:120]):
			joliet = v
		case v[0] == 255 && primary != nil:
			return primary, joliet, nil
		}
	}
	if primary == nil {
		return nil, nil, errUDF
	}
	return primary, joliet, nil
}

func isUCS2(escape []byte) bool {
	s := strings.TrimRight(string(escape), "\x00")
	return s == "%/@" || s == "%/C" || s == "%/E"
}

// root is the record of a volume's root directory.
func (d *disc) root(volume []byte) (dirRecord, error) {
	block, ok := both16(volume[128:])
	if !ok || block != 512 && block != 1024 && block != sector {
		return dirRecord{}, errDisc
	}
	d.block = int64(block)
	rec, err := parseRecord(volume[156:190])
	if err != nil || !rec.isDir() {
		return dirRecord{}, errDisc
	}
	return rec, nil
}

// shared refuses ranges that overlap. Discs give one range to files of the same
// content: the same range may stand a few times.
func (d *disc) shared() error {
	total := int64(0)
	sort.Slice(d.ranges, func(i, j int) bool {
		a, b := d.ranges[i], d.ranges[j]
		return a[0] < b[0] || a[0] == b[0] && a[1] < b[1]
	})
	for n, r := range d.ranges {
		if n > 0 && r != d.ranges[n-1] && r[0] < d.ranges[n-1][1] {
			return errSharing
		}
		total += r[1] - r[0]
	}
	if total/seemsLimit > d.size {
		return errSharing
	}
	return nil
}

// both16 and both32 read numbers that stand in both orders of bytes (ECMA-119,
// 7.2.3 and 7.3.3). ok is false when the two do not agree.
func both16(b []byte) (n uint16, ok bool) {
	n = binary.LittleEndian.Uint16(b)
	return n, n == binary.BigEndian.Uint16(b[2:])
}

func both32(b []byte) (n uint32, ok bool) {
	n = binary.LittleEndian.Uint32(b)
	return n, n == binary.BigEndian.Uint32(b[4:])
}
