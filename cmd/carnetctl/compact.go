package main

import (
	"context"
	"fmt"
)

type compactCmd struct{}

// Run writes the vault anew without what was deleted.
func (x *compactCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	if err := v.Compact(ctx, func(done, total int64) { c.progress("writing", done, total) }); err != nil {
		return err
	}
	if err := v.Close(); err != nil {
		return err
	}
	fmt.Fprintln(c.out, "what was deleted or replaced is gone from this vault; backups made before still hold it")
	return nil
}
