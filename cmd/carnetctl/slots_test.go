package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What is removed opens nothing, the last passphrase stays, and the recovery key
// that was printed is the one that a rehearsal accepts.
func TestKeysComeAndGo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "v.carnet")
	ctl(t, exitDone, "create", dir)
	second := filepath.Join(t.TempDir(), "second")
	if err := os.WriteFile(second, []byte("the second made-up passphrase\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctl(t, exitDone, "--vault", dir, "slots", "add", "--label", "second", "--new-passphrase-file", second)
	type slot struct{ ID, Kind, Label string }
	list := func() (slots []slot) {
		t.Helper()
		for line := range strings.Lines(ctl(t, exitDone, "--vault", dir, "slots", "--json")) {
			var s slot
			if err := json.Unmarshal([]byte(line), &s); err != nil {
				t.Fatal(err)
			}
			slots = append(slots, s)
		}
		return slots
	}
	slots := list()
	if len(slots) != 3 || slots[2].Label != "second" {
		t.Fatalf("got %+v", slots)
	}
	ctl(t, exitDone, "--vault", dir, "--passphrase-file", second, "slots", "remove", slots[2].ID)
	ctl(t, exitPassphrase, "--vault", dir, "--passphrase-file", second, "people")
	ctl(t, exitFailed, "--vault", dir, "slots", "remove", slots[0].ID)
	ctl(t, exitUsage, "--vault", dir, "slots", "remove", slots[2].ID)

	form := regexp.MustCompile(`[0-9A-Z]{4}(-[0-9A-Z]{4}){8}`)
	keys := []string{
		form.FindString(ctl(t, exitDone, "--vault", dir, "recovery")),
		form.FindString(ctl(t, exitDone, "--vault", dir, "recovery")),
	}
	if out := ctlSecret(t, keys[1], exitDone, "--vault", dir, "recovery", "--rehearse"); !strings.Contains(out, "it opens the vault") {
		t.Errorf("got %q", out)
	}
	if out := ctlSecret(t, keys[0], exitPassphrase, "--vault", dir, "recovery", "--rehearse"); !strings.Contains(out, "NOT") {
		t.Errorf("got %q", out)
	}
	if out := ctlSecret(t, keys[1], exitDone, "--vault", dir, "recovery", "--identity"); !strings.HasPrefix(out, "AGE-SECRET-KEY-1") {
		t.Errorf("got %q", out)
	}
	ctlSecret(t, keys[0], exitPassphrase, "--vault", dir, "recovery", "--identity")
	for _, s := range list() {
		if s.Kind == "recovery" {
			ctl(t, exitDone, "--vault", dir, "slots", "remove", s.ID)
		}
	}
	if n := len(list()); n != 1 {
		t.Errorf("got %d keys, want 1", n)
	}
}

// ctlSecret is ctl with another secret.
func ctlSecret(t *testing.T, secret string, want int, args ...string) string {
	t.Helper()
	var out, err bytes.Buffer
	if got := run(context.Background(), args, testConsole(secret, &out, &err)); got != want {
		t.Fatalf("carnetctl %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, want, out.String(), err.String())
	}
	return out.String()
}
