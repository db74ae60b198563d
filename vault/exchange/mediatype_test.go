package exchange_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
)

func TestMediaType(t *testing.T) {
	const text, binary = "text/plain", "application/octet-stream"
	long := strings.Repeat("a", 64<<10-1)
	for name, c := range map[string]struct{ head, want string }{
		"words":                        {"Dear colleague,\r\n\tall is well.\f", text},
		"umlaut":                       {"Größe", text},
		"one letter":                   {"a", text},
		"one high byte":                {"\xf0", binary},
		"half a letter":                {"\xc3", binary},
		"words and half a letter":      {"Gr\xc3", binary},
		"a head cut within a letter":   {long + "\xc3", text},
		"a long head with a high byte": {long[:len(long)-9] + "\xc3aaaaaaaaa", binary},
		"a control character":          {"a\x01b", binary},
		"NUL":                          {"a\x00", binary},
		"delete":                       {"a\x7f", binary},
		"a control character of Latin": {"a\u0080b", binary},
		"Latin-1":                      {"Gr\xf6\xdfe", binary},
		"UTF-16":                       {"\xff\xfeA\x00\xe4\x00", text},
		"UTF-16, big end first":        {"\xfe\xff\x00A\x00\xe4", text},
		"UTF-16 without its mark":      {"A\x00B\x00", binary},
		"UTF-16 of odd length":         {"\xff\xfeA\x00B", binary},
		"UTF-16 with a lone surrogate": {"\xff\xfe\x00\xd8A\x00", binary},
		"UTF-16 with a control":        {"\xff\xfe\x01\x00A\x00", binary},
		"nothing but the mark":         {"\xff\xfe", binary},
		"PDF":                          {"%PDF-1.7\n", "application/pdf"},
	} {
		if got := exchange.MediaType([]byte(c.head)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
