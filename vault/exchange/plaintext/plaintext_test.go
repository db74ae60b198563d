package plaintext_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/carnet-phr/carnet/vault/exchange/plaintext"
)

func utf16Bytes(s string, big bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

func TestEncodings(t *testing.T) {
	for _, tt := range []struct {
		name string
		in   []byte
		enc  plaintext.Encoding
		want string
	}{
		{"ascii", []byte("a\nb"), plaintext.UTF8, "a|b"},
		{"utf-8", []byte("µg\r\nü"), plaintext.UTF8, "µg|ü"},
		{"mark", []byte("\xef\xbb\xbfµg"), plaintext.UTF8, "µg"},
		{"windows-1252", []byte("\xb5g/dl \x96 \x80\n"), plaintext.Windows1252, "µg/dl – €"},
		{"utf-16 le", utf16Bytes("µg\n𝄞", false), plaintext.UTF16LE, "µg|𝄞"},
		{"utf-16 be", utf16Bytes("µg\n𝄞", true), plaintext.UTF16BE, "µg|𝄞"},
		{"two returns", []byte("a\r\r\nb\r\r\n"), plaintext.UTF8, "a|b"},
		{"returns alone", []byte("a\rb"), plaintext.UTF8, "a|b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			enc, err := plaintext.Detect(bytes.NewReader(tt.in))
			if err != nil || enc != tt.enc {
				t.Errorf("got %q, %v, want %q", enc, err, tt.enc)
			}
			lines, err := plaintext.Lines(tt.in)
			var got []string
			for _, l := range lines {
				got = append(got, l.Text)
			}
			if strings.Join(got, "|") != tt.want || err != nil {
				t.Errorf("got %q, %v, want %q", got, err, tt.want)
			}
			if l := lines[len(lines)-1]; l.Start < 0 || l.End > int64(len(tt.in)) || l.End <= l.Start {
				t.Errorf("the last line is at %d to %d of %d", l.Start, l.End, len(tt.in))
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for name, in := range map[string]string{
		"NUL":             "a\x00b",
		"damaged UTF-8":   "\u00b5g \u00b5l \u00b5m \xb5",
		"no character":    "a\x81b",
		"marked, damaged": "\xef\xbb\xbfa\xff",
		"half a pair":     "\xff\xfea\x00\x00\xd8",
		"odd length":      "\xff\xfea\x00b",
	} {
		if _, err := plaintext.Lines([]byte(in)); err == nil {
			t.Errorf("%s: was read", name)
		}
	}
}
