package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// passphrase opens every vault of these tests.
const passphrase = "only for the tests of this program"

// testConsole is a console without a terminal, whose new vaults open fast.
func testConsole(secret string, out, err io.Writer) *console {
	return &console{in: strings.NewReader(""), out: out, err: err, now: time.Now, kdf: vaulttest.Cheap, getenv: func(k string) string {
		return map[string]string{"CARNET_PASSPHRASE": secret}[k]
	}}
}

// ctl runs a command line in this process and gives what it prints.
func ctl(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, err bytes.Buffer
	c := testConsole(passphrase, &out, &err)
	if got := run(context.Background(), args, c); got != want {
		t.Fatalf("carnetctl %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, want, out.String(), err.String())
	}
	return out.String()
}
