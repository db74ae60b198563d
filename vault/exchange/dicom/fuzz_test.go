package dicom_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/record"
)

// drop is a sink that keeps nothing but looks at what it is given.
type drop struct{ t testing.TB }

func (d drop) Add(r record.Record) {
	r.Resource.Validate()
	for _, row := range r.Resource.Details() {
		if strings.Contains(row.Value, "<script") && r.Resource.Kind() != record.KindPatient {
			continue // text is text: what shows it spells it out
		}
	}
	if r.Source().Place == "" {
		d.t.Error("a record without a place")
	}
}

func (d drop) Attach(name, mediaType string, r io.Reader) (record.Attachment, error) {
	n, err := io.Copy(io.Discard, r)
	return record.Attachment{Title: name, ContentType: mediaType, Size: n}, err
}

func (drop) Report(exchange.Issue) {}

func source(b []byte) exchange.Source {
	return exchange.Source{Name: "x", Path: "x", FS: fstest.MapFS{"x": {Data: b}}}
}

// FuzzHeader reads anything as a DICOM file: nothing panics, no error speaks of
// the content.
func FuzzHeader(f *testing.F) {
	for _, syntax := range []string{implicitLE, explicitLE, explicitBE, deflatedLE, jpeg, "1.2.840.10008.9.9.9"} {
		f.Add(written(syntax, image()...))
	}
	f.Add(written(explicitLE, image(seq(0x00081032, code("1", "99X", "x")), el{tag: 0x00420011, vr: "OB", value: "%PDF-"})...))
	f.Add(order{true, orderOf(implicitLE).ByteOrder}.list(image()))
	f.Fuzz(func(t *testing.T, b []byte) {
		dicom.Format.Identify(exchange.Head{Bytes: b, Size: int64(len(b))})
		if err := dicom.Format.Import(context.Background(), source(b), drop{t}); err != nil && strings.Contains(err.Error(), "Testperson") {
			t.Errorf("an error quotes the file: %v", err)
		}
	})
}

// FuzzReport reads anything as the content of a structured report.
func FuzzReport(f *testing.F) {
	whole := report()
	for _, e := range whole {
		if e.tag == 0x0040A730 {
			f.Add(orderOf(explicitLE).items(e))
		}
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		content := written(explicitLE, report(el{tag: 0x0040A730, vr: "UT", value: string(b)})...)
		at := strings.Index(string(content), "\x40\x00\x30\xa7UT")
		copy(content[at+4:], "SQ")
		_ = dicom.Format.Import(context.Background(), source(content), drop{t})
	})
}

// FuzzDirectory reads anything as the records of a DICOMDIR.
func FuzzDirectory(f *testing.F) {
	f.Add(directory(explicitLE, true)[132:])
	f.Add(directory(implicitLE, false)[132:])
	f.Fuzz(func(_ *testing.T, b []byte) {
		list := append(make([]byte, 128), "DICM"...)
		_, _ = dicom.Format.Index(context.Background(), disc(append(list, b...), "IMAGES/IM1"))
	})
}
