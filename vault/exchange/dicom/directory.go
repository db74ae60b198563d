package dicom

import (
	"context"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Limits on the lists of discs.
const (
	listsLimit     = 100       // DICOMDIR files of one tree
	listElements   = 3_000_000 // elements of one: some 60 for each of 20,000 images, and room
	listValueBytes = 64 << 20  // of its values
	namedLimit     = 5         // missing files that are named
)

// indexer puts together what the lists of a tree say.
type indexer struct {
	tree   exchange.Tree
	byFold map[string]string // the tree's names, folded
	out    *exchange.Index
	listed map[string]bool
}

// index reads every DICOMDIR of a tree (PS3.3, F; PS3.10, 8.6). The reader is
// bounded, so it runs in this process; it takes no pixels.
func index(ctx context.Context, t exchange.Tree) (*exchange.Index, error) {
	x := &indexer{tree: t, byFold: map[string]string{}, listed: map[string]bool{}, out: &exchange.Index{Members: map[string]exchange.Member{}}}
	var lists []string
	for _, name := range t.Names {
		folded := fold(name)
		if _, taken := x.byFold[folded]; !taken {
			x.byFold[folded] = name
		}
		if strings.HasPrefix(path.Base(folded), "DICOMDIR") && len(lists) < listsLimit {
			lists = append(lists, name)
		}
	}
	found := false
	for _, name := range lists {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found = x.list(name) || found
	}
	if !found {
		return nil, nil
	}
	x.programs()
	return x.out, nil
}

// fold makes spellings of one name equal: discs write capitals alone, a version
// and a dot behind; systems that copy them often do not.
func fold(name string) string {
	parts := strings.Split(strings.ToUpper(name), "/")
	for n, p := range parts {
		p, _, _ = strings.Cut(p, ";")
		parts[n] = strings.TrimRight(p, ". ")
	}
	return strings.Join(parts, "/")
}

// list reads one DICOMDIR. It reports whether the file is one.
func (x *indexer) list(name string) bool {
	f, err := x.tree.FS.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	s := &scanner{stream: newStream(f), left: listElements, room: listValueBytes, wanted: attributes, directory: true}
	d, err := s.disc()
	if !d && err == nil {
		return false
	}
	if err != nil { // what was read of it may do
		x.told(name, record.Warning, "the disc's list of its images is damaged ("+err.Error()+"); images may be missing without a word, and all that are there are read")
	}
	x.out.Members[name] = exchange.Member{Skip: "the disc's list of its images; the images are read themselves", Outcome: exchange.Administrative}
	if s.records != nil {
		first, _ := strconv.ParseInt(dataset(s.form.Data).text(tagFirstRecord), 10, 64)
		x.match(name, recordsOf(s.records, first))
	} else if err == nil {
		x.match(name, nil)
	}
	return true
}

// told adds an issue on the whole.
func (x *indexer) told(place string, s record.Severity, text string) {
	x.out.Issues = append(x.out.Issues, record.Issue{Severity: s, Place: place, Text: text})
}

// match holds the list against the files.
func (x *indexer) match(name string, records []listed) {
	base := path.Dir(fold(name))
	var missing []string
	total := 0
	for _, r := range records {
		if len(r.file) == 0 {
			continue
		}
		total++
		there, ok := x.byFold[path.Join(base, fold(strings.Join(r.file, "/")))]
		if !ok {
			missing = append(missing, strings.Join(r.file, "/"))
			continue
		}
		x.listed[there] = true
		if _, known := x.out.Members[there]; !known {
			x.out.Members[there] = exchange.Member{Patient: r.patient, Identifiers: r.ids}
		}
	}
	switch {
	case total == 0:
		x.told(name, record.Information, "the disc's list of its images is empty")
	case len(missing) > 0:
		named := strings.Join(missing[:min(len(missing), namedLimit)], ", ")
		if len(missing) > namedLimit {
			named += ", …"
		}
		x.told(name, record.Warning, fmt.Sprintf("%d of %d images listed are not on this disc: %s; ask whoever made it for a whole copy", len(missing), total, named))
	}
}

// listed is one file that a DICOMDIR names, with whom it is about.
type listed struct {
	file    []string // components of its path
	patient *record.Patient
	ids     []record.Identifier
}

// recordsOf goes through the directory records as they hang together; where
// their offsets lead nowhere, in the order in which they stand.
func recordsOf(e *element, start int64) []listed {
	w := &walker{items: e.Items, byOffset: map[int64]int{}, seen: map[int]bool{}}
	for n, at := range e.Item {
		w.byOffset[at] = n
	}
	if n, ok := w.byOffset[start]; ok {
		w.chain(n, listed{}, 0)
	}
	if len(w.seen) < len(w.items) {
		w.flat()
	}
	return w.out
}

// walker follows the offsets of directory records.
type walker struct {
	items    [][]element
	byOffset map[int64]int
	seen     map[int]bool
	out      []listed
}

func (w *walker) at(d dataset, t tag) (int, bool) {
	n, err := strconv.ParseInt(d.text(t), 10, 64)
	if err != nil || n == 0 {
		return 0, false
	}
	i, ok := w.byOffset[n]
	return i, ok
}

// chain goes along the records of one level; depth is patient, study, series,
// image and what may lie below.
func (w *walker) chain(n int, about listed, depth int) {
	const levels = 16
	for ok := depth < levels; ok && !w.seen[n]; {
		w.seen[n] = true
		d := dataset(w.items[n])
		here := w.record(d, about)
		if below, found := w.at(d, tagLowerRecord); found {
			w.chain(below, here, depth+1)
		}
		n, ok = w.at(d, tagNextRecord)
	}
}

// flat goes through what no offset led to.
func (w *walker) flat() {
	about := listed{}
	for n, d := range w.items {
		if dataset(d).text(tagDirectoryRecordType) == "PATIENT" {
			about = listed{}
			about.patient, about.ids = patientOf(d)
		}
		if !w.seen[n] {
			w.record(d, about)
		}
	}
}

// record takes one record and gives whom the records below it are about.
func (w *walker) record(d dataset, about listed) listed {
	if d.text(tagRecordInUse) == "0" {
		return about
	}
	if d.text(tagDirectoryRecordType) == "PATIENT" {
		about.patient, about.ids = patientOf(d)
	}
	about.file = d.texts(tagReferencedFileID)
	if len(about.file) > 0 {
		w.out = append(w.out, about)
	}
	about.file = nil
	return about
}
