package app

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/record"
)

var update = flag.Bool("update", false, "write what is missing into the English translation")

const english = "../assets/translations/en.json"

// TestTranslations finds every text that the window shows in each translation.
func TestTranslations(t *testing.T) {
	plain, plural := texts(t)
	if *update {
		writeEnglish(t, plain, plural)
	}
	if err := ui.Speak(""); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../assets/translations/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no translations: %v", err)
	}
	for _, f := range files {
		have := map[string]any{}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &have); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		for key := range plain {
			if s, ok := have[key].(string); !ok || s == "" {
				t.Errorf("%s lacks %q", f, key)
			}
		}
		for key := range plural {
			m, ok := have[key].(map[string]any)
			if !ok || m["one"] == nil || m["other"] == nil {
				t.Errorf("%s lacks the plural forms of %q", f, key)
			}
		}
		for key, value := range have {
			if got, want := placeholders(value), placeholders(key); !slices.Equal(got, want) {
				t.Errorf("%s: %q puts in %v, not %v", f, key, got, want)
			}
			if plain[key] == "" && !plural[key] {
				t.Errorf("%s has %q, which no screen shows", f, key)
			}
		}
	}
}

// texts are by their key, with the English words: the first arguments of lang.L and lang.N in the sources, and those
// that come from tables.
func texts(t *testing.T) (plain map[string]string, plural map[string]bool) {
	t.Helper()
	plain, plural = map[string]string{}, map[string]bool{}
	for _, k := range record.Kinds {
		plain[k.Section] = k.Section
	}
	for _, c := range disclose.Categories {
		plain[c.Title] = c.Title
	}
	for m := time.January; m <= time.December; m++ {
		plain[m.String()] = m.String()
	}
	for _, k := range append(entry.Kinds(), entry.Person()) {
		for _, words := range entry.Words(k) {
			plain[ui.FormKey(words)] = words
		}
	}
	problems(t, plain)
	labels(t, plain)
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if !ok || pkg.Name != "lang" {
				return true
			}
			lit, ok := call.Args[0].(*ast.BasicLit)
			if !ok {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			switch sel.Sel.Name {
			case "L":
				plain[s] = s
			case "N":
				plural[s] = true
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return plain, plural
}

// placeholders are the names of what is put into a text, each once; a plural's
// forms may leave the number out where they say it in words.
func placeholders(text any) []string {
	found := map[string]bool{}
	switch text := text.(type) {
	case string:
		for _, m := range regexp.MustCompile(`\{\{\.(\w+)\}\}`).FindAllStringSubmatch(text, -1) {
			found[m[1]] = true
		}
	case map[string]any:
		return placeholders(text["other"])
	}
	return slices.Sorted(maps.Keys(found))
}

// labels are those that package record gives the lines of an entry: the first
// arguments of add, when and all.
func labels(t *testing.T, plain map[string]string) {
	t.Helper()
	files, err := filepath.Glob("../vault/record/*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, path := range files {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 2 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"add", "when", "all"}, sel.Sel.Name) {
				return true
			}
			if lit, ok := call.Args[0].(*ast.BasicLit); ok {
				s, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				plain[ui.LabelKey(s)] = s
				found++
			}
			return true
		})
	}
	if found < 100 {
		t.Errorf("found only %d labels of entries", found)
	}
}

// problems are what the forms of own entries say is to be filled in otherwise, as
// far as it holds no numbers of its own.
func problems(t *testing.T, plain map[string]string) {
	t.Helper()
	files, err := filepath.Glob("../vault/clinic/entry/*.go")
	if err != nil {
		t.Fatal(err)
	}
	begins := regexp.MustCompile(`^(write |check the |choose no|this is needed|the upper value)`)
	found := 0
	for _, path := range files {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			if s = strings.TrimPrefix(s, ": "); begins.MatchString(s) && !strings.Contains(s, "%") && !strings.HasSuffix(s, ": ") {
				plain[ui.FormKey(s)] = s
				found++
			}
			return true
		})
	}
	if found < 15 {
		t.Errorf("found only %d problems of forms", found)
	}
}

// writeEnglish brings the English translation up to date: the key is the text; plural
// forms that were written by hand stay.
func writeEnglish(t *testing.T, plain map[string]string, plural map[string]bool) {
	t.Helper()
	old := map[string]any{}
	if b, err := os.ReadFile(english); err == nil {
		if err := json.Unmarshal(b, &old); err != nil {
			t.Fatal(err)
		}
	}
	all := map[string]any{}
	for k, words := range plain {
		all[k] = words
	}
	for k := range plural {
		all[k] = map[string]any{"one": k, "other": k}
		if m, ok := old[k].(map[string]any); ok {
			all[k] = m
		}
	}
	var b strings.Builder
	b.WriteString("{\n")
	keys := slices.Sorted(maps.Keys(all))
	for i, k := range keys {
		key, _ := marshal(k)
		value, err := marshal(all[k])
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString("  " + key + ": " + value)
		if i < len(keys)-1 {
			b.WriteString(",")
		}
		b.WriteString("\n")
	}
	b.WriteString("}\n")
	if err := os.WriteFile(english, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func marshal(v any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSpace(b.String()), err
}
