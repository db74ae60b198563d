package vault

import (
	"context"
	"slices"

	"github.com/carnet-phr/carnet/vault/journal"
)

// Repair makes good what [Vault.Check] finds damaged, as far as there is
// something to make it good from, and checks again: the report says what is
// left. Damaged originals are put back from the backups that the vault knows of,
// damaged files of the journal from those and from snapshots; where there are no
// copies, the journal is written again from the index, if that is shown to be
// whole. An index that is not is built again when the vault is opened next.
// Nothing is thrown away before what takes its place was read back. progress may
// be nil.
func (v *Vault) Repair(ctx context.Context, progress func(done, total int64)) (Report, error) {
	if v.rescued != "" {
		return Report{}, ErrRescued
	}
	report, err := v.Check(ctx, true, progress)
	if err != nil || report.Sound() {
		return report, err
	}
	v.dropSpoilt(report.spoilt)
	healed, err := v.healOriginals(ctx, report.Problems)
	healed += len(report.spoilt)
	if err == nil && report.journal {
		healed++
		err = v.repairJournal(ctx, progress)
	}
	if report.index {
		v.write.Lock()
		v.stale = true
		v.write.Unlock()
	}
	if err != nil || healed == 0 {
		return report, err
	}
	return v.Check(ctx, true, progress)
}

// repairJournal puts segments back from copies, or else writes the journal anew
// from the index.
func (v *Vault) repairJournal(ctx context.Context, progress func(done, total int64)) error {
	if err := v.repairSegments(ctx); err != nil {
		return err
	}
	report, err := v.Check(ctx, false, progress)
	if err != nil || !report.journal {
		return err
	}
	return v.Compact(ctx, progress)
}

// repairSegments is healSegments while the vault is open.
func (v *Vault) repairSegments(ctx context.Context) error {
	v.write.Lock()
	defer v.write.Unlock()
	if v.broken != nil {
		return v.broken
	}
	healed, err := v.healSegments(ctx)
	if slices.Contains(healed, journal.Name(v.journal.End().Segment)) {
		if moveErr := v.journal.MoveTo(v.journal.End()); moveErr != nil { // the file open so far is no longer the one in the folder
			v.broken = journalProblem(moveErr)
		}
	}
	return err
}
