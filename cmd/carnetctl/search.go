package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

type searchCmd struct {
	Words []string `arg:"" help:"All of them must occur; the beginning of a word is enough."`
	Limit int      `help:"At most this many." default:"50"`
	JSON  bool     `help:"One object a line, as JSON."`
}

// Run searches titles, codes, notes and document text.
func (x *searchCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	hits, err := v.Search(ctx, strings.Join(x.Words, " "), record.Filter{}, x.Limit)
	if err != nil {
		return err
	}
	for _, h := range hits {
		e := newEntry(h.Record)
		if e.Standing == record.InError {
			continue
		}
		if x.JSON {
			if err := c.json(struct {
				entry
				Snippet string `json:"snippet"`
			}{e, h.Snippet}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%s | %s\n", e.line(h.Record), h.Record.Resource.Kind())
		if h.Snippet != "" {
			fmt.Fprintf(c.out, "    %s\n", visible(strings.ReplaceAll(h.Snippet, "\n", " ")))
		}
	}
	return nil
}
