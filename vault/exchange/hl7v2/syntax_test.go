package hl7v2_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/hl7v2"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestIdentify(t *testing.T) {
	for _, tt := range []struct {
		text string
		want exchange.Match
	}{
		{"MSH|^~\\&|", exchange.Yes},
		{"\xef\xbb\xbfMSH|^~\\&|", exchange.Yes},
		{"\vMSH|^~\\&|", exchange.Yes},
		{" \r\n\tMSH#^~\\&#", exchange.Yes},
		{"FHS|^~\\&|", exchange.Yes},
		{"BHS|^~\\&|", exchange.Yes},
		{"MSH||||", exchange.Yes},
		{"", exchange.No},
		{"MSH", exchange.No},
		{"MSHA^~\\&", exchange.No},
		{"MSH ^~\\&", exchange.No},
		{"PID|1", exchange.No},
		{"Dear MSH|^~\\&", exchange.No},
		{"msh|^~\\&", exchange.No},
	} {
		if got := hl7v2.Format.Identify(exchange.Head{Bytes: []byte(tt.text)}); got != tt.want {
			t.Errorf("%q: got %v, want %v", tt.text, got, tt.want)
		}
	}
}

// TestFraming: however the segments are ended and framed, the same is read.
func TestFraming(t *testing.T) {
	plain := string(lab(`OBX|1|ST|1^A^L||x||||||F`))
	for name, content := range map[string]string{
		"CR": plain, "LF": strings.ReplaceAll(plain, "\r", "\n"), "CRLF": strings.ReplaceAll(plain, "\r", "\r\n"), "MLLP": "\v" + plain + "\x1c\r",
		"no end": strings.TrimSuffix(plain, "\r"), "BOM": "\xef\xbb\xbf" + plain, "blank lines": strings.ReplaceAll(plain, "\r", "\r\r\n\r"), "indented": strings.ReplaceAll(plain, "\r", "\r  "),
		"batch":      "FHS|^~\\&|A\rBHS|^~\\&|A\r" + plain + "BTS|1\rFTS|1\r",
		"UTF-16":     utf16le(plain),
		"delimiters": strings.NewReplacer("|", "#", "^", "*", "&", "@").Replace(plain),
	} {
		i := bring(t, "a.hl7", []byte(content))
		if o := one[*record.Observation](t, i); o.Value.Text != "x" || len(i.report.Issues) != 0 || i.report.Kept != 0 {
			t.Errorf("%s: got %+v, %v", name, o.Value, i.report.Issues)
		}
	}
}

