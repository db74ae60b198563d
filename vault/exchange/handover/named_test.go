package handover

import (
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestNamed(t *testing.T) {
	for _, c := range []struct {
		o    record.Original
		want string
	}{
		{record.Original{Name: "Letter of 3. May", MediaType: "text/plain; charset=utf-8", Within: "h"}, "Letter of 3. May.txt"},
		{record.Original{Name: "scan.PDF", MediaType: "application/pdf", Within: "h"}, "scan.PDF"},
		{record.Original{Name: "portal", MediaType: "application/json"}, "portal"},
		{record.Original{Name: "odd", MediaType: "application/octet-stream", Within: "h"}, "odd"},
	} {
		if got := named(c.o); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
