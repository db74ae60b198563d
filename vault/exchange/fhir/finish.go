package fhir

import (
	"bytes"
	"context"
	"io"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// labels are what places begin with, document by document: nothing for a file
// of one document, else the line it begins on.
func (im *importer) labels(src exchange.Source) ([]string, error) {
	labels := make([]string, len(im.starts))
	if len(im.starts) < 2 && !im.xml || im.transcoded {
		return labels, nil
	}
	f, err := src.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, at := lineCounter(1), int64(0)
	for n, start := range im.starts {
		if start > at {
			if _, err := io.CopyN(&lines, f, start-at); err != nil {
				return nil, err
			}
			at = start
		}
		labels[n] = "line " + itoa(int(lines))
	}
	return labels, nil
}

// lineCounter counts the lines that are written to it.
type lineCounter int

// Write implements io.Writer.
func (c *lineCounter) Write(p []byte) (int, error) {
	*c += lineCounter(bytes.Count(p, []byte{'\n'}))
	return len(p), nil
}

// place is a pointer with its document's label.
func place(label, pointer string) string {
	if label == "" && pointer == "" {
		return "/"
	}
	return label + pointer
}

// place is a place in the source: a JSON pointer, or the XPath of XML.
func (im *importer) place(label, pointer string) string {
	if im.xml {
		pointer = xpath(pointer)
	}
	return place(label, pointer)
}

// finish resolves what the drafts refer to and hands everything to the sink.
func (im *importer) finish(ctx context.Context, labels []string) error {
	ix := newIndex(im.targets)
	older := im.superseded()
	for n, d := range im.drafts {
		if n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		d.resolve(ix)
	}
	missing := map[string]bool{}
	for n, d := range im.drafts {
		where := im.place(labels[d.document], d.pointer)
		if why := d.notFiled(older[n]); why != "" {
			im.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Warning, Place: where, Text: why}, Outcome: exchange.Kept, What: d.typ})
			continue
		}
		for _, i := range d.issues {
			i.Place = im.place(labels[d.document], i.Place)
			im.sink.Report(exchange.Issue{Issue: i})
		}
		if d.absorb && d.self.used {
			im.sink.Report(exchange.Issue{Issue: record.Issue{Place: where}, Outcome: exchange.Absorbed, What: d.typ})
			continue
		}
		r := d.finished(ix, im.bundles[d.bundle], where)
		if doc, ok := r.Resource.(*record.DocumentReference); ok {
			for i := range doc.Section {
				doc.Section[i].Place = im.place(labels[d.document], doc.Section[i].Place)
			}
		}
		im.sink.Add(r)
		im.tellMissing(d, where, missing)
	}
	for _, n := range im.notes {
		n.issue.Place = im.place(labels[n.document], n.pointer)
		im.sink.Report(n.issue)
	}
	return nil
}

// tellMissing names the references that lead nowhere, each once: what they
// would have told is not known, and the entry itself is filed all the same.
func (im *importer) tellMissing(d *draft, where string, told map[string]bool) {
	for _, raw := range d.missing {
		if told[raw] {
			continue
		}
		told[raw] = true
		im.sink.Report(exchange.Issue{Issue: record.Issue{
			Severity: record.Information, Place: where, Text: "to an entry that this file does not hold; what that would have told is not known here",
		}, What: "references"})
	}
	d.missing = nil
}

func (d *draft) notFiled(older string) string {
	if older != "" {
		return older
	}
	if d.about != "" {
		return "not about a person but about a " + d.about + "; it is kept in the original"
	}
	return ""
}

// resolve fills in what the file says elsewhere.
func (d *draft) resolve(ix *index) {
	for _, f := range d.later {
		f(ix)
	}
	d.later = nil
	if typ := d.typeOf(ix, d.person); typ != "" && typ != "Patient" && typ != "Person" && d.typ != "Patient" {
		d.about = typ
	}
	for _, r := range d.asserting {
		if d.provenance.Asserter != "" {
			break
		}
		d.provenance.Asserter = asserterOf(d.typeOf(ix, r))
	}
}

// typeOf is the resource type that a reference names, by what it states or by
// what it points to.
func (d *draft) typeOf(ix *index, r reference) string {
	if t := ix.find(r.raw, d.fullURL); t != nil {
		return t.typ
	}
	return r.typ
}

// finished is the record.
func (d *draft) finished(ix *index, b bundle, where string) record.Record {
	r := record.Record{Resource: d.resource, Held: d.held, Person: d.personName(ix, where)}
	if b.held != "" {
		r.Held = append(r.Held, b.held)
	}
	d.provenance.Place, d.provenance.Local = where, ix.names(d.self)
	r.Provenance = d.sources
	for _, ref := range record.References(d.resource) {
		if ref.Local != "" {
			d.find(ix, ref.Local)
			ref.Local = ix.local(ref.Local, d.fullURL)
		}
	}
	return r
}

// personName is whom the record is about, by a name that the pipeline knows. A
// patient whom only the record itself describes, or only an identifier names,
// is no other patient of the file: the name then matches none.
func (d *draft) personName(ix *index, where string) record.ID {
	r := d.person
	switch {
	case r.raw != "" && r.raw[0] == '#':
		return record.ID(where + r.raw)
	case r.raw != "":
		d.find(ix, r.raw)
		return record.ID(ix.local(r.raw, d.fullURL))
	case r.id.Value != "":
		if t := ix.find("Patient?identifier="+r.id.System+"|"+r.id.Value, ""); t != nil {
			if names := ix.names(t); len(names) > 0 {
				return record.ID(names[0])
			}
		}
		return record.ID(r.id.System + "|" + r.id.Value)
	}
	return ""
}
