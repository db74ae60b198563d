package fhir_test

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

// tree is JSON in the order of its members.
type tree struct {
	name string
	kind jsontext.Kind
	text string
	sub  []*tree
}

func parseTree(dec *jsontext.Decoder) (*tree, error) {
	tok, err := dec.ReadToken()
	if err != nil {
		return nil, err
	}
	t := &tree{kind: tok.Kind(), text: tok.String()}
	if t.kind != '{' && t.kind != '[' {
		return t, nil
	}
	for dec.PeekKind() != '}' && dec.PeekKind() != ']' {
		name := ""
		if t.kind == '{' {
			n, err := dec.ReadToken()
			if err != nil {
				return nil, err
			}
			name = n.String()
		}
		m, err := parseTree(dec)
		if err != nil {
			return nil, err
		}
		m.name = name
		t.sub = append(t.sub, m)
	}
	_, err = dec.ReadToken()
	return t, err
}

func (t *tree) get(name string) *tree {
	if t == nil {
		return nil
	}
	for _, m := range t.sub {
		if m.name == name {
			return m
		}
	}
	return nil
}

func (t *tree) items() []*tree {
	switch {
	case t == nil:
		return nil
	case t.kind == '[':
		return t.sub
	}
	return []*tree{t}
}

// xmlTwin writes a FHIR resource in JSON as the XML that says the same
// (https://hl7.org/fhir/R4/json.html#xml); "" when it has no twin.
func xmlTwin(text string) string {
	dec := jsontext.NewDecoder(strings.NewReader(text))
	t, err := parseTree(dec)
	if err != nil || t.get("resourceType") == nil || dec.PeekKind() != 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	writeResource(&b, t, ` xmlns="http://hl7.org/fhir"`)
	return b.String()
}

func writeResource(b *strings.Builder, t *tree, attrs string) {
	typ := t.get("resourceType").text
	b.WriteString("<" + typ + attrs + ">")
	writeMembers(b, t, "")
	b.WriteString("</" + typ + ">\n")
}

func writeMembers(b *strings.Builder, t *tree, in string) {
	for _, m := range t.sub {
		switch {
		case m.name == "resourceType", m.name == "fhir_comments", isAttribute(in, m):
		case strings.HasPrefix(m.name, "_"):
			if t.get(m.name[1:]) == nil {
				for _, i := range m.items() {
					writeElement(b, m.name[1:], nil, i)
				}
			}
		default:
			extra := t.get("_" + m.name).items()
			for n, i := range m.items() {
				var ext *tree
				if n < len(extra) {
					ext = extra[n]
				}
				writeElement(b, m.name, i, ext)
			}
		}
	}
}

// isAttribute: only an extension's url, and the id of what is no resource, are
// attributes.
func isAttribute(in string, m *tree) bool {
	return m.kind == '"' && in != "" && (m.name == "id" || m.name == "url" && (in == "extension" || in == "modifierExtension"))
}

func writeElement(b *strings.Builder, name string, v, ext *tree) {
	if v != nil && v.kind == '{' && v.get("resourceType") != nil {
		b.WriteString("<" + name + ">")
		writeResource(b, v, "")
		b.WriteString("</" + name + ">")
		return
	}
	if name == "div" {
		b.WriteString(strings.Replace(v.text, "<div", `<div xmlns="http://www.w3.org/1999/xhtml"`, map[bool]int{true: 0, false: 1}[strings.Contains(v.text, "xmlns=")]))
		return
	}
	b.WriteString("<" + name)
	if v != nil && v.kind != '{' && v.kind != '[' && v.kind != 'n' {
		b.WriteString(` value="` + strings.NewReplacer("\n", "&#10;", "\r", "&#13;", "\t", "&#9;").Replace(html.EscapeString(v.text)) + `"`)
	}
	for _, x := range []*tree{v, ext} {
		if x == nil || x.kind != '{' {
			continue
		}
		if id := x.get("id"); id != nil {
			b.WriteString(` id="` + html.EscapeString(id.text) + `"`)
		}
		if u := x.get("url"); u != nil && (name == "extension" || name == "modifierExtension") {
			b.WriteString(` url="` + html.EscapeString(u.text) + `"`)
		}
	}
	b.WriteString(">")
	for _, x := range []*tree{v, ext} {
		if x != nil && x.kind == '{' {
			writeMembers(b, x, name)
		}
	}
	b.WriteString("</" + name + ">")
}

// meaning is what was read, without where it stood.
func meaning(t *testing.T, s *sink) string {
	t.Helper()
	var b bytes.Buffer
	for _, r := range s.records {
		p := r.Source()
		if d, ok := r.Resource.(*record.DocumentReference); ok {
			for i := range d.Section {
				d.Section[i].Place = ""
			}
		}
		content, err := json.Marshal(r.Resource)
		if err != nil {
			t.Fatal(err)
		}
		person := string(r.Person)
		if strings.Contains(person, "#") {
			person = "#"
		}
		p.Place, p.Span = "", record.Span{}
		source, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(person + " " + strings.Join(r.Held, ",") + " " + string(content) + " " + string(source) + "\n")
	}
	for _, i := range s.issues {
		b.WriteString(i.Text + " " + i.What + "\n")
	}
	return b.String()
}

// sameInXML reads the XML twin of a resource and holds it against what the JSON
// said: whatever is true of one notation is then true of the other.
func sameInXML(t *testing.T, text string) {
	t.Helper()
	twin := xmlTwin(text)
	if twin == "" {
		return
	}
	j, err := read(t, text)
	if err != nil {
		t.Fatal(err)
	}
	x := &sink{}
	if err := fhir.Format().Import(context.Background(), source("a.xml", twin), x); err != nil {
		t.Errorf("%v\n%s", err, twin)
		return
	}
	if got, want := meaning(t, x), meaning(t, j); got != want {
		n := 0
		for n < min(len(got), len(want)) && got[n] == want[n] {
			n++
		}
		from := max(0, n-200)
		t.Errorf("the same in XML differs:\n%.2000s\ngot  …%s\nwant …%s", twin, got[from:min(len(got), n+200)], want[from:min(len(want), n+200)])
	}
}
