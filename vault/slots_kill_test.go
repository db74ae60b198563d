package vault_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

func numbered(n int) []byte { return fmt.Appendf(nil, "made-up passphrase number %d", n) }

// A process that is killed while it changes the passphrase again and again
// leaves the last one that it was told holds, or the next one; never both, and
// none of before.
func TestKilledInChangeOfPassphrase(t *testing.T) {
	if state := os.Getenv("CARNET_KILL_KEYS"); state != "" {
		at, dir, _ := strings.Cut(state, " ")
		var n int
		fmt.Sscan(at, &n)
		v, err := vault.Open(t.Context(), dir, numbered(n), vaulttest.Options())
		if err != nil {
			t.Fatal(err)
		}
		for ; ; n++ {
			if err := v.ChangePassphrase(t.Context(), numbered(n), numbered(n+1)); err != nil {
				t.Fatal(err)
			}
			fmt.Printf("holds %d\n", n+1)
		}
	}
	v := vaulttest.New(t)
	want := all(t, v)
	if err := v.ChangePassphrase(t.Context(), []byte(vaulttest.Passphrase), numbered(0)); err != nil {
		t.Fatal(err)
	}
	v.Close()
	rounds := 12
	if testing.Short() {
		rounds = 4
	}
	holds := 0
	for round := range rounds {
		holds = killed(t, v.Dir(), holds, 1+round%3)
		opened := -1
		for n := max(0, holds-2); n <= holds+1; n++ {
			v, err := vault.Open(t.Context(), v.Dir(), numbered(n), vaulttest.Options())
			if errors.Is(err, vault.ErrWrongPassphrase) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if n < holds || opened >= 0 {
				t.Errorf("number %d opens; %d was acknowledged, %d opened too", n, holds, opened)
			}
			opened = n
			same(t, all(t, v), want)
			clean(t, v)
			if err := v.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if opened < 0 {
			t.Fatalf("neither number %d nor the next one opens the vault", holds)
		}
		holds = opened
	}
}

// killed lets a child change the passphrase from number n on and kills it some
// time after it said that it did so a few times. It gives the last number that
// the child said holds.
func killed(t *testing.T, dir string, n, times int) int {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKilledInChangeOfPassphrase$")
	child.Env = append(os.Environ(), fmt.Sprintf("CARNET_KILL_KEYS=%d %s", n, dir))
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	last := n
	for last < n+times {
		if _, err := fmt.Fscanf(out, "holds %d\n", &last); err != nil {
			t.Fatalf("the child stopped: %v", err)
		}
	}
	time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond)
	child.Process.Kill()
	for { // what it said before it died
		if _, err := fmt.Fscanf(out, "holds %d\n", &last); err != nil {
			break
		}
	}
	child.Wait()
	return last
}
