package fhir

import (
	"strings"

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

	resource   record.Resource
	sources    []record.Provenance // one, and it is provenance
	provenance *record.Provenance
	held       []string
	person     reference
	asserting  []reference // who may stand behind it, the first that tells counts
	later      []func(*index)
	issues     []record.Issue
	tooNew     bool     // it turned out to be written in a version after R4
	about      string   // a subject that is no person: "Group"
	absorb     bool     // belongs to whatever refers to it
	missing    []string // references to what the file does not hold
}

func newDraft(d draft) *draft {
	d.sources = make([]record.Provenance, 1)
	d.provenance = &d.sources[0]
	return &d
}

// item reads one resource into a draft.
type item struct {
	*importer
	*draft
	res    value
	inside map[string]value // the contained resources by id, once one was asked for
}

// draft reads a clinical resource; named is the type that the file gives it.
func (im *importer) draft(v value, named string, at resourceAt) {
	held := append(at.outer, heldReasonsOf(v)...)
	if at.length == 0 {
		at.offset, at.length = im.span(v)
	}
	typ := named
	if older(v, named) {
		var err error
		if v, err = im.presented(v); err != nil {
			im.refuse(at.pointer, "beyond a limit once it is read as FHIR R4")
			return
		}
		typ = v.TextOf("resourceType")
	}
	r := routeOf(typ)
	d := newDraft(draft{document: len(im.starts) - 1, bundle: at.bundle, pointer: at.pointer, typ: typ, fullURL: at.fullURL, absorb: r.absorb, held: held})
	d.version, d.updated = v.Path("meta", "versionId").Text(), v.Path("meta", "lastUpdated").Own()
	it := &item{importer: im, draft: d, res: v}
	d.self = im.addTarget(v, typ, at)
	d.self.draft = d
	if typ != named && d.self.id != "" {
		d.self.id = named + "/" + v.TextOf("id")
	}
	it.provenanceOf(at)
	if d.tooNew = newer(v, typ); !d.tooNew {
		it.subject()
		d.resource = r.convert(it)
	}
	if d.tooNew {
		im.keep(at.pointer, typ, unsupported(newerVersion))
		return
	}
	if d.resource != nil {
		im.drafts = append(im.drafts, d)
	}
}

// span is where a resource stands in the file; 0, 0 when its bytes are not those
// of the text that was read.
func (im *importer) span(v value) (offset, length int64) {
	offset = v.Offset()
	switch {
	case !im.xml:
		return offset, int64(len(v.Raw()))
	case im.transcoded || im.ends[offset] == 0:
		return 0, 0
	}
	return offset, im.ends[offset] - offset
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
	d := it.draft
	it.later = append(it.later, func(ix *index) {
		if t := d.find(ix, r.raw); t != nil {
			set(ix, t)
		}
	})
}

// find resolves a reference and notes one that leads nowhere: a relative one or
// a UUID of a Bundle, which should hold what it refers to.
func (d *draft) find(ix *index, raw string) *target {
	t := ix.find(raw, d.fullURL)
	if t == nil && d.bundle > 0 && raw != "" && raw[0] != '#' && !strings.Contains(raw, "://") && !strings.Contains(raw, "?") {
		d.missing = append(d.missing, raw)
	}
	return t
}

// warn adds a warning about an element; element is a path below the resource.
func (it *item) warn(element, text string) {
	place := it.pointer
	if element != "" {
		place += "/" + element
	}
	it.issues = append(it.issues, record.Issue{Severity: record.Warning, Place: place, Text: text})
}
