package archive

import (
	"reflect"
	"time"
	"unicode/utf8"
)

// exact is a text that JSON cannot hold: its place among all texts of the line,
// counted from 0 as [eachText] goes, and its bytes.
type exact struct {
	Nth   int    `json:"nth"`
	Bytes []byte `json:"bytes"`
}

// exactly finds the texts that are not UTF-8.
func exactly(parts ...any) []exact {
	var list []exact
	n := 0
	for _, p := range parts {
		eachText(reflect.ValueOf(p), func(v reflect.Value) {
			if s := v.String(); !utf8.ValidString(s) {
				list = append(list, exact{n, []byte(s)})
			}
			n++
		})
	}
	return list
}

// restore puts them back.
func restore(list []exact, parts ...any) error {
	if len(list) == 0 {
		return nil
	}
	at := map[int][]byte{}
	for _, e := range list {
		at[e.Nth] = e.Bytes
	}
	n := 0
	for _, p := range parts {
		eachText(reflect.ValueOf(p), func(v reflect.Value) {
			if b, ok := at[n]; ok && v.CanSet() {
				v.SetString(string(b))
				delete(at, n)
			}
			n++
		})
	}
	if len(at) > 0 {
		return errLine
	}
	return nil
}

var timeType = reflect.TypeFor[time.Time]()

// eachText calls f for every text that is not empty, in the order of fields and
// elements. What an interface holds is a part of its own.
func eachText(v reflect.Value, f func(reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachText(v.Elem(), f)
		}
	case reflect.Struct:
		if v.Type() == timeType {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachText(v.Field(i), f)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), f)
		}
	case reflect.String:
		if v.Len() > 0 {
			f(v)
		}
	}
}
