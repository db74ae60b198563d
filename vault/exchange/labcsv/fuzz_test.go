package labcsv_test

import (
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/labcsv"
	"github.com/carnet-phr/carnet/vault/record"
)

// FuzzImport brings anything in: nothing panics, receipts add up, and every
// record points at bytes of the file.
func FuzzImport(f *testing.F) {
	for _, s := range []string{
		usual, "Datum;Parameter;Wert;Einheit\r\n23.09.2009;H\xe4m;12,74;g/dl\r\n", "Date,Time,Systolic (mmHg),Diastolic,Weight (kg)\n2020-02-03,07:30,128,82,71.5\n", "a,b\n\"x", "city,country\nParis,France\n",
		"\xff\xfeT\x00e\x00s\x00t\x00,\x00V\x00a\x00l\x00u\x00e\x00\n\x00x\x00,\x001\x00", "sep=;\nTest;Wert\nx;1\n", "Patient,Test,Value\nA-1,x,1\nB-2,y,<2\n", "Test,Value\n=1+1,@SUM(1)\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		_ = identify(string(content))
		src := exchange.Source{Name: "x", FS: fstest.MapFS{"x": {Data: content}}, Path: "x"}
		_ = labcsv.Format.Import(t.Context(), src, drop{}) // which is Table's too
		for _, answers := range [][]string{nil, {labcsv.AskDates, "day-first", labcsv.AskDecimal, "comma"}} {
			for _, r := range bring(t, string(content), answers...).records {
				if s := r.Source(); s.Span.Offset < 0 || s.Span.Length < 0 || s.Span.Offset+s.Span.Length > int64(len(content)) {
					t.Fatalf("%s: range %v of %d bytes", s.Place, s.Span, len(content))
				}
			}
		}
	})
}

// drop is a sink that forgets; the pipeline would hide a panic.
type drop struct{ exchange.Sink }

func (drop) Add(record.Record)     {}
func (drop) Report(exchange.Issue) {}
