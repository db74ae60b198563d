package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/carnet-phr/carnet/vault/record"
)

const (
	attachmentLimit     = 256 << 20 // bytes of one file carried inside another
	attachmentTextLimit = 1 << 20   // bytes of plain text kept beside an attachment for search
)

// collector is the Sink of one source.
type collector struct {
	source   Source
	format   string
	original record.Original
	records  []record.Record
	attached []record.Incoming
	report   record.SourceReport
	issues   issueList
	refused  bool // nothing of the source is filed, and the file is not kept
}

var _ Sink = (*collector)(nil)

// Add implements [Sink].
func (c *collector) Add(r record.Record) {
	if len(r.Provenance) != 1 {
		panic("exchange: internal error: a format adds records with exactly one provenance")
	}
	p := &r.Provenance[0]
	p.Original, p.Format = c.original.Hash, c.format
	c.report.Read++
	for _, i := range r.Resource.Validate() {
		if i.Severity != record.Information {
			i.Place = strings.TrimSuffix(p.Place+" "+i.Place, " ")
			c.issues.add(i, "")
		}
	}
	if len(r.Held) > 0 {
		c.issues.add(record.Issue{Severity: record.Warning, Place: p.Place, Text: "carries something that may change its meaning and that is not understood; it is shown as held back"}, "")
	}
	c.records = append(c.records, r)
}

// Attach implements [Sink].
func (c *collector) Attach(name, mediaType string, r io.Reader) (record.Attachment, error) {
	content, err := io.ReadAll(io.LimitReader(r, attachmentLimit+1))
	if err != nil {
		return record.Attachment{}, err
	}
	if len(content) > attachmentLimit {
		return record.Attachment{}, fmt.Errorf("a file inside is larger than %s", record.Bytes(attachmentLimit))
	}
	sum := sha256.Sum256(content)
	a := record.Attachment{ContentType: mediaType, Title: name, Hash: record.Hash(hex.EncodeToString(sum[:])), Size: int64(len(content))}
	if base, _, _ := strings.Cut(mediaType, ";"); base == "text/plain" && len(content) <= attachmentTextLimit && utf8.Valid(content) {
		a.Text = string(content)
	}
	c.attached = append(c.attached, record.Incoming{
		Original: record.Original{Hash: a.Hash, Name: name, MediaType: mediaType, Size: a.Size, Within: c.original.Hash},
		Open:     func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil },
	})
	return a, nil
}

// Report implements [Sink].
func (c *collector) Report(i Issue) {
	if i.Outcome != Remark {
		c.report.Read++
	}
	switch i.Outcome {
	case Absorbed:
		c.report.Filed++
	case Administrative:
		c.report.Administrative++
	case Kept:
		c.report.Kept++
	case Refused:
		c.report.Refused++
	}
	if i.Text != "" {
		c.issues.add(i.Issue, i.What)
	}
}

// refuse drops all that was read and says why.
func (c *collector) refuse(err error) {
	c.records, c.attached, c.refused = nil, nil, true
	c.report.Read, c.report.Filed, c.report.Duplicate, c.report.Administrative, c.report.Kept, c.report.Refused = 1, 0, 0, 0, 0, 1
	c.issues = issueList{}
	c.issues.add(record.Issue{Severity: record.Error, Place: c.source.Name, Text: err.Error() + "; nothing of this file was filed"}, "")
}

// issueList keeps issues in order and tells the same one only once.
type issueList struct {
	issues []record.Issue
	index  map[string]int
	times  []int
	what   []string
}

// add appends an issue; those with the same words and the same what are told
// at the first one's place, with their number.
func (l *issueList) add(i record.Issue, what string) {
	if l.index == nil {
		l.index = map[string]int{}
	}
	k := string(i.Severity) + "\x00" + i.Text + "\x00" + what
	if what == "" {
		k += "\x00" + i.Place
	}
	if n, ok := l.index[k]; ok {
		l.times[n]++
		return
	}
	l.index[k] = len(l.issues)
	l.issues, l.times, l.what = append(l.issues, i), append(l.times, 1), append(l.what, what)
}

func (l *issueList) list() []record.Issue {
	out := make([]record.Issue, 0, len(l.issues))
	for n, i := range l.issues {
		if l.what[n] != "" {
			i.Text = fmt.Sprintf("%d %s: %s", l.times[n], l.what[n], i.Text)
		} else if l.times[n] > 1 {
			i.Text = fmt.Sprintf("%s (%d times)", i.Text, l.times[n])
		}
		out = append(out, i)
	}
	return out
}

// read reads one source with the format that recognises it.
func read(ctx context.Context, formats []Format, src Source) (*collector, error) {
	c := &collector{source: src, report: record.SourceReport{Name: src.Name}}
	seen, err := src.inspect(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c.refuse(err)
		return c, nil
	}
	c.original = record.Original{Hash: seen.hash, Name: src.Name, Size: seen.head.Size}
	c.report.SHA256 = seen.hash
	if seen.head.Size == 0 {
		c.refuse(errors.New("the file is empty"))
		return c, nil
	}
	f, err := identify(formats, seen.head)
	if err != nil {
		c.refuse(err)
		return c, nil
	}
	if f.Import != nil {
		c.format, c.report.Format = f.Name, f.Name
		if len(f.MediaTypes) > 0 {
			c.original.MediaType = f.MediaTypes[0]
		}
		err = safely(f.Import, ctx, src, c)
	}
	changed := src.recheck(seen)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case changed != nil:
		c.refuse(changed)
	case f.Import == nil, errors.Is(err, ErrNotThisFormat):
		c.keepAsDocument(seen.head)
	case err != nil:
		c.refuse(err)
	}
	return c, nil
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

// identify picks the format that is sure, else the one that may be right.
func identify(formats []Format, head Head) (Format, error) {
	var best Format
	match := No
	for _, f := range formats {
		if f.Import == nil || f.Identify == nil {
			continue
		}
		m := f.Identify(head)
		if m == Yes && match == Yes {
			return Format{}, fmt.Errorf("both %s and %s claim this file", best.Title, f.Title)
		}
		if m > match {
			best, match = f, m
		}
	}
	return best, nil
}

// keepAsDocument files the whole file as a document when no format reads it.
func (c *collector) keepAsDocument(head Head) {
	c.records, c.attached, c.issues = nil, nil, issueList{}
	c.report = record.SourceReport{Name: c.source.Name, SHA256: c.original.Hash, Format: documentFormat}
	c.format = documentFormat
	c.original.MediaType = MediaType(head.Bytes)
	name := c.source.Name[strings.LastIndexByte(c.source.Name, '/')+1:]
	a := record.Attachment{ContentType: c.original.MediaType, Title: name, Hash: c.original.Hash, Size: head.Size}
	if a.ContentType == "text/plain" && head.Size <= headSize {
		a.Text = string(head.Bytes)
	}
	c.Add(record.Record{
		Resource:   &record.DocumentReference{Title: name, Content: []record.Attachment{a}},
		Provenance: []record.Provenance{{Place: "whole file"}},
	})
	c.issues.add(record.Issue{Severity: record.Information, Place: c.source.Name, Text: "kept as a document; its content is not read yet"}, "")
}

// documentFormat names files that no format reads.
const documentFormat = "document"
