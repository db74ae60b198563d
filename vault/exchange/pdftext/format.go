package pdftext

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Format keeps PDF files with their text.
var Format = exchange.Format{
	Name:       "pdftext",
	Title:      "PDF",
	MediaTypes: []string{"application/pdf"},
	Extensions: []string{".pdf"},
	Documents:  true,
	Identify:   identify,
	Import:     importFile,
	Tasks:      []exchange.Task{read, look},
}

// headerWithin is in how many of the first bytes "%PDF-" may stand: readers
// accept it anywhere in the first KiB (ISO 32000-1, annex H, note 13).
const headerWithin = 1024

func identify(h exchange.Head) exchange.Match {
	b := h.Bytes[:min(len(h.Bytes), headerWithin)]
	switch at := bytes.Index(b, []byte("%PDF-")); {
	case len(b) >= 132 && string(b[128:132]) == "DICM": // whatever stands before it (DICOM PS3.10, 7.1)
		return exchange.No
	case at == 0:
		return exchange.Yes
	case at > 0 && len(bytes.TrimSpace(b[:at])) == 0:
		return exchange.Yes
	case at > 0 && bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return exchange.Yes
	}
	return exchange.No
}

// importFile files the whole file with what the child read in it.
func importFile(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	b, err := src.Isolated(ctx, read)
	if err != nil {
		return err
	}
	var r result
	if err := json.Unmarshal(b, &r); err != nil || r.Pages < 0 || len(r.Text) > textLimit {
		return errors.New("what was read in this PDF cannot be used")
	}
	info, err := fs.Stat(src.FS, src.Path)
	if err != nil {
		return err
	}
	r.tell(sink)
	name := path.Base(src.Name)
	sink.Add(record.Record{
		Resource: &record.DocumentReference{
			Title: name, Description: r.describe(),
			Content: []record.Attachment{{ContentType: "application/pdf", Title: name, Hash: src.Hash, Size: info.Size(), Text: r.Text}},
		},
		Provenance: []record.Provenance{{Place: "whole file"}},
	})
	return nil
}

// result is what the child finds in a file.
type result struct {
	Pages  int      `json:"pages"`
	Text   string   `json:"text"`
	Cut    bool     `json:"cut"`    // there is more text, or there are more pages
	Locked bool     `json:"locked"` // it wants a password
	Title  string   `json:"title"`  // as its maker wrote
	Made   string   `json:"made"`   // day, as its maker wrote
	Active []string `json:"active"` // what it could do when opened elsewhere, in words
	Files  int      `json:"files"`  // inside it
}

func (r *result) describe() string {
	var words []string
	switch {
	case r.Pages == 1:
		words = append(words, "PDF, 1 page")
	case r.Pages > 1:
		words = append(words, fmt.Sprintf("PDF, %d pages", r.Pages))
	}
	if r.Title != "" {
		words = append(words, "its maker calls it “"+r.Title+"”")
	}
	if d := record.Date(r.Made); d.Precision() == record.Day {
		words = append(words, "made on "+d.Human()+" as the file says")
	}
	return strings.Join(words, "; ")
}

// tell reports what a person should know of the file.
func (r *result) tell(sink exchange.Sink) {
	say := func(s record.Severity, text string) {
		sink.Report(exchange.Issue{Issue: record.Issue{Severity: s, Place: "whole file", Text: text}})
	}
	switch {
	case r.Locked:
		say(record.Warning, "this PDF is locked with a password: it is kept, but its text cannot be searched; open it with its password, save it without one, and bring that in too")
	case strings.TrimSpace(r.Text) == "":
		say(record.Information, "this PDF holds no text that can be searched; it may be a scan")
	case r.Cut:
		say(record.Information, "only the first part of its text can be searched; all of it is in the kept file")
	}
	if len(r.Active) > 0 {
		say(record.Warning, "opened in another program, this PDF could "+strings.Join(r.Active, " and ")+"; open it with care")
	}
	if r.Files > 0 {
		say(record.Warning, fmt.Sprintf("files are carried inside this PDF (%d); they are not taken out", r.Files))
	}
}
