package main

import (
	"context"
	"fmt"

	"github.com/carnet-phr/carnet/vault"
)

type checkCmd struct {
	Deep bool `help:"Also read back every original."`
	JSON bool `help:"As JSON."`
}

// Run verifies the vault.
func (x *checkCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	report, err := v.Check(ctx, x.Deep, func(done, total int64) { c.progress("checking", done, total) })
	if err != nil {
		return err
	}
	if x.JSON {
		if err := c.json(report); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(c.out, "%d transactions, %d records, %d originals\n", report.Frames, report.Records, report.Originals)
		for _, p := range report.Problems {
			fmt.Fprintf(c.out, "%s: %s (%d records concerned)\n", p.File, p.Text, len(p.Records))
		}
	}
	if len(report.Problems) > 0 {
		return fmt.Errorf("%d problems found: %w", len(report.Problems), vault.ErrDamaged)
	}
	if !x.JSON {
		fmt.Fprintln(c.out, "complete and unaltered")
	}
	return nil
}
