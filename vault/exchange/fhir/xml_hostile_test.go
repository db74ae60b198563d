package fhir_test

import (
	"context"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

// observed is an Observation in XML with more elements inside.
func observed(more string) string {
	return `<Observation xmlns="http://hl7.org/fhir">` + "\n" + `<status value="final"/><code><text value="Potassium"/></code>` + more + `</Observation>`
}

func TestXMLRefused(t *testing.T) {
	deep := strings.Repeat("<extension url='x'>", 300) + strings.Repeat("</extension>", 300)
	nested := strings.Repeat("<component>", 80) + strings.Repeat("</component>", 80)
	for _, c := range []struct{ name, text, want string }{
		{"external entity", `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + observed(`<valueString value="&x;"/>`), "never followed"},
		{"billion laughs", `<!DOCTYPE r [<!ENTITY a "l"><!ENTITY b "&a;&a;">]>` + observed(`<valueString value="&b;"/>`), "never followed"},
		{"parameter entity", `<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1/e.dtd">%p;]>` + observed(""), "parameter entity"},
		{"entity in the narrative", observed(`<text><div xmlns="http://www.w3.org/1999/xhtml">a&nbsp;b</div></text>`), "never followed"},
		{"duplicate attribute", observed(`<issued value="2020" value="2021"/>`), "same attribute twice"},
		{"status twice", `<Observation xmlns="http://hl7.org/fhir"><status value="entered-in-error"/><status value="final"/></Observation>`, "(/Observation): the same element stands twice"},
		{"value twice", observed(`<valueString value="a"/><valueString value="b"/>`), "stands twice"},
		{"other capitals", observed(`<Status value="amended"/>`), "other capitals"},
		{"deep extensions", observed(deep), "line 2"},
		{"deep", observed(nested), "nested deeper than 64 levels"},
		{"extensions", observed(strings.Repeat("<extension url='x'>", 20) + strings.Repeat("</extension>", 20)), "extensions inside extensions"},
		{"long number", observed(`<valueQuantity><value value="` + strings.Repeat("9", 5001) + `"/></valueQuantity>`), "a number longer than 64 characters"},
		{"exponent", observed(`<valueQuantity><value value="1e400"/></valueQuantity>`), "exponent beyond 18"},
		{"long text", observed(`<note><text value="` + strings.Repeat("x", 1<<20+1) + `"/></note>`), "a text longer than 1 MiB"},
		{"attributes", `<Observation xmlns="http://hl7.org/fhir" ` + manyAttributes(300) + `/>`, "attributes"},
		{"elements", observed(strings.Repeat(`<a/>`, 500_001)), "too many elements"},
		{"cut", observed("")[:60], "ends in the middle"},
		{"behind", observed("") + "<x/>", "second root"},
		{"invalid UTF-8", observed("<note><text value=\"\xff\"/></note>"), "not valid"},
		{"control character", observed("<note><text value=\"\x01\"/></note>"), "control character"},
		{"two resources in one", `<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Flag/><Flag/></resource></entry></Bundle>`, "stands twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &sink{}
			err := fhir.Format().Import(context.Background(), source("a.xml", c.text), s)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "line ") {
				t.Errorf("got %v, want it to hold %q", err, c.want)
			}
			if len(s.records) > 0 {
				t.Error("records were filed")
			}
		})
	}
}

func manyAttributes(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" a" + strings.Repeat("b", i) + `="x"`)
	}
	return b.String()
}

