package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const twoClaims = `{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Claim","id":"1"}},{"resource":{"resourceType":"Wobble","id":"2"}}]}`

func TestCheckJSON(t *testing.T) {
	v := filepath.Join(t.TempDir(), "v")
	ctl(t, 0, "create", v)
	var got map[string]any
	if err := json.Unmarshal([]byte(ctl(t, 0, "--vault", v, "check", "--json")), &got); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"frames", "records", "originals", "problems"} {
		if got[name] == nil {
			t.Errorf("%s is missing: %v", name, got)
		}
	}
	header := filepath.Join(v, "vault.json")
	b, err := os.ReadFile(header)
	if err != nil {
		t.Fatal(err)
	}
	b[100] ^= 1
	if err := os.WriteFile(header, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := ctl(t, exitDone, "--vault", v, "check", "--json"); !strings.Contains(out, `"problems":[{"file":"vault.json","text":"`) || !strings.Contains(out, `"records":[],"mended":true`) {
		t.Errorf("got %s", out)
	}
}

// What the receipt calls kept in the original is there.
func TestFileOfClaimsIsKept(t *testing.T) {
	dir := t.TempDir()
	v, claims := filepath.Join(dir, "v"), filepath.Join(dir, "claims.json")
	ctl(t, 0, "create", v)
	if err := os.WriteFile(claims, []byte(twoClaims), 0o600); err != nil {
		t.Fatal(err)
	}
	ctl(t, 0, "--vault", v, "import", "--yes", claims)
	if out := ctl(t, 0, "--vault", v, "check", "--deep"); !strings.Contains(out, "1 originals") {
		t.Errorf("got %s", out)
	}
	if out := ctl(t, 0, "--vault", v, "imports"); strings.Count(out, "claims.json") != 1 {
		t.Errorf("got %s", out)
	}
}

func TestEmptyNamesAreUsageErrors(t *testing.T) {
	t.Chdir(t.TempDir())
	ctl(t, 0, "create", "v")
	for _, args := range [][]string{{"--vault", "v", "import", "--yes", ""}, {"create", ""}} {
		if code, _ := ctlErr(passphrase, args...); code != exitUsage {
			t.Errorf("%q: exit %d, want %d", args, code, exitUsage)
		}
	}
}

func TestPassphraseFiles(t *testing.T) {
	dir := t.TempDir()
	v := filepath.Join(dir, "v")
	ctl(t, 0, "create", v)
	for name, c := range map[string]struct {
		content string
		want    int
	}{
		"plain":           {passphrase, 0},
		"line feed":       {passphrase + "\n", 0},
		"CRLF":            {passphrase + "\r\nmore\r\n", 0},
		"byte order mark": {"\ufeff" + passphrase + "\r\n", 0},
		"long tail":       {passphrase + "\n" + strings.Repeat("x", 10000), 0},
		"empty":           {"", exitPassphrase},
		"space before":    {" " + passphrase, exitPassphrase},
		"no end":          {strings.Repeat("x", 10000), exitUsage},
	} {
		path := filepath.Join(dir, "secret")
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, said := ctlErr("", "--vault", v, "--passphrase-file", path, "people"); code != c.want {
			t.Errorf("%s: exit %d, want %d (%s)", name, code, c.want, said)
		}
	}
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _ := ctlErr("", "create", filepath.Join(dir, "w"), "--passphrase-file", empty); code != exitUsage {
		t.Errorf("a vault without a passphrase: exit %d", code)
	}
	if _, said := ctlErr("hello", "create", filepath.Join(dir, "w")); !strings.Contains(said, "too easy to guess") {
		t.Errorf("a weak passphrase is not remarked on: %q", said)
	}
}

// Looking changes nothing, on the disk neither.
func TestDryRunLeavesEveryByte(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the index does not open for reading alone there")
	}
	dir := t.TempDir()
	v, claims := filepath.Join(dir, "v"), filepath.Join(dir, "claims.json")
	ctl(t, 0, "create", v, "--person", "Marie Sample", "--born", "1958-03-14")
	if err := os.WriteFile(claims, []byte(twoClaims), 0o600); err != nil {
		t.Fatal(err)
	}
	before := tree(t, v)
	ctl(t, 0, "--vault", v, "import", "--dry-run", claims)
	ctl(t, 0, "--vault", v, "list")
	ctl(t, 0, "--vault", v, "check", "--deep")
	if tree(t, v) != before {
		t.Error("the vault was changed")
	}
}

// A stop signal ends a wait for the person at the terminal.
func TestAnswerStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	never := make(chan struct{})
	defer close(never)
	if _, err := answer(ctx, func() (int, error) { <-never; return 1, nil }); err == nil {
		t.Error("got an answer")
	}
	var out bytes.Buffer
	if code := run(ctx, []string{"--vault", filepath.Join(t.TempDir(), "none"), "list"}, testConsole(passphrase, &out, &out)); code != exitFailed {
		t.Errorf("exit %d", code)
	}
}
