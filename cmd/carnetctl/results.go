package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// resultsOf is the panel of a report or of a result made of others; no members for
// everything else.
func resultsOf(ctx context.Context, v *vault.Vault, r record.Record) ([]clinic.Member, error) {
	all, err := withParts(ctx, v, r)
	if err != nil {
		return nil, err
	}
	for _, p := range clinic.PanelsOf(all) {
		if p.ID == r.ID {
			return p.Members, nil
		}
	}
	return nil, nil
}

// withParts are the record and what it names as its parts, and their parts. What
// it names and the vault does not hold is left out.
func withParts(ctx context.Context, v *vault.Vault, r record.Record) ([]record.Record, error) {
	all := []record.Record{r}
	seen := map[record.ID]bool{r.ID: true}
	for n := 0; n < len(all); n++ {
		var refs []record.Reference
		switch x := all[n].Resource.(type) {
		case *record.DiagnosticReport:
			refs = x.Result
		case *record.Observation:
			refs = x.HasMember
		}
		for _, ref := range refs {
			if ref.ID == "" || seen[ref.ID] {
				continue
			}
			seen[ref.ID] = true
			part, err := v.Get(ctx, ref.ID)
			switch {
			case errors.Is(err, vault.ErrNotFound):
			case err != nil:
				return nil, err
			default:
				all = append(all, part)
			}
		}
	}
	return all, nil
}

// printResults prints a panel, what belongs to a result below it.
func (c *console) printResults(list []clinic.Member, depth int) {
	for _, m := range list {
		fmt.Fprintf(c.out, "%s%s\n", strings.Repeat("  ", depth), newEntry(m.Record).line(m.Record))
		c.printResults(m.Members, min(depth+1, deepest))
	}
}

// deepest is how far the results of a panel within panels are moved in.
const deepest = 8

// result is a member of a panel in the words of doc.go.
type result struct {
	entry
	Results []result `json:"results,omitempty"`
}

func resultsJSON(list []clinic.Member) []result {
	var out []result
	for _, m := range list {
		out = append(out, result{newEntry(m.Record), resultsJSON(m.Members)})
	}
	return out
}
