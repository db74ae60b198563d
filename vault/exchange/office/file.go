package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

const (
	textLimit  = 1 << 20   // bytes of text kept beside a document for search
	titleLimit = 300       // bytes
	sizeLimit  = 256 << 20 // bytes of one file
)

const wholeFile = "whole file"

// result is what the child finds in a file.
type result struct {
	Kind    string
	Text    string
	Title   string // as its maker wrote
	Made    string // day, as its maker wrote
	Cut     bool   // there is more text
	Broken  bool   // a part could not be read
	Locked  bool   // it wants a password
	Struck  bool   // some words are struck out
	Deleted bool   // tracked changes took words away
	Hidden  bool   // some words are not shown on the page
	Strange bool   // some characters cannot be told
	Macros  bool
	Fetches bool // it wants files from elsewhere when it is opened
	Files   int  // inside it
}

// bring files the whole file with what the child read in it.
func bring(ctx context.Context, src exchange.Source, sink exchange.Sink, task exchange.Task) error {
	b, err := src.Isolated(ctx, task)
	if err != nil {
		return err
	}
	var r result
	k, known := kind{}, false
	if err := json.Unmarshal(b, &r); err == nil {
		k, known = kinds[r.Kind]
	}
	if !known || r.Files < 0 || len(r.Text) > textLimit || len(r.Title) > titleLimit {
		return errors.New("what was read in this file cannot be used")
	}
	info, err := fs.Stat(src.FS, src.Path)
	if err != nil {
		return err
	}
	r.tell(sink)
	name := path.Base(src.Name)
	sink.Add(record.Record{
		Resource: &record.DocumentReference{
			Title: name, Description: r.describe(k),
			Content: []record.Attachment{{ContentType: k.mediaType, Title: name, Hash: src.Hash, Size: info.Size(), Text: strings.ToValidUTF8(r.Text, string(utf8.RuneError))}},
		},
		Provenance: []record.Provenance{{Place: wholeFile}},
	})
	return nil
}

func (r *result) describe(k kind) string {
	words := []string{k.title}
	if t := strings.TrimSpace(strings.ToValidUTF8(r.Title, "")); t != "" {
		words = append(words, "its maker calls it “"+t+"”")
	}
	if d := record.Date(r.Made); d.Precision() == record.Day {
		words = append(words, "made on "+d.Human()+" as the file says")
	}
	return strings.Join(words, "; ")
}

// tell reports what a person should know of the file.
func (r *result) tell(sink exchange.Sink) {
	say := func(when bool, s record.Severity, text string) {
		if when {
			sink.Report(exchange.Issue{Issue: record.Issue{Severity: s, Place: wholeFile, Text: text}})
		}
	}
	const note, warning = record.Information, record.Warning
	older := unread(r.Kind)
	say(r.Locked, warning, "this file is locked with a password: it is kept, but its text cannot be searched; open it with its password, save it without one, and bring that in too")
	say(older, note, "kept; the text of a file of this kind cannot be searched: save it as PDF or in the newer kind, and bring that in too")
	say(r.Broken, warning, "a part of this file is damaged: it is kept, and not all of its text can be searched")
	say(r.Cut, note, "only the first part of its text can be searched; all of it is in the kept file")
	say(!older && !r.Locked && !r.Broken && strings.TrimSpace(r.Text) == "", note, "this file holds no text that can be searched")
	say(r.Kind == "sheet", note, "the words of this spreadsheet can be searched, its numbers cannot")
	say(r.Struck, warning, "some of its words are struck out; they stand between ~~ marks in its text")
	say(r.Deleted, note, "it carries tracked changes: words that were taken out are in the kept file alone")
	say(r.Hidden, note, "some of its text is hidden when it is opened; it can be searched here")
	say(r.Strange, note, "some of its characters cannot be told; they stand as � in its text")
	var could []string
	if r.Macros {
		could = append(could, "run a program (a macro) that is inside")
	}
	if r.Fetches {
		could = append(could, "fetch files from another place")
	}
	say(len(could) > 0, warning, "opened in another program, this file could "+strings.Join(could, " and ")+"; open it with care")
	say(r.Files > 0, note, fmt.Sprintf("other files are inside it (%d); they are not taken out", r.Files))
}
