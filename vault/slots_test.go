package vault_test

import (
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

const nextPassphrase = "another made-up passphrase"

// opens says what opening a vault with a secret gives, and closes it again.
func opens(t testing.TB, dir, secret string, want error) {
	t.Helper()
	v, err := vault.Open(t.Context(), dir, []byte(secret), vaulttest.Options())
	if !errors.Is(err, want) {
		t.Errorf("open with %.12s…: got %v, want %v", secret, err, want)
	}
	if err == nil {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	}
}

func identity(t testing.TB) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestEverySecretOpensAndNoOther(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "v")
	v, firstRecovery, err := vault.Create(t.Context(), dir, []byte(vaulttest.Passphrase), vaulttest.Options())
	if err != nil {
		t.Fatal(err)
	}
	commit(t, v, record.Change{Put: vaulttest.Records()})
	friend, stranger, gone := identity(t), identity(t), identity(t)
	secret := []byte(vaulttest.Passphrase)
	added, err := v.AddPassphrase(t.Context(), secret, "Ben, my brother", []byte("the brother's made-up passphrase"))
	if err != nil || added.Label != "Ben, my brother" || added.Kind != seal.PassphraseSlot || !added.Created.Equal(vaulttest.Now) {
		t.Fatalf("got %+v, %v", added, err)
	}
	trusted, err := v.AddTrusted(t.Context(), secret, "the lawyer", friend.Recipient().String())
	if err != nil || trusted.Recipient != friend.Recipient().String() {
		t.Fatalf("got %+v, %v", trusted, err)
	}
	recovery, err := v.NewRecoveryKey(t.Context(), []byte(friend.String()))
	if err != nil {
		t.Fatal(err)
	}
	if err := v.ChangePassphrase(t.Context(), secret, []byte(nextPassphrase)); err != nil {
		t.Fatal(err)
	}
	former, err := v.AddTrusted(t.Context(), []byte(recovery), "", gone.Recipient().String())
	if err != nil {
		t.Fatal(err)
	}
	if err := v.RemoveSlot(t.Context(), []byte(gone.String()), former.ID); err != nil {
		t.Fatal(err)
	}
	slots := v.Slots()
	if len(slots) != 4 {
		t.Fatalf("got %d slots, want 4: %+v", len(slots), slots)
	}
	clean(t, v)
	v.Close()
	for _, tc := range []struct {
		name, secret string
		want         error
		slot         string
	}{
		{"new passphrase", nextPassphrase, nil, slots[0].ID},
		{"old passphrase", vaulttest.Passphrase, vault.ErrWrongPassphrase, ""},
		{"added passphrase", "the brother's made-up passphrase", nil, added.ID},
		{"trusted identity", friend.String() + "\n", nil, trusted.ID},
		{"identity of a stranger", stranger.String(), vault.ErrWrongPassphrase, ""},
		{"identity that was removed", gone.String(), vault.ErrWrongPassphrase, ""},
		{"mistyped identity", friend.String()[:60], vault.ErrWrongPassphrase, ""},
		{"new recovery key", recovery, nil, slots[3].ID},
		{"old recovery key", firstRecovery, vault.ErrWrongPassphrase, ""},
		{"mistyped recovery key", recovery[:len(recovery)-1] + map[bool]string{true: "1", false: "0"}[recovery[len(recovery)-1] == '0'], vault.ErrRecoveryKeyTypo, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v, err := vault.Open(t.Context(), dir, []byte(tc.secret), vaulttest.Options())
			if !errors.Is(err, tc.want) {
				t.Fatalf("got %v, want %v", err, tc.want)
			}
			if err != nil {
				return
			}
			defer v.Close()
			if got, err := v.Rehearse(t.Context(), []byte(tc.secret)); err != nil || got.ID != tc.slot {
				t.Errorf("rehearse: got %+v, %v, want slot %s", got, err, tc.slot)
			}
			if n := len(v.Notices()); n > 0 {
				t.Errorf("got %d notices", n)
			}
			clean(t, v)
		})
	}
}

