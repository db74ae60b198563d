package strictxml_test

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// written lists a tree as ours lists tokens.
func written(e *strictxml.Element, out []string) []string {
	out = append(out, "<"+e.Space+" "+e.Local)
	for a := range e.Attributes() {
		out = append(out, "@"+a.Space+" "+a.Local+"="+a.Value)
	}
	out = append(out, "\""+e.Text())
	for c := range e.Children() {
		out = append(written(c, out), "\""+c.Tail())
	}
	return append(out, ">"+e.Space+" "+e.Local)
}

// streamed builds the tree of the root while its file is read byte by byte.
func streamed(t *testing.T, s string, controls bool) *strictxml.Element {
	t.Helper()
	d, err := strictxml.NewDecoder(iotest.OneByteReader(strings.NewReader(s)), strictxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if controls {
		d.ReplaceControls()
	}
	tok, err := d.Next()
	if err != nil {
		t.Fatal(err)
	}
	e, err := d.Element(tok)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// sameAsTokens holds the tree of a document that is accepted against its tokens.
func sameAsTokens(t *testing.T, s string, doc *strictxml.Document) {
	t.Helper()
	want, err := ours(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	for _, root := range []*strictxml.Element{doc.Root, streamed(t, s, false)} {
		if got := joined(written(root, nil)); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("got %q\nwant %q", got, want)
		}
	}
}

// TestTreeIsTokens reads text that must be rewritten wherever it may stand.
func TestTreeIsTokens(t *testing.T) {
	pieces := []string{
		"", " \r\n", "x&lt;&#65;", "<!-- c -->", "<![CDATA[]]>", "<![CDATA[<a>\r]]>\n", "<?pi x>?>", "a<!--<b>-->b", "]]", "\r<![CDATA[\n]]>", "ü<![CDATA[&amp;]]>&amp;amp;",
	}
	for _, before := range pieces {
		for _, inner := range pieces {
			for _, after := range pieces {
				s := "<a>" + before + "<b x='1\r\n2&#10;\t3' y='&amp;lt;'>" + inner + "</b >" + after + "<c/>" + before + "<c></c>" + after + "</a\n>"
				doc, err := parse(s)
				if err != nil {
					t.Fatalf("%q: %v", s, err)
				}
				sameAsTokens(t, s, doc)
			}
		}
	}
}

// TestTreeOfControls reads what stands in the place of control characters.
func TestTreeOfControls(t *testing.T) {
	const s = "<a x='\v1'>\x01<b/>t\x02&amp;<![CDATA[y]]></a>"
	doc, err := strictxml.ParseLoose(strings.NewReader(s), strictxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, root := range []*strictxml.Element{doc.Root, streamed(t, s, true)} {
		if got, want := root.Get("x")+root.Content(), "\uFFFD1\uFFFDt\uFFFD&y"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if doc.Replaced != 3 {
		t.Errorf("got %d replaced, want 3", doc.Replaced)
	}
}

// TestManyAttributes reads elements with more attributes than are asked for at
// once.
func TestManyAttributes(t *testing.T) {
	var b strings.Builder
	for _, n := range []int{1, 3000, 2, 1024, 1023, 5} {
		b.WriteString("<e")
		for i := range n {
			fmt.Fprintf(&b, " a%d='%d'", i, i)
		}
		b.WriteString("/>")
	}
	d, err := strictxml.Parse(strings.NewReader("<r>"+b.String()+b.String()+"</r>"), strictxml.Limits{Attributes: 4000})
	if err != nil {
		t.Fatal(err)
	}
	for e := range d.Root.Children() {
		n := 0
		for a := range e.Attributes() {
			if want := fmt.Sprint(n); a.Value != want || e.Get("a"+want) != want {
				t.Fatalf("got %v, want %s", a, want)
			}
			n++
		}
	}
}

// TestAppendedText puts a root behind the children of another: neither gains
// text.
func TestAppendedText(t *testing.T) {
	doc, err := strictxml.ParseLoose(strings.NewReader("<a>1<b/>2</a>\n<c>3<d/>4</c>\n<e/>"), strictxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	doc.Root.Append(doc.Further...)
	if got := doc.Root.Content(); got != "1234" {
		t.Errorf("got %q, want 1234", got)
	}
}

// TestRename gives an element a name of its own.
func TestRename(t *testing.T) {
	doc, err := parse("<a><b x='1'>t</b><b/></a>")
	if err != nil {
		t.Fatal(err)
	}
	b := doc.Root.First
	b.Rename(strictxml.Name{Space: "urn:x", Local: "b"})
	if b.Space != "urn:x" || b.Next.Space != "" || b.Text() != "t" || b.Get("x") != "1" {
		t.Errorf("got %v, %v, %q", b.Name, b.Next.Name, b.Text())
	}
	made := strictxml.NewElement(strictxml.Name{Local: "r"}, 3)
	made.Rename(strictxml.Name{Local: "s"})
	if made.Local != "s" || made.Text()+made.Tail()+made.Get("x")+made.Content() != "" || made.Type() != (strictxml.Name{}) {
		t.Errorf("got %v", made.Name)
	}
}

// TestWrongStart wants the tag that was read last.
func TestWrongStart(t *testing.T) {
	d, err := strictxml.NewDecoder(strings.NewReader("<a><b/></a>"), strictxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := d.Next()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Next(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Element(a); err == nil {
		t.Error("the tree of an element that was begun long ago")
	}
}

// liar says that it holds more than it does.
type liar struct{ io.Reader }

func (liar) Len() int { return 1 << 40 }

// TestSizeIsNoTruth reads a file that lies about its size.
func TestSizeIsNoTruth(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := strictxml.Parse(liar{strings.NewReader("<a/>")}, strictxml.Limits{}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 1<<20 {
		t.Errorf("%d bytes for a file of four", got)
	}
}