func utf16le(s string) string {
	var b bytes.Buffer
	for _, u := range append([]uint16{0xfeff}, utf16.Encode([]rune(s))...) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func TestCutOff(t *testing.T) {
	plain := string(lab(`OBX|1|ST|1^A^L||x||||||F`))
	for _, tt := range []struct{ content, told string }{
		{"\v" + plain, "no end"},
		{"BHS|^~\\&\r" + plain, "no end"},
		{"BHS|^~\\&\r" + plain + "BTS|3\r", "holds 3 messages; 1 were found"},
		{"FHS|^~\\&\rBHS|^~\\&\r" + plain + "BTS|1\rFTS|2\r", "holds 2 batches"},
		{plain + "BTS|1\rOBX|9|ST|1^A^L||lost\r", "outside any message"},
	} {
		if i := bring(t, "a.hl7", []byte(tt.content)); !i.told(tt.told) {
			t.Errorf("%q: nothing says %q: %v", tt.content[:9], tt.told, i.report.Issues)
		}
	}
}

func TestDelimitersRefused(t *testing.T) {
	for _, head := range []string{"MSH|", "MSH||", "MSH|^", "MSH|^~\\^", "MSH||~\\&", "MSH|^~\\&AB", "MSH|^^^^", "MSH|a~\\&", "MSH|^~\\&##"} {
		i := bring(t, "a.hl7", []byte(head+"|LAB\r"+pid+"\r"))
		if i.report.Refused != 1 || !strings.Contains(i.report.Issues[0].Text, "MSH-2") {
			t.Errorf("%s: got %+v", head, i.report)
		}
	}
	bad := "MSH|^^^^|LAB\r" + pid + "\r"
	i := bring(t, "a.hl7", []byte(bad+string(lab(`OBX|1|ST|1^A^L||x||||||F`))))
	if i.report.Refused != 1 || len(of[*record.Observation](i)) != 1 {
		t.Errorf("one bad message of two: got %+v", i.report)
	}
}

func TestEscapes(t *testing.T) {
	for _, tt := range []struct{ written, want, told string }{
		{`a\F\b\S\c\T\d\R\e\E\f`, `a|b^c&d~e\f`, ""},
		{`\H\bold\N\`, "bold", ""},
		{`a\.br\b`, "a\nb", ""},
		{`a\.sp2\b`, "a\n\nb", ""},
		{`a\.sk3\b`, "a   b", ""},
		{`\.in+4\a\.ce\b`, "a\nb", ""},
		{`\X41\\X0D0A\B`, "A\nB", ""},
		{`\XC3A9\`, "é", ""},
		{`\XZZ\`, `\XZZ\`, "not known"},
		{`\C2842\x`, "\uFFFDx", "character set"},
		{`\Zabc\x`, `\Zabc\x`, "not known"},
		{`C:\temp and so on`, `C:\temp and so on`, "not closed"},
		{`a \ b \T\ c`, `a \ b & c`, "not known"},
		{`x\`, `x\`, "not closed"},
		{`\P\`, "#", ""},
		{`\.sp999999\`, `\.sp999999\`, "not known"},
	} {
		i := bring(t, "a.hl7", lab(`OBX|1|FT|1^A^L||`+tt.written+`||||||F`))
		if got := one[*record.Observation](t, i).Value.Text; got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.written, got, tt.want)
		}
		if tt.told != "" && !i.told(tt.told) || tt.told == "" && len(i.report.Issues) > 0 {
			t.Errorf("%s: got %v, want %q", tt.written, i.report.Issues, tt.told)
		}
	}
}

func TestCharacterSets(t *testing.T) {
	for _, tt := range []struct{ name, text, want, told string }{
		{"8859/1", "caf\xe9", "café", ""},
		{"ISO-8859-15", "5 \xa4", "5 €", ""},
		{"8859/5", "\xb4\xd0", "Да", ""},
		{"WINDOWS-1252", "\x80", "€", ""},
		{"CP1250", "\xb9", "ą", ""},
		{"UNICODE UTF-8", "café", "café", ""},
		{"UTF-8", "日本", "日本", ""},
		{"", "café", "café", ""},
		{"ASCII", "café", "café", ""},
		{"", "caf\xe9", "café", "Windows-1252"},
		{"8859/1~ISO IR87", "caf\xe9", "café", ""},
		{"ISO IR87", "plain", "plain", ""},
		{"8859/1", `\XE9\`, "é", ""},
	} {
		i := bring(t, "a.hl7", message(msh+"||||||"+tt.name, pid, obr, `OBX|1|ST|1^A^L||`+tt.text+`||||||F`))
		if got := one[*record.Observation](t, i).Value.Text; got != tt.want {
			t.Errorf("%q in %q: got %q, want %q", tt.text, tt.name, got, tt.want)
		}
		if tt.told != "" && !i.told(tt.told) || tt.told == "" && len(i.report.Issues) > 0 {
			t.Errorf("%q in %q: got %v", tt.text, tt.name, i.report.Issues)
		}
	}
	for _, tt := range []struct{ name, text string }{{"ISO IR87", "\x1b$B\x46\x7c\x1b(B"}, {"UNICODE UTF-8", "caf\xe9"}, {"KS X 1001", "\xb0\xa1"}, {"8859/1", "a\x00b"}} {
		i := bring(t, "a.hl7", message(msh+"||||||"+tt.name, pid, obr, `OBX|1|ST|1^A^L||`+tt.text+`||||||F`))
		if i.report.Refused != 1 || len(i.records) != 0 || !strings.Contains(i.report.Issues[0].Text, "MSH-18") {
			t.Errorf("%q: got %+v, want a refusal that names MSH-18", tt.name, i.report)
		}
	}
}

func TestBrokenLines(t *testing.T) {
	i := bring(t, "a.hl7", []byte(strings.Join([]string{msh, pid, obr, "OBX|1|TX|1^A^L||First line", "second line", "", "THE third|line||||||F", "OBX|2|NM|2^B^L||4|||||F", ""}, "\n")))
	all := of[*record.Observation](i)
	if len(all) != 2 || !strings.HasPrefix(all[0].Value.Text, "First line\nsecond line\n\nTHE third") || all[1].Value.Number() != "4" || !i.told("broken over several lines") {
		t.Errorf("got %s, %v", asJSON(t, all), i.report.Issues)
	}
}

func TestUnknownSegments(t *testing.T) {
	i := bring(t, "a.hl7", lab(`OBX|1|ST|1^A^L||x||||||F`, "ZZ1|a", "ZZ1|b", "QQQ|c", "IN1|1|x"))
	if i.report.Kept != 3 || i.report.Administrative != 1 || !i.told("2 ZZ1: ") || !i.told("1 QQQ: ") {
		t.Errorf("got %+v", i.report)
	}
}
