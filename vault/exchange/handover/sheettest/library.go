package sheettest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Library is a vault in memory: an [exchange.Library].
type Library struct {
	Person    record.ID
	Records   []record.Record
	originals []record.Original
	contents  map[record.Hash][]byte
}

var _ exchange.Library = (*Library)(nil)

// Made is the moment at which the selections of this package are made.
var Made = time.Date(2026, 11, 22, 16, 30, 0, 0, time.FixedZone("", 3600))

// New is a library with one person.
func New(p *record.Patient, ids ...record.Identifier) *Library {
	l := &Library{Person: record.NewID(), contents: map[record.Hash][]byte{}}
	r := record.Record{ID: l.Person, Person: l.Person, Resource: p, Provenance: []record.Provenance{{Identifiers: ids, Asserter: record.ByOrganisation}}}
	l.Records = append(l.Records, r)
	return l
}

// File keeps an original and gives its hash.
func (l *Library) File(name, mediaType string, content []byte) record.Hash {
	sum := sha256.Sum256(content)
	h := record.Hash(hex.EncodeToString(sum[:]))
	l.contents[h] = content
	l.originals = append(l.originals, record.Original{Hash: h, Name: name, MediaType: mediaType, Size: int64(len(content)), Received: Made.AddDate(0, 0, -9)})
	return h
}

// From is provenance in a file.
func From(h record.Hash, format, system, author string) record.Provenance {
	return record.Provenance{Original: h, Format: format, System: system, Author: author, Asserter: record.ByOrganisation, Received: Made.AddDate(0, 0, -9)}
}

// Self is the provenance of what the patient entered.
func Self() record.Provenance {
	return record.Provenance{Asserter: record.ByPatient, Received: Made.AddDate(0, 0, -2)}
}

// Add files a resource and gives its record to change further.
func (l *Library) Add(res record.Resource, from ...record.Provenance) *record.Record {
	l.Records = append(l.Records, record.Record{ID: record.NewID(), Person: l.Person, Resource: res, Provenance: from})
	return &l.Records[len(l.Records)-1]
}

// Select is the selection of everything in scope; Scope.Person is filled in.
func (l *Library) Select(t testing.TB, scope exchange.Scope) exchange.Selection {
	t.Helper()
	scope.Person = l.Person
	sel, err := exchange.Select(context.Background(), l, scope, Made, "0.1.0")
	if err != nil {
		t.Fatal(err)
	}
	return sel
}

// Get implements [exchange.Library].
func (l *Library) Get(_ context.Context, id record.ID) (record.Record, error) {
	for _, r := range l.Records {
		if r.ID == id {
			return r, nil
		}
	}
	return record.Record{}, errors.New("no such record")
}

// Query implements [exchange.Library].
func (l *Library) Query(_ context.Context, f record.Filter) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		var found []record.Record
		for _, r := range l.Records {
			if f.Match(r) {
				found = append(found, r)
			}
		}
		record.ByTime(found)
		for _, r := range found {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// Originals implements [exchange.Library].
func (l *Library) Originals(context.Context) ([]record.Original, error) { return l.originals, nil }

// OpenOriginal implements [exchange.Library].
func (l *Library) OpenOriginal(_ context.Context, h record.Hash) (io.ReadCloser, record.Original, error) {
	b, ok := l.contents[h]
	if !ok {
		return nil, record.Original{}, errors.New("no such original")
	}
	return io.NopCloser(bytes.NewReader(b)), record.Original{Hash: h, Size: int64(len(b))}, nil
}
