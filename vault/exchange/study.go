package exchange

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/carnet-phr/carnet/vault/record"
)

// study gathers what many files say of one imaging study: each DICOM file is one
// instance of one series (DICOM PS3.3 A.1.2), and a report or a FHIR resource
// may list them too. The StudyInstanceUID is unique in the world (PS3.5 B).
type study struct {
	held      *held
	whole     *record.ImagingStudy // the gathered one; never one that a format gave
	series    map[string]int       // by UID: index in whole.Series
	instances map[string]spot      // by UID
}

// spot is where an instance stands in a study.
type spot struct{ series, instance int }

func studyKey(r record.Record) string {
	s, ok := r.Resource.(*record.ImagingStudy)
	if !ok || s.StudyInstanceUID == "" || r.Resource.Summary().Standing == record.InError {
		return ""
	}
	return string(r.Person) + "\x00" + s.StudyInstanceUID
}

// newStudy begins with the study of h.
func newStudy(h *held) *study {
	from := h.Resource.(*record.ImagingStudy)
	whole := *from
	whole.Series = nil
	s := &study{held: h, whole: &whole, series: map[string]int{}, instances: map[string]spot{}}
	s.join(from)
	h.Resource = &whole
	return s
}

// gather joins an item to the study that it is part of. It reports false when
// the item is no part of a known study.
func (rc *reconciler) gather(it *item) bool {
	it.study = nil
	key := studyKey(*it.record)
	if key == "" {
		return false
	}
	s := rc.studies[key]
	if s == nil {
		it.result = New
		h := &held{Record: *it.record, source: it.source}
		h.ID, h.Provenance = record.NewID(), slices.Clone(it.record.Provenance)
		it.statement, it.study = nil, h
		rc.order = append(rc.order, h)
		rc.studies[key] = newStudy(h)
		return true
	}
	it.statement, it.study = nil, s.held
	if slices.ContainsFunc(s.held.Provenance, func(p record.Provenance) bool {
		return p.Original == it.record.Source().Original && p.Place == it.record.Source().Place
	}) {
		it.result = Duplicate
		if s.comesIn(it.record.Resource.(*record.ImagingStudy)) {
			s.held.changed = true
		}
		return true
	}
	before := len(s.whole.Series)
	it.result = Duplicate
	if s.join(it.record.Resource.(*record.ImagingStudy)) {
		it.result = Gathered
		s.held.changed = true
	}
	if len(s.whole.Series) > before || it.record.Source().Format != s.held.Source().Format {
		rc.link(s.held, it.record.Source())
	}
	return true
}

// held is a study of the vault, or of the batch.
type held struct {
	record.Record
	stored  bool
	source  int // the batch's source that brought it; -1 when stored
	changed bool
}

// foundStored notes a study of the vault, so that its other files join it.
func (rc *reconciler) foundStored(r record.Record) {
	h := &held{Record: r, stored: true, source: -1}
	rc.stored = append(rc.stored, h)
	if key := studyKey(r); rc.studies[key] == nil {
		rc.studies[key] = newStudy(h)
	}
}

// linksLimit is how many sources of one format one import links to one record:
// each of the thousand files of an imaging study names its patient.
const linksLimit = 50

// link adds a further source to a study.
func (rc *reconciler) link(h *held, p record.Provenance) {
	links := 0
	for _, other := range h.Provenance {
		if other.Format == p.Format && (other.Import == "" || rc.kept[p.Original]) {
			links++
		}
	}
	if links >= linksLimit {
		return
	}
	h.Provenance = append(h.Provenance[:len(h.Provenance):len(h.Provenance)], p)
	h.changed = true
}

// join adds what a statement of the same study has more. It reports whether
// there was anything.
func (s *study) join(more *record.ImagingStudy) bool {
	changed := s.describe(more)
	for _, one := range more.Series {
		n, known := s.series[one.UID]
		if !known || one.UID == "" {
			n = len(s.whole.Series)
			s.series[one.UID] = n
			head := one
			head.Instance = nil
			s.whole.Series = append(s.whole.Series, head)
			changed = true
		}
		for _, i := range one.Instance {
			if s.add(n, i) {
				changed = true
			}
		}
	}
	return changed
}

