package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

type showCmd struct {
	ID       string `arg:"" help:"The record's ID, as list prints it."`
	JSON     bool   `help:"As JSON."`
	Original string `help:"Write the original file that it came from here." placeholder:"FILE" type:"path"`
	picked
}

// fragmentLimit is how much of the verbatim source show prints, in bytes.
const fragmentLimit = 16 << 10

// Run shows one record: every stated element, its sources, and the verbatim
// text at its place in the original.
func (x *showCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	r, err := c.stored(ctx, v, x.ID)
	if err != nil {
		return err
	}
	if x.Original != "" {
		return saveOriginal(ctx, v, r, x.Original)
	}
	if x.Image != "" {
		return x.save(ctx, c, v, r)
	}
	earlier, err := clinic.Earlier(ctx, v, r)
	if err != nil {
		return err
	}
	results, err := resultsOf(ctx, v, r)
	if err != nil {
		return err
	}
	if x.JSON {
		return c.json(struct {
			entry
			Results    []result            `json:"results,omitempty"`
			Details    []record.Detail     `json:"details"`
			Held       []string            `json:"held,omitempty"`
			Provenance []record.Provenance `json:"provenance"`
			Resource   record.Resource     `json:"resource"`
			Superseded *record.Superseded  `json:"superseded,omitempty"`
			Entered    *record.Entered     `json:"entered,omitempty"`
			Overlay    *record.Overlay     `json:"overlay,omitempty"`
			Earlier    []record.ID         `json:"earlier,omitempty"`
		}{newEntry(r), resultsJSON(results), r.Resource.Details(), r.Held, r.Provenance, r.Resource, r.Superseded, r.Entered, r.Overlay, ids(earlier)})
	}
	if err := c.printRecord(ctx, v, r, earlier); err != nil || len(results) == 0 {
		return err
	}
	fmt.Fprintln(c.out, "its results:")
	c.printResults(results, 1)
	return nil
}

func ids(records []record.Record) []record.ID {
	var list []record.ID
	for _, r := range records {
		list = append(list, r.ID)
	}
	return list
}

func (c *console) printRecord(ctx context.Context, v *vault.Vault, r record.Record, earlier []record.Record) error {
	fmt.Fprintln(c.out, newEntry(r).line(r))
	if r.Superseded != nil {
		fmt.Fprintf(c.out, "  HISTORY: %s; see %s\n", r.Superseded.Why.Words(), r.Superseded.By)
	}
	for _, h := range r.Held {
		fmt.Fprintf(c.out, "  HELD BACK: %s\n", visible(h))
	}
	for _, row := range r.Resource.Details() {
		fmt.Fprintf(c.out, "  %s: %s\n", visible(row.Label), indented(row.Value))
	}
	for _, p := range r.Provenance {
		fmt.Fprintf(c.out, "source: %s\n", p.Asserter.Words())
		if p.Original == "" {
			continue
		}
		o, err := v.Original(ctx, p.Original)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "  in %s (%s), at %s\n", visible(o.Name), p.Format, visible(p.Place))
		if p.Author != "" {
			fmt.Fprintf(c.out, "  by %s\n", visible(p.Author))
		}
		if p.Said != nil {
			for _, row := range clinic.Otherwise(r.Resource, p.Said) {
				fmt.Fprintf(c.out, "  in its words: %s: %s\n", visible(row.Label), indented(row.Value))
			}
		}
		if p.Span.Length > 0 {
			text, err := v.Fragment(ctx, p, fragmentLimit)
			if err != nil {
				return err
			}
			fmt.Fprintf(c.out, "  verbatim:\n    %s\n", indented(string(text)))
		}
	}
	for _, e := range earlier {
		fmt.Fprintf(c.out, "earlier: %s: %s\n", e.Superseded.Why.Words(), newEntry(e).line(e))
	}
	return nil
}

// indented keeps the lines of a text, each made harmless.
func indented(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r", ""), "\n")
	for i := range lines {
		lines[i] = visible(strings.ReplaceAll(lines[i], "\t", "  "))
	}
	return strings.Join(lines, "\n    ")
}

// saveOriginal writes the record's original, byte for byte, to a new file.
func saveOriginal(ctx context.Context, v *vault.Vault, r record.Record, path string) error {
	h := r.Source().Original
	if h == "" {
		return errors.New("this record was entered by the patient; there is no original file")
	}
	in, _, err := v.OpenOriginal(ctx, h)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the original: %w", err)
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		os.Remove(path)
		return fmt.Errorf("write the original: %w", err)
	}
	return out.Close()
}
