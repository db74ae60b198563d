package exchange

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// Ledger is what taking an import back needs of a vault. *vault.Vault is one.
type Ledger interface {
	Store
	// Imports gives the receipts of all imports.
	Imports(ctx context.Context) ([]record.Receipt, error)
	// Originals lists all originals.
	Originals(ctx context.Context) ([]record.Original, error)
}

// ErrNoImport says that the vault has no import of that ID.
var ErrNoImport = errors.New("the vault has no such import")

// Undoing is an import about to be taken back: nothing is done before
// [Undoing.Commit].
type Undoing struct {
	Receipt  record.Receipt
	Gone     []record.ID     // records that the import alone brought
	Stay     int             // records that it stated too, and that other sources still state
	Restored int             // records that stand again, since what replaced or withdrew them goes
	Noted    []record.Record // of the records that go, those that carry a note of the patient
	Nameless []record.ID     // people whom no file describes any more, though something of theirs stays

	store  Ledger
	change record.Change
}

// Undo takes an import back: the records that it alone brought go, with the
// files that nothing else refers to; of the others its statement goes, and what
// the remaining sources say is shown, as if it had never been brought in. It is
// one atomic change.
func Undo(ctx context.Context, store Ledger, id record.ID) (*Undoing, error) {
	u, err := PlanUndo(ctx, store, id)
	if err != nil {
		return nil, err
	}
	return u, u.Commit(ctx)
}

// PlanUndo says what [Undo] would do. It writes nothing.
func PlanUndo(ctx context.Context, store Ledger, id record.ID) (*Undoing, error) {
	u := &Undoing{store: store, change: record.Change{Undone: id}}
	others, err := u.receipts(ctx, id)
	if err != nil {
		return nil, err
	}
	w := &withdrawal{id: id, others: others, reconciler: newReconciler(store), counts: map[record.ID]int{}, brought: map[record.Hash]bool{}}
	for _, s := range u.Receipt.Sources {
		w.brought[s.SHA256] = true
	}
	w.reconciler.removed = w.removed
	if err := w.survey(ctx); err != nil {
		return nil, err
	}
	if err := w.files(ctx, store); err != nil {
		return nil, err
	}
	puts, err := w.settle(ctx)
	if err != nil {
		return nil, err
	}
	u.change.Put = w.unpaired(puts, time.Now().UTC())
	u.change.Delete = w.deletions()
	u.Stay, u.Restored, u.Nameless = w.stay, w.restored, w.nameless
	u.Gone = w.vanished
	for _, r := range w.overlaid {
		if slices.Contains(u.Gone, r.ID) {
			u.Noted = append(u.Noted, r)
		}
	}
	return u, nil
}

// Commit takes the import back in one atomic change.
func (u *Undoing) Commit(ctx context.Context) error {
	if err := u.store.Commit(ctx, u.change); err != nil {
		return fmt.Errorf("nothing was taken back: %w", err)
	}
	return nil
}

// receipts finds the import's own receipt and gives the others.
func (u *Undoing) receipts(ctx context.Context, id record.ID) ([]record.Receipt, error) {
	all, err := u.store.Imports(ctx)
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(all, func(r record.Receipt) bool { return r.Import == id })
	if n < 0 || id == "" {
		return nil, ErrNoImport
	}
	u.Receipt = all[n]
	return slices.Delete(slices.Clone(all), n, n+1), nil
}
