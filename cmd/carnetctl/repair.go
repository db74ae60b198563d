package main

import (
	"context"
	"fmt"
)

type repairCmd struct {
	JSON bool `help:"As JSON."`
}

// Run makes good what check finds, as far as that can be done.
func (x *repairCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	report, err := v.Repair(ctx, func(done, total int64) { c.progress("repairing", done, total) })
	if err != nil {
		return err
	}
	if err := c.printReport(report, x.JSON); err != nil {
		return err
	}
	if !x.JSON {
		fmt.Fprintln(c.out, "complete and unaltered; check --deep also reads every original")
	}
	return v.Close()
}
