package vault

import "context"

// Repair makes good what [Vault.Check] finds damaged, as far as there is
// something to make it good from, and checks again: the report says what is
// left. A damaged journal is written again from the index, where that is shown
// to be whole; an index that is not is built again when the vault is opened
// next. Nothing is thrown away before what takes its place was read back.
// progress may be nil.
func (v *Vault) Repair(ctx context.Context, progress func(done, total int64)) (Report, error) {
	if v.rescued != "" {
		return Report{}, ErrRescued
	}
	report, err := v.Check(ctx, false, progress)
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
