package container

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

const discDepthLimit = 32 // folders within folders; ISO 9660 itself has 8

// extentsLimit is how many parts of 4 GiB at most one file may have.
const extentsLimit = 64

// content reads the records of a directory. Records do not cross sectors
// (ECMA-119, 6.8.1.1).
func (d *disc) content(dir dirRecord) ([]dirRecord, error) {
	at := (dir.extent + dir.attributes) * d.block
	if dir.size > directoryLimit || at > d.size-dir.size {
		return nil, errDisc
	}
	b := make([]byte, dir.size)
	if _, err := d.r.ReadAt(b, at); err != nil && !errors.Is(err, io.EOF) {
		return nil, errDisc
	}
	var records []dirRecord
	for n := 0; n < len(b); {
		length := int(b[n])
		if length == 0 {
			n += sector - n%sector
			continue
		}
		if n+length > len(b) || n%sector+length > sector {
			return nil, errDisc
		}
		r, err := parseRecord(b[n : n+length])
		if err != nil {
			return nil, err
		}
		records = append(records, r)
		n += length
	}
	return records, nil
}

// folder lists a directory and all below it.
func (d *disc) folder(name string, dir dirRecord, depth int) error {
	if depth > discDepthLimit || d.seen[dir.extent] {
		return errors.New("folders of the disc image lie within one another without an end, as only made-up images do; nothing of it is read")
	}
	d.seen[dir.extent] = true
	records, err := d.content(dir)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for n := 0; n < len(records); n++ {
		r := records[n]
		if r.self() || r.flags&flagAssociated != 0 {
			continue
		}
		member, sys, err := d.named(r, taken)
		if err != nil {
			return err
		}
		if name != "" {
			member = name + "/" + member
		}
		switch {
		case sys.relocated:
		case sys.child > 0:
			err = d.moved(member, sys.child, depth)
		case r.isDir():
			err = d.folder(member, r, depth+1)
		default:
			n, err = d.file(member, records, n, sys)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// moved lists a directory that Rock Ridge put elsewhere: its own first record
// has its size.
func (d *disc) moved(name string, block int64, depth int) error {
	first, err := d.content(dirRecord{extent: block, size: sector})
	if err != nil || len(first) == 0 || !first[0].isDir() || first[0].extent != block {
		return errDisc
	}
	return d.folder(name, first[0], depth+1)
}

// named gives the name of a record within its directory. Of two versions of a
// file the newer one, which comes first, has the name alone.
func (d *disc) named(r dirRecord, taken map[string]bool) (string, systemUse, error) {
	sys, err := d.use(r)
	if err != nil {
		return "", sys, err
	}
	name, version := sys.name, ""
	if name == "" {
		name, version = d.discName(r.name)
	}
	if taken[name] && version != "" {
		name += ";" + version
	}
	taken[name] = true
	return name, sys, nil
}

// file lists a file that begins with record n and gives its last record.
func (d *disc) file(name string, records []dirRecord, n int, sys systemUse) (int, error) {
	if len(d.entries) == membersLimit {
		return n, fmt.Errorf("the disc image holds more than %d files; open it on this computer and bring it in folder by folder", membersLimit)
	}
	e := &entry{Member: Member{Name: name, Fault: sys.fault}, changed: records[n].changed}
	d.entries = append(d.entries, e)
	from := len(d.ranges)
	for first := n; ; n++ {
		r := records[n]
		if n-first == extentsLimit || r.isDir() || r.name != records[first].name {
			return n, errDisc
		}
		at := (r.extent + r.attributes) * d.block
		switch {
		case r.interleaved:
			e.Fault = errors.New("its bytes lie scattered on the disc in a way that is not read here")
		case r.size > 0 && at > d.size-r.size:
			e.Fault = errors.New("the disc image ends before the file does; copy the disc again")
		case r.size > 0:
			d.ranges = append(d.ranges, [2]int64{at, at + r.size})
		}
		if e.Size += r.size; e.Size < 0 {
			e.Size = math.MaxInt64
		}
		if r.flags&flagMore == 0 {
			break
		}
		if n+1 == len(records) {
			return n, errDisc
		}
	}
	e.open = d.opener(slices.Clone(d.ranges[from:]))
	return n, nil
}

// opener reads ranges of the image one behind the other, anew for each opening.
func (d *disc) opener(ranges [][2]int64) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		parts := make([]io.Reader, len(ranges))
		for n, r := range ranges {
			parts[n] = io.NewSectionReader(d.image, r[0], r[1]-r[0])
		}
		return io.NopCloser(io.MultiReader(parts...)), nil
	}
}
