package vault_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// A segment that lost all of its frames, as when a copy from the day it was
// begun is put in its place, is named by Check, whatever else is damaged.
func TestSegmentWithoutItsFramesIsNamed(t *testing.T) {
	v := vaulttest.New(t)
	for range 2 {
		b := make([]byte, 6<<20)
		for i := range b {
			b[i] = byte(' ' + rand.IntN(90))
		}
		commit(t, v, record.Change{Receipt: &record.Receipt{Import: record.NewID(), Sources: []record.SourceReport{{Name: string(b)}}}})
	}
	commit(t, v, record.Change{Put: many(3)})
	v.Close()
	files := snapshot(t, v.Dir())
	const first, second = "journal/000001.log", "journal/000002.log"
	if len(files["journal/000003.log"]) == 0 {
		t.Fatal("no third segment")
	}
	files[second] = files[second][:64]
	b := []byte(files[first])
	b[len(b)/2] ^= 1
	files[first] = string(b)
	v, err := open(t, restore(t, files))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	report, err := v.Check(t.Context(), false, nil)
	for _, name := range []string{first, second} {
		if err != nil || !slices.ContainsFunc(report.Problems, func(p vault.Problem) bool { return p.File == name }) {
			t.Errorf("check does not name %s: %+v, %v", name, report.Problems, err)
		}
	}
}

// A segment in another one's place is damage, by name, when db/ is made anew.
func TestSegmentInPlaceOfAnother(t *testing.T) {
	v := vaulttest.New(t)
	for range 12 {
		b := make([]byte, 1<<20)
		for i := range b {
			b[i] = byte(' ' + rand.IntN(90))
		}
		commit(t, v, record.Change{Receipt: &record.Receipt{Import: record.NewID(), Sources: []record.SourceReport{{Name: string(b)}}}})
	}
	v.Close()
	const first, second = "journal/000001.log", "journal/000002.log"
	for _, at := range []int{0, 8, 15} { // sixteenths of the segment
		files := snapshot(t, v.Dir())
		whole := files[first]
		cut := len(whole) * at / 16
		files[second] = whole[:cut] + "inserted" + whole[cut:]
		files["db/CLOSED"] += "more"
		v, err := open(t, restore(t, files))
		if err == nil {
			v.Close()
		}
		if !errors.Is(err, vault.ErrDamaged) {
			t.Errorf("bytes inserted at %d/16: got %v, want a word of damage", at, err)
		}
	}
}
