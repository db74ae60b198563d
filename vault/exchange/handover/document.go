package handover

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// document is one of the files that a format writes.
type document struct {
	format   string
	name     string
	required bool
	what     string // for the manifest
}

// documents are the files of a package, in the order of its manifest.
var documents = []document{
	{"html", "START-HERE.html", true, "the whole record in one page for any browser"},
	{"pdf", "Summary.pdf", true, "the summary to print"},
	{"ips", "ips.json", false, "the same for software: HL7 FHIR R4 document, International Patient Summary"},
	{"ccda", "ccd.xml", false, "the same for software: HL7 C-CDA R2.1, Continuity of Care Document"},
}

// turn is the order in which they are begun, the one that takes longest first.
var turn = []int{3, 0, 1, 2}

// atOnce is how many documents are written at the same time: one for each core of
// a small computer, and no more of them in memory.
const atOnce = 2

// outcome is what became of a document.
type outcome struct {
	file     *File
	verified []Check
	missing  string // why it is left out; "" when it is not
	err      error
	panicked any
}

// documents writes all documents and reads them again.
func (p *packer) documents(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	outcomes := make([]outcome, len(documents))
	begun, waiting := make(chan int, len(turn)), make(chan int, len(turn))
	for _, n := range turn {
		waiting <- n
	}
	close(waiting)
	var writers sync.WaitGroup
	for range atOnce {
		writers.Go(func() {
			for n := range waiting {
				begun <- n
				if outcomes[n] = p.document(ctx, documents[n]); outcomes[n].failed() {
					stop() // the others end soon
				}
			}
		})
	}
	go func() { writers.Wait(); close(begun) }()
	done := int64(0)
	for n := range begun { // told from the goroutine that called
		p.tell(documents[n].name, done)
		done++
	}
	return p.take(outcomes)
}

// take notes what became of the documents, in their order.
func (p *packer) take(outcomes []outcome) error {
	var stopped error
	for _, o := range outcomes {
		switch {
		case o.panicked != nil:
			panic(o.panicked)
		case errors.Is(o.err, context.Canceled): // perhaps because of another one
			stopped = o.err
		case o.err != nil:
			return o.err
		}
	}
	if stopped != nil {
		return stopped
	}
	for _, o := range outcomes {
		if o.missing != "" {
			p.missing = append(p.missing, o.missing)
		}
		if o.file != nil {
			p.files = append(p.files, *o.file)
		}
		p.verified = append(p.verified, o.verified...)
	}
	return nil
}

func (o outcome) failed() bool { return o.err != nil || o.panicked != nil }

// document writes what one format exports.
func (p *packer) document(ctx context.Context, d document) (o outcome) {
	defer func() { o.panicked = recover() }() // it goes on where the package is made
	f, ok := exchange.Exporter(p.formats, d.format)
	if !ok {
		if d.required {
			return outcome{err: fmt.Errorf("write %s: there is no format %q", d.name, d.format)}
		}
		return outcome{missing: d.name + ": this version of Carnet does not write it."}
	}
	file, err := p.write(ctx, d.name, d.what, func(w io.Writer) error { return f.Export(ctx, w, p.sel) })
	switch {
	case errors.Is(err, exchange.ErrTooLarge) && !d.required:
		return p.leaveOut(d.name, "there is more in the record than one such file can hold")
	case err != nil:
		return outcome{err: err}
	case f.Verify == nil:
		return outcome{file: &file}
	}
	return p.verify(ctx, d, f, file)
}

// verify reads a document again with the importer of its format: facts in, facts
// out. One that does not state what the record states never leaves; it does not
// keep the others from leaving where the package is whole without it.
func (p *packer) verify(ctx context.Context, d document, f exchange.Format, file File) outcome {
	err := f.Verify(ctx, exchange.Source{Name: d.name, FS: p.at, Path: d.name}, p.sel)
	if ctx.Err() != nil {
		return outcome{err: ctx.Err()}
	}
	what := d.name + ": read again, it states what the record states"
	switch {
	case err == nil:
		return outcome{file: &file, verified: []Check{{What: what, OK: true}}}
	case d.required:
		return outcome{err: fmt.Errorf("%w: %s", ErrCheck, what)}
	}
	return p.leaveOut(d.name, "read again, it did not state what the record states")
}

func (p *packer) leaveOut(name, why string) outcome {
	if err := p.at.Remove(name); err != nil {
		return outcome{err: fmt.Errorf("remove %s: %w", name, cause(err))}
	}
	return outcome{missing: name + ": " + why + ", so it is left out."}
}
