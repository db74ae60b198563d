package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/carnet-phr/carnet/vault/journal"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// checker is one check on its way.
type checker struct {
	v           *Vault
	ctx         context.Context // of the one call of Check
	r           *read
	heads       [2][]byte // vault.json and its copy as they were then; nil where one cannot be read
	newest      []byte    // the newest header of the journal
	deep        bool
	progress    func(done, total int64)
	done, total int64
	report      Report
	live        map[string]liveItem // what the journal says is in the vault, by class and name
	root        root
	start       uint32 // the first segment
	frame       uint64 // the last one read
	tag         journal.Tag
	known       uint64 // the last frame number that was met, damaged ones too
	gap         string // frames of this segment that are missing
	damaged     bool   // a frame is unreadable: what it held is not known
}

// liveItem is an item of the vault as the journal has it.
type liveItem struct {
	elem setHash
	seen bool // in the index too
}

func newChecker(ctx context.Context, v *Vault, r *read, deep bool, progress func(done, total int64)) *checker {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	return &checker{v: v, ctx: ctx, r: r, deep: deep, progress: progress, live: map[string]liveItem{}}
}

func (c *checker) problem(file, text string, records ...record.ID) {
	c.report.Problems = append(c.report.Problems, Problem{File: file, Text: text, Records: records})
	c.report.index = c.report.index || file == store.Dir
}

func (c *checker) step(n int64) error {
	c.done += n
	c.progress(min(c.done, c.total), c.total)
	return c.ctx.Err()
}

// run checks header, journal, index and originals, up to the end of the journal
// as it was when the check began.
func (c *checker) run(segment uint32, size int64) error {
	c.total = treeSize(filepath.Join(c.v.dir, journal.Dir)) * 2 // the index has about as much to open
	if c.deep {
		c.total += treeSize(filepath.Join(c.v.dir, originalDir)) + treeSize(filepath.Join(c.v.dir, snapshotDir))
	}
	c.report.Problems = append(c.report.Problems, c.v.mended...)
	c.header()
	c.strangers()
	if err := c.journal(segment, size); err != nil {
		return err
	}
	c.report.journal = c.damaged
	c.headerIsNewest()
	if err := c.index(); err != nil {
		return err
	}
	if err := c.originals(); err != nil {
		return err
	}
	return c.copies()
}

