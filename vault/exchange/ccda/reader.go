package ccda

import (
	"context"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// reader reads one document into a sink.
type reader struct {
	ctx        context.Context
	src        exchange.Source
	sink       exchange.Sink
	root       *node
	transcoded bool

	told     map[remark]bool
	ids      map[string]*node  // narrative elements by ID; nil until first wanted
	claims   map[string]string // by ID: the first code whose originalText quotes it
	disputed map[string]bool   // IDs that several codes quote as their own words
	quotes   map[*node]string
	numbers  map[*node][]number // of rows of the narrative
	quoted   int                // bytes of all quotes
	err      error

	own       bool   // package ccd wrote it
	name      string // the document's own id in one word, to name its statements
	made      record.Date
	version   string // when the document was made, as written
	custodian string
	vague     map[nameOf]bool // ids that name no single statement; nil until first wanted
	patients  map[record.Identifier]bool
	authors   map[*node]authored // by the element that has author participations
	security  []record.Coding    // of the whole document
	files     []*node            // values that are files and wait for a record of their own
	carried   map[*node]record.Attachment
	media     map[*node]bool
	doc       *record.DocumentReference
}

// remark is one thing told about one place.
type remark struct {
	n    *node
	text string
}

func newReader(ctx context.Context, src exchange.Source, root *node, transcoded bool, sink exchange.Sink) *reader {
	return &reader{
		ctx: ctx, src: src, sink: sink, root: root, transcoded: transcoded, own: hasTemplate(root, ownDocument),
		told: map[remark]bool{}, quotes: map[*node]string{}, numbers: map[*node][]number{}, patients: map[record.Identifier]bool{}, media: map[*node]bool{}, authors: map[*node]authored{}, carried: map[*node]record.Attachment{},
		doc: &record.DocumentReference{},
	}
}

// remark tells about a place, once, without counting an item.
func (r *reader) remark(s record.Severity, n *node, text string) {
	if r.told[remark{n, text}] {
		return
	}
	r.told[remark{n, text}] = true
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: s, Place: n.Path(), Text: text}})
}

// outcome counts an item that is no record.
func (r *reader) outcome(o exchange.Outcome, s record.Severity, n *node, what, text string) {
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: s, Place: n.Path(), Text: text}, Outcome: o, What: what})
}

// place is where a statement stands and what its record must know of it.
type place struct {
	section   *section
	concern   *concern         // the act around it
	panel     record.Reference // the organizer around it
	encounter record.Reference // the encounter entry around it
	absent    bool             // the act around it is negated
	specimen  string           // of the organizer or act around it
	category  string           // of problems: encounter-diagnosis, health-concern
}

// add files one record read from st.
func (r *reader) add(p place, st *node, res record.Resource) {
	r.addLocal(p, st, res, nil)
}

// addNamed files a record that others of the document refer to by [reader.local].
func (r *reader) addNamed(p place, st *node, res record.Resource) {
	r.addLocal(p, st, res, []string{r.local(st)})
}

func (r *reader) addLocal(p place, st *node, res record.Resource, local []string) {
	src := record.Provenance{Place: st.Path(), System: r.custodian, Version: r.version}
	src.Identifiers, src.Local = r.issued(st)
	src.Local = append(local, src.Local...)
	if st == r.root {
		src.Identifiers = versionNames(st)
	}
	if !r.transcoded {
		src.Span = record.Span{Offset: st.Start, Length: st.End - st.Start}
	}
	src.Author, src.Asserter = r.author(st)
	src.Security = r.security
	if p.section != nil && len(p.section.security) > 0 {
		src.Security = p.section.security
	}
	r.sink.Add(record.Record{Resource: res, Provenance: []record.Provenance{src}})
	if len(r.files) > 0 {
		r.addFiles(p, st)
	}
}

// addFiles files what the values of st, or of statements inside it, carried as
// documents of their own.
func (r *reader) addFiles(p place, st *node) {
	files := r.files
	r.files = nil
	for _, n := range files {
		r.add(p, n, &record.DocumentReference{
			Status: "current", Type: r.concept(child(n.Parent, "code")), Date: r.interval(child(st, "effectiveTime")).Start, Content: []record.Attachment{r.carried[n]},
		})
	}
}

// local names a statement inside this document: producers repeat ids, places
// are unique.
func (r *reader) local(st *node) string { return r.name + "#" + st.Path() }
