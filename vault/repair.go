package vault

import (
	"context"
	"slices"
)

// Repair makes good what [Vault.Check] finds damaged, as far as there is
// something to make it good from, and checks again: the report says what is
// left. Damaged files of the journal are put back from snapshots and known
// backups; where there are no copies, the journal is written again from the
// index, if that is shown to be whole. An index that is not is built again when
// the vault is opened next. Nothing is thrown away before what takes its place
// was read back. progress may be nil.
func (v *Vault) Repair(ctx context.Context, progress func(done, total int64)) (Report, error) {
	if v.rescued != "" {
		return Report{}, ErrRescued
	}
	report, err := v.Check(ctx, false, progress)
	if err == nil && report.journal && v.repairSegments(ctx) == nil {
		report, err = v.Check(ctx, false, progress)
	}
	if err != nil || !report.journal && !report.index {
		return report, err
	}
	if report.index {
		v.write.Lock()
		v.stale = true
		v.write.Unlock()
		return report, nil
	}
	if err := v.Compact(ctx, progress); err != nil {
		return report, err
	}
	return v.Check(ctx, false, progress)
}

// repairSegments is healSegments while the vault is open.
func (v *Vault) repairSegments(ctx context.Context) error {
	v.write.Lock()
	defer v.write.Unlock()
	if v.broken != nil {
		return v.broken
	}
	healed, err := v.healSegments(ctx)
	if slices.Contains(healed, segmentPath(v.journal.segment)) {
		if moveErr := v.journal.moveTo(v.journal.end()); moveErr != nil { // the file open so far is no longer the one in the folder
			v.broken = moveErr
		}
	}
	return err
}
