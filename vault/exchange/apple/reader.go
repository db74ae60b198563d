package apple

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
	"github.com/carnet-phr/carnet/vault/record"
)

// Limits of one export.
const (
	keptLimit   = 150_000 // records that are held until the end of the file: a day's sum counts as one
	faultLimit  = 20      // broken elements that are told with their line; the others are told with their number
	checkEvery  = 4096    // elements between two looks at the context
	typesLimit  = 300     // unknown types that are told by name
	detailLimit = 64      // details of one element that are looked at
)

// reader reads one export.xml.
type reader struct {
	ctx  context.Context
	src  exchange.Source
	sink exchange.Sink
	dec  *strictxml.Decoder
	item element // that is being read

	exported record.Date
	at       map[string]*counted // how many elements of each name were met, for their places
	gathered *gathered
	alike    alike
	sleeping bool // a day of sleep was put together
	unknown  map[string]bool
	faults   int
}

func newReader(ctx context.Context, src exchange.Source, sink exchange.Sink) *reader {
	return &reader{ctx: ctx, src: src, sink: sink, at: map[string]*counted{}, gathered: newGathered(), alike: newAlike(), unknown: map[string]bool{}}
}

// read reads the whole file. What is gathered is filed at its end, so that a
// file that breaks off leaves nothing behind.
func (r *reader) read(f io.Reader) error {
	var err error
	if r.dec, err = strictxml.NewDecoder(f, strictxml.Limits{}); err != nil {
		return err
	}
	r.dec.ReplaceControls()
	tok, broken, err := r.next()
	switch {
	case err != nil:
		return fmt.Errorf("not a well-formed XML document: %w", err)
	case tok.Name.Local != "HealthData":
		return exchange.ErrNotThisFormat
	case broken != nil:
		return fmt.Errorf("not a well-formed XML document: %w", broken)
	}
	for n := 0; ; n++ {
		if n%checkEvery == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		r.dec.Recycle()
		tok, broken, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("not a well-formed XML document: %w", err)
		}
		if tok.Kind != strictxml.Start {
			continue
		}
		if err := r.element(tok, broken); err != nil {
			return fmt.Errorf("not a well-formed XML document: %w", err)
		}
	}
	r.finish()
	return nil
}

// next gives the next token. A start tag that is not well-formed comes without
// its attributes, with the reason.
func (r *reader) next() (tok strictxml.Token, broken *strictxml.Error, err error) {
	tok, err = r.dec.Next()
	if err == nil {
		return tok, nil, nil
	}
	return r.skip(err)
}

// skip passes over a start tag that was refused with err.
func (r *reader) skip(err error) (strictxml.Token, *strictxml.Error, error) {
	var broken *strictxml.Error
	if !errors.As(err, &broken) || !broken.Tag {
		return strictxml.Token{}, nil, err
	}
	tok, err := r.dec.SkipTag()
	return tok, broken, err
}

// element is one element under HealthData.
type element struct {
	strictxml.Token
	standing
	end   int64     // behind its end tag
	inner []element // its children, at most detailLimit of them
	more  int       // children beyond that
	bad   int       // children that are not well-formed
}

// get is the value of an attribute, "" when absent.
func (e *element) get(name string) string {
	for i := range e.Attr {
		if a := &e.Attr[i]; a.Local == name {
			return a.Value
		}
	}
	return ""
}

// element reads one element under HealthData with all it holds: one item.
func (r *reader) element(tok strictxml.Token, broken *strictxml.Error) error {
	r.item = element{Token: tok, end: tok.End, standing: r.count(tok.Name.Local), inner: r.item.inner[:0]}
	e := &r.item
	if err := r.children(e, 1); err != nil {
		return err
	}
	if broken != nil {
		r.fault(tok.Name.Local, broken)
		return nil
	}
	r.route(e)
	return nil
}

// counted is how many elements of one name were met.
type counted struct {
	name string
	n    int
}

// standing is which element of its name one is: its place. Zero is none.
type standing struct {
	name string
	nth  int
}

func (s standing) place() string {
	if s.nth == 0 {
		return ""
	}
	return "/HealthData/" + s.name + "[" + itoa(s.nth) + "]"
}

