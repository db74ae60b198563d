package fhir

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// draft is a resource that was read while not all that it refers to was known.
type draft struct {
	document int
	bundle   int
	pointer  string
	typ      string
	fullURL  string
	version  string // meta.versionId
	updated  string // meta.lastUpdated
	self     *target

	resource    record.Resource
	provenance  record.Provenance
	held        []string
	person      reference
	asserting   []reference // who may stand behind it, the first that tells counts
	later       []func(*index)
	issues      []record.Issue
	unsupported string // the FHIR version it turned out to be written in
	about       string // a subject that is no person: "Group"
	absorb      bool   // belongs to whatever refers to it
}

// item reads one resource into a draft.
type item struct {
	*importer
	*draft
	res value
}

// draft reads a clinical resource.
func (im *importer) draft(v value, typ string, at resourceAt, r route) {
	d := &draft{document: len(im.starts) - 1, bundle: at.bundle, pointer: at.pointer, typ: typ, fullURL: at.fullURL, absorb: r.absorb}
	d.version, d.updated = v.Path("meta", "versionId").Text(), v.Path("meta", "lastUpdated").Text()
	it := &item{im, d, v}
	d.self = im.addTarget(v, typ, at)
	d.self.draft = d
	d.held = append(at.outer, heldReasonsOf(v)...)
	it.provenanceOf(at)
	if d.unsupported = otherVersion(v, typ); d.unsupported == "" {
		it.subject()
		d.resource = r.convert(it)
	}
	if d.unsupported != "" {
		im.keep(at.pointer, typ, unsupported(d.unsupported))
		return
	}
	if d.resource != nil {
		im.drafts = append(im.drafts, d)
	}
}

// subject notes whom the resource is about.
func (it *item) subject() {
	for _, name := range []string{"subject", "patient", "individual"} {
		if v := it.res.Get(name); v.Exists() {
			it.person = it.ref(v.First())
			return
		}
	}
}

// when done: fill calls set with what ref points to, once the file is read; set
// is not called when the file does not hold it.
func (it *item) fill(r reference, set func(*index, *target)) {
	if r.raw == "" || r.raw[0] == '#' {
		return
	}
	from := it.fullURL
	it.later = append(it.later, func(ix *index) {
		if t := ix.find(r.raw, from); t != nil {
			set(ix, t)
		}
	})
}

// warn adds a warning about an element; element is a path below the resource.
func (it *item) warn(element, text string) {
	place := it.pointer
	if element != "" {
		place += "/" + element
	}
	it.issues = append(it.issues, record.Issue{Severity: record.Warning, Place: place, Text: text})
}