func treeSize(dir string) (total int64) {
	filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

func (c *checker) header() {
	for i, name := range []string{headerFile, headerCopy} {
		if c.heads[i] == nil {
			c.problem(name, "it is missing or cannot be read; closing and opening the vault writes it again")
			continue
		}
		_, e, err := parseHeader(c.heads[i])
		if err != nil || !e.authentic(c.v.keys.header) {
			c.problem(name, "it was changed; closing and opening the vault writes it again from its copy")
		}
	}
}

// headerIsNewest compares the header with what the journal says it is.
func (c *checker) headerIsNewest() {
	for i, name := range []string{headerFile, headerCopy} {
		h, e, err := parseHeader(c.heads[i])
		if err != nil || c.damaged || c.newest == nil && h.Generation == 0 { // reported already; or a vault of before
			continue
		}
		if !bytes.Equal(e.Header, c.newest) {
			c.problem(name, "it is not the one that the journal knows to be the newest; closing and opening the vault puts that one back")
		}
	}
}

// strangers reports files that are not read.
func (c *checker) strangers() {
	for _, p := range conflictCopies(c.v.dir) {
		c.problem(p.File, p.Text)
	}
}

// conflictCopies are copies that a synchronising program put beside files of the
// vault when two computers wrote to it: what only they hold is not in the vault.
func conflictCopies(dir string) (found []Problem) {
	for _, in := range []string{"", journal.Dir} {
		entries, err := os.ReadDir(filepath.Join(dir, in))
		if err != nil {
			continue // reported where the file is read
		}
		for _, e := range entries {
			if conflictCopy(in, e.Name()) {
				found = append(found, Problem{File: path.Join(in, e.Name()), Text: "it is not read: it looks like a copy made when two computers wrote to this folder; keep it, and open the vault on one computer at a time"})
			}
		}
	}
	return found
}

func conflictCopy(in, name string) bool {
	if in == "" {
		return strings.HasPrefix(name, "vault") && strings.Contains(name, ".json") && name != headerFile && name != headerCopy && !strings.HasSuffix(name, partSuffix)
	}
	_, isSegment := journal.Number(name)
	return strings.Contains(name, ".log") && !isSegment && !strings.HasSuffix(name, partSuffix)
}

// journal reads every frame and follows what each does to the live items.
func (c *checker) journal(last uint32, size int64) error {
	chain, err := c.v.segments.List()
	var d *DamageError
	if errors.As(err, &d) {
		c.problem(d.File, d.Text)
		c.damaged = true
		return nil
	}
	c.start = chain.List[0]
	if head, err := c.v.segments.Head(c.start); err == nil {
		c.frame, c.known = head.First-1, head.First-1
	}
	for _, segment := range chain.List {
		if segment > last {
			break
		}
		if err := c.segment(segment, segment == last, size); err != nil {
			return err
		}
	}
	if !c.damaged && (c.frame != c.r.state.Frame || c.tag != c.r.state.Tag || c.root != c.r.state.Root) {
		c.problem(journal.Dir, "it does not end where the vault stands: its end is missing")
		c.damaged = true
	}
	return nil
}

func (c *checker) segment(segment uint32, isLast bool, size int64) error {
	before := c.tag
	c.gap = ""
	scan, err := c.v.segments.Scan(segment, func(f journal.Frame) error {
		if isLast && f.Start >= size {
			return nil
		}
		c.play(f)
		return c.step(f.End - f.Start)
	})
	var d *DamageError
	if errors.As(err, &d) {
		c.problem(d.File, d.Text)
		c.damaged = true
		return nil
	}
	if err != nil {
		return err
	}
	for _, at := range scan.Damage {
		if !isLast || at.Offset < size {
			c.lost(segment, at)
		}
	}
	if len(scan.Damage) == 0 {
		c.ends(segment, scan, isLast, size)
	}
	switch first := scan.Head.First; {
	case segment == c.start:
	case first > c.known+1:
		c.problem(journal.Name(segment-1), fmt.Sprintf("frames %d to %d are missing at its end", c.known+1, first-1))
		c.damaged = true
	case scan.Head.Before != before && !c.damaged:
		c.problem(journal.Name(segment), "it does not follow the segment before it")
	}
	c.known = max(c.known, scan.LastKnown())
	return nil
}

// ends reports frames that are missing in a segment or at its end.
func (c *checker) ends(segment uint32, scan journal.Scan, isLast bool, size int64) {
	if c.gap != "" {
		c.problem(journal.Name(segment), c.gap)
	}
	if !isLast && scan.Whole != scan.Size || isLast && scan.Whole < size {
		c.problem(journal.Name(segment), fmt.Sprintf("its end is missing or was changed, behind byte %d", scan.Whole))
		c.damaged = true
	}
}

// lost reports an unreadable frame with the records that the index has from it.
func (c *checker) lost(segment uint32, at journal.Damage) {
	c.damaged = true
	var held []record.ID
	err := c.v.each(c.r, []byte{classRecord}, func(key, plain []byte) error {
		if frame, _, ok := parseWhere(plain); ok && frame == at.Frame && at.Frame != 0 {
			held = append(held, record.ID(key[1:]))
		}
		return c.ctx.Err()
	})
	text := fmt.Sprintf("frame %d at byte %d was changed; its records are still in db/, but could not be built again: make a backup now", at.Frame, at.Offset)
	if err != nil || at.Frame == 0 {
		text = fmt.Sprintf("it was changed at byte %d", at.Offset)
	}
	c.problem(journal.Name(segment), text, held...)
}

// play does to the live items what a frame says.
func (c *checker) play(f journal.Frame) {
	c.report.Frames++
	if f.Packed != nil && f.Number != c.frame+1 && !c.damaged {
		c.gap = fmt.Sprintf("frames %d to %d are missing", c.frame+1, f.Number-1)
		c.damaged = true
	}
	c.frame, c.tag = f.Number, f.Tag
	if f.Packed == nil {
		c.damaged = true // segment reports it
		return
	}
	p, err := c.v.decodePayload(f)
	if err != nil {
		c.problem(journal.Name(f.Segment), fmt.Sprintf("frame %d does not decode", f.Number))
		c.damaged = true
		return
	}
	c.playPayload(p)
	c.root.Epoch = p.Epoch
	if c.root != p.Root && !c.damaged {
		c.problem(journal.Name(f.Segment), fmt.Sprintf("frame %d does not add up with the frames before it", f.Number))
		c.damaged = true
	}
}

func (c *checker) playPayload(p *payload) {
	v := c.v
	for _, id := range p.Delete {
		c.drop(itemRecord, string(id))
	}
	for _, raw := range p.Put {
		if r, err := v.codec.decodeRecord(raw); err == nil {
			c.put(itemRecord, string(r.ID), raw)
		}
	}
	for _, h := range p.Gone {
		c.drop(itemOriginal, string(h))
	}
	for _, raw := range p.Originals {
		var o sealedOriginal
		if v.codec.dec.Unmarshal(raw, &o) == nil {
			c.put(itemOriginal, string(o.Original.Hash), raw)
		}
	}
	if p.Undone != "" {
		c.drop(itemReceipt, string(p.Undone))
	}
	for _, raw := range p.receipts() {
		var r record.Receipt
		if v.codec.dec.Unmarshal(raw, &r) == nil {
			c.put(itemReceipt, string(r.Import), raw)
		}
	}
	if len(p.Header) > 0 {
		c.newest = p.Header
	}
}

func (c *checker) put(class byte, name string, raw []byte) {
	c.drop(class, name)
	e := c.v.keys.element(class, name, raw)
	c.live[string(class)+name] = liveItem{elem: e}
	c.root.Count++
	c.root.Hash.add(e)
}

func (c *checker) drop(class byte, name string) {
	key := string(class) + name
	if old, ok := c.live[key]; ok {
		c.root.Count--
		c.root.Hash.remove(old.elem)
		delete(c.live, key)
	}
}

// sealedFile reads one sealed file back, as far as the check goes.
func (c *checker) sealedFile(o sealedOriginal) error {
	if !c.deep {
		f, _, err := c.v.openSealed(c.ctx, o.Original.Hash)
		if err == nil {
			err = f.Close()
		}
		return err
	}
	r, _, err := c.v.OpenOriginal(c.ctx, o.Original.Hash)
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(io.Discard, r)
	return errors.Join(err, c.step(o.Size))
}
