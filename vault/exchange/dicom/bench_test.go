package dicom_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/dicom"
)

// BenchmarkHeader reads the header of an image with 512 kB of pixels.
func BenchmarkHeader(b *testing.B) {
	content := written(explicitLE, image(el{tag: 0x7FE00010, vr: "OW", value: string(make([]byte, 512<<10))})...)
	b.ReportAllocs()
	for b.Loop() {
		if err := dicom.Format.Tasks[0].Run(bytes.NewReader(content), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDirectory reads the list of a disc with 20,000 images.
func BenchmarkDirectory(b *testing.B) {
	var items [][]el
	for range 20_000 {
		items = append(items, entry("IMAGE", el{tag: 0x00041500, vr: "CS", value: `IMAGES\IM1`}))
	}
	list := written(explicitLE, seq(0x00041220, items...))
	list = bytes.Replace(list, []byte(ctClass+"\x00"), []byte("1.2.840.10008.1.3.10\x00\x00\x00\x00\x00\x00")[:len(ctClass)+1], 1)
	tree := disc(list, "IMAGES/IM1")
	for b.Loop() {
		if x, err := dicom.Format.Index(b.Context(), tree); x == nil || err != nil || len(x.Issues) > 0 {
			b.Fatal(x, err)
		}
	}
}
