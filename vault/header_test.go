package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/seal"
)

const trustedRecipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p" // from the documentation of age

// headerOfAllKinds gives the vault.json of a new vault with a slot of each kind.
func headerOfAllKinds(t testing.TB) headers {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "v")
	v, _, err := Create(t.Context(), dir, []byte(frozenPassphrase), frozenOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if _, err := v.AddTrusted(t.Context(), []byte(frozenPassphrase), "a friend", trustedRecipient); err != nil {
		t.Fatal(err)
	}
	return *v.head.Load()
}

// No byte of vault.json can change unseen: not by damage, and not by somebody
// who makes the checksum fit.
func TestEveryByteOfTheHeaderCounts(t *testing.T) {
	good := headerOfAllKinds(t)
	for i := range good.data {
		for _, flip := range []byte{1, 0x20, 0x80} {
			bad := bytes.Clone(good.data)
			bad[i] ^= flip
			if _, _, err := parseHeader(bad); err == nil {
				t.Errorf("byte %d changed by %#x: accepted", i, flip)
			}
		}
		if _, _, err := parseHeader(good.data[:i]); err == nil {
			t.Errorf("cut to %d bytes: accepted", i)
		}
	}
	raw, step := good.envelope.Header, 1
	if testing.Short() {
		step = 7
	}
	for i := 0; i < len(raw); i += step {
		bad := headers{envelope: good.envelope}
		bad.envelope.Header = bytes.Clone(raw)
		bad.envelope.Header[i] ^= 1
		h, err := decodeHeader(bad.envelope.Header)
		if err != nil {
			continue
		}
		bad.header = h
		if _, _, err := unlockOne(bad, []byte(frozenPassphrase)); err == nil {
			t.Errorf("byte %d of the header changed: opened", i)
		}
	}
}

// FuzzParseHeader says that no vault.json panics, that what is read is exactly
// what was written, and that what is in bounds can be tried.
func FuzzParseHeader(f *testing.F) {
	frozen, err := os.ReadFile(filepath.Join("testdata", "vault-v1", headerFile))
	if err != nil {
		f.Fatal(err)
	}
	all := headerOfAllKinds(f)
	f.Add(frozen)
	f.Add(all.data)
	f.Add([]byte(all.envelope.Header)) // sealed below
	f.Add([]byte(`{"format":"carnet vault","version":1,"id":"AAAAAAAAAAAAAAAAAAAAAA==","slots":[null,{"kind":7},{"kind":"later","salt":{}},{"kind":"age","wrapped":"YWdl"}]}`))
	secrets := [][]byte{[]byte(frozenPassphrase), []byte("AGE-SECRET-KEY-184JMZMVQH3E6U0PSL869004Y3U2NYV7R30EU99CSEDNPH02YUVFSZW44VU")}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > headerLimit {
			return
		}
		if _, e, err := parseHeader(data); err == nil {
			if again, err := e.bytes(); err != nil || !bytes.Equal(again, data) {
				t.Fatalf("read back as %q, %v", again, err)
			}
		}
		h, err := decodeHeader(data)
		if err != nil {
			return
		}
		again, err := json.Marshal(h)
		if err != nil {
			t.Fatal(err)
		}
		if h2, err := decodeHeader(again); err != nil || len(h2.Slots) != len(h.Slots) || h2.Generation != h.Generation {
			t.Fatalf("written again and read: %v", err)
		}
		if seal.CheckSlots(h.Slots) != nil || slices.ContainsFunc(h.Slots, func(s seal.Slot) bool { return s.Cost.MemoryKiB > 64 || s.Cost.Time > 2 }) {
			return
		}
		for _, secret := range secrets {
			_, _, _ = unlockOne(headers{header: h}, secret)
		}
	})
}

// Slots that would cost more than any version writes are refused before any is
// tried, in a header whose checksum fits too; the copy opens the vault.
func TestHostileSlots(t *testing.T) {
	good := headerOfAllKinds(t)
	slot := good.header.Slots[0]
	costly := func(memory, time uint32) string {
		b, err := json.Marshal(slot)
		if err != nil {
			t.Fatal(err)
		}
		return strings.NewReplacer(`"time":1`, `"time":`+itoa(time), `"memoryKiB":64`, `"memoryKiB":`+itoa(memory)).Replace(string(b))
	}
	for name, slots := range map[string][]string{
		"one that asks for 2 GiB":   {costly(2<<20, 1)},
		"one with 2^31 passes":      {costly(64, 1<<31)},
		"seventeen":                 slices.Repeat([]string{costly(64, 1)}, 17),
		"three of the costliest":    slices.Repeat([]string{costly(1<<20, 16)}, 3),
		"a thousand of later kinds": slices.Repeat([]string{`{"kind":"later"}`}, 1000),
		"a recipient of 1 kB":       {`{"kind":"age","recipient":"` + strings.Repeat("a", 1000) + `"}`},
		"a wrapped key of 4 kB":     {`{"kind":"age","wrapped":"` + strings.Repeat("aaaa", 1500) + `"}`},
	} {
		t.Run(name, func(t *testing.T) {
			raw := []byte(`{"format":"carnet vault","version":1,"id":"AAAAAAAAAAAAAAAAAAAAAA==","slots":[` + strings.Join(slots, ",") + `]}`)
			bad, err := sealHeader(raw, make([]byte, seal.KeySize))
			if err != nil {
				t.Fatal(err)
			}
			if _, _, _, err := unlock([]headers{bad}, []byte(frozenPassphrase)); !errors.Is(err, ErrDamaged) {
				t.Errorf("got %v, want ErrDamaged", err)
			}
			if _, h, _, err := unlock([]headers{bad, good}, []byte(frozenPassphrase)); err != nil || !bytes.Equal(h.data, good.data) {
				t.Errorf("with a good copy: got %v", err)
			}
		})
	}
}

