package exchange

import (
	"context"
	"errors"
	"io"

	"github.com/carnet-phr/carnet/vault/record"
)

// Format is one file format. A nil function is not offered.
type Format struct {
	Name       string   // short and stable: it is stored with every record ("fhir", "ccda")
	Title      string   // for people: "FHIR (JSON or XML)"
	MediaTypes []string // for file dialogs; never used to identify
	Extensions []string // for file dialogs; never used to identify

	// Identify looks at the head of a file. It must not read further and must
	// not keep Head.
	Identify func(Head) Match

	// Index looks at a whole tree before its files are read, for formats that
	// describe their files in one of them. nil, nil says that the tree is not of
	// this format; an error is told as an issue and the files are read as if
	// there were no index.
	Index func(ctx context.Context, t Tree) (*Index, error)

	// Documents says that files of the format name nobody: pictures, office
	// files. They are filed under the only person there is, or under whom the
	// user names.
	Documents bool

	// Tasks are the parts of Import that run in a child process.
	Tasks []Task

	// Import reads one source into a sink. An error means that the source as a
	// whole cannot be read: nothing of it is filed, and the error's text, which
	// holds place and reason but no clinical words, goes to the receipt. Items
	// that cannot be read go to Sink.Report instead. [ErrNotThisFormat] says
	// that a Maybe turned out to be a no.
	Import func(ctx context.Context, src Source, sink Sink) error

	// Export writes a selection.
	Export func(ctx context.Context, w io.Writer, sel Selection) error

	// Verify reads what Export wrote of a selection and says whether it states
	// the same facts. Its error holds no clinical words.
	Verify func(ctx context.Context, src Source, sel Selection) error
}

// ErrNotThisFormat is returned by Format.Import when the content turns out not
// to be of the format after all; the file is then kept as a document.
var ErrNotThisFormat = errors.New("not a file of this format")

// ErrTooLarge is returned by Format.Export when a selection is more than a file of
// the format can hold for anybody to read; what was written till then is no file.
var ErrTooLarge = errors.New("there is more than one file of this format can hold; choose kinds or a time")

// Match is how sure a format is.
type Match int

// The matches.
const (
	No Match = iota
	Maybe
	Yes
)

// headSize is how much of a file Identify sees, in bytes.
const headSize = 64 << 10

// Head is the beginning of a file.
type Head struct {
	Name  string // the file's name; a hint for messages, never proof
	Bytes []byte // the first 64 KiB, or the whole file if it is smaller
	Size  int64  // of the whole file, in bytes

	// Members are the names inside a zip archive or disc image, sorted; nil for
	// any other file. A format that is sure of one takes it whole; otherwise each
	// member is read as a source of its own.
	Members []string
}

// Sink takes what a format reads. Its methods must be called from the goroutine
// that runs Format.Import.
type Sink interface {
	// Add files one record: one item read. The format fills Resource, Held and
	// one Provenance with Place, Span, Author, System, Asserter, Identifiers,
	// Local and Security; Person holds the source's own reference to the
	// Patient (a name that a Patient record of the source lists under
	// Provenance.Local), or "" for the only patient of the source.
	Add(r record.Record)

	// Attach keeps a file that the source carries inside. It counts no item. The
	// attachment it gives has the hash and size to put into a record; text/plain
	// also gets its Text.
	Attach(name, mediaType string, r io.Reader) (record.Attachment, error)

	// Report tells what became of an item that is no record of its own, or adds
	// a remark.
	Report(i Issue)
}

// Outcome is what became of an item that [Sink.Report] speaks of.
type Outcome int

// The outcomes.
const (
	Remark         Outcome = iota // no item: a remark on the source or on a record
	Absorbed                      // one item, filed as part of another record (a Medication that an order names)
	Administrative                // one item: billing, scheduling, directories
	Kept                          // one item that is not understood or held back, named by its text
	Refused                       // one item that is broken, named by its text
)

// Issue is a [record.Issue] with what became of the item.
type Issue struct {
	record.Issue
	Outcome Outcome
	What    string // for Administrative and Kept: the item's type, "Claim"; issues of the same type and text are told once, with their number
}

// Exporter finds the exporting format of that name.
func Exporter(formats []Format, name string) (Format, bool) {
	for _, f := range formats {
		if f.Name == name && f.Export != nil {
			return f, true
		}
	}
	return Format{}, false
}
