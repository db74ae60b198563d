package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/container"
	"github.com/carnet-phr/carnet/vault/record"
)

// Container is the format of zip archives and disc images whose members were
// read one by one, each with a line of its own in the receipt.
const Container = "container"

// reader reads the sources of one import.
type reader struct {
	formats []Format
	opt     Options
	done    []*collector
	total   int // sources known so far
	records int
}

// all reads sources, tree by tree.
func (r *reader) all(ctx context.Context, sources []Source) error {
	r.total = len(sources)
	for len(sources) > 0 {
		n := 1
		for n < len(sources) && sources[0].tree != "" && sources[n].tree == sources[0].tree {
			n++
		}
		index := Index{}
		if sources[0].tree != "" {
			index = r.index(ctx, sources[:n])
		}
		for _, src := range sources[:n] {
			if _, err := r.one(ctx, src, index.Members[src.Path]); err != nil {
				return err
			}
		}
		sources = sources[n:]
	}
	return nil
}

// index asks the formats about a folder. What they say of the whole is told
// with its first file.
func (r *reader) index(ctx context.Context, sources []Source) Index {
	t := Tree{Name: filepath.Base(sources[0].tree), FS: sources[0].FS}
	for _, s := range sources {
		if !s.noFile() {
			t.Names = append(t.Names, s.Path)
		}
	}
	slices.Sort(t.Names)
	index := indexOf(ctx, r.formats, t)
	if len(index.Issues) > 0 {
		m := index.Members[sources[0].Path]
		m.Issues = append(m.Issues, index.Issues...)
		index.Members[sources[0].Path] = m
	}
	return index
}

// one reads a source and, if it is a container that no format takes whole, its
// members.
func (r *reader) one(ctx context.Context, src Source, m Member) (*collector, error) {
	r.opt.progress(Progress{Stage: "reading", Source: src.Name, Done: int64(len(r.done)), Total: int64(r.total), Records: r.records})
	src.children, src.answers = r.opt.Children, r.opt.Answers
	c := &collector{source: src, member: m, report: record.SourceReport{Name: src.Name}}
	r.done = append(r.done, c)
	seen, err := src.inspect(ctx)
	if err == nil && seen.archive != nil {
		defer seen.archive.close()
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		c.refuse(err)
		return c, nil
	}
	c.original = record.Original{Hash: seen.hash, Name: src.Name, Size: seen.head.Size, Within: src.within, Path: src.member()}
	c.report.SHA256, c.source.Hash = seen.hash, seen.hash
	if err := r.read(ctx, c, seen); err != nil {
		return nil, err
	}
	for _, i := range m.Issues {
		c.issues.add(i, "")
	}
	r.records += c.records.count
	return c, r.inside(ctx, c)
}

// read has the right format read a source.
func (r *reader) read(ctx context.Context, c *collector, seen inspection) error {
	switch {
	case seen.head.Size == 0:
		c.refuse(errors.New("the file is empty"))
		return nil
	case c.member.Skip != "":
		c.skip(seen.head)
		return nil
	}
	candidates, err := identify(r.formats, seen.head)
	switch {
	case err != nil:
	case len(candidates) == 0 && seen.archive != nil:
		return r.walk(ctx, c, seen)
	case len(candidates) == 0 && seen.unopened != nil:
		err = seen.unopened
	default:
		return r.run(ctx, candidates, c, seen)
	}
	c.refuse(err)
	return nil
}

// run has the first format read a source that does not say that it is another
// one's; what none reads is kept as a document.
func (r *reader) run(ctx context.Context, candidates []Format, c *collector, seen inspection) error {
	err := ErrNotThisFormat
	for _, f := range candidates {
		c.begin(f)
		if err = safely(f.Import, ctx, c.source, c); !errors.Is(err, ErrNotThisFormat) {
			break
		}
	}
	changed := c.source.recheck(seen)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case changed != nil:
		c.refuse(changed)
	case errors.Is(err, ErrNotThisFormat):
		c.keepAsDocument(seen.head)
	case err != nil:
		c.refuse(err)
		c.asked(err)
	}
	return nil
}

// walk reads the members of a container, each as a source of its own. The
// container itself is kept once; its members are read from it ever after.
func (r *reader) walk(ctx context.Context, c *collector, seen inspection) error {
	c.format, c.report.Format = Container, Container
	c.original.MediaType = MediaType(seen.head.Bytes)
	if len(seen.head.Members) == 0 {
		c.refuse(fmt.Errorf("the %s holds no files", seen.archive.Kind))
		return nil
	}
	index := indexOf(ctx, r.formats, Tree{Name: c.source.Name, FS: seen.archive, Names: seen.head.Members})
	for _, i := range index.Issues {
		c.issues.add(i, "")
	}
	c.members = []*collector{}
	from := len(r.done)
	r.total += len(seen.head.Members)
	for _, m := range seen.archive.Members() {
		src := Source{Name: c.source.Name + "/" + m.Name, FS: seen.archive, Path: m.Name, dir: c.source.dir, within: c.original.Hash, holder: &c.source}
		if m.Fault == nil && slices.ContainsFunc(strings.Split(m.Name, "/"), passedOver) {
			r.total--
			continue
		}
		one, err := r.one(ctx, src, index.Members[m.Name])
		if err != nil {
			return err
		}
		c.members = append(c.members, one)
	}
	if changed := c.source.recheck(seen); changed != nil {
		for _, one := range r.done[from:] {
			one.refuse(changed)
		}
		c.refuse(changed)
	}
	return nil
}

// skip keeps a file that its tree's index says is not to be read by itself.
func (c *collector) skip(head Head) {
	c.format, c.report.Format = documentFormat, documentFormat
	c.original.MediaType = MediaType(head.Bytes)
	out := c.member.Outcome
	if out != Administrative {
		out = Kept
	}
	c.Report(Issue{Issue: record.Issue{Severity: record.Information, Place: c.source.Name, Text: c.member.Skip}, Outcome: out})
	c.refused = c.member.LeaveOut
}

// safely turns a format's panic into an error: the file is lost, the vault is
// not. The panic's own text is not shown; it may hold clinical words.
func safely(run func(context.Context, Source, Sink) error, ctx context.Context, src Source, sink Sink) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if s, ok := p.(string); ok && strings.HasPrefix(s, "exchange: internal error:") {
				panic(p)
			}
			err = errors.New("this file could not be read because of a fault in Carnet; please keep the file and report it")
		}
	}()
	return run(ctx, src, sink)
}

// identify gives the format that is sure, else those that may be right, in their
// order. A container is taken whole only by a format that is sure.
func identify(formats []Format, head Head) ([]Format, error) {
	var sure, maybe []Format
	for _, f := range formats {
		if f.Import == nil || f.Identify == nil {
			continue
		}
		switch f.Identify(head) {
		case Yes:
			sure = append(sure, f)
		case Maybe:
			maybe = append(maybe, f)
		}
	}
	switch {
	case len(sure) > 1:
		return nil, fmt.Errorf("both %s and %s claim this file", sure[0].Title, sure[1].Title)
	case len(sure) == 1 || head.Members != nil:
		return sure, nil
	}
	return maybe, nil
}

// archive is a container that is open for reading its members.
type archive struct {
	*container.Archive
	file io.Closer
}

func (a *archive) close() { a.file.Close() }
