package bluebutton_test

import (
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/bluebutton"
	"github.com/carnet-phr/carnet/vault/record"
)

// FuzzImport brings anything in: nothing panics, receipts add up, and every
// record points at bytes of the file.
func FuzzImport(f *testing.F) {
	f.Add(sample(f, "va.txt"))
	f.Add(sample(f, "cms.txt"))
	f.Add(sample(f, "vagov.txt"))
	f.Add([]byte("------------- MY HEALTHEVET PERSONAL INFORMATION REPORT ----------\nName: A, B  Date of Birth: 01 Jan 2001\n"))
	f.Add([]byte("-----\nMYMEDICARE.GOV PERSONAL HEALTH INFORMATION\n-----\n-----\nDrugs\n-----\nDrug Name: x\nDrug Name:\n"))
	f.Add([]byte("------------- MY HEALTHEVET PERSONAL INFORMATION REPORT ----------\n---------- VA LABORATORY RESULTS -----------\nSource: VA\n====\nLab Test: a\n----\n----\nTest Name: b\nResult:\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		_ = claimed("x", content)
		src := exchange.Source{Name: "x", FS: fstest.MapFS{"x": {Data: content}}, Path: "x"}
		_ = bluebutton.Format.Import(t.Context(), src, drop{})
		records, _ := bring(t, "x.txt", content)
		for _, r := range records {
			if s := r.Source(); s.Format == "bluebutton" && (s.Span.Offset < 0 || s.Span.Length < 0 || s.Span.Offset+s.Span.Length > int64(len(content))) {
				t.Fatalf("%s: range %v of %d bytes", s.Place, s.Span, len(content))
			}
		}
	})
}

// drop is a sink that forgets; the pipeline would hide a panic.
type drop struct{ exchange.Sink }

func (drop) Add(record.Record)     {}
func (drop) Report(exchange.Issue) {}
