package vault_test

import (
	"io"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// TestPartsOfAnOriginal are read in any order; of a member of an archive from its
// beginning.
func TestPartsOfAnOriginal(t *testing.T) {
	v := vaulttest.New(t)
	long := strings.Repeat("0123456789", 20_000)
	file := fileOf("import-of-a-zip1", "long.txt", long)
	whole, inside := archived(t, "import-of-a-zip1", "the first member")
	commit(t, v, record.Change{Originals: []record.Incoming{file, whole, inside[0]}, Receipt: receiptOf("import-of-a-zip1", file, whole, inside[0])})
	r, o, err := v.OpenOriginalAt(t.Context(), file.Hash)
	if err != nil || o.Size != int64(len(long)) {
		t.Fatal(o, err)
	}
	defer r.Close()
	for _, at := range []int64{150_003, 7, 199_995} {
		if _, err := r.(io.Seeker).Seek(at, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 5)
		if _, err := io.ReadFull(r, b); err != nil || string(b) != long[at:at+5] {
			t.Errorf("at %d: got %q, %v", at, b, err)
		}
	}
	m, _, err := v.OpenOriginalAt(t.Context(), inside[0].Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if b, err := io.ReadAll(m); err != nil || string(b) != "the first member" {
		t.Errorf("got %q, %v", b, err)
	}
}