// count counts the elements of one name; beyond typesLimit names they count
// together.
func (r *reader) count(name string) standing {
	c := r.at[name]
	if c == nil && len(r.at) >= typesLimit {
		name = strings.Clone(name)
		if c = r.at["*"]; c == nil {
			c = &counted{}
			r.at["*"] = c
		}
		c.n++
		return standing{name, c.n}
	}
	if c == nil {
		c = &counted{name: strings.Clone(name)}
		r.at[c.name] = c
	}
	c.n++
	return standing{c.name, c.n}
}

// children reads on to the end of an element.
func (r *reader) children(e *element, depth int) error {
	for {
		tok, broken, err := r.next()
		if err != nil {
			return err
		}
		switch tok.Kind {
		case strictxml.End:
			e.end = tok.End
			return nil
		case strictxml.Start:
			inner := element{Token: tok}
			if err := r.children(&inner, depth+1); err != nil {
				return err
			}
			switch {
			case depth > 1: // what is further inside is only counted
				e.more++
			case broken != nil:
				e.bad++
			case len(e.inner) < detailLimit || tok.Name.Local == "Record" && len(e.inner) < 4*detailLimit:
				e.inner = append(e.inner, inner)
			default:
				e.more++
			}
		}
	}
}

// route says what reads which element.
func (r *reader) route(e *element) {
	switch e.Name.Local {
	case "ExportDate":
		r.exported = date(e.get("value"))
		r.sink.Report(exchange.Issue{Outcome: exchange.Administrative})
	case "Me":
		if e.nth > 1 {
			r.kept(e, "Me", "a second owner of the phone; only the first one was read")
			return
		}
		r.me(e)
	case "Record":
		r.record(e)
	case "Correlation":
		r.correlation(e)
	case "Workout":
		r.workout(e)
	case "ActivitySummary":
		r.activitySummary(e)
	case "ClinicalRecord":
		r.clinicalRecord(e)
	case "Audiogram", "VisionPrescription":
		r.rare(e)
	default:
		r.kept(e, e.Name.Local, "a type of entry that is not known; it is kept in the original")
	}
}

// rare files what a phone holds few of; a file may claim otherwise.
func (r *reader) rare(e *element) {
	if r.gathered.held >= keptLimit {
		r.kept(e, e.Name.Local, tooMany)
		return
	}
	r.gathered.held++
	if e.Name.Local == "Audiogram" {
		r.audiogram(e)
	} else {
		r.visionPrescription(e)
	}
}

// kept tells of an item that is not filed.
func (r *reader) kept(e *element, what, why string) {
	if !safeName(what) || !r.unknown[what] && len(r.unknown) >= typesLimit {
		what = "further entries"
	}
	if !r.unknown[what] {
		r.unknown[strings.Clone(what)] = true
	}
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Warning, Place: e.place(), Text: why}, Outcome: exchange.Kept, What: strings.Clone(what)})
}

// fault tells of an item that is not well-formed.
func (r *reader) fault(name string, broken *strictxml.Error) {
	r.faults++
	text, what := fmt.Sprintf("line %d, column %d: not well-formed; this entry was left out, the others were read", broken.Line, broken.Column), ""
	if r.faults > faultLimit {
		text, what = "not well-formed; kept in the original only", "further entries"
	}
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Error, Place: "/HealthData/" + name, Text: text}, Outcome: exchange.Refused, What: what})
}

// remark tells something about the whole file.
func (r *reader) remark(severity record.Severity, text string) {
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: severity, Place: "/HealthData", Text: text}})
}

// add files one record.
func (r *reader) add(res record.Resource, p record.Provenance) {
	p.Version = string(r.exported)
	r.sink.Add(record.Record{Resource: res, Provenance: []record.Provenance{p}})
}

// at gives the provenance of one element.
func (r *reader) provenance(e *element) record.Provenance {
	p := record.Provenance{Place: e.place()}
	if !r.dec.Transcoded() {
		p.Span = record.Span{Offset: e.Offset, Length: e.end - e.Offset}
	}
	return p
}
