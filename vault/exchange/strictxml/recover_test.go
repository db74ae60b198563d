package strictxml_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// readOn reads a document with both tolerances and gives its start tags.
func readOn(t *testing.T, doc string) (tags []string, skipped, replaced int, err error) {
	t.Helper()
	d, err := strictxml.NewDecoder(strings.NewReader(doc), strictxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	d.ReplaceControls()
	for {
		tok, err := d.Next()
		var e *strictxml.Error
		if errors.As(err, &e) && e.Tag {
			skipped++
			tok, err = d.SkipTag()
		}
		if errors.Is(err, io.EOF) {
			return tags, skipped, d.Replaced(), nil
		}
		if err != nil {
			return tags, skipped, d.Replaced(), err
		}
		if tok.Kind != strictxml.Start {
			continue
		}
		name := tok.Name.Local
		for _, a := range tok.Attr {
			name += " " + a.Local + "=" + a.Value
		}
		tags = append(tags, name)
	}
}

func TestReadOn(t *testing.T) {
	for _, tt := range []struct {
		name, doc, want   string
		skipped, replaced int
	}{
		{"control character", "<a><b x='1\v2'/></a>", "a, b x=1\uFFFD2", 0, 1},
		{"attribute with blanks", `<a><b x="1" c d="2"/><b x="3"/></a>`, "a, b, b x=3", 1, 0},
		{"with content", `<a><b x="1" c d="2"><c y="4"/></b></a>`, "a, b, c y=4", 1, 0},
		{"twice the same", `<a><b x="1" x="2"/><c/></a>`, "a, b, c", 1, 0},
		{"a > in a value", `<a><b x="<1>, 2" y="3"/><c/></a>`, "a, b, c", 1, 0},
		{"namespace of a bad tag", `<a xmlns="u"><b xmlns="v" x="1" x="2"><c/></b></a>`, "a, b, c", 1, 0},
		{"the root", `<a x="1" x="2"><b/></a>`, "a, b", 1, 0},
		{"across the window", `<a>` + strings.Repeat(" ", 65_500) + `<b x="1" c d="` + strings.Repeat("2", 65_536) + `"/><c/></a>`, "a, b, c", 1, 0},
	} {
		tags, skipped, replaced, err := readOn(t, tt.doc)
		if got := strings.Join(tags, ", "); err != nil || got != tt.want || skipped != tt.skipped || replaced != tt.replaced {
			t.Errorf("%s: got %q, %d skipped, %d replaced, %v", tt.name, got, skipped, replaced, err)
		}
	}
}

func TestReadOnRefuses(t *testing.T) {
	for _, doc := range []string{"<a x='\x00'/>", "<a><b x='&e;'/></a>", "<a><b x='\xff'/></a>", "<a><b c d", "<a><b c d='1'/></c>"} {
		if tags, _, _, err := readOn(t, doc); err == nil {
			t.Errorf("%q: got %v, want an error", doc, tags)
		}
	}
}

// FuzzReadOn: reading on ends, and never goes beyond the file.
func FuzzReadOn(f *testing.F) {
	f.Add("<a><b x='1' c d='2'/></a>")
	f.Add("<a><b x='1' x='2'><c/></b>\v</a>")
	f.Fuzz(func(t *testing.T, doc string) {
		d, err := strictxml.NewDecoder(strings.NewReader(doc), strictxml.Limits{})
		if err != nil {
			return
		}
		d.ReplaceControls()
		at := int64(-1)
		for {
			tok, err := d.Next()
			var e *strictxml.Error
			if errors.As(err, &e) && e.Tag {
				tok, err = d.SkipTag()
			}
			if err != nil {
				return
			}
			if tok.End < at || !d.Transcoded() && tok.End > int64(len(doc)) {
				t.Fatalf("a token ends at %d, after one at %d", tok.End, at)
			}
			at = tok.End
		}
	})
}
