package vault

import (
	"bytes"
	"flag"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

var update = flag.Bool("update", false, "write the frozen fixtures again: only for a new version of the format")

// filled gives a record of a kind with every field set, each to a value that
// its place alone decides.
func filled(kind record.KindInfo) record.Record {
	r := record.Record{Resource: kind.New()}
	fill(reflect.ValueOf(r.Resource).Elem(), string(kind.Kind))
	v := reflect.ValueOf(&r).Elem()
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; name != "Resource" {
			fill(v.Field(i), name)
		}
	}
	return r
}

// fill sets every field below v.
func fill(v reflect.Value, place string) {
	sum := int(crc32.ChecksumIEEE([]byte(place)) % 100_000)
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Date(2020, 1, 1, 0, 0, sum, 123456789, time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("\u00e9%x", sum))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(sum) + 1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), place+"[0]")
		fill(v.Index(1), place+"[1]")
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), place)
	case reflect.Struct:
		for i := range v.NumField() {
			f, name := v.Field(i), "."+v.Type().Field(i).Name
			again := f.Kind() == reflect.Slice && f.Type().Elem() == v.Type() && strings.Contains(place, name+"[")
			if f.Kind() != reflect.Interface && !again { // Provenance.Said: see TestStoredFormKeepsWhatSourcesSay
				fill(f, place+name)
			}
		}
	default:
		panic("fill: no rule for " + v.Type().String())
	}
}

// mask empties in want what is empty in got: fields that are younger than the
// fixture.
func mask(got, want reflect.Value) {
	if got.Type() == reflect.TypeFor[time.Time]() {
		return
	}
	switch got.Kind() {
	case reflect.Struct:
		for i := range got.NumField() {
			if got.Field(i).IsZero() {
				want.Field(i).SetZero()
			} else {
				mask(got.Field(i), want.Field(i))
			}
		}
	case reflect.Slice:
		for i := range min(got.Len(), want.Len()) {
			mask(got.Index(i), want.Index(i))
		}
	case reflect.Pointer, reflect.Interface:
		mask(got.Elem(), want.Elem())
	}
}

func TestStoredFormKeepsEveryField(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range slices.Concat(record.Kinds, record.Ledger) {
		want := filled(kind)
		b, err := c.encodeRecord(want)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.decodeRecord(b); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: decodes to something else (%v):\n got %+v\nwant %+v", kind.Kind, err, got, want)
		}
	}
}

func TestStoredFormKeepsWhatSourcesSay(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	other := &record.Condition{Code: record.Concept{Text: "in other words"}}
	want := record.Record{ID: "a", Person: "p", Resource: &record.Condition{Code: record.Concept{Text: "in these words"}}, Provenance: []record.Provenance{
		{Original: "1"}, {Original: "2", Said: other}, {Original: "3"}, {Original: "4", Said: other},
	}}
	b, err := c.encodeRecord(want)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.decodeRecord(b); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	if n := bytes.Count(b, []byte("in other words")); n != 1 {
		t.Errorf("equal words are stored %d times", n)
	}
	want.Provenance[1].Said = &record.Device{}
	if _, err := c.encodeRecord(want); err == nil {
		t.Error("a source that speaks of another kind is stored")
	}
}

// The fixtures were written once by version 1. Every later program must decode
// them to the same values, and write what it decoded in the same bytes.
func TestStoredFormIsFrozen(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range slices.Concat(record.Kinds, record.Ledger) {
		t.Run(string(kind.Kind), func(t *testing.T) {
			want := filled(kind)
			fresh, err := c.encodeRecord(want)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", "stored-v1", string(kind.Kind)+".cbor")
			if *update {
				os.MkdirAll(filepath.Dir(path), 0o755)
				if err := os.WriteFile(path, fresh, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			frozen, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got, err := c.decodeRecord(frozen)
			if err != nil {
				t.Fatal(err)
			}
			again, err := c.encodeRecord(got)
			if err != nil || !bytes.Equal(again, frozen) {
				t.Errorf("the frozen form does not encode to the same bytes: %v", err)
			}
			mask(reflect.ValueOf(&got), reflect.ValueOf(&want))
			if !reflect.DeepEqual(got, want) {
				t.Errorf("the frozen form decodes to something else:\n got %+v\nwant %+v", got, want)
			}
		})
	}
}
