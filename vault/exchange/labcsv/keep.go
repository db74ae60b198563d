package labcsv

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// textLimit is how much of a table that is kept as a document is kept as text
// for search, in bytes.
const textLimit = 1 << 20

// keep files a table that holds no results as a document with its words. It is
// read to its end all the same: a damaged file is refused.
func (r *reader) keep() error {
	var w record.NarrativeWriter
	w.Open("table", "", "")
	size, rows, cut := 0, 0, false
	var last row
	r.dialect.header = 0
	err := r.each(func(one row) error {
		rows, last = rows+1, one
		if cut = cut || size > textLimit; cut {
			return nil
		}
		w.Open("tr", "", "")
		for _, s := range one.cells {
			w.Open("td", "", "")
			w.Text(s)
			w.Close("td")
			size += len(s) + len("<td></td>")
		}
		w.Close("tr")
		return nil
	})
	if err != nil {
		return err
	}
	if rows == 0 {
		return exchange.ErrNotThisFormat
	}
	name := r.src.Name[strings.LastIndexByte(r.src.Name, '/')+1:]
	d := &record.DocumentReference{Status: "current", Title: name, Section: []record.Section{{Text: w.Narrative(), Place: "whole table"}}}
	r.sink.Add(record.Record{Resource: d, Provenance: []record.Provenance{{Place: "whole table", Span: record.Span{Length: last.end}}}})
	text := "a table without a column of results; it is kept as a document"
	if cut {
		text += ", and only its beginning can be searched"
	}
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Information, Place: "whole table", Text: text}})
	return nil
}