func TestWrongSecretsChangeNothing(t *testing.T) {
	v := vaulttest.New(t)
	v = vaulttest.Reopen(t, v)
	before := snapshot(t, v.Dir())
	ctx, wrong, right := t.Context(), []byte("wrong"), []byte(vaulttest.Passphrase)
	slots := v.Slots()
	long := strings.Repeat("x", seal.LabelLimit+1)
	recipient := identity(t).Recipient().String()
	for _, tc := range []struct {
		name string
		do   func() error
		want error
	}{
		{"change", func() error { return v.ChangePassphrase(ctx, wrong, []byte("x")) }, vault.ErrWrongPassphrase},
		{"change to nothing", func() error { return v.ChangePassphrase(ctx, right, nil) }, vault.ErrWeakPassphrase},
		{"add", func() error { _, err := v.AddPassphrase(ctx, wrong, "", []byte("x")); return err }, vault.ErrWrongPassphrase},
		{"add nothing", func() error { _, err := v.AddPassphrase(ctx, right, "", nil); return err }, vault.ErrWeakPassphrase},
		{"label too long", func() error { _, err := v.AddPassphrase(ctx, right, long, []byte("x")); return err }, seal.ErrLabel},
		{"label no text", func() error { _, err := v.AddPassphrase(ctx, right, "\xff", []byte("x")); return err }, seal.ErrLabel},
		{"trust", func() error { _, err := v.AddTrusted(ctx, wrong, "", recipient); return err }, vault.ErrWrongPassphrase},
		{"trust nobody", func() error { _, err := v.AddTrusted(ctx, right, "", "age1nonsense"); return err }, seal.ErrRecipient},
		{"trust a secret", func() error { _, err := v.AddTrusted(ctx, right, "", identity(t).String()); return err }, seal.ErrRecipient},
		{"trust the recovery key", func() error { _, err := v.AddTrusted(ctx, right, "", slots[1].Recipient); return err }, vault.ErrSlotExists},
		{"new recovery key", func() error { _, err := v.NewRecoveryKey(ctx, wrong); return err }, vault.ErrWrongPassphrase},
		{"remove", func() error { return v.RemoveSlot(ctx, wrong, slots[1].ID) }, vault.ErrWrongPassphrase},
		{"remove the last passphrase", func() error { return v.RemoveSlot(ctx, right, slots[0].ID) }, vault.ErrLastPassphrase},
		{"remove what is not there", func() error { return v.RemoveSlot(ctx, right, "nobody") }, vault.ErrNotFound},
		{"rehearse", func() error { _, err := v.Rehearse(ctx, wrong); return err }, vault.ErrWrongPassphrase},
		{"rehearse a typo", func() error { _, err := v.Rehearse(ctx, []byte(strings.Repeat("7Q4K-", 9))); return err }, vault.ErrRecoveryKeyTypo},
	} {
		if err := tc.do(); !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %v", tc.name, err, tc.want)
		}
	}
	if got := snapshot(t, v.Dir()); !maps.Equal(got, before) {
		t.Error("the vault was changed")
	}
	v.Close()
	if err := v.ChangePassphrase(ctx, right, []byte("x")); !errors.Is(err, vault.ErrClosed) {
		t.Errorf("closed: got %v, want ErrClosed", err)
	}
}

// As many as can be read are as many as can be added.
func TestPassphrasesHaveALimit(t *testing.T) {
	v := vaulttest.Empty(t)
	n := 1
	for ; n < 100; n++ {
		if _, err := v.AddPassphrase(t.Context(), []byte(vaulttest.Passphrase), "", []byte("one more")); err != nil {
			break
		}
	}
	if n != 16 {
		t.Errorf("got %d passphrases, want 16", n)
	}
	vaulttest.Reopen(t, v)
}

