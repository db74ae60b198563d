package ccda

import (
	"fmt"

	"github.com/carnet-phr/carnet/vault/record"
)

// study reads a Study Act (2.16.840.1.113883.10.20.6.2.6, DCM 113014) with its
// Series Acts (DCM 113015) and SOP Instance Observations (6.2.8): the images
// that a Diagnostic Imaging Report speaks of.
func (r *reader) study(p place, st *node) {
	s := &record.ImagingStudy{StudyInstanceUID: attr(child(st, "id"), "root"), Started: r.interval(child(st, "effectiveTime")), Description: r.label(child(st, "text"))}
	if ext := attr(child(st, "id"), "extension"); ext != "" {
		s.StudyInstanceUID = ext
	}
	instances := 0
	for _, x := range related(st) {
		if x.Local != "act" || !isCode(child(x, "code"), "113015") && !hasTemplate(x, entryTemplateRoot+"63") {
			s.Note = appendWords(s.Note, r.sentence(x, 0))
			continue
		}
		series := r.series(x)
		instances += len(series.Instance)
		s.Series = append(s.Series, series)
	}
	if instances > 0 {
		s.NumberOfInstances = fmt.Sprint(instances)
	}
	r.addNamed(p, st, s)
}

func (r *reader) series(st *node) record.ImagingSeries {
	s := record.ImagingSeries{UID: attr(child(st, "id"), "root"), Description: r.label(child(st, "text")), Started: r.interval(child(st, "effectiveTime"))}
	for q := range children(child(st, "code"), "qualifier") {
		if isCode(child(q, "name"), "121139") {
			s.Modality = r.concept(child(q, "value"))
		}
	}
	for _, x := range related(st) {
		if x.Local != "observation" {
			continue
		}
		s.Instance = append(s.Instance, record.ImagingInstance{
			UID: attr(child(x, "id"), "root"), SOPClass: attr(child(x, "code"), "code"), Title: oneLine(attr(child(x, "code"), "displayName")),
		})
	}
	return s
}

func appendWords(list []string, w string) []string {
	if w == "" {
		return list
	}
	return append(list, w)
}
