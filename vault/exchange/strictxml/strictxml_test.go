package strictxml_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

func parse(s string) (*strictxml.Document, error) {
	return strictxml.Parse(strings.NewReader(s), strictxml.Limits{})
}

func TestParseLoose(t *testing.T) {
	doc, err := strictxml.ParseLoose(strings.NewReader("<a><x/></a>\n<b>\x0b</b><!-- c --><a/>"), strictxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, e := range append([]*strictxml.Element{doc.Root, doc.Root.First}, doc.Further...) {
		paths = append(paths, e.Path())
	}
	if got, want := strings.Join(paths, " "), "/a[1] /a[1]/x /b /a[2]"; got != want || doc.Replaced != 1 {
		t.Errorf("got %s and %d replaced, want %s and 1", got, doc.Replaced, want)
	}
	doc.Root.Append(doc.Further...)
	paths = nil
	for c := range doc.Root.Children() {
		paths = append(paths, c.Path())
	}
	if got, want := strings.Join(paths, " "), "/a[1]/x /a[1]/b /a[1]/a"; got != want {
		t.Errorf("appended: got %s, want %s", got, want)
	}
	for _, xml := range []string{"<a/>x<b/>", "<a/><b>", "<a/></b>", "<a/>\x00", "<a>&x;</a><b/>", strings.Repeat("<a/>", 10_002)} {
		if _, err := strictxml.ParseLoose(strings.NewReader(xml), strictxml.Limits{}); err == nil {
			t.Errorf("%.20q was read", xml)
		}
	}
}

func TestRefused(t *testing.T) {
	attrs := strings.Builder{}
	for i := range 300 {
		fmt.Fprintf(&attrs, ` a%d="1"`, i)
	}
	for _, tt := range []struct{ name, xml, want string }{
		{"empty", "", "ends in the middle"},
		{"no root", "<?xml version='1.0'?>", "ends in the middle"},
		{"cut", "<a><b>x", "ends in the middle"},
		{"cut tag", "<a b='", "ends in the middle"},
		{"wrong end", "<a><b></a></b>", "closes no open element"},
		{"two roots", "<a/><b/>", "second root"},
		{"text behind", "<a/>x", "text outside"},
		{"text before", "x<a/>", "text outside"},
		{"duplicate attribute", "<a><b x='1' y='2' x='3'/></a>", "same attribute twice"},
		{"duplicate by namespace", "<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>", "same attribute twice"},
		{"undeclared prefix", "<p:a/>", "prefix is not declared"},
		{"undeclared attribute prefix", "<a p:x='1'/>", "prefix is not declared"},
		{"prefix out of scope", "<a><b xmlns:p='u'/><p:c/></a>", "prefix is not declared"},
		{"unbinding", "<a xmlns:p=''/>", "declaration that is not allowed"},
		{"entity", "<a>&x;</a>", "never followed"},
		{"entity in attribute", "<a b='&x;'/>", "never followed"},
		{"external entity", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`, "never followed"},
		{"billion laughs", `<!DOCTYPE a [<!ENTITY l "l"><!ENTITY m "&l;&l;">]><a>&m;</a>`, "never followed"},
		{"parameter entity", `<!DOCTYPE a [<!ENTITY % p SYSTEM "x">%p;]><a/>`, "parameter entity"},
		{"late doctype", "<a><!DOCTYPE a></a>", "wrong place"},
		{"character 0", "<a>&#0;</a>", "never followed"},
		{"bare ampersand", "<a>a & b</a>", "never followed"},
		{"control character", "<a>\x0b</a>", "control character"},
		{"control in comment", "<a><!-- \x01 --></a>", "control character"},
		{"invalid UTF-8", "<a>\xff</a>", "not valid in the file's character encoding"},
		{"invalid UTF-8 in CDATA", "<a><![CDATA[\xff]]></a>", "not valid"},
		{"CDATA end", "<a>]]></a>", "outside a CDATA section"},
		{"comment dashes", "<a><!-- -- --></a>", "comment"},
		{"unquoted", "<a b=c/>", "without quotation marks"},
		{"no value", "<a b/>", "attribute that is not well-formed"},
		{"less in attribute", "<a b='<'/>", "inside an attribute value"},
		{"glued attributes", "<a b='1'c='2'/>", "not well-formed"},
		{"late declaration", "<a><?xml version='1.0'?></a>", "wrong place"},
		{"version", "<?xml version='1.1'?><a/>", "version of XML"},
		{"UTF-7", "<?xml version='1.0' encoding='UTF-7'?><a/>", "character encoding that is not accepted"},
		{"UTF-16 without mark", "<\x00a\x00/\x00>\x00", "character encoding that is not accepted"},
		{"depth", strings.Repeat("<a>", 257), "nested too deeply"},
		{"attributes", "<a" + attrs.String() + "/>", "too many attributes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parse(tt.xml)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
			_, slow := strictxml.Parse(iotest.OneByteReader(strings.NewReader(tt.xml)), strictxml.Limits{})
			if fmt.Sprint(slow) != fmt.Sprint(err) {
				t.Errorf("read byte by byte: got %v, want %v", slow, err)
			}
		})
	}
}

func TestAccepted(t *testing.T) {
	for _, tt := range []struct{ name, xml, want string }{
		{"plain", "<a>x</a>", "x"},
		{"mark", "\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?><a>é</a>", "é"},
		{"no declaration", "\n<a>x</a>\n<!-- end -->\n", "x"},
		{"stylesheet ignored", `<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a>x</a>`, "x"},
		{"five entities", "<a>&lt;&gt;&amp;&apos;&quot;&#233;&#xE9;</a>", `<>&'"éé`},
		{"line ends", "<a>1\r\n2\r3\n</a>", "1\n2\n3\n"},
		{"CDATA", "<a>x<![CDATA[<&>\r\n]]>y</a>", "x<&>\ny"},
		{"comment inside", "<a>x<!-- c -->y</a>", "xy"},
		{"latin 1", "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", "é"},
		{"windows 1252", "<?xml version='1.0' encoding=\"windows-1252\"?><a>\x80</a>", "€"},
		{"declared UTF-16 in UTF-8 bytes", "<?xml version='1.0' encoding='utf-16'?><a>é</a>", "é"},
		{"UTF-16 little", "\xff\xfe<\x00a\x00>\x00\xe9\x00<\x00/\x00a\x00>\x00", "é"},
		{"UTF-16 big", "\xfe\xff\x00<\x00a\x00>\x00\xe9\x00<\x00/\x00a\x00>", "é"},
		{"doctype skipped", `<!DOCTYPE a SYSTEM "a.dtd"><a>x</a>`, "x"},
		{"malformed doctype skipped", "<!DOCTYPE a [\n<!ATTLIST b\n  c CDATA #REQUIRED\n<!ELEMENT d EMPTY>\n<!-- ]> -->\n]><a>x</a>", "x"},
		{"mixed", "<a>1<b>2</b>3<c/>4</a>", "1234"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := parse(tt.xml)
			if err != nil {
				t.Fatal(err)
			}
			if got := doc.Root.Content(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPlace(t *testing.T) {
	src := "<a>\n <b/>\n <c x='é'>t</c>\n <b>\n  <d/></b></a>"
	doc, err := parse(src)
	if err != nil {
		t.Fatal(err)
	}
	var d *strictxml.Element
	for e := range doc.Root.Children() {
		if x := e.Child("", "d"); x != nil {
			d = x
		}
	}
	if got, want := d.Path(), "/a/b[2]/d"; got != want {
		t.Errorf("path: got %s, want %s", got, want)
	}
	if got, want := doc.Root.First.Path(), "/a/b[1]"; got != want {
		t.Errorf("path of the first: got %s, want %s", got, want)
	}
	if got, want := src[d.Start:d.End], "<d/>"; got != want {
		t.Errorf("bytes: got %q, want %q", got, want)
	}
	if got, want := src[d.Parent.Start:d.Parent.End], "<b>\n  <d/></b>"; got != want {
		t.Errorf("bytes: got %q, want %q", got, want)
	}
	if line, column := doc.Position(d.Start); line != 5 || column != 3 {
		t.Errorf("got line %d, column %d, want 5, 3", line, column)
	}
	_, err = parse("<a>\n<b>\n</b><b x='1' x='2'/></a>")
	var e *strictxml.Error
	if !errors.As(err, &e) || e.Line != 3 || e.Column != 5 || e.Path != "/a" {
		t.Errorf("got %+v, want line 3, column 5 in /a", e)
	}
}

func TestErrorPlaceWhenStreaming(t *testing.T) {
	var b strings.Builder
	b.WriteString("<a>\n")
	for range 20_000 {
		b.WriteString("<b>some text</b>\n")
	}
	b.WriteString("<b>&x;</b></a>")
	d, err := strictxml.NewDecoder(strings.NewReader(b.String()), strictxml.Limits{})
	for err == nil {
		_, err = d.Next()
	}
	var e *strictxml.Error
	if !errors.As(err, &e) || e.Line != 20_002 || e.Column != 4 || e.Path != "/a/b[20001]" {
		t.Errorf("got %+v, want line 20002, column 4", e)
	}
}

func TestNamespaces(t *testing.T) {
	doc, err := parse(`<p:a xmlns:p="urn:one" xmlns="urn:two" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><b xmlns="urn:three" x="1" p:y="2" xsi:type="p:T"/><c xsi:type="T"/><c xsi:type="q:T"/></p:a>`)
	if err != nil {
		t.Fatal(err)
	}
	b := doc.Root.First
	if got, want := doc.Root.Name, (strictxml.Name{Space: "urn:one", Local: "a"}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := b.Name, (strictxml.Name{Space: "urn:three", Local: "b"}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if v, _ := b.Attribute("urn:one", "y"); b.Get("x") != "1" || v != "2" || b.Get("y") != "" {
		t.Errorf("attributes of %v", slices.Collect(b.Attributes()))
	}
	for e, want := range map[*strictxml.Element]string{b: "urn:one", b.Next: "urn:two", b.Next.Next: "unbound:q"} {
		if e.Type().Space != want || e.Type().Local != "T" {
			t.Errorf("got type %v, want in %s", e.Type(), want)
		}
	}
}

func TestBigTextOnlyWhenBase64(t *testing.T) {
	lim := strictxml.Limits{Token: 1000}
	if _, err := strictxml.Parse(strings.NewReader("<a>"+strings.Repeat("QUJD\n", 500)+"</a>"), lim); err != nil {
		t.Error(err)
	}
	if _, err := strictxml.Parse(strings.NewReader("<a>"+strings.Repeat("text. ", 500)+"</a>"), lim); err == nil {
		t.Error("a large text passed")
	}
}

// shared finds the sample folder beside the repository.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			if p := filepath.Join(dir, "..", "shared", name); exists(p) {
				return p
			}
			break
		}
	}
	t.Skipf("SKIPPED: the sample folder ../shared/%s is not on this computer", name)
	return ""
}

func exists(p string) bool { _, err := os.Stat(p); return err == nil }

// TestSharedBad holds every row of the xml part of the hostile samples.
func TestSharedBad(t *testing.T) {
	root := shared(t, "bad")
	manifest, err := os.ReadFile(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	accepted := map[string]bool{"xml/xinclude.xml": true, "xml/pi_xsl.xml": true, "xml/ns_confuse.xml": true} // well-formed: a format's business
	rows := 0
	for line := range strings.Lines(string(manifest)) {
		name, _, _ := strings.Cut(line, "\t")
		if !strings.HasPrefix(name, "xml/") {
			continue
		}
		rows++
		f, err := os.Open(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		_, err = strictxml.Parse(f, strictxml.Limits{})
		f.Close()
		if (err == nil) != accepted[name] {
			t.Errorf("%s: got %v, accepted should be %v", name, err, accepted[name])
		}
		if err != nil && !strings.HasPrefix(err.Error(), "line ") {
			t.Errorf("%s: the error %q names no line", name, err)
		}
	}
	if rows < 8 {
		t.Errorf("got %d rows, want 8", rows)
	}
}

// tokens of this package, runs of text joined.
func ours(r io.Reader) (out []string, err error) {
	d, err := strictxml.NewDecoder(r, strictxml.Limits{})
	if err != nil {
		return nil, err
	}
	for {
		tok, err := d.Next()
		if errors.Is(err, io.EOF) {
			return joined(out), nil
		}
		if err != nil {
			return nil, err
		}
		switch tok.Kind {
		case strictxml.Start:
			out = append(out, "<"+tok.Name.Space+" "+tok.Name.Local)
			for _, a := range tok.Attr {
				out = append(out, "@"+a.Space+" "+a.Local+"="+a.Value)
			}
		case strictxml.End:
			out = append(out, ">"+tok.Name.Space+" "+tok.Name.Local)
		case strictxml.Text:
			out = append(out, "\""+tok.Text)
		}
	}
}

func theirs(s string) (out []string, err error) {
	d := xml.NewDecoder(strings.NewReader(s))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	depth := 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return joined(out), nil
		}
		if err != nil {
			return nil, err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			depth++
			out = append(out, "<"+tok.Name.Space+" "+tok.Name.Local)
			for _, a := range tok.Attr {
				if a.Name.Space != "xmlns" && (a.Name.Space != "" || a.Name.Local != "xmlns") {
					value := strings.NewReplacer("\n", " ", "\t", " ").Replace(a.Value)
					out = append(out, "@"+a.Name.Space+" "+a.Name.Local+"="+value)
				}
			}
		case xml.EndElement:
			depth--
			out = append(out, ">"+tok.Name.Space+" "+tok.Name.Local)
		case xml.CharData:
			if depth > 0 {
				out = append(out, "\""+string(tok))
			}
		}
	}
}

func joined(tokens []string) []string {
	var out []string
	for _, s := range tokens {
		if n := len(out); s[0] == '"' && n > 0 && out[n-1][0] == '"' {
			out[n-1] += s[1:]
			continue
		}
		if s != "\"" {
			out = append(out, s)
		}
	}
	return out
}

// FuzzStrict holds this reader against encoding/xml: whatever is accepted here
// is accepted there with the same tokens, whole or byte by byte.
func FuzzStrict(f *testing.F) {
	for _, s := range []string{
		"<a>x</a>", "<a x='1' y=\"2\"><b/>t<c>&lt;&#x41;</c></a>", "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE a [<!ELEMENT a ANY>]><a><!-- c --><![CDATA[d]]></a>",
		"<p:a xmlns:p='u'><p:b p:x='1'/></p:a>", "\xef\xbb\xbf<a/>", "<a>\r\n</a>", "<a", "<a><b></a>", "<a a='1' a='2'/>", "<!DOCTYPE a [%p;]><a/>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		doc, err := parse(s)
		slow, slowErr := ours(iotest.OneByteReader(strings.NewReader(s)))
		if fmt.Sprint(err) != fmt.Sprint(slowErr) {
			t.Fatalf("whole: %v; byte by byte: %v", err, slowErr)
		}
		if err != nil || doc.Transcoded {
			return
		}
		for e := range doc.Root.Children() {
			if e.Start < doc.Root.Start || e.End > doc.Root.End || e.Path() == "" {
				t.Fatalf("element outside its parent: %d to %d", e.Start, e.End)
			}
		}
		sameAsTokens(t, s, doc)
		if strings.Contains(s, "<!DOCTYPE") || strings.Contains(s, "xmlns") {
			return // encoding/xml reads doctypes more loosely and checks no namespaces
		}
		want, err := theirs(strings.TrimPrefix(s, "\xef\xbb\xbf"))
		if err != nil && strings.Contains(err.Error(), "invalid XML name") {
			return // it knows the letters of the fourth edition alone
		}
		if err != nil {
			t.Fatalf("accepted here, but encoding/xml says: %v", err)
		}
		if fmt.Sprint(slow) != fmt.Sprint(want) {
			t.Fatalf("got %q\nwant %q", slow, want)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	content, err := os.ReadFile(filepath.Join(shared(b, "data"), "ccda", "hl7-examples", "Transfer_Summary.xml"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := strictxml.Parse(strings.NewReader(string(content)), strictxml.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
