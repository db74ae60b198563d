package labcsv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/plaintext"
	"github.com/carnet-phr/carnet/vault/record"
)

// The questions that a table may raise, by the names of their answers.
const (
	AskDates   = "csv-dates"   // day-first, month-first
	AskDecimal = "csv-decimal" // comma, point
	AskColumns = "csv-map"     // "value=Result,unit=Unit": what a column holds = its heading
)

// Format reads tables of results. It writes none.
var Format = exchange.Format{
	Name:       "labcsv",
	Title:      "Table of results (CSV)",
	MediaTypes: []string{"text/csv", "text/tab-separated-values"},
	Extensions: []string{".csv", ".tsv", ".txt"},
	Identify:   identify,
	Import:     importTable,
}

// Table keeps tables of anything else as documents. It writes none.
var Table = exchange.Format{
	Name:       "table",
	Title:      "Table (CSV)",
	MediaTypes: Format.MediaTypes,
	Extensions: Format.Extensions,
	Documents:  true,
	Identify:   identifyTable,
	Import:     importTable,
}

// look reads the headings in the head of a file. whole is false where its
// characters are damaged: such a table is refused with the reason, not kept as a
// mere file.
func look(h exchange.Head) (d dialect, ok, whole bool) {
	if len(h.Bytes) == 0 || h.Members != nil {
		return dialect{}, false, false
	}
	enc, fault := plaintext.DetectHead(h.Bytes)
	if fault != nil {
		enc = plaintext.UTF8
	}
	d, ok = findDialect(h.Bytes, enc)
	return d, ok, fault == nil
}

// identify looks for a row of headings that names results.
func identify(h exchange.Head) exchange.Match {
	d, ok, whole := look(h)
	switch {
	case ok && whole && d.columns.results():
		return exchange.Yes
	case ok && (d.columns.results() || d.columns.nearly()):
		return exchange.Maybe
	}
	return exchange.No
}

// identifyTable looks for any other table; prose is none.
func identifyTable(h exchange.Head) exchange.Match {
	if d, ok, whole := look(h); !ok || !whole || d.columns.results() || d.columns.nearly() {
		return exchange.No
	}
	return exchange.Maybe
}

// importTable reads one table.
func importTable(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	r := &reader{ctx: ctx, src: src, sink: sink, alike: newAlike()}
	if err := r.open(); err != nil {
		return err
	}
	if !r.dialect.columns.results() && !r.dialect.columns.nearly() {
		return r.keep()
	}
	if err := r.survey(); err != nil {
		return err
	}
	if err := r.decide(); err != nil {
		return err
	}
	if err := r.each(r.row); err != nil {
		return err
	}
	if r.above > 0 {
		sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Information, Place: "above the headings", Text: "lines above the table's headings; they are kept in the original"}, Outcome: exchange.Kept})
	}
	return nil
}

// reader reads one file. It goes over it several times: for the encoding, to
// find out how days and numbers are written, and to read.
type reader struct {
	ctx      context.Context
	src      exchange.Source
	sink     exchange.Sink
	enc      plaintext.Encoding
	dialect  dialect
	facts    facts
	dayFirst bool
	comma    bool
	above    int // rows above the headings that hold something
	alike    alike
	patients map[string]string // names for references, by what the cells say
}

// open finds encoding, separator and headings.
func (r *reader) open() error {
	f, err := r.src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	limited := &io.LimitedReader{R: f, N: sizeLimit + 1}
	var head bytes.Buffer
	r.enc, err = plaintext.Detect(io.TeeReader(limited, &limitedBuffer{&head}))
	switch {
	case limited.N == 0:
		return fmt.Errorf("the file is larger than %s, the most that a table may have", record.Bytes(sizeLimit))
	case err != nil:
		return err
	}
	var ok bool
	if r.dialect, ok = findDialect(head.Bytes(), r.enc); !ok {
		return exchange.ErrNotThisFormat
	}
	return r.dialect.columns.answer(r.src.Answer(AskColumns))
}

// limitedBuffer keeps the head of what is written to it.
type limitedBuffer struct{ b *bytes.Buffer }

func (l *limitedBuffer) Write(p []byte) (int, error) {
	if room := headSize - l.b.Len(); room > 0 {
		l.b.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// each gives every row below the headings to do.
func (r *reader) each(do func(row) error) error {
	f, err := r.src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	r.above = 0
	t := newTable(plaintext.NewReader(f, r.enc), r.dialect.separator, r.alike.words)
	for {
		one, err := t.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if one.number%1000 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		if one.number <= r.dialect.header {
			if one.number < r.dialect.header && !one.blank() && !strings.HasPrefix(strings.ToLower(one.cells[0]), "sep=") {
				r.above++
			}
			continue
		}
		if err := do(one); err != nil {
			return err
		}
	}
}
