package strictjson_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/exchange/strictjson"
)

var rules = strictjson.Rules{
	Known: func(name []byte) (bool, bool) {
		return string(name) == "status", strings.EqualFold(string(name), "status")
	},
	Data:      func(name []byte) bool { return string(name) == "data" },
	Extension: func(name []byte) bool { return string(name) == "extension" },
}

func parse(t *testing.T, text string) (strictjson.Value, error) {
	t.Helper()
	dec := jsontext.NewDecoder(strings.NewReader(text))
	raw, err := dec.ReadValue()
	if err != nil {
		return strictjson.Value{}, strictjson.FromSyntax(err, 0, "", rules)
	}
	tree := &strictjson.Tree{Rules: rules, Words: strictjson.NewWords()}
	return tree.Parse(raw, strictjson.Origin{})
}

func TestValue(t *testing.T) {
	v, err := parse(t, ` {"status":"a\"\u00e9","n":0.010,"list":[{"x":1e3},true,null,[]],"\u0061b":{}} `)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, got, want string }{
		{"escapes", v.TextOf("status"), `a"é`},
		{"decimal as written", v.TextOf("n"), "0.010"},
		{"first of a list", v.Path("list", "x").Text(), "1e3"},
		{"absent", v.Path("no", "such").Text(), ""},
		{"escaped name", string(v.Get("ab").Raw()), "{}"},
		{"raw", string(v.Get("list").First().Raw()), `{"x":1e3}`},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
	if got := v.Get("list").Len(); got != 4 {
		t.Errorf("items: got %d, want 4", got)
	}
	if got := v.Get("n").Offset(); got != 26 {
		t.Errorf("offset: got %d, want 26", got)
	}
}

func TestFaults(t *testing.T) {
	long := strings.Repeat("x", 1<<20+1)
	for _, c := range []struct{ name, text, want string }{
		{"duplicate name", `{"status":1,"status":2}`, "(/status): the same name stands twice"},
		{"case", `{"status":1,"Status":2}`, "(/Status): the name is written with other capitals"},
		{"unknown name is not told", `{"Jane Doe has it":{"Status":2}}`, "(/?/Status): "},
		{"depth", strings.Repeat("[", 65) + strings.Repeat("]", 65), "nested deeper than 64"},
		{"extensions", strings.Repeat(`{"extension":`, 17) + "1" + strings.Repeat("}", 17), "extensions inside extensions"},
		{"long number", `{"a":` + strings.Repeat("1", 65) + `}`, "a number longer than 64"},
		{"exponent", `[1e19]`, "(/0): a number with an exponent beyond 18"},
		{"NUL", `["a\u0000"]`, "(/0): a text holds the character NUL"},
		{"long text", `{"status":"` + long + `"}`, "(/status): a text longer than 1 MiB"},
		{"cut off", `{"status":`, "cut off"},
		{"NaN", `{"status":NaN}`, "not well-formed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parse(t, c.text)
			var f *strictjson.Fault
			if !errors.As(err, &f) {
				t.Fatalf("got %v, want a fault", err)
			}
			f.Locate(strings.NewReader(c.text), rules)
			if got := err.Error(); !strings.Contains(got, c.want) || !strings.HasPrefix(got, "line 1, column ") {
				t.Errorf("got %q, want it to hold %q", got, c.want)
			}
		})
	}
}

func TestAllowed(t *testing.T) {
	for _, text := range []string{
		`{"data":"` + strings.Repeat("x", 1<<20+1) + `"}`,
		strings.Repeat("[", 64) + strings.Repeat("]", 64),
		`["a\\u0000"]`,
		strings.Repeat(`{"extension":`, 16) + "1" + strings.Repeat("}", 16),
		`[1e18,-1E-18,0]`,
	} {
		if _, err := parse(t, text); err != nil {
			t.Errorf("%.20s: %v", text, err)
		}
	}
}

func TestLocate(t *testing.T) {
	text := "{\n \"é\": \"\xff\"}"
	dec := jsontext.NewDecoder(strings.NewReader(text))
	_, err := dec.ReadValue()
	err = strictjson.FromSyntax(err, 0, "", rules)
	var f *strictjson.Fault
	if !errors.As(err, &f) {
		t.Fatal(err)
	}
	f.Locate(strings.NewReader(text), rules)
	if got, want := f.Error(), "line 2, column 8 (/?): the text is not UTF-8"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzTree(f *testing.F) {
	for _, s := range []string{`{"a":[1,"\u0041",{}]}`, `[[],{},"",0,null]`, ` "x" `} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := parse(t, s)
		if err != nil {
			return
		}
		for range v.Items() {
			continue
		}
		for _, m := range v.Members() {
			_ = m.Text() + m.Name()
		}
	})
}
