package dicom

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestCharset goes through the defined terms; the names are those of PS3.5,
// Annexes H, I, J and K.
func TestCharset(t *testing.T) {
	for _, tt := range []struct {
		set, raw, want string
		ok             bool
	}{
		{"", "Adams^John", "Adams^John", true},
		{"", "M\xfcller", "M\uFFFDller", false},
		{"", "Müller", "Müller", false},
		{"ISO_IR 100", "M\xfcller", "Müller", true},
		{"ISO-IR 100", "Buc^J\xe9r\xf4me", "Buc^Jérôme", true},
		{`ISO 2022 IR 100`, "\xc4neas", "Äneas", true},
		{"ISO_IR 101", "Wa\xb3\xeasa", "Wałęsa", true},
		{"ISO_IR 144", "\xbb\xee\xda", "Люк", true},
		{"ISO_IR 126", "\xc4\xe9\xef", "Διο", true},
		{"ISO_IR 127", "\xe2\xc8\xc7", "قبا", true},
		{"ISO_IR 138", "\xf9\xf8\xe5\xef", "שרון", true},
		{"ISO_IR 148", "\xc7avu\xfeo\xf0lu", "Çavuşoğlu", true},
		{"ISO_IR 166", "\xa1\xd2", "กา", true},
		{"ISO_IR 13", "\xd4\xcf\xc0\xde^\xc0\xdb\xb3", "ﾔﾏﾀﾞ^ﾀﾛｳ", true},
		{"ISO_IR 192", "Wang^XiaoDong=王^小東", "Wang^XiaoDong=王^小東", true},
		{"ISO_IR 192", "W\xffng", "W\uFFFDng", false},
		{"GB18030", "Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab", "Wang^XiaoDong=王^小东", true},
		{"GBK", "\xcd\xf5", "王", true},
		{`\ISO 2022 IR 87`, "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B", "Yamada^Tarou=山田^太郎=やまだ^たろう", true},
		{`ISO 2022 IR 13\ISO 2022 IR 87`, "\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎", true},
		{`\ISO 2022 IR 149`, "Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7", "Hong^Gildong=洪^吉洞", true},
		{`\ISO 2022 IR 58`, "\x1b$)A\xcd\xf5", "王", true},
		{`\ISO 2022 IR 159`, "\x1b$(D\x30\x21", "丂", true},
		{`\ISO 2022 IR 100\ISO 2022 IR 144`, "Dionysios=\x1b-L\xbb\xee\xda", "Dionysios=Люк", true},
		// Broken ones: what cannot be read stays to be seen.
		{`\ISO 2022 IR 87`, "Yamada=\x1b$B;3E", "Yamada=山E", false},
		{`\ISO 2022 IR 87`, "Yamada=\x1b$", "Yamada=␛$", false},
		{`\ISO 2022 IR 87`, "Yamada=\x1b", "Yamada=␛", false},
		{"ISO_IR 100", "a\x1b$Bb", "a␛$Bb", false},
		{`\ISO 2022 IR 149`, "\x1b$)C\xfb", "\uFFFD", false},
		{"WINDOWS", "M\xfcller", "M\uFFFDller", false},
	} {
		got, ok := charsetOf(strings.Split(tt.set, `\`)).decode([]byte(tt.raw), true)
		if got != tt.want || ok != tt.ok {
			t.Errorf("%s %q: got %q %v, want %q %v", tt.set, tt.raw, got, ok, tt.want, tt.ok)
		}
	}
}

func FuzzCharset(f *testing.F) {
	for _, s := range [][2]string{{"", "a"}, {"ISO_IR 100", "\xfc"}, {`\ISO 2022 IR 87`, "\x1b$B;3E"}, {`ISO 2022 IR 13\ISO 2022 IR 87`, "\xd4\x1b$)C\xfb"}, {"GB18030", "\x81\x30"}, {`\ISO 2022 IR 159\ISO 2022 IR 58`, "\x1b$(D0!\x1b$)A\xcd\xf5"}, {"ISO_IR 192", "\xff"}} {
		f.Add(s[0], []byte(s[1]), true)
	}
	f.Fuzz(func(t *testing.T, set string, raw []byte, name bool) {
		s, _ := charsetOf(strings.Split(set, `\`)).decode(raw, name)
		if !utf8.ValidString(s) {
			t.Errorf("%q of %q is no text", raw, set)
		}
		if len(s) > 4*len(raw)+4 {
			t.Errorf("%d bytes became %d", len(raw), len(s))
		}
	})
}
