package document

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/container"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
)

// Office keeps documents of text, tables and slides: Office Open XML (ECMA-376)
// and OpenDocument (ISO/IEC 26300).
var Office = exchange.Format{
	Name:       "office",
	Title:      "office document",
	MediaTypes: []string{"application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	Extensions: []string{".docx", ".odt", ".xlsx", ".ods", ".pptx", ".odp"},
	Documents:  true,
	Identify:   identifyOffice,
	Import:     importOffice,
	Tasks:      []exchange.Task{readOffice},
}

// OldOffice keeps office documents of before 2007, whose text is not read.
var OldOffice = exchange.Format{
	Name:       "oldoffice",
	Title:      "older office document",
	MediaTypes: []string{"application/octet-stream"},
	Extensions: []string{".doc", ".xls", ".ppt"},
	Documents:  true,
	Identify: func(h exchange.Head) exchange.Match {
		if bytes.HasPrefix(h.Bytes, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) && !isDICOM(h.Bytes) { // [MS-CFB] 2.2
			return exchange.Yes
		}
		return exchange.No
	},
	Import: func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
		remark(sink, "kept; the text of office files of this older kind cannot be searched: save it as PDF and bring that in too")
		return keep(src, sink, whole{mediaType: "application/octet-stream", description: "office document of an older kind"})
	},
}

const officeLimit = 256 << 20 // bytes of one file

// officeKind is one kind of office document.
type officeKind struct {
	has       string   // the member by which it is known
	mediaType string   // as registered
	name      string   // for people
	parts     []string // of its text: members, or the beginnings of their names
	words     []string // elements that hold text; none: all do
	breaks    []string // elements that end a line
}

var officeKinds = []officeKind{
	{
		"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document",
		[]string{"word/document.xml", "word/header", "word/footer", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"},
		[]string{"t", "delText"},
		[]string{"p", "br", "tr", "cr"},
	},
	{
		"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel workbook",
		[]string{"xl/sharedStrings.xml", "xl/worksheets/sheet"},
		[]string{"t", "v"},
		[]string{"si", "row"},
	},
	{
		"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint presentation",
		[]string{"ppt/slides/slide", "ppt/notesSlides/notesSlide"},
		[]string{"t"},
		[]string{"p"},
	},
	{
		"content.xml", "application/vnd.oasis.opendocument.text", "OpenDocument file",
		[]string{"content.xml"},
		nil,
		[]string{"p", "h", "table-row", "line-break"},
	},
}

func officeKindOf(members []string) (officeKind, bool) {
	for _, k := range officeKinds {
		if !slices.Contains(members, k.has) {
			continue
		}
		if k.has == "content.xml" && !slices.Contains(members, "META-INF/manifest.xml") {
			continue
		}
		return k, true
	}
	return officeKind{}, false
}

func identifyOffice(h exchange.Head) exchange.Match {
	if _, ok := officeKindOf(h.Members); ok {
		return exchange.Yes
	}
	return exchange.No
}

// officeText is what the child reads.
type officeText struct {
	MediaType, Name, Text string
	Damaged               bool // a part of it cannot be read
	Macros                bool // it carries programs
}

// readOffice is the task that reads the words.
var readOffice = exchange.Task{Name: "office", Run: func(in io.Reader, out io.Writer) error {
	b, err := io.ReadAll(io.LimitReader(in, officeLimit+1))
	if err != nil {
		return err
	}
	if len(b) > officeLimit {
		return errors.New("this office file is larger than 256 MB, the most that is read")
	}
	a, err := container.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(officeWords(a))
}}

func officeWords(a *container.Archive) officeText {
	var names []string
	var o officeText
	for _, m := range a.Members() {
		names = append(names, m.Name)
		o.Macros = o.Macros || strings.HasSuffix(m.Name, "vbaProject.bin") || strings.HasPrefix(m.Name, "Basic/")
	}
	kind, ok := officeKindOf(names)
	if !ok {
		o.Damaged = true
		return o
	}
	o.MediaType, o.Name = kind.mediaType, kind.name
	var t tidy
	for _, part := range kind.parts {
		for _, name := range names {
			if name == part || !strings.HasSuffix(part, ".xml") && strings.HasPrefix(name, part) && strings.HasSuffix(name, ".xml") {
				o.Damaged = kind.part(a, name, &t) != nil || o.Damaged
			}
		}
	}
	o.Text = t.b.String()
	return o
}

// part adds the words of one member.
func (k officeKind) part(a *container.Archive, name string, t *tidy) error {
	f, err := a.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	d, err := strictxml.NewDecoder(f, strictxml.Limits{})
	if err != nil {
		return err
	}
	inside := 0
	for !t.full() {
		token, err := d.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		held := slices.Contains(k.words, token.Name.Local)
		switch {
		case token.Kind == strictxml.Start && held:
			inside++
		case token.Kind == strictxml.End && held:
			inside--
		case token.Kind == strictxml.End && slices.Contains(k.breaks, token.Name.Local):
			t.line()
		case token.Kind == strictxml.Text && (inside > 0 || k.words == nil):
			t.piece(token.Text)
		case token.Kind == strictxml.Start && (token.Name.Local == "tab" || token.Name.Local == "tc" || token.Name.Local == "c" || token.Name.Local == "s"):
			t.space()
		}
	}
	t.line()
	return nil
}

// importOffice keeps an office document with its words.
func importOffice(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	b, err := src.Isolated(ctx, readOffice)
	if err != nil {
		return err
	}
	var o officeText
	if json.Unmarshal(b, &o) != nil || len(o.Text) > 2*textLimit {
		return errors.New("what was read in this office file cannot be used")
	}
	if o.Damaged {
		warn(sink, "parts of this office file are damaged: it is kept, but not all of its text can be searched")
	}
	if o.Macros {
		warn(sink, "this office file carries programs (macros); open it with care")
	}
	return keep(src, sink, whole{mediaType: o.MediaType, description: o.Name, text: o.Text})
}
