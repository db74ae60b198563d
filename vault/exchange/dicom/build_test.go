package dicom_test

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// The synthetic files of the tests: own work, no real person.

// el is an element of a made-up file.
type el struct {
	tag   uint32
	vr    string
	value string
	items [][]el
	open  bool // of undefined length
}

const (
	implicitLE = "1.2.840.10008.1.2"
	explicitLE = "1.2.840.10008.1.2.1"
	deflatedLE = "1.2.840.10008.1.2.1.99"
	explicitBE = "1.2.840.10008.1.2.2"
	jpeg       = "1.2.840.10008.1.2.4.50"
	ctClass    = "1.2.840.10008.5.1.4.1.1.2"
)

func short(n int) string { return string(binary.LittleEndian.AppendUint16(nil, uint16(n))) }

// seq is a sequence of items.
func seq(tag uint32, items ...[]el) el { return el{tag: tag, vr: "SQ", items: items} }

// order is how elements are written.
type order struct {
	implicit bool
	binary.ByteOrder
}

func (o order) element(e el) []byte {
	b := make([]byte, 4)
	o.PutUint16(b, uint16(e.tag>>16))
	o.PutUint16(b[2:], uint16(e.tag))
	value := []byte(e.value)
	if e.vr == "SQ" {
		value = o.items(e)
	}
	if e.vr == "US" && o.ByteOrder == binary.BigEndian {
		value = []byte{value[1], value[0]}
	}
	if len(value)%2 != 0 {
		pad := byte(' ')
		if e.vr == "UI" || e.vr == "OB" {
			pad = 0
		}
		value = append(value, pad)
	}
	length := uint32(len(value))
	if e.open {
		length = 0xFFFFFFFF
	}
	size := make([]byte, 4)
	o.PutUint32(size, length)
	switch {
	case o.implicit:
	case e.vr == "SQ" || e.vr == "OB" || e.vr == "OW" || e.vr == "UT" || e.vr == "UN" || e.vr == "UC":
		b = append(b, e.vr...)
		b = append(b, 0, 0)
	default:
		b = append(b, e.vr...)
		o.PutUint16(size, uint16(length))
		size = size[:2]
	}
	return append(append(b, size...), value...)
}

func (o order) items(e el) []byte {
	var out []byte
	for _, i := range e.items {
		item := o.list(i)
		out = append(out, o.mark(0xFFFEE000, uint32(len(item)), e.open)...)
		out = append(out, item...)
		if e.open {
			out = append(out, o.mark(0xFFFEE00D, 0, false)...)
		}
	}
	if e.open {
		out = append(out, o.mark(0xFFFEE0DD, 0, false)...)
	}
	return out
}

func (o order) mark(tag, length uint32, open bool) []byte {
	b := make([]byte, 8)
	o.PutUint16(b, uint16(tag>>16))
	o.PutUint16(b[2:], uint16(tag))
	if open {
		length = 0xFFFFFFFF
	}
	o.PutUint32(b[4:], length)
	return b
}

func (o order) list(els []el) []byte {
	var out []byte
	for _, e := range els {
		out = append(out, o.element(e)...)
	}
	return out
}

// written is a file of a transfer syntax.
func written(syntax string, els ...el) []byte {
	explicit := order{false, binary.LittleEndian}
	meta := explicit.list([]el{{tag: 0x00020001, vr: "OB", value: "\x00\x01"}, {tag: 0x00020002, vr: "UI", value: ctClass}, {tag: 0x00020003, vr: "UI", value: "1.2.3.4"}, {tag: 0x00020010, vr: "UI", value: syntax}})
	b := append(make([]byte, 128), "DICM"...)
	size := binary.LittleEndian.AppendUint32(nil, uint32(len(meta)))
	b = append(b, explicit.element(el{tag: 0x00020000, vr: "UL", value: string(size)})...)
	b = append(b, meta...)
	data := orderOf(syntax).list(els)
	if syntax == deflatedLE {
		var packed bytes.Buffer
		w, _ := flate.NewWriter(&packed, 6)
		w.Write(data)
		w.Close()
		data = packed.Bytes()
	}
	return append(b, data...)
}

