package exchange

import (
	"context"
	"iter"

	"github.com/carnet-phr/carnet/vault/record"
)

// Store is what an import needs of a vault. *vault.Vault is one.
type Store interface {
	// People gives the first Patient record of each person.
	People(ctx context.Context) ([]record.Record, error)
	// Match gives the records that carry any of the keys, each once.
	Match(ctx context.Context, keys ...record.Key) ([]record.Record, error)
	// Query gives the records that pass a filter.
	Query(ctx context.Context, f record.Filter) iter.Seq2[record.Record, error]
	// HasOriginal says whether a file of that hash is already kept.
	HasOriginal(ctx context.Context, hash record.Hash) (bool, error)
	// Commit makes a change, whole and durable, or returns an error and has
	// changed nothing.
	Commit(ctx context.Context, change record.Change) error
}

// Progress tells how far a long act has come. Total is 0 while it is unknown.
type Progress struct {
	Stage   string // reading, comparing, sealing, writing
	Source  string // the file at hand
	Done    int64  // of Total: files while reading, records while comparing and sealing
	Total   int64
	Records int // records found so far
}

// Options are the choices of one import; the zero value asks nothing and
// decides nothing.
type Options struct {
	Person   PersonChoice
	Progress func(Progress) // called often, from the importing goroutine; nil for silence
	Children Children       // where the formats' tasks run; nil for this process, as in tests

	// Refer keeps images where they are: see [Batch.Refer].
	Refer bool

	// Answers are what the user said to a [Question], by its Name for every file
	// that asks it or by its Key for one file.
	Answers map[string]string
}

func (o Options) progress(p Progress) {
	if o.Progress != nil {
		o.Progress(p)
	}
}