// A change of the passphrase touches the header and the end of the journal.
func TestChangeOfPassphraseRewritesNothing(t *testing.T) {
	files, want := closedVault(t)
	dir := restore(t, files)
	v, err := open(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.ChangePassphrase(t.Context(), []byte(vaulttest.Passphrase), []byte(nextPassphrase)); err != nil {
		t.Fatal(err)
	}
	v.Close()
	after := snapshot(t, dir)
	for name, content := range files {
		switch {
		case strings.HasPrefix(name, "journal/") && (!strings.HasPrefix(after[name], content) || len(after[name]) > len(content)+4096):
			t.Errorf("%s was written again", name)
		case strings.HasPrefix(name, "originals/") && after[name] != content:
			t.Errorf("%s was changed", name)
		case strings.HasPrefix(name, "vault.json") && after[name] == content:
			t.Errorf("%s is as before", name)
		}
	}
	opens(t, dir, vaulttest.Passphrase, vault.ErrWrongPassphrase)
	if v, err = vault.Open(t.Context(), dir, []byte(nextPassphrase), vaulttest.Options()); err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	same(t, all(t, v), want)
	clean(t, v)
}

// What is encrypted to the recovery key's recipient opens with its identity.
func TestRecoveryIdentity(t *testing.T) {
	v := vaulttest.Empty(t)
	key, err := v.NewRecoveryKey(t.Context(), []byte(vaulttest.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.ParseX25519Recipient(v.Slots()[1].Recipient)
	if err != nil {
		t.Fatal(err)
	}
	var sealed strings.Builder
	w, err := age.Encrypt(&sealed, r)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "a backup")
	w.Close()
	text, err := vault.RecoveryIdentity(v.Dir(), []byte(key))
	if err != nil {
		t.Fatal(err)
	}
	id, err := age.ParseX25519Identity(text)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := age.Decrypt(strings.NewReader(sealed.String()), id)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(plain); err != nil || string(got) != "a backup" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := vault.RecoveryIdentity(v.Dir(), []byte(seal.NewRecoveryKey())); !errors.Is(err, vault.ErrWrongPassphrase) {
		t.Errorf("another key: got %v, want ErrWrongPassphrase", err)
	}
}

// A label is nowhere readable, and tells nothing by its length.
func TestLabelsAreSealed(t *testing.T) {
	v := vaulttest.Empty(t)
	for _, label := range []string{"Zwqx", "Zwqx" + strings.Repeat("vkj", 40)} {
		if _, err := v.AddTrusted(t.Context(), []byte(vaulttest.Passphrase), label, identity(t).Recipient().String()); err != nil {
			t.Fatal(err)
		}
	}
	for _, when := range []string{"open", "closed"} {
		for name, content := range snapshot(t, v.Dir()) {
			if strings.Contains(content, "Zwqx") {
				t.Errorf("%s: a label can be read in %s", when, name)
			}
		}
		v.Close()
	}
	head, err := os.ReadFile(filepath.Join(v.Dir(), "vault.json"))
	if err != nil {
		t.Fatal(err)
	}
	lengths := map[int]bool{}
	for _, part := range strings.Split(string(head), `"label":"`)[1:] {
		lengths[strings.Index(part, `"`)] = true
	}
	if len(lengths) != 1 {
		t.Errorf("labels have the lengths %v", lengths)
	}
}

// The vault's own snapshots hold headers too: none is left that a passphrase of
// before opens. What only adds a key leaves them.
func TestFormerPassphraseOpensNoSnapshot(t *testing.T) {
	v := vaulttest.New(t)
	v.Close()
	for i := range 3 {
		session(t, v.Dir(), withSnapshots(5), 3+i)
	}
	change := func(do func(v *vault.Vault) error) {
		t.Helper()
		v, err := vault.Open(t.Context(), v.Dir(), []byte(vaulttest.Passphrase), withSnapshots(5))
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(do(v), v.Close()); err != nil {
			t.Fatal(err)
		}
	}
	change(func(v *vault.Vault) error {
		_, err := v.AddTrusted(t.Context(), []byte(vaulttest.Passphrase), "", identity(t).Recipient().String())
		return err
	})
	if n := len(snapshotLists(t, v.Dir())); n != 4 {
		t.Errorf("got %d snapshots behind an added key, want 4", n)
	}
	change(func(v *vault.Vault) error {
		return v.ChangePassphrase(t.Context(), []byte(vaulttest.Passphrase), []byte(nextPassphrase))
	})
	lists := snapshotLists(t, v.Dir())
	if len(lists) != 1 {
		t.Errorf("got %d snapshots behind the change, want 1", len(lists))
	}
	want, _ := os.ReadFile(filepath.Join(v.Dir(), "vault.json"))
	for _, dir := range lists {
		if got, err := os.ReadFile(filepath.Join(dir, "vault.json")); err != nil || string(got) != string(want) {
			t.Errorf("%s: another header than the vault's, %v", filepath.Base(dir), err)
		}
	}
}
