package sheettest

import (
	"reflect"

	"github.com/carnet-phr/carnet/vault/record"
)

// Payloads are texts that try to become more than text.
var Payloads = []string{
	`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `"><script>alert(1)</script>`, `'><svg/onload=alert(1)>`,
	`</style><script>alert(1)</script>`, `</script><script>alert(1)</script>`, `</title><script>alert(1)</script>`, `</textarea><script>alert(1)</script>`,
	`<iframe src="javascript:alert(1)"></iframe>`, `<a href="javascript:alert(1)">x</a>`, `<a href="https://example.org/">x</a>`, `<form action="//example.org"><input name=q></form>`,
	`<object data="//example.org/x"></object>`, `<embed src="//example.org/x">`, `<link rel=stylesheet href="//example.org/x.css">`, `<meta http-equiv=refresh content="0;url=//example.org">`,
	`<base href="//example.org/">`, `<video src=x onerror=alert(1)>`, `<body onload=alert(1)>`, `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`,
	`<math><mi xlink:href="data:text/html,x">x</mi></math>`, `<!--><script>alert(1)</script-->`, `<![CDATA[<script>alert(1)</script>]]>`, `{{.Script}}{{template "x"}}`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`, `<div style="background:url(//example.org/x)">x</div>`, `<details open ontoggle=alert(1)>x`, "\u202Egnp.exe\u202C", "a\x00b\x1b[31mc", "\xff\xfe<script>",
	`<table><td background="//example.org/x">x`, `javascript:alert(1)`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
}

// Hostile is a library with the payload in every text of every kind.
func Hostile(payload string) *Library {
	p := new(record.Patient)
	fill(reflect.ValueOf(p).Elem(), payload, 0)
	l := New(p, record.Identifier{System: payload, Value: payload})
	from := record.Provenance{Original: l.File(payload+".json", payload, []byte(payload)), Format: payload, System: payload, Author: payload, Asserter: record.ByOrganisation}
	for _, k := range record.Kinds[1:] {
		for _, status := range []string{"", payload, "active", "completed", "final"} {
			r := k.New()
			fill(reflect.ValueOf(r).Elem(), payload, 0)
			for _, name := range []string{"Status", "ClinicalStatus", "LifecycleStatus"} {
				if f := reflect.ValueOf(r).Elem().FieldByName(name); f.IsValid() {
					f.SetString(status)
				}
			}
			l.Add(r, from).Overlay = &record.Overlay{Note: payload, Disputed: true}
		}
	}
	l.Records[len(l.Records)-1].Held = []string{payload}
	return l
}

// fill sets every string it can reach; lists get one element.
func fill(v reflect.Value, payload string, depth int) {
	const deepest = 8
	switch {
	case depth > deepest:
	case v.Kind() == reflect.String && v.Type() != reflect.TypeFor[record.Date]():
		v.SetString(payload)
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), payload, depth+1)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), payload, depth+1)
			}
		}
	}
}
