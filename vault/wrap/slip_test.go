package wrap_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/wrap"
)

func TestSlip(t *testing.T) {
	for _, kind := range wrap.Kinds {
		var b bytes.Buffer
		s := wrap.Slip{Passphrase: []byte(passphrase), Kind: kind, For: "Dr Leila Haddad", File: "for-dr-haddad" + kind.Ending(), Made: made}
		if err := s.Write(&b); err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(b.Bytes(), []byte("/Type /Page\n")); n != 1 {
			t.Errorf("%s: got %d pages, want 1", kind, n)
		}
		path := filepath.Join(t.TempDir(), "slip.pdf")
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("CARNET_LOOK"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "slip-"+string(kind)+".pdf"), b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		out, err := exec.Command("pdftotext", path, "-").Output()
		if err != nil {
			t.Skip("SKIPPED: pdftotext is not installed")
		}
		text := strings.Join(strings.Fields(string(out)), " ")
		for _, word := range append(strings.Fields(passphrase), "Dr Leila Haddad", "3 May 2026", "How to open the file") {
			if !strings.Contains(text, word) {
				t.Errorf("%s: %q is missing, want it on the slip", kind, word)
			}
		}
	}
	if err := (wrap.Slip{Passphrase: []byte("四つの言葉"), Made: made}).Write(&bytes.Buffer{}); !errors.Is(err, wrap.ErrSlip) {
		t.Errorf("letters that cannot be printed: got %v, want ErrSlip", err)
	}
	long := wrap.Slip{Passphrase: []byte(strings.Repeat("Own words 12 ", 20)), For: "山田", File: "x", Made: made}
	if err := long.Write(&bytes.Buffer{}); err != nil {
		t.Errorf("a long one: got %v, want a slip", err)
	}
}
