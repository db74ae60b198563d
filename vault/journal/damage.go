package journal

import "github.com/carnet-phr/carnet/vault/damage"

// Damage is a frame, or a stretch of bytes, that does not open.
type Damage struct {
	Offset int64  // in the segment, in bytes
	Frame  uint64 // 0 where not even that is known
	torn   bool   // it looks like a write that never completed: cut short, or blank sectors
}

// In is the damage as a [damage.Error] of a segment.
func (d Damage) In(segment uint32) error {
	return damage.Errorf(Name(segment), "frame %d at byte %d was changed: put the file back from a backup", d.Frame, d.Offset)
}

// PutBack is the advice for a piece of the journal that is missing.
const PutBack = "put it back from a backup; if the folder is still being copied or synchronised, wait until that is done"
