package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/store"
)

// heal is what Open does about a damaged journal before it gives up: where db/
// is as the last close left it and holds all that the journal is known to have
// held, the journal is written again from it, as a base. The damaged segments go
// once the base was read back. It gives cause where that cannot be done.
func (v *Vault) heal(ctx context.Context, cause error) error {
	st, ok := v.readClosed()
	if !ok {
		return cause
	}
	behind, err := v.segments.Known()
	if err != nil || behind.Frame > st.Frame {
		return cause // the journal had more, which nobody has
	}
	if seen, ok := v.recall(); ok && seen.Frame > st.Frame && !v.opt.AcceptOlder {
		return cause
	}
	behind.Frame, behind.Tag = st.Frame, st.Tag
	if enoughRoom(v.opt, v.dir, treeSize(filepath.Join(v.dir, store.Dir))) != nil {
		return cause
	}
	s, err := store.Open(v.dir, v.keys.store(), true)
	if err != nil {
		return cause
	}
	r := &read{s.At(st.Root.Epoch), st}
	if err := os.Mkdir(filepath.Join(v.dir, journal.Dir), 0o700); err == nil {
		_ = syncDir(v.dir) // where the folder does not last, the next Open does this again
	}
	_, _, err = v.writeBase(ctx, r, behind, func(done, total int64) { v.opt.Progress("repair", done, total) })
	r.Close()
	if err := errors.Join(err, s.Close()); err != nil {
		if ctx.Err() != nil || errors.Is(err, ErrNoRoom) {
			return err
		}
		return cause
	}
	var d *DamageError
	if errors.As(cause, &d) {
		v.noteMended(d.File, "it was damaged or missing; the index had all of it, and the journal was written again from there")
	}
	return nil
}