func itoa(n uint32) string {
	b, _ := json.Marshal(n)
	return string(b)
}

// A header of a higher generation that nobody with the key wrote decides
// nothing.
func TestForgedGeneration(t *testing.T) {
	good := headerOfAllKinds(t)
	h := good.header
	h.Generation += 5
	forged, err := h.encode(make([]byte, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	if _, got, _, err := unlock([]headers{forged, good}, []byte(frozenPassphrase)); err != nil || got.header.Generation != good.header.Generation {
		t.Errorf("got generation %d, %v, want the one of the copy", got.header.Generation, err)
	}
}

// Where not even the journal can be put back, the vault says so and writes
// nothing more; after that the new passphrase holds.
func TestChangeThatBreaksTheJournal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "v")
	v, _, err := Create(t.Context(), dir, []byte(frozenPassphrase), frozenOptions())
	if err != nil {
		t.Fatal(err)
	}
	v.journal.Close()
	if err := v.ChangePassphrase(t.Context(), []byte(frozenPassphrase), []byte("the next")); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v, want ErrDamaged", err)
	}
	if _, err := v.NewRecoveryKey(t.Context(), []byte(frozenPassphrase)); !errors.Is(err, ErrDamaged) {
		t.Errorf("the next change: got %v, want ErrDamaged", err)
	}
	v.Close()
	if _, err := Open(t.Context(), dir, []byte(frozenPassphrase), frozenOptions()); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("the old passphrase: got %v, want ErrWrongPassphrase", err)
	}
	if v, err = Open(t.Context(), dir, []byte("the next"), frozenOptions()); err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if n := v.Notices(); !slices.ContainsFunc(n, func(p Problem) bool { return p.File == headerFile }) {
		t.Errorf("got the notices %+v, want one of the header", n)
	}
	if report, err := v.Check(t.Context(), true, nil); err != nil || len(report.Problems) > 0 {
		t.Errorf("check: got %+v, %v", report, err)
	}
}

// A vault of before has slots without ids, labels and recipients. It keeps its
// secrets, can change them, and from then on has the new fields.
func TestFrozenVaultChangesItsKeys(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "v")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "vault-v1"))); err != nil {
		t.Fatal(err)
	}
	recovery, err := os.ReadFile(filepath.Join("testdata", "vault-v1.recovery-key"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := Open(t.Context(), dir, []byte(frozenPassphrase), frozenOptions())
	if err != nil {
		t.Fatal(err)
	}
	slots := v.Slots()
	if len(slots) != 2 || slots[0].Kind != seal.PassphraseSlot || slots[1].Kind != seal.RecoverySlot || len(slots[0].ID) != 8 || slots[0].ID == slots[1].ID || !slots[0].Created.Equal(frozenNow) || slots[1].Recipient != "" {
		t.Errorf("got the slots %+v", slots)
	}
	if got, err := v.Rehearse(t.Context(), recovery); err != nil || got != slots[1] {
		t.Errorf("rehearse: got %+v, %v", got, err)
	}
	recoverySlot, _ := json.Marshal(v.head.Load().header.Slots[1])
	if err := v.ChangePassphrase(t.Context(), recovery, []byte("the next")); err != nil {
		t.Fatal(err)
	}
	if again := v.Slots(); again[0].ID != slots[0].ID || again[1] != slots[1] {
		t.Errorf("got the slots %+v, want the same ids", again)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, headerFile))
	if err != nil || !bytes.Contains(data, recoverySlot) {
		t.Errorf("the slot that stayed was written differently, %v", err)
	}
	for secret, want := range map[string]error{frozenPassphrase: ErrWrongPassphrase, string(recovery): nil, "the next": nil} {
		v, err := Open(t.Context(), dir, []byte(secret), frozenOptions())
		if !errors.Is(err, want) {
			t.Errorf("open with %.6s…: got %v, want %v", secret, err, want)
		}
		if err != nil {
			continue
		}
		if report, err := v.Check(t.Context(), true, nil); err != nil || len(report.Problems)+len(v.Notices()) > 0 {
			t.Errorf("check: %+v, %v", report, err)
		}
		v.Close()
	}
}
