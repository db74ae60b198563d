package ccda_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/ccda"
)

// FuzzImport brings anything in: nothing panics, receipts add up, and every
// record points at an element of the file.
func FuzzImport(f *testing.F) {
	f.Add(document(sec("48765-2", "x", concernOf("active", allergyOf("", "")))))
	f.Add(document(sec("10160-0", "x", medicationOf(`moodCode="EVN"`, "active", "", ""))))
	f.Add(document(sec("30954-2", "x", batteryOf(resultOf(`<value xsi:type="PQ" value="1" unit="mg"/>`, "")))))
	f.Add(document(sec("11450-4", "x", concernOf("active", problemOf("", `<low value="2010"/>`, "")))))
	f.Add([]byte(`<ClinicalDocument xmlns="urn:hl7-org:v3"><component><nonXMLBody><text representation="B64">aGk=</text></nonXMLBody></component></ClinicalDocument>`))
	golden, err := filepath.Glob("testdata/*.xml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range golden {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		// Straight into the format first: the pipeline would hide a panic.
		_ = ccda.Format.Identify(exchange.Head{Bytes: content})
		src := exchange.Source{Name: "x", FS: fstest.MapFS{"x": {Data: content}}, Path: "x"}
		_ = ccda.Format.Import(t.Context(), src, &drop{})
		i := bring(t, "x.xml", content)
		for _, r := range i.records {
			s := r.Source()
			if s.Format != "ccda" || s.Span.Length == 0 {
				continue
			}
			if s.Span.Offset < 0 || s.Span.Offset+s.Span.Length > int64(len(content)) || !bytes.HasPrefix(content[s.Span.Offset:], []byte("<")) {
				t.Fatalf("%s: range %v of %d bytes", s.Place, s.Span, len(content))
			}
		}
	})
}
