package ips_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/ips"
	"github.com/carnet-phr/carnet/vault/record"
)

// object is a JSON object as any reader sees it.
type object = map[string]any

func export(t testing.TB, f exchange.Format, sel exchange.Selection) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Export(t.Context(), &b, sel); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// summary writes and reads an International Patient Summary.
func summary(t *testing.T, records ...record.Record) object {
	t.Helper()
	return decode(t, export(t, ips.Document, selection(records...)))
}

func decode(t *testing.T, b []byte) object {
	t.Helper()
	var o object
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&o); err != nil {
		t.Fatal(err)
	}
	return o
}

// resources are the resources of a Bundle by their id.
func resources(bundle object) map[string]object {
	out := map[string]object{}
	for _, e := range array(bundle["entry"]) {
		r := e["resource"].(object)
		out[r["id"].(string)] = r
	}
	return out
}

func array(v any) []object {
	list, _ := v.([]any)
	var out []object
	for _, x := range list {
		out = append(out, x.(object))
	}
	return out
}

// at follows member names and array indexes: at(r, "code", "text").
func at(o object, path ...any) string {
	var v any = o
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, _ := v.(object)
			v = m[p]
		case int:
			list, _ := v.([]any)
			if p >= len(list) {
				return ""
			}
			v = list[p]
		}
	}
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return map[bool]string{true: "true", false: "false"}[v]
	}
	return ""
}

// section is one section of the Composition by its LOINC code.
func section(t *testing.T, bundle object, code string) (s object, words string, entries []object) {
	t.Helper()
	byURL := map[string]object{}
	for _, e := range array(bundle["entry"]) {
		byURL[e["fullUrl"].(string)] = e["resource"].(object)
	}
	for _, s := range array(array(bundle["entry"])[0]["resource"].(object)["section"]) {
		if at(s, "code", "coding", 0, "code") != code {
			continue
		}
		for _, ref := range array(s["entry"]) {
			entries = append(entries, byURL[ref["reference"].(string)])
		}
		return s, at(s, "text", "div"), entries
	}
	return nil, "", nil
}

// mustHold fails unless every one of the words is in s.
func mustHold(t *testing.T, s string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(s, w) {
			t.Errorf("%q is missing from: %s", w, around(s, 0))
		}
	}
}

// mustLack fails when one of the words is in s.
func mustLack(t *testing.T, s string, words ...string) {
	t.Helper()
	for _, w := range words {
		if i := strings.Index(s, w); i >= 0 {
			t.Errorf("%q must not be in: %s", w, around(s, i))
		}
	}
}

// around is the part of s that a message has room for.
func around(s string, at int) string {
	const room = 300 // bytes before and after
	return s[max(0, at-room):min(len(s), at+room)]
}

// allFormats are the three shapes, for what must never be in any.
var allFormats = []exchange.Format{ips.Document, ips.Bundle, ips.NDJSON}

// ids are the ids of resources in order.
func ids(rs []object) string {
	var out []string
	for _, r := range rs {
		out = append(out, at(r, "id"))
	}
	return strings.Join(out, " ")
}

// entryLines are the resources of a Bundle, one a line.
func entryLines(t *testing.T, bundle []byte) []byte {
	t.Helper()
	var b struct {
		Entry []struct {
			Resource json.RawMessage `json:"resource"`
		} `json:"entry"`
	}
	if err := json.Unmarshal(bundle, &b); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, e := range b.Entry {
		out.Write(append(e.Resource, '\n'))
	}
	return out.Bytes()
}

func write(t *testing.T, file string, b []byte) {
	t.Helper()
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func splitLines(b []byte) [][]byte { return bytes.Split(bytes.TrimSpace(b), []byte("\n")) }

// cut takes one part out of s.
func cut(s, part string) string { return strings.Replace(s, part, "", 1) }
