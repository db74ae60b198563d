package soak_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// contents is all that a vault holds, each item by the digest of its fields.
type contents struct {
	Records   map[record.ID]string   `json:"records"`
	Originals map[record.Hash]string `json:"originals"`
	Receipts  map[record.ID]string   `json:"receipts"`
}

func nothing() contents {
	return contents{map[record.ID]string{}, map[record.Hash]string{}, map[record.ID]string{}}
}

func (c contents) clone() contents {
	return contents{maps.Clone(c.Records), maps.Clone(c.Originals), maps.Clone(c.Receipts)}
}

// digests are those of all items.
func (c contents) digests() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, list := range []iter.Seq[string]{maps.Values(c.Records), maps.Values(c.Originals), maps.Values(c.Receipts)} {
			for d := range list {
				if !yield(d) {
					return
				}
			}
		}
	}
}

// digest stands for a value's fields.
func digest(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "does not encode"
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}

func digestRecord(r record.Record) string {
	return digest(struct {
		Kind     record.Kind
		Resource record.Resource
		Record   record.Record
	}{r.Resource.Kind(), r.Resource, r})
}

// digestReceipt takes a missing list for an empty one, as the stored form does.
func digestReceipt(r record.Receipt) string {
	r.Sources = slices.Clone(r.Sources)
	for i, s := range r.Sources {
		r.Sources[i].Issues = nil
		for _, issue := range s.Issues {
			sum := sha256.Sum256([]byte(issue.Text)) // they may be very long
			issue.Text = hex.EncodeToString(sum[:])
			r.Sources[i].Issues = append(r.Sources[i].Issues, issue)
		}
		if len(s.Kinds) == 0 {
			r.Sources[i].Kinds = nil
		}
	}
	return digest(r)
}

// contentsOf reads everything that lists tell.
func contentsOf(ctx context.Context, v *vault.Vault) (c contents, err error) {
	c = nothing()
	var errs [3]error
	c.Records, errs[0] = recordsOf(ctx, v)
	c.Receipts, errs[1] = receiptsOf(ctx, v)
	c.Originals, errs[2] = originalsOf(ctx, v)
	if err := errors.Join(errs[:]...); err != nil {
		return c, err
	}
	return c, counted(ctx, v, c)
}

func recordsOf(ctx context.Context, v *vault.Vault) (map[record.ID]string, error) {
	m := map[record.ID]string{}
	for r, err := range v.Query(ctx, record.Filter{}) {
		if err != nil {
			return nil, fmt.Errorf("query: %w", err)
		}
		m[r.ID] = digestRecord(r)
	}
	return m, nil
}

func receiptsOf(ctx context.Context, v *vault.Vault) (map[record.ID]string, error) {
	list, err := v.Imports(ctx)
	if err != nil {
		return nil, fmt.Errorf("imports: %w", err)
	}
	m := map[record.ID]string{}
	for _, r := range list {
		m[r.Import] = digestReceipt(r)
	}
	return m, nil
}

func originalsOf(ctx context.Context, v *vault.Vault) (map[record.Hash]string, error) {
	list, err := v.Originals(ctx)
	if err != nil {
		return nil, fmt.Errorf("originals: %w", err)
	}
	m := map[record.Hash]string{}
	for _, o := range list {
		m[o.Hash] = digest(o)
	}
	return m, nil
}

// counted compares the vault's own counts with what it gave.
func counted(ctx context.Context, v *vault.Vault, c contents) error {
	counts, err := v.Counts(ctx, "")
	if err != nil {
		return err
	}
	n := 0
	for _, m := range counts {
		n += m
	}
	if n != len(c.Records) {
		return fmt.Errorf("the vault counts %d records and gives %d", n, len(c.Records))
	}
	return nil
}

// unreadable gives the originals that do not read back whole.
func unreadable(ctx context.Context, v *vault.Vault, c contents) map[record.Hash]bool {
	bad := map[record.Hash]bool{}
	for h := range c.Originals {
		if err := readOriginal(ctx, v, h); err != nil {
			bad[h] = true
		}
	}
	return bad
}

func readOriginal(ctx context.Context, v *vault.Vault, h record.Hash) error {
	r, _, err := v.OpenOriginal(ctx, h)
	if err != nil {
		return err
	}
	defer r.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, r); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != string(h) {
		return fmt.Errorf("original %s reads other bytes", h[:12])
	}
	return nil
}

// differences says how got differs from want, in a few words.
func differences(got, want contents) []string {
	return slices.Concat(differ("record", got.Records, want.Records), differ("original", got.Originals, want.Originals), differ("receipt", got.Receipts, want.Receipts))
}

func differ[K ~string](what string, got, want map[K]string) (list []string) {
	lost, changed, extra := 0, 0, 0
	for k, d := range want {
		switch g, ok := got[k]; {
		case !ok:
			lost++
		case g != d:
			changed++
		}
	}
	for k := range got {
		if _, ok := want[k]; !ok {
			extra++
		}
	}
	if lost+changed+extra > 0 {
		list = append(list, fmt.Sprintf("%ss: %d lost, %d changed, %d that nobody put there (of %d)", what, lost, changed, extra, len(want)))
	}
	return list
}
