package intake

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
)

// Every kind of file that can be brought in is explained in words of its own.
func TestWhatDidIDownload(t *testing.T) {
	test.NewTempApp(t)
	unknown := kindOf("none")
	said := map[string]string{}
	names := []string{exchange.Container, exchange.ArchiveFormat}
	for _, f := range formats.All() {
		if f.Import != nil || f.Index != nil {
			names = append(names, f.Name)
		}
	}
	for _, name := range names {
		k := kindOf(name)
		if k == unknown || k.Title == "" || k.Words == "" {
			t.Errorf("nothing explains what %q is", name)
		}
		if other, ok := said[k.Title]; ok {
			t.Errorf("%q and %q are called the same", name, other)
		}
		said[k.Title] = name
	}
	for _, kinds := range []map[string]kind{recordKinds(), fileKinds()} {
		for name := range kinds {
			if said[kinds[name].Title] != name {
				t.Errorf("%q is explained, and can not be brought in", name)
			}
		}
	}
	r := record.Receipt{Sources: []record.SourceReport{{Format: "pdftext"}, {Format: "fhir"}, {Format: "pdftext"}, {Format: "?"}}}
	got := downloaded(r)
	if len(got) != 3 || got[0].Title != "PDF" || got[0].Files != 2 || got[2].kind != unknown {
		t.Errorf("got %+v", got)
	}
}
