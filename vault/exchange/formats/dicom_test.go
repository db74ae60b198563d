package formats_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
)

// TestPreambles: the first 128 bytes of a DICOM file may be anything, also the
// beginning of another format (DICOM PS3.10, 7.1); it is DICOM all the same.
func TestPreambles(t *testing.T) {
	for _, magic := range []string{"", "MZ", "\x7fELF", "#!/bin/sh\n", "II*\x00", "MM\x00*", "%PDF-1.4", "PK\x03\x04", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "<html>", "{", "{\\rtf1", "GIF89a", "BM", "RIFF", "<?xml version='1.0'?><ClinicalDocument/>", "MSH|^~\\&|LAB|X", "\vMSH|^~\\&|LAB", "BHS|^~\\&|", "\xff\xfeM\x00S\x00H\x00|\x00", "shc:/5676", "Date,Test,Result\n", "MYHEALTHEVET PERSONAL INFORMATION REPORT\n"} {
		b := bytes.Clone(beside(t, "dicom/testdata/image.dcm"))
		copy(b, magic)
		batch, err := exchange.Import(context.Background(), exchangetest.NewMemory(), formats.All(), []exchange.Source{exchangetest.Source("IM1", b)}, exchange.Options{Person: exchange.NewPerson})
		if err != nil {
			t.Fatal(err)
		}
		if r := batch.Receipt.Sources[0]; r.Format != "dicom" || r.Refused != 0 {
			t.Errorf("%q: read as %q, %v", magic, r.Format, r.Issues)
		}
	}
}
