package office_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
)

// TestHostile: no file takes more time or memory than a real one, and each is
// kept or refused in words.
func TestHostile(t *testing.T) {
	bomb := strings.Repeat("<w:p><w:r><w:t>"+strings.Repeat("a", 10_000)+"</w:t></w:r></w:p>", 3_000) // 30 MB, of which 1 MiB is read
	for name, content := range map[string][]byte{
		"deep.docx":       docx(t, strings.Repeat("<w:p>", 100_000)),
		"bomb.docx":       docx(t, bomb),
		"entity.docx":     packed(t, "[Content_Types].xml", "", "_rels/.rels", relations, "word/document.xml", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><t>&x;</t></a>`),
		"loop.docx":       packed(t, "[Content_Types].xml", "", "_rels/.rels", strings.Replace(relations, "word/document.xml", "../../etc/passwd", 1), "word/document.xml", "<w:d xmlns:w='w'/>"),
		"empty.docx":      packed(t, "[Content_Types].xml", "", "word/other.xml", "<a/>"),
		"styles.odt":      odt(t, strings.Repeat(`<style:style style:name="T" style:family="x"><style:text-properties/></style:style>`, 100_000), "<text:p>w</text:p>"),
		"groups.rtf":      []byte(`{\rtf1` + strings.Repeat("{", 5_000_000)),
		"words.rtf":       []byte(`{\rtf1` + strings.Repeat(`\par`, 2_000_000)),
		"picture.rtf":     []byte(`{\rtf1{\pict ` + strings.Repeat("00ff", 5_000_000) + `}after}`),
		"fonts.rtf":       []byte(`{\rtf1{\fonttbl` + manyFonts(200_000) + `}w}`),
		"bin.rtf":         []byte(`{\rtf1{\bin2147483647 x`),
		"marks.rtf":       []byte(`{\rtf1 ` + strings.Repeat(`{\strike}`, 500_000) + `}`),
		"loop.doc":        loopedCompound(),
		"directory.docx":  docx(t, "", "word/_rels/a.rels", strings.Repeat("<a>", 10)),
		"relations.docx":  docx(t, "", manyRelations(3_000)...),
		"raised.rtf":      []byte(`{\rtf1 ` + strings.Repeat(`1{\super 9}`, 500_000) + `}`),
		"unknown page":    []byte(`{\rtf1\ansicpg1200 \'ff\'fe}`),
		"truncated.docx":  docx(t, bomb)[:2000],
		"not one.odt":     packed(t, "mimetype", "application/epub+zip", "content.xml", ""),
		"many heads.pptx": packed(t, "[Content_Types].xml", "", "ppt/x", ""),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		m := exchangetest.NewMemory()
		b, err := exchange.Import(context.Background(), m, all, []exchange.Source{exchangetest.Source(name, content)}, exchange.Options{Person: exchange.NewPerson})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		runtime.ReadMemStats(&after)
		r := b.Receipt.Sources[0]
		t.Logf("%s: %v, %d MB allocated; %d filed, %d kept, %d refused; %s", name, time.Since(start).Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20, r.Filed, r.Kept, r.Refused, told(r))
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s took %v", name, d)
		}
		if (r.Refused > 0 || r.Filed == 0) && told(r) == "" {
			t.Errorf("%s: nothing was said", name)
		}
		if strings.Contains(told(r), "root:") {
			t.Errorf("%s: a file was read", name)
		}
	}
}

func manyFonts(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{\f%d\fcharset204 Font;}`, i)
	}
	return b.String()
}

func manyRelations(n int) []string {
	var parts []string
	for i := range n {
		parts = append(parts, fmt.Sprintf("word/_rels/a%d.rels", i), "<r/>")
	}
	return parts
}

// loopedCompound has a directory whose second sector is the first again.
func loopedCompound() []byte {
	b := compound("WordDocument")
	copy(b[512+4:], []byte{1, 0, 0, 0})
	return b
}
