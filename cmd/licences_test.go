package cmd_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/assets"
)

var update = flag.Bool("update", false, "write the licences of all modules into assets/licences/modules.txt")

const listed = "../assets/licences/modules.txt"

// TestLicences holds the list of licences against the modules that the programs are
// made of, on every system: -update writes it.
func TestLicences(t *testing.T) {
	modules := modules(t)
	if *update {
		if err := os.WriteFile(listed, licencesOf(t, modules), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have := map[string]bool{}
	for _, l := range assets.Licences() {
		if len(l.Text) < 200 {
			t.Errorf("the licence of %q says nothing: %q", l.Works, l.Text)
		}
		for _, w := range l.Works {
			have[w] = true
		}
	}
	for _, m := range modules {
		if !have[m.name()] {
			t.Errorf("%s lacks the licence of %s: go test ./cmd -run TestLicences -update", listed, m.name())
		}
		delete(have, m.name())
	}
	for w := range have {
		if strings.Contains(w, " v") && strings.Contains(w, "/") {
			t.Errorf("%s has the licence of %s, which is no part of any program", listed, w)
		}
	}
}

// used is a module that is part of a program.
type used struct{ path, version, dir string }

func (m used) name() string { return strings.TrimSpace(m.path + " " + m.version) }

// modules are those of the programs on every system, and Go's own library.
func modules(t *testing.T) []used {
	t.Helper()
	found := map[string]used{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		c := exec.Command("go", "list", "-deps", "-f", `{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}`, "./...")
		c.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=1")
		var problems bytes.Buffer
		c.Stderr = &problems
		out, err := c.Output()
		if err != nil {
			t.Skipf("SKIPPED: the modules for %s cannot be listed here: %v %s", system, err, problems.String())
		}
		for line := range strings.Lines(string(out)) {
			if f := strings.Fields(line); len(f) == 3 {
				found[f[0]] = used{f[0], f[1], f[2]}
			}
		}
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	list := []used{{"The Go standard library", "", strings.TrimSpace(string(root))}}
	for _, m := range found {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b used) int { return strings.Compare(strings.ToLower(a.path), strings.ToLower(b.path)) })
	return list
}

var licenceFile = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying|notice|patents)[^/]*$`)

// licencesOf lists the licences, each text once below all modules that have it.
func licencesOf(t *testing.T, modules []used) []byte {
	t.Helper()
	works := map[string][]string{}
	var texts []string
	for _, m := range modules {
		text := licenceOf(t, m)
		if _, ok := works[text]; !ok {
			texts = append(texts, text)
		}
		works[text] = append(works[text], m.name())
	}
	var out bytes.Buffer
	for _, text := range texts {
		for _, w := range works[text] {
			fmt.Fprintf(&out, "==== %s\n", w)
		}
		fmt.Fprintf(&out, "%s\n", text)
	}
	return out.Bytes()
}

// licenceOf is the text of all files of a module that state one, in its folder and
// beside fonts within it.
func licenceOf(t *testing.T, m used) string {
	t.Helper()
	var parts []string
	for _, dir := range []string{m.dir, filepath.Join(m.dir, "theme", "font")} {
		entries, err := os.ReadDir(dir)
		if err != nil && dir == m.dir {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.IsDir() || !licenceFile.MatchString(e.Name()) {
				continue
			}
			text, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for line := range strings.Lines(strings.ReplaceAll(string(text), "\r", "")) {
				lines = append(lines, strings.TrimRight(line, " \t\n"))
			}
			parts = append(parts, strings.Trim(strings.Join(lines, "\n"), "\n"))
		}
	}
	if len(parts) == 0 {
		t.Fatalf("%s has no licence", m.name())
	}
	return strings.Join(parts, "\n\n")
}
