package fhir

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictjson"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// The namespaces of FHIR in XML (https://hl7.org/fhir/R4/xml.html).
const (
	fhirSpace  = "http://hl7.org/fhir"
	xhtmlSpace = "http://www.w3.org/1999/xhtml"
)

// xmlTokenLimit is how long one tag may be, in bytes: content in base64 stands
// in an attribute.
const xmlTokenLimit = 96 << 20

// xmlEntryLimit is how large one entry may become as JSON text, in bytes.
const xmlEntryLimit = 1 << 30

// xmlElementsLimit is how many elements one entry may have: each is held in
// memory while the entry is read.
const xmlElementsLimit = 500_000

var xmlLimits = strictxml.Limits{Token: xmlTokenLimit, Elements: xmlElementsLimit}

// xmlStream reads one XML document, holding one entry at a time: each is put
// into the JSON text of the same resource, so that all versions and both
// notations are read by the same code.
type xmlStream struct {
	ctx  context.Context
	dec  *strictxml.Decoder
	im   *importer
	tree strictjson.Tree
	text xmlText
	head *strictxml.Element // the Bundle's own members, entries left out
}

func readXML(ctx context.Context, src exchange.Source, im *importer) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	x := &xmlStream{ctx: ctx, im: im, tree: strictjson.Tree{Rules: rules, Words: im.words}}
	if x.dec, err = strictxml.NewDecoder(f, xmlLimits); err != nil {
		return malformed(err)
	}
	root, err := x.dec.Next()
	if err != nil {
		return malformed(err)
	}
	if root.Name.Space != fhirSpace || !typeName(root.Name.Local) {
		return exchange.ErrNotThisFormat
	}
	im.seen, im.xml, im.transcoded = true, true, x.dec.Transcoded()
	im.beginDocument()
	im.startsAt(root.Offset)
	if err := x.document(root); err != nil {
		return malformed(err)
	}
	if _, err := x.dec.Next(); !errors.Is(err, io.EOF) {
		return malformed(err)
	}
	return nil
}

// malformed says of an error of the XML reader what it means for the file.
func malformed(err error) error {
	var e *strictxml.Error
	if errors.As(err, &e) {
		return fmt.Errorf("cannot be read safely, %w", err)
	}
	return err
}

func (x *xmlStream) document(root strictxml.Token) error {
	if root.Name.Local == "Bundle" {
		return x.bundle(root)
	}
	e, err := x.dec.Element(root)
	if err != nil {
		return err
	}
	v, err := x.resource(e, "/"+e.Local)
	if err != nil {
		return err
	}
	return x.im.resource(v, resourceAt{pointer: "/" + e.Local, offset: e.Start, length: e.End - e.Start})
}

// bundle reads the entries of a Bundle one by one.
func (x *xmlStream) bundle(root strictxml.Token) error {
	x.head = strictxml.NewElement(root.Name, root.Offset)
	var last *strictxml.Element
	for n := 0; ; {
		tok, err := x.dec.Next()
		switch {
		case err != nil:
			return err
		case tok.Kind == strictxml.End:
			return x.endBundle()
		case tok.Kind == strictxml.Text:
			continue
		}
		e, err := x.dec.Element(tok)
		if err != nil {
			return err
		}
		if e.Space == fhirSpace && e.Local == "entry" {
			if err := x.entry(e, n); err != nil {
				return err
			}
			n++
			continue
		}
		e.Parent, e.Next = x.head, nil
		if last == nil {
			x.head.First = e
		} else {
			last.Next = e
		}
		last = e
	}
}

// entry reads one entry. Its line begins a document of its own, as a line of
// NDJSON does: places are told from there.
func (x *xmlStream) entry(e *strictxml.Element, n int) error {
	if n%64 == 0 && x.ctx.Err() != nil {
		return x.ctx.Err()
	}
	if x.im.entryCount++; x.im.entryCount > entriesLimit {
		return x.fault(e.Start, "/Bundle", "more than 500,000 entries in one file")
	}
	x.im.starts = append(x.im.starts, e.Start)
	pointer := "/Bundle/entry/" + itoa(n)
	v, err := x.value(e, pointer, x.text.object)
	if err != nil {
		return err
	}
	return x.im.entry(v, pointer)
}

func (x *xmlStream) endBundle() error {
	v, err := x.resource(x.head, "/Bundle")
	if err != nil {
		return err
	}
	x.im.endBundle(v)
	return nil
}

func (x *xmlStream) resource(e *strictxml.Element, pointer string) (value, error) {
	return x.value(e, pointer, x.text.resource)
}

// value puts an element into JSON text by write, and reads that.
func (x *xmlStream) value(e *strictxml.Element, pointer string, write func(*strictxml.Element)) (value, error) {
	x.text.begin(e)
	write(e)
	if f := x.text.twice; f != nil {
		return value{}, x.fault(f.Start, pointer, "the same element stands twice where FHIR has it once, so it is not clear which one counts")
	}
	if len(x.text.b) > xmlEntryLimit {
		return value{}, x.fault(e.Start, pointer, "an entry larger than 1 GiB")
	}
	x.im.ends = x.text.ends
	if x.text.foreign {
		x.im.remark(pointer, "holds elements or text that are not FHIR's; they are kept in the original")
	}
	return x.tree.Parse(x.text.b, strictjson.Origin{Offset: e.Start, At: x.text.offset, Pointer: pointer})
}

func (x *xmlStream) fault(offset int64, pointer, reason string) error {
	return &strictjson.Fault{Offset: offset, Pointer: pointer, Reason: reason, Limit: true}
}

// refusalXML puts a fault into words, with its line and XPath.
func refusalXML(src exchange.Source, fault *strictjson.Fault, transcoded bool) error {
	e := &strictxml.Error{Path: xpath(fault.Pointer), What: fault.Reason}
	if transcoded {
		return fmt.Errorf("cannot be read safely, (%s): %s", e.Path, e.What)
	}
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	fault.Limit = true // no closer look at what follows: it is no JSON
	fault.Locate(f, rules)
	e.Line, e.Column = fault.Line, fault.Column
	return fmt.Errorf("cannot be read safely, %w", e)
}
