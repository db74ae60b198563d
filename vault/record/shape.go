package record

import (
	"reflect"
	"slices"
	"strings"
)

// shape is how a type is written as JSON.
type shape struct {
	kind   reflect.Kind
	item   *shape // of a slice or pointer
	fields []shapeField
}

type shapeField struct {
	outer     int // the embedded struct that has it, -1 for none
	index     int
	name      string // with quotes and colon
	of        *shape
	omitEmpty bool
	omitZero  bool
	id        bool
}

// omitted says whether the JSON lacks the field. The ID that this vault gave to
// a record is nothing that a source states.
func (f *shapeField) omitted(v reflect.Value) bool {
	switch f.of.kind {
	case reflect.String:
		return v.Len() == 0 && (f.omitEmpty || f.omitZero) || f.id && ID(v.String()).lettered()
	case reflect.Slice:
		return f.omitEmpty && v.Len() == 0 || f.omitZero && v.IsNil()
	}
	return f.omitEmpty && f.of.kind != reflect.Struct && v.IsZero() || f.omitZero && v.IsZero()
}

// lettered says that an ID is of 16 small letters and digits.
func (id ID) lettered() bool {
	if len(id) != 16 {
		return false
	}
	for _, c := range []byte(id) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// shapes are those of the kinds.
var shapes = func() map[reflect.Type]*shape {
	all := map[reflect.Type]*shape{}
	for _, k := range slices.Concat(Kinds, Ledger) {
		t := reflect.TypeOf(k.New())
		all[t] = shapeOf(t.Elem(), map[reflect.Type]*shape{})
	}
	return all
}()

func shapeOf(t reflect.Type, known map[reflect.Type]*shape) *shape {
	if s := known[t]; s != nil {
		return s
	}
	s := &shape{kind: t.Kind()}
	known[t] = s
	switch s.kind {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64:
	case reflect.Slice, reflect.Pointer:
		s.item = shapeOf(t.Elem(), known)
	case reflect.Struct:
		for i := range t.NumField() {
			s.add(t.Field(i), known)
		}
	default:
		panic("record: internal error: a resource has an element that is not written: " + t.String())
	}
	return s
}

func (s *shape) add(f reflect.StructField, known map[reflect.Type]*shape) {
	name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	if f.Anonymous && name == "" {
		for _, inner := range shapeOf(f.Type, known).fields {
			inner.outer = f.Index[0]
			s.fields = append(s.fields, inner)
		}
		return
	}
	one := shapeField{
		outer: -1, index: f.Index[0], of: shapeOf(f.Type, known),
		omitEmpty: strings.Contains(options, "omitempty"), omitZero: strings.Contains(options, "omitzero"),
	}
	one.name, one.id = `"`+name+`":`, name == "id"
	s.fields = append(s.fields, one)
}