// comesIn forgets where files lie that were kept as references: they may come in
// now. It reports whether there was one.
func (s *study) comesIn(more *record.ImagingStudy) (changed bool) {
	for _, one := range more.Series {
		for _, i := range one.Instance {
			if at, known := s.instances[i.UID]; known && i.UID != "" {
				have := &s.whole.Series[at.series].Instance[at.instance]
				if have.Hash == i.Hash && have.Away != "" {
					have.Away, changed = "", true
				}
			}
		}
	}
	return changed
}

// add puts an instance into a series, or its file to an instance that was only
// listed or that another file holds too.
func (s *study) add(n int, i record.ImagingInstance) bool {
	at, known := s.instances[i.UID]
	if known && i.UID != "" {
		have := &s.whole.Series[at.series].Instance[at.instance]
		switch {
		case have.Hash == i.Hash && have.Away != "": // now it may come in
			have.Away = ""
			return true
		case i.Hash == "" || slices.Contains(have.Files(), i.Hash):
			return false
		case have.Hash == "":
			have.Hash = i.Hash
			return true
		}
		*have = oneImage(append(copies(*have), copies(i)...))
		return true
	}
	list := &s.whole.Series[n].Instance
	s.instances[i.UID] = spot{n, len(*list)}
	*list = append(*list, i)
	return true
}

// copies are the files of one image, each as it describes itself.
func copies(i record.ImagingInstance) []record.ImagingInstance {
	also := i.Also
	i.Also = nil
	return append([]record.ImagingInstance{i}, also...)
}

// oneImage is an image that several files hold: shown from one that lost nothing
// where there is one, and of those from the same whichever came first.
func oneImage(files []record.ImagingInstance) record.ImagingInstance {
	slices.SortFunc(files, func(a, b record.ImagingInstance) int {
		return cmp.Or(first(a.Lossy != "01", b.Lossy != "01"), cmp.Compare(a.Hash, b.Hash))
	})
	shown := files[0]
	shown.Also = nil
	if len(files) > 1 {
		shown.Also = files[1:]
	}
	return shown
}

// describe fills in what the study does not say yet.
func (s *study) describe(more *record.ImagingStudy) (changed bool) {
	w := s.whole
	for _, f := range []struct {
		to   *string
		from string
	}{
		{&w.Status, more.Status},
		{&w.AccessionNumber, more.AccessionNumber},
		{&w.Description, more.Description},
		{&w.Referrer, more.Referrer},
		{&w.Location, more.Location},
		{&w.NumberOfSeries, more.NumberOfSeries},
		{&w.NumberOfInstances, more.NumberOfInstances},
	} {
		if *f.to == "" && f.from != "" {
			*f.to, changed = f.from, true
		}
	}
	if w.Started.Empty() && !more.Started.Empty() {
		w.Started, changed = more.Started, true
	}
	for _, m := range more.Modality {
		if !slices.ContainsFunc(w.Modality, func(c record.Concept) bool { return c.String() == m.String() }) {
			w.Modality, changed = append(slices.Clip(w.Modality), m), true
		}
	}
	return changed
}

// finish orders series and instances by their numbers, whatever order the files
// came in.
func (s *study) finish() {
	slices.SortStableFunc(s.whole.Series, func(a, b record.ImagingSeries) int {
		return cmp.Or(byNumber(a.Number, b.Number), cmp.Compare(a.UID, b.UID))
	})
	for n := range s.whole.Series {
		slices.SortStableFunc(s.whole.Series[n].Instance, func(a, b record.ImagingInstance) int {
			return cmp.Or(byNumber(a.Number, b.Number), cmp.Compare(a.UID, b.UID))
		})
	}
	slices.SortFunc(s.whole.Modality, func(a, b record.Concept) int { return cmp.Compare(a.String(), b.String()) })
}

// byNumber compares IS values (DICOM PS3.5 6.2): whole numbers as text.
func byNumber(a, b string) int {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	switch {
	case errX != nil && errY != nil:
		return cmp.Compare(a, b)
	case errX != nil:
		return 1
	case errY != nil:
		return -1
	}
	return cmp.Compare(x, y)
}
