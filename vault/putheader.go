package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/seal"
)

// changeSlots lets change work on a copy of the header, with the vault key that
// the secret opens, and makes the result the vault's: +1 in generation, durable
// when it returns nil.
//
// The order is vault.json, its copy, the journal; the rename of vault.json is
// the moment that decides. A process that dies
//
//   - before it leaves the old header everywhere: the old slots hold;
//   - behind it leaves the new one in vault.json alone. The highest generation
//     decides at Open, so the new slots hold, and the old ones do not come in by
//     the copy. That the journal is behind the header tells Open that a change was
//     cut short: it writes the copy and the journal's frame, and says so;
//   - behind the copy: the same;
//   - while the frame is written: it is dropped as any frame that is cut off, and
//     Open writes another one;
//   - behind the frame: all three agree.
//
// So no crash leaves the journal ahead of the header: where Open finds that,
// somebody put an older vault.json in place. Were the journal written first, the
// two could not be told apart, and after a crash the old secrets would open the
// vault once and never again.
//
// Nothing is acknowledged before all three are flushed. Where a write fails
// that can be taken back, the old header is put back and the error means that
// nothing was changed.
func (v *Vault) changeSlots(ctx context.Context, secret []byte, change func(h *header, key *seal.Key, opened int) error) error {
	v.write.Lock()
	epoch, err := v.changeSlotsLocked(ctx, secret, change)
	v.write.Unlock()
	if err == nil {
		v.tell(Event{Epoch: epoch})
	}
	return err
}

func (v *Vault) changeSlotsLocked(ctx context.Context, secret []byte, change func(h *header, key *seal.Key, opened int) error) (uint64, error) {
	if v.broken != nil {
		return 0, v.broken
	}
	_, done, err := v.view(ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	h := v.head.Load().header
	h.Slots = append([]seal.Slot{}, h.Slots...)
	key, i, err := v.findSlot(h, secret)
	if err != nil {
		return 0, err
	}
	defer key.Wipe()
	h.Generation++
	if err := change(&h, key, i); err != nil {
		return 0, err
	}
	if err := seal.CheckSlots(h.Slots); err != nil {
		return 0, errors.New("the vault has as many keys as it can have: remove one first")
	}
	if err := errors.Join(ctx.Err(), enoughRoom(v.opt, v.dir, headerLimit)); err != nil {
		return 0, err
	}
	next, err := h.encode(v.keys.header)
	if err != nil {
		return 0, err
	}
	return v.putHeader(next)
}

// findSlot is the vault key and the slot that a secret opens: that of Open is
// tried first, so that it mostly takes one run of the KDF.
func (v *Vault) findSlot(h header, secret []byte) (*seal.Key, int, error) {
	key, i, err := seal.FindSlot(h.ID, h.Slots, secret, v.opened)
	if err != nil {
		return nil, 0, secretProblem(err)
	}
	return key, i, nil
}

// putHeader is the write of changeSlots.
func (v *Vault) putHeader(next headers) (epoch uint64, err error) {
	old := v.head.Load()
	if err = v.writable(); err != nil {
		return 0, err
	}
	if err = writeHeader(v.dir, next.data); err != nil {
		err = headerProblem(err)
	} else {
		epoch, err = v.commitHeader(next.envelope.Header)
	}
	switch {
	case err == nil:
		v.head.Store(&next)
		return epoch, nil
	case v.broken != nil: // the frame may be on the disk: the next Open settles it for the new header
		return 0, err
	}
	if v.restoreHeader(old.data) != nil {
		v.broken = fmt.Errorf("the keys could not be put back as they were: close the vault and open it again, with the old secret or the new one: %w", ErrDamaged)
		return 0, v.broken
	}
	return 0, err
}

// restoreHeader takes a writeHeader back, as far as it came.
func (v *Vault) restoreHeader(data []byte) error {
	present := v.headerFiles()
	for i, name := range []string{headerFile, headerCopy} {
		if !bytes.Equal(present[i], data) {
			if err := writeFile(filepath.Join(v.dir, name), data); err != nil {
				return err
			}
		}
	}
	return nil
}

func headerProblem(err error) error {
	if isFull(err) {
		return ErrNoRoom
	}
	return fmt.Errorf("write %s: %w", headerFile, plainCause(err))
}

// commitHeader writes a header's exact bytes to the journal: a transaction that
// holds nothing else. The index has nothing of it.
func (v *Vault) commitHeader(raw []byte) (epoch uint64, err error) {
	st := v.now.Load().clone()
	st.Root.Epoch++
	if err := v.writeHeaderFrame(st, raw); err != nil {
		return 0, err
	}
	v.publish(st)
	v.rotate()
	return st.Root.Epoch, nil
}

// settleHeader brings vault.json, its copy and the journal's newest header
// together at Open; see changeSlots for what each difference means.
func (v *Vault) settleHeader() error {
	h := v.head.Load()
	newest, err := v.journalHeader()
	if err != nil {
		return err
	}
	generation := newest.header.Generation
	switch {
	case h.header.Generation > generation:
		v.notes = append(v.notes, Problem{File: headerFile, Text: "the last change of a passphrase or key was cut short before it was confirmed, and was completed; if it was a new recovery key and you have not seen it, make another one", Mended: true})
		if err := writeHeader(v.dir, h.data); err != nil {
			return headerProblem(err)
		}
		if err := v.writable(); err != nil {
			return err
		}
		_, err = v.commitHeader(h.envelope.Header)
		return err
	case newest.data != nil && !bytes.Equal(h.envelope.Header, newest.envelope.Header):
		v.mended = append(v.mended, Problem{File: headerFile, Text: "an older one had been put in its place, and the newest was put back from the journal; what opened the vault before its passphrases and keys were last changed had been valid again", Mended: true})
		v.head.Store(&newest)
		return writeHeader(v.dir, newest.data)
	case h.mend:
		v.noteHeaders(h.data)
		return writeHeader(v.dir, h.data)
	}
	return nil
}

// journalHeader is the newest header of the journal; without data where it has
// none, as in a vault of before.
func (v *Vault) journalHeader() (headers, error) {
	raw := v.now.Load().Header
	if raw == nil {
		return headers{}, nil
	}
	h, err := sealHeader(raw, v.keys.header)
	if errors.Is(err, errHeader) {
		err = damaged(journal.Dir, "the newest header in it does not decode: put the folder back from a backup")
	}
	return h, err
}
