package clinic

import (
	"context"

	"github.com/carnet-phr/carnet/vault/record"
)

// Matcher finds records by their keys. *vault.Vault is one.
type Matcher interface {
	Match(ctx context.Context, keys ...record.Key) ([]record.Record, error)
}

// Earlier are the statements whose place r took, newest first: history, to be
// shown beside it and nowhere else (CLINICAL-SAFETY hazard 25). What was
// withdrawn is not among them.
func Earlier(ctx context.Context, m Matcher, r record.Record) ([]record.Record, error) {
	found, err := m.Match(ctx, r.Keys()...)
	if err != nil {
		return nil, err
	}
	var list []record.Record
	for _, f := range found {
		if s := f.Superseded; s != nil && s.By == r.ID && s.Why != record.Withdrawn {
			list = append(list, f)
		}
	}
	record.ByTime(list)
	return list, nil
}

// Otherwise are the lines that a further source states in other words than those
// that are shown.
func Otherwise(shown, said record.Resource) []record.Detail {
	have := map[record.Detail]bool{}
	for _, row := range shown.Details() {
		have[row] = true
	}
	var rows []record.Detail
	for _, row := range said.Details() {
		if !have[row] {
			rows = append(rows, row)
		}
	}
	return rows
}
