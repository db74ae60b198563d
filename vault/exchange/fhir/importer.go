package fhir

import (
	"crypto/sha256"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictjson"
	"github.com/carnet-phr/carnet/vault/record"
)

// importer gathers what one source holds.
type importer struct {
	sink  exchange.Sink
	words *strictjson.Words
	dates map[string]record.Date
	memo  memo

	starts     []int64 // where each document begins
	seen       bool    // something in the file is FHIR
	entryCount int
	inDocument int // resources read from the entries of the document at hand
	drafts     []*draft
	targets    []*target
	notes      []note
	bundles    []bundle

	xml        bool            // the source is XML
	transcoded bool            // and not in UTF-8: offsets are not those of its bytes
	ends       map[int64]int64 // of the resources of the XML entry at hand: end by start

	read map[[sha256.Size]byte]bool // resources of a wrapper

	tree     strictjson.Tree // of a resource put into the shape of R4
	reshaped []byte
}

// bundle is one Bundle of the source; bundles[0] stands for none.
type bundle struct {
	history bool
	held    string          // an implicitRules of the whole Bundle
	gone    map[string]bool // what its entries say was deleted, by full URL or Type/id
	started int             // drafts before it
}

// note is what a sink is told of an item that is no record, or a remark.
type note struct {
	document int
	pointer  string
	issue    exchange.Issue
}

// resourceAt says where a resource stands.
type resourceAt struct {
	pointer        string // "" for a document of its own
	fullURL        string
	bundle         int // index into importer.bundles
	deleted        bool
	offset, length int64    // when the value itself cannot tell
	outer          []string // reasons of the entry around it to hold it back
}

func newImporter(sink exchange.Sink) *importer {
	return &importer{sink: sink, words: strictjson.NewWords(), dates: map[string]record.Date{}, memo: newMemo(), bundles: []bundle{{}}}
}

func (im *importer) beginDocument() {
	im.starts = append(im.starts, 0)
	im.bundles = append(im.bundles, bundle{gone: map[string]bool{}, started: len(im.drafts)})
	im.inDocument = 0
}

func (im *importer) startsAt(offset int64) { im.starts[len(im.starts)-1] = offset }

// endBundle takes a Bundle's own members, which may stand behind its entries.
func (im *importer) endBundle(v value) {
	im.seen = true
	b := &im.bundles[len(im.bundles)-1]
	b.history = v.TextOf("type") == "history"
	if v.TextOf("implicitRules") != "" {
		b.held = "the Bundle follows implicitRules that are not known"
	}
	if e := v.Get("entry"); e.Exists() && e.Kind() != '[' {
		im.refuse("/entry", "the entries of the Bundle are not a list")
	}
	if im.inDocument == 0 && len(im.notes) == 0 {
		im.remark("", "the Bundle holds no resources")
	}
}

// entry reads one item of Bundle.entry.
func (im *importer) entry(e value, pointer string) error {
	im.entryOf(e, pointer, len(im.bundles)-1)
	return nil
}

func (im *importer) entryOf(e value, pointer string, bundle int) {
	if e.Kind() != '{' {
		im.refuse(pointer, "the entry is not an object")
		return
	}
	at := resourceAt{pointer: pointer + "/resource", fullURL: e.Get("fullUrl").Own(), bundle: bundle}
	at.deleted = e.Path("request", "method").Text() == "DELETE"
	res := e.Get("resource")
	if !res.Exists() {
		if gone := im.bundles[bundle].gone; at.deleted && gone != nil {
			gone[at.fullURL], gone[e.Path("request", "url").Text()] = true, true
			delete(gone, "")
		}
		return
	}
	im.inDocument++
	if im.xml {
		at.pointer += "/" + toldType(res.TextOf("resourceType"))
	}
	if e.Get("modifierExtension").Exists() {
		at.outer = heldReasons(e.Get("modifierExtension"), "modifierExtension")
	}
	_ = im.resource(res, at)
}

// resource reads one resource; what it refers to may come later.
func (im *importer) resource(v value, at resourceAt) error {
	typ := v.TextOf("resourceType")
	im.seen = im.seen || v.Get("resourceType").Kind() == '"'
	if v.Kind() != '{' || typ == "" || !typeName(typ) {
		im.refuse(at.pointer, "not a FHIR resource: it does not name its resourceType")
		return nil
	}
	im.seen = true
	switch typ {
	case "Bundle":
		im.nested(v, at)
	case "Parameters":
		im.parameters(v, at)
	default:
		im.one(v, typ, at)
	}
	return nil
}

// toldType is a resource type that may be told.
func toldType(typ string) string {
	if typ != "" && typeName(typ) {
		return typ
	}
	return "*"
}

func (im *importer) one(v value, typ string, at resourceAt) {
	r := routeOf(typ)
	switch _, former := formerTypes[typ]; {
	case at.deleted:
		im.keep(at.pointer, typ, "the source marks it as deleted")
	case former:
		im.draft(v, typ, at)
	case r.version != "":
		im.keep(at.pointer, typ, unsupported(r.version))
	case r.convert == nil && r.directory:
		im.addTarget(v, typ, at)
		im.administrative(at.pointer, typ)
	case r.convert == nil && r.administrative:
		im.administrative(at.pointer, typ)
	case r.convert == nil:
		im.keep(at.pointer, typ, "a type of entry that is not known; it is kept in the original")
	default:
		im.draft(v, typ, at)
	}
}

// typeName says whether s has the form of a resource type, so that it may be
// told in an issue.
func typeName(s string) bool {
	if len(s) > 40 || s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	for _, c := range s {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// nested reads a Bundle that is an entry of another one.
func (im *importer) nested(v value, at resourceAt) {
	im.bundles = append(im.bundles, bundle{gone: map[string]bool{}, started: len(im.drafts), history: v.TextOf("type") == "history"})
	n := len(im.bundles) - 1
	if v.TextOf("implicitRules") != "" {
		im.bundles[n].held = "the Bundle follows implicitRules that are not known"
	}
	for i, e := range v.Each("entry") {
		im.entryOf(e, at.pointer+"/entry/"+itoa(i), n)
	}
}

// parameters reads the resources that an operation's Parameters carry; other
// parameters are no clinical content.
func (im *importer) parameters(v value, at resourceAt) {
	found := im.parameterList(v.Get("parameter"), at.pointer+"/parameter", at)
	if found == 0 {
		im.keep(at.pointer, "Parameters", "holds no resources; it is kept in the original")
	}
}

func (im *importer) parameterList(list value, pointer string, at resourceAt) int {
	found := 0
	for i, p := range list.Items() {
		here := pointer + "/" + itoa(i)
		if res := p.Get("resource"); res.Exists() {
			found++
			inner := at
			inner.pointer, inner.offset, inner.length = here+"/resource", 0, 0
			_ = im.resource(res, inner)
		}
		found += im.parameterList(p.Get("part"), here+"/part", at)
	}
	return found
}
