package main

import (
	"context"
	"slices"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// queries are ten searches, from one hit to many.
var queries = []string{
	"hemoglobin", "walk every day", "made-up problem 2003", "creatinine serum", "visit note", "glucose", "drink enough weeks", "general hospital", "body weight", "systolic",
}

// typo is a search with a slip in it.
const typo = "hemoglobbin"

// search times the first search after an unlock, ten queries and a typo.
func search(ctx context.Context, j job) (result, error) {
	v, err := vault.Open(ctx, j.Dir, passphrase, vaulttest.Options())
	if err != nil {
		return nil, err
	}
	defer v.Close()
	var times []float64
	took := func(words string) (float64, error) {
		start := time.Now()
		_, err := v.Search(ctx, words, record.Filter{}, 20)
		return ms(time.Since(start)), err
	}
	first, err := took(queries[0])
	if err != nil {
		return nil, err
	}
	for _, q := range queries {
		t, err := took(q)
		if err != nil {
			return nil, err
		}
		times = append(times, t)
	}
	slip, err := took(typo)
	slices.Sort(times)
	return result{"first": first, "median": times[len(times)/2], "worst": times[len(times)-1], "typo": slip, "anon": anonymous()}, err
}