func readXML(t *testing.T, text string) *sink {
	t.Helper()
	s := &sink{}
	if err := fhir.Format().Import(context.Background(), source("a.xml", text), s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestXMLTolerated: what is odd but safe is read, and said where it is not
// FHIR's.
func TestXMLTolerated(t *testing.T) {
	for _, c := range []struct{ name, text, issue string }{
		{"DTD", `<!DOCTYPE Observation [<!ELEMENT x ANY>]>` + observed(""), ""},
		{"stylesheet", `<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1/x.xsl"?>` + observed(""), ""},
		{"prefix", strings.NewReplacer("</", "</f:", "<", "<f:", "xmlns=", "xmlns:f=").Replace(observed("")), ""},
		{"XInclude", observed(`<note><text value="x"/><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/></note>`), "not FHIR's"},
		{"text", observed(`<note>loose words<text value="x"/></note>`), "not FHIR's"},
		{"UTF-16", "\xff\xfe" + utf16le(observed(`<note><text value="é"/></note>`)), ""},
		{"Latin-1", `<?xml version="1.0" encoding="ISO-8859-1"?>` + observed("<note><text value=\"\xe9\"/></note>"), ""},
		{"byte order mark", "\xef\xbb\xbf" + observed(""), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := readXML(t, c.text)
			if len(s.records) != 1 || s.records[0].Resource.(*record.Observation).Status != "final" {
				t.Fatalf("got %d records", len(s.records))
			}
			if got := s.text(); !strings.Contains(got, c.issue) || c.issue == "" && got != "" {
				t.Errorf("issues: %q", got)
			}
		})
	}
}

func utf16le(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// TestXMLPlaces: an entry is told by its line and XPath, and so is what is wrong
// in it.
func TestXMLPlaces(t *testing.T) {
	s := readXML(t, "<Bundle xmlns=\"http://hl7.org/fhir\">\n<type value=\"collection\"/>\n<entry><resource>"+strings.Replace(observed(""), ` xmlns="http://hl7.org/fhir"`, "", 1)+
		"</resource></entry>\n<entry><resource><Observation><component><valueQuantity><value value=\"x\"/></valueQuantity></component></Observation></resource></entry>\n<entry/><entry><resource><Claim/></resource></entry></Bundle>")
	if got, want := places(s), "line 3/Bundle/entry[1]/resource/Observation line 5/Bundle/entry[2]/resource/Observation"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := s.text(), "line 5/Bundle/entry[2]/resource/Observation/component[1]/valueQuantity: the amount is not a number"; !strings.Contains(got, want) {
		t.Errorf("got %q", got)
	}
	if s.count(exchange.Administrative) != 1 {
		t.Error(s.text())
	}
}

// TestXMLErrorsTellNothing feeds content that must never come back in words.
func TestXMLErrorsTellNothing(t *testing.T) {
	for _, text := range []string{
		observed(`<SECRET value="SECRET"/>`), observed(`<Status value="SECRET"/>`), observed(`<status value="SECRET"/>`), observed(`<valueQuantity><value value="SECRET"/><comparator value="SECRET"/></valueQuantity>`),
		`<Bundle xmlns="http://hl7.org/fhir"><entry><resource><SECRETTYPE/></resource></entry><SECRET/></Bundle>`,
		observed(`<effectiveDateTime value="SECRET"/>`), `<Binary xmlns="http://hl7.org/fhir"><content value="SECRET!"/></Binary>`,
	} {
		s := &sink{}
		err := fhir.Format().Import(context.Background(), source("a.xml", text), s)
		all := s.text()
		if err != nil {
			all += err.Error()
		}
		if strings.Contains(all, "SECRET") && !strings.Contains(text, "<SECRET") {
			t.Errorf("told: %s", all)
		}
	}
}

// TestXMLBase64: content is kept; what is no base64 is refused.
func TestXMLBase64(t *testing.T) {
	s := readXML(t, `<Binary xmlns="http://hl7.org/fhir"><contentType value="text/plain"/><content value="aGVs&#10;bG8="/></Binary>`)
	if len(s.records) != 1 || s.records[0].Resource.(*record.DocumentReference).Content[0].Text != "hello" {
		t.Errorf("got %+v; %s", s.records, s.text())
	}
	s = readXML(t, `<Binary xmlns="http://hl7.org/fhir"><content value="@@"/></Binary>`)
	if len(s.records) != 0 || s.count(exchange.Refused) != 1 {
		t.Errorf("not refused: %s", s.text())
	}
}
