package vault

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// journalEnd is a place in the chain: where a segment begins or has ended.
type journalEnd struct {
	segment uint32
	size    int64 // bytes of the segment
	frame   uint64
	tag     tag
}

// baseWriter writes one segment that starts the journal over: one transaction
// of every live item.
type baseWriter struct {
	v    *Vault
	out  *bufio.Writer
	end  journalEnd
	st   *state // of what was written so far
	part int
	at   time.Time
}

// writeBase writes what r shows, which must add up to its state, into the
// segment behind an end of the journal, reads it back and puts it in place. From
// then on it counts, and what is before it does not. It gives the new end and
// state.
func (v *Vault) writeBase(ctx context.Context, r *read, behind journalEnd, progress func(done, total int64)) (journalEnd, *state, error) {
	segment := behind.segment + 1
	path := filepath.Join(v.dir, segmentPath(segment))
	w := &baseWriter{v: v, end: journalEnd{segment: segment, frame: behind.frame, tag: behind.tag}, st: (&state{}).clone(), at: v.opt.Now()}
	w.st.Root.Epoch, w.st.Header = r.state.Root.Epoch+1, r.state.Header
	err := w.write(ctx, r, path+partSuffix, progress)
	if err == nil && (w.st.Root.Count != r.state.Root.Count || w.st.Root.Hash != r.state.Root.Hash) {
		err = errStore // never is less written than there was
	}
	if err == nil {
		err = w.readBack(ctx, path+partSuffix)
	}
	if err == nil {
		if err = os.Rename(path+partSuffix, path); err == nil {
			err = syncDir(filepath.Dir(path))
		}
	}
	if err != nil {
		os.Remove(path + partSuffix)
		return journalEnd{}, nil, journalProblem(err)
	}
	w.st.Frame, w.st.Tag = w.end.frame, w.end.tag
	return w.end, w.st, nil
}

// write writes and flushes the file.
func (w *baseWriter) write(ctx context.Context, r *read, path string, progress func(done, total int64)) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	w.out = bufio.NewWriterSize(f, frameFull)
	head := segmentHead{segment: w.end.segment, first: w.end.frame + 1, before: w.end.tag, base: true}.bytes(w.v.keys.id)
	w.end.size = int64(len(head))
	_, err = w.out.Write(head)
	if err == nil {
		h := &harvest{v: w.v, ctx: ctx, r: r, st: w.st, take: w.frame, progress: progress}
		err = h.run()
	}
	if err == nil {
		err = w.out.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (w *baseWriter) frame(s *step, last bool) error {
	s.base = true
	if w.part == 0 {
		s.header = w.st.Header
	}
	plain, err := w.v.encodePayload(s.payload(w.st.Root, w.part, w.at), last)
	if err != nil {
		return err
	}
	var frame []byte
	w.end.frame++
	frame, w.end.tag = w.v.keys.sealFrame(nil, w.end.segment, w.end.frame, w.end.tag, plain)
	w.end.size += int64(len(frame))
	w.part++
	_, err = w.out.Write(frame)
	return err
}

// readBack reads a base from the disk before it counts, item by item.
func (w *baseWriter) readBack(ctx context.Context, path string) error {
	c := &checker{v: w.v, ctx: ctx, live: map[string]liveItem{}}
	scan, err := w.v.keys.scanFile(path, w.end.segment, func(f frameInfo) error {
		if c.frame == 0 {
			c.frame = f.number - 1
		}
		c.play(f)
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if len(scan.damage) > 0 || scan.whole != w.end.size || len(c.report.Problems) > 0 || c.root != w.st.Root || !bytes.Equal(c.newest, w.st.Header) {
		return fmt.Errorf("the journal could not be read back after it was written: the disk may be failing; nothing was changed: %w", ErrDamaged)
	}
	return nil
}
