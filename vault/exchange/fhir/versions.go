package fhir

import (
	"strconv"

	"github.com/carnet-phr/carnet/vault/record"
)

// superseded says for each draft why it is not what the source says now: a
// later version of it stands in the same Bundle, or its deletion does. Only the
// newest version is filed (bdl-7 allows one full URL several versions).
func (im *importer) superseded() []string {
	why := make([]string, len(im.drafts))
	newest := map[versionKey]int{}
	for n, d := range im.drafts {
		b := im.bundles[d.bundle]
		if gone := b.gone; gone[d.self.id] && d.self.id != "" || gone[d.self.fullURL] && d.self.fullURL != "" {
			why[n] = "the source deleted it later; it is kept in the original"
			continue
		}
		if d.version == "" && !b.history || d.self.fullURL == "" && d.self.id == "" {
			continue
		}
		k := versionKey{d.bundle, d.self.fullURL, d.self.id}
		first, again := newest[k]
		switch {
		case !again:
			newest[k] = n
		case im.drafts[first].version == d.version && d.version != "":
		case d.newer(im.drafts[first]):
			why[first], newest[k] = olderText, n
		default:
			why[n] = olderText
		}
	}
	return why
}

const olderText = "an older version; the newest version of it in the file is filed"

type versionKey struct {
	bundle      int
	fullURL, id string
}

// newer says whether d was written after e: by lastUpdated, else by number. A
// history without either lists the newest first.
func (d *draft) newer(e *draft) bool {
	a, errA := record.ParseDate(d.updated)
	b, errB := record.ParseDate(e.updated)
	if errA == nil && errB == nil && !a.Earliest().Equal(b.Earliest()) {
		return a.Earliest().After(b.Earliest())
	}
	x, errX := strconv.ParseUint(d.version, 10, 64)
	y, errY := strconv.ParseUint(e.version, 10, 64)
	return errX == nil && errY == nil && x > y
}
