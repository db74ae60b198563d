package document

import (
	"io/fs"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

const textLimit = 1 << 20 // bytes of text kept beside a document for search

// wholeFile is the place of a fact that the file as a whole states.
const wholeFile = "whole file"

// whole is what is known of a document.
type whole struct {
	mediaType   string
	title       string // as the document says; "" for the file's name
	description string
	date        record.Date
	text        string
}

// keep files the source as one document.
func keep(src exchange.Source, sink exchange.Sink, w whole) error {
	info, err := fs.Stat(src.FS, src.Path)
	if err != nil {
		return err
	}
	name := path.Base(src.Name)
	if w.title == "" {
		w.title = name
	}
	if len(w.text) > textLimit {
		w.text = strings.ToValidUTF8(w.text[:textLimit], "")
		remark(sink, "only the first part of its text can be searched; all of it is in the kept file")
	}
	sink.Add(record.Record{
		Resource: &record.DocumentReference{
			Title: w.title, Description: w.description, Date: w.date,
			Content: []record.Attachment{{ContentType: w.mediaType, Title: name, Hash: src.Hash, Size: info.Size(), Text: w.text}},
		},
		Provenance: []record.Provenance{{Place: wholeFile}},
	})
	return nil
}

func remark(sink exchange.Sink, text string) {
	sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Information, Place: wholeFile, Text: text}})
}

func warn(sink exchange.Sink, text string) {
	sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Warning, Place: wholeFile, Text: text}})
}

// empty says that a text holds less than a word.
func empty(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if n++; n > 1 {
				return false
			}
		}
	}
	return true
}

// tidy makes running text of words that markup held apart: one space between
// words, one line for each block.
type tidy struct{ b strings.Builder }

func (t *tidy) words(s string) {
	for _, w := range strings.Fields(s) {
		if n := t.b.Len(); n > 0 && t.b.String()[n-1] != '\n' {
			t.b.WriteByte(' ')
		}
		t.b.WriteString(strings.ToValidUTF8(w, string(utf8.RuneError)))
	}
}

// inline adds running text: white space of any length is one space, and words
// that markup parts stay whole.
func (t *tidy) inline(s string) {
	for _, r := range s {
		switch {
		case !unicode.IsSpace(r):
			t.b.WriteRune(r)
		case t.b.Len() > 0 && t.b.String()[t.b.Len()-1] > ' ':
			t.b.WriteByte(' ')
		}
	}
}

// raised marks a figure that stands high, so that 10 to the 9th is not read 109.
func (t *tidy) raised() {
	if n := t.b.Len(); n > 0 && t.b.String()[n-1] >= '0' && t.b.String()[n-1] <= '9' {
		t.b.WriteByte('^')
	}
}

func (t *tidy) line() {
	if n := t.b.Len(); n > 0 && t.b.String()[n-1] != '\n' {
		t.b.WriteByte('\n')
	}
}

func (t *tidy) full() bool { return t.b.Len() > textLimit }
