package hl7v2_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/hl7v2"
	"github.com/carnet-phr/carnet/vault/record"
)

// keep is a sink that keeps the records.
type keep struct {
	drop
	list []record.Record
}

func (k *keep) Add(r record.Record) { k.list = append(k.list, r) }

// FuzzImport brings anything in: nothing panics, every record stands at a place
// of its own inside the file, and what is added can be shown.
func FuzzImport(f *testing.F) {
	files, err := filepath.Glob("testdata/*.hl7")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, s := range []string{
		"MSH|^~\\&", "MSH|^~\\&|\rOBX", "MSH|^~\rPID|1||1\\", "\xef\xbb\xbf\vMSH|^~\\&|A|B\r\x1c\r", "FHS|^~\\&\rBHS|^~\\&\rBTS|9\rFTS|", "MSH#^~\\&#\rPID#", "\xff\xfeM\x00S\x00H\x00|\x00^\x00~\x00",
		"MSH|^~\\&|||||||MDM^T02||P\rTXA\rOBX|1|ED|||^^^Base64^QQ==\rNTE|||x", "MSH|^~\\&|||||||ORU^R01||P\rNTE|1||x\rSPM|1\rOBX|1|SN|||<\rOBR\rOBX|1|SN|||^1^-^2\rSPM",
		"MSH|^~\\&|||||||RDE^O11||P\rRXR\rTQ1||||Q6H\rORC|NW\rRXO|a\rRXE||b\rRXC|A|c\rRXD||d\rRXA|1|1|2021||e\rRXG||||f",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		sure := hl7v2.Format.Identify(exchange.Head{Bytes: content})
		k := &keep{}
		if err := hl7v2.Format.Import(context.Background(), exchangetest.Source("x.hl7", content), k); err != nil {
			return
		}
		if sure == exchange.No && len(k.list) > 0 {
			t.Skip("not a file that this format is given")
		}
		places := map[string]bool{}
		for _, r := range k.list {
			p := r.Source()
			if p.Place == "" || places[p.Place] || p.Span.Offset < 0 || p.Span.Length < 0 || p.Span.Offset+p.Span.Length > int64(len(content)) {
				t.Fatalf("place %q (again: %v), span %+v of %d bytes", p.Place, places[p.Place], p.Span, len(content))
			}
			places[p.Place] = true
			r.Summary()
			r.Resource.Details()
			r.Resource.Validate()
			record.References(r.Resource)
			r.Keys()
		}
	})
}
