package exchange

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
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
	source    Source
	format    string
	original  record.Original
	records   recordList
	offered   []record.Hash // of those attached, what is to be read too
	attached  []record.Incoming
	report    record.SourceReport
	issues    issueList
	refused   bool // nothing of the source is filed, and the file is not kept
	documents bool // the format's files say nothing about whose they are
	member    Member
	questions []Question   // that the format asked
	members   []*collector // of a container that was walked
}

var _ Sink = (*collector)(nil)

// Add implements [Sink].
func (c *collector) Add(r record.Record) {
	if len(r.Provenance) != 1 {
		panic("exchange: internal error: a format adds records with exactly one provenance")
	}
	p := &r.Provenance[0]
	p.Original, p.Format = c.original.Hash, c.format
	if d, ok := r.Resource.(*record.DocumentReference); ok && c.documents {
		c.describe(d, p)
	}
	if len(p.Security) == 0 {
		p.Security = c.member.Security
	}
	c.report.Read++
	for _, i := range r.Resource.Validate() {
		if i.Severity != record.Information {
			i.Place = strings.TrimSuffix(p.Place+" "+i.Place, " ")
			c.issues.add(i, "")
		}
	}
	if len(r.Held) > 0 {
		c.issues.once(record.Issue{Severity: record.Warning, Place: p.Place, Text: record.HeldWords(r.Held) + "; it is shown as held back"})
	}
	c.records.add(r)
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

// begin makes a format the reader of the source; what another one read is
// forgotten.
func (c *collector) begin(f Format) {
	c.records, c.attached, c.offered, c.issues = recordList{}, nil, nil, issueList{}
	c.report = record.SourceReport{Name: c.source.Name, SHA256: c.original.Hash, Format: f.Name}
	c.format, c.documents = f.Name, f.Documents
	c.original.MediaType = ""
	if len(f.MediaTypes) > 0 {
		c.original.MediaType = f.MediaTypes[0]
	}
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
	c.records, c.attached, c.offered, c.refused = recordList{}, nil, nil, true
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
	k := string(i.Severity) + "\x00" + i.Text + "\x00" + what
	if what == "" {
		k += "\x00" + i.Place
	}
	l.addAs(k, i, what)
}

// once tells the same words once, at the first place, with how often they hold:
// a message that is marked as a test holds back all its entries.
func (l *issueList) once(i record.Issue) { l.addAs(string(i.Severity)+"\x00"+i.Text, i, "") }

func (l *issueList) addAs(k string, i record.Issue, what string) {
	if l.index == nil {
		l.index = map[string]int{}
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

// keepAsDocument files the whole file as a document when no format reads it.
func (c *collector) keepAsDocument(head Head) {
	c.begin(Format{Name: documentFormat, Documents: true})
	c.original.MediaType = MediaType(head.Bytes)
	name := c.source.Name[strings.LastIndexByte(c.source.Name, '/')+1:]
	a := record.Attachment{ContentType: c.original.MediaType, Title: name, Hash: c.original.Hash, Size: head.Size}
	if a.ContentType == "text/plain" && head.Size <= headSize && utf8.Valid(head.Bytes) {
		a.Text = string(head.Bytes)
	}
	c.Add(record.Record{
		Resource:   &record.DocumentReference{Title: name, Content: []record.Attachment{a}},
		Provenance: []record.Provenance{{Place: "whole file"}},
	})
	c.issues.add(record.Issue{Severity: record.Information, Place: c.source.Name, Text: "kept as a document; its content is not read yet"}, "")
}

// describe adds what the tree's index says of a file that says little itself.
func (c *collector) describe(d *record.DocumentReference, p *record.Provenance) {
	if c.member.Title != "" {
		d.Title = c.member.Title
	}
	if c.member.Date != "" {
		d.Date = c.member.Date
	}
	if d.Type.Empty() {
		d.Type = c.member.Type
	}
	if len(d.Category) == 0 && !c.member.Class.Empty() {
		d.Category = []record.Concept{c.member.Class}
	}
	if len(d.Author) == 0 {
		d.Author = slices.Clone(c.member.Author)
	}
	if d.Custodian == "" {
		d.Custodian = c.member.Custodian
	}
	if p.Author == "" && len(c.member.Author) > 0 {
		p.Author = c.member.Author[0]
	}
}

// accepted says whether anything of the source is kept.
func (c *collector) accepted() bool {
	if c.members != nil {
		return slices.ContainsFunc(c.members, (*collector).accepted)
	}
	return !c.refused && (c.report.Read == 0 || c.report.Read > c.report.Refused)
}

// documentFormat names files that no format reads.
const documentFormat = "document"