func orderOf(syntax string) order {
	switch syntax {
	case implicitLE:
		return order{true, binary.LittleEndian}
	case explicitBE:
		return order{false, binary.BigEndian}
	}
	return order{false, binary.LittleEndian}
}

// changed gives elements with some replaced or added, in the order of tags.
func changed(els []el, more ...el) []el {
	out := append([]el(nil), els...)
	for _, m := range more {
		at, there := 0, false
		for at < len(out) && out[at].tag < m.tag {
			at++
		}
		there = at < len(out) && out[at].tag == m.tag
		if there {
			out[at] = m
		} else {
			out = append(out[:at], append([]el{m}, out[at:]...)...)
		}
	}
	return out
}

// image is the header of a made-up CT image with 4 × 4 pixels.
func image(more ...el) []el {
	return changed([]el{
		{tag: 0x00080005, vr: "CS", value: "ISO_IR 100"},
		{tag: 0x00080016, vr: "UI", value: ctClass},
		{tag: 0x00080018, vr: "UI", value: "1.2.3.4"},
		{tag: 0x00080020, vr: "DA", value: "20210304"},
		{tag: 0x00080030, vr: "TM", value: "101530.25"},
		{tag: 0x00080050, vr: "SH", value: "ACC1"},
		{tag: 0x00080060, vr: "CS", value: "CT"},
		{tag: 0x00080080, vr: "LO", value: "Example Hospital"},
		{tag: 0x00080090, vr: "PN", value: "Referrer^Rita^^Dr."},
		{tag: 0x00081030, vr: "LO", value: "CT chest"},
		{tag: 0x0008103E, vr: "LO", value: "axial"},
		{tag: 0x00100010, vr: "PN", value: "Testperson^Ada"},
		{tag: 0x00100020, vr: "LO", value: "MRN1"},
		{tag: 0x00100030, vr: "DA", value: "19610403"},
		{tag: 0x00100040, vr: "CS", value: "F"},
		{tag: 0x00180015, vr: "CS", value: "CHEST"},
		{tag: 0x0020000D, vr: "UI", value: "1.2.3"},
		{tag: 0x0020000E, vr: "UI", value: "1.2.3.1"},
		{tag: 0x00200011, vr: "IS", value: "2"},
		{tag: 0x00200013, vr: "IS", value: "7"},
		{tag: 0x00280002, vr: "US", value: short(1)},
		{tag: 0x00280010, vr: "US", value: short(4)},
		{tag: 0x00280011, vr: "US", value: short(4)},
		{tag: 0x00280100, vr: "US", value: short(8)},
		{tag: 0x7FE00010, vr: "OW", value: "0123456789abcdef"},
	}, more...)
}

// imported is what came of a file.
type imported struct {
	report  record.SourceReport
	records []record.Record
	held    bool
	store   *exchangetest.Memory
}

// bring imports one file as the pipeline does.
func bring(t testing.TB, name string, content []byte) imported {
	t.Helper()
	return bringAll(t, exchange.NewPerson, exchangetest.Source(name, content))
}

func bringAll(t testing.TB, person exchange.PersonChoice, sources ...exchange.Source) imported {
	t.Helper()
	m := exchangetest.NewMemory()
	b, err := exchange.Import(context.Background(), m, []exchange.Format{dicom.Format}, sources, exchange.Options{Person: person})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range b.Receipt.Sources {
		if !s.Adds() {
			t.Errorf("the receipt does not add up: %+v", s)
		}
	}
	i := imported{report: b.Receipt.Sources[0], held: b.Held(), store: m}
	if !b.Held() {
		if _, err := b.Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	i.records = m.All()
	return i
}

// of gives the records of one kind.
func of[R record.Resource](i imported) []R {
	var out []R
	for _, r := range i.records {
		if x, ok := r.Resource.(R); ok {
			out = append(out, x)
		}
	}
	return out
}

func one[R record.Resource](t testing.TB, i imported) R {
	t.Helper()
	all := of[R](i)
	if len(all) != 1 {
		t.Fatalf("got %d records of a kind, want 1; issues %v", len(all), i.report.Issues)
	}
	return all[0]
}
