package ccd

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Export writes a selection as a Continuity of Care Document of C-CDA R2.1.
func Export(ctx context.Context, out io.Writer, sel exchange.Selection) error {
	w := newWriter(ctx, out, sel)
	w.head()
	for _, s := range w.sections() {
		w.section(s)
	}
	w.put("</structuredBody></component></ClinicalDocument>\n")
	w.flush()
	return w.err
}

// writer writes one document. After the first error it writes nothing more.
type writer struct {
	ctx      context.Context
	out      io.Writer
	err      error
	b        bytes.Buffer
	sel      exchange.Selection
	records  []record.Record
	summary  clinic.Summary
	reports  []clinic.Line // those in words alone, for the notes
	rows     int
	elements int    // written
	facts    []fact // what the entries declare; gathered when gather is set
	gather   bool
}

func newWriter(ctx context.Context, out io.Writer, sel exchange.Selection) *writer {
	w := &writer{ctx: ctx, out: out, sel: sel}
	w.records = usable(sel.Records)
	person := sel.Person
	person.Resource = sel.Patient()
	w.summary = clinic.Summarise(person, w.records).Apart() // each source states its own entry
	return w
}

// usable are the records that may leave: never one entered in error or replaced
// since, whatever the selection holds (CLINICAL-SAFETY hazard 1).
func usable(records []record.Record) []record.Record {
	var out []record.Record
	for _, r := range records {
		if r.Resource == nil || r.Summary().Standing.History() {
			continue
		}
		if plan, ok := r.Resource.(*record.CarePlan); ok {
			kept := *plan
			kept.Activity = nil
			for _, a := range plan.Activity {
				if a.Status != "entered-in-error" && a.Status != "nullified" {
					kept.Activity = append(kept.Activity, a)
				}
			}
			r.Resource = &kept
		}
		out = append(out, r)
	}
	return out
}

// elementLimit is how many elements a document has at the most: what our own
// reader takes (package strictxml), some 35,000 records. Nobody can read more.
const elementLimit = 2_000_000

// flushAt is how many bytes are gathered before they are written.
const flushAt = 64 << 10

func (w *writer) put(s string) {
	w.b.WriteString(s)
	if w.b.Len() > flushAt {
		w.flush()
	}
}

func (w *writer) add(elements ...*element) {
	for _, e := range elements {
		if e != nil {
			e.write(&w.b)
		}
		if w.b.Len() > flushAt {
			w.flush()
		}
	}
}

func (w *writer) flush() {
	if w.err == nil {
		w.err = w.ctx.Err()
	}
	if w.elements += elementsIn(w.b.Bytes()); w.err == nil && w.elements > elementLimit {
		w.err = exchange.ErrTooLarge
	}
	if w.err == nil {
		_, w.err = w.out.Write(w.b.Bytes())
	}
	w.b.Reset()
}

// elementsIn counts the elements that end in a text of whole tags.
func elementsIn(b []byte) int { return bytes.Count(b, []byte("</")) + bytes.Count(b, []byte("/>")) }

// begin gives the statement of a line its place in the narrative.
func (w *writer) begin(l clinic.Line) *statement {
	w.rows++
	return &statement{w: w, line: l, row: fmt.Sprintf("r%d", w.rows)}
}

// made is when the document was made.
func (w *writer) made() record.Date { return record.Date(w.sel.Generated.Format(time.RFC3339)) }
