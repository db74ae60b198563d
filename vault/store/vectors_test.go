package store

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault/seal"
)

// The example of a value that FORMAT.md points at opens.
func TestVectors(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "testdata", "vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		VaultID, VaultKey, BadgerKey, BadgerPlain, BadgerValue string
		BadgerVersion                                          uint64
	}
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	unhex := func(s string) []byte {
		b, err := hex.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	id, key := unhex(v.VaultID), seal.Key(unhex(v.VaultKey))
	k := &Keys{VaultID: id, Value: seal.NewBox(key.Derive(id, "value"))}
	plain, err := k.Value.Open(nil, k.place(unhex(v.BadgerKey), v.BadgerVersion), unhex(v.BadgerValue))
	if err != nil || hex.EncodeToString(plain) != v.BadgerPlain {
		t.Errorf("got %x, %v, want %s", plain, err, v.BadgerPlain)
	}
}
