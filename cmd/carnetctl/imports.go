package main

import (
	"context"
	"fmt"
)

type importsCmd struct {
	JSON bool `help:"One receipt a line, as JSON."`
}

// Run lists past imports.
func (x *importsCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	receipts, err := v.Imports(ctx)
	if err != nil {
		return err
	}
	for _, r := range receipts {
		if x.JSON {
			if err := c.json(r); err != nil {
				return err
			}
			continue
		}
		filed, names := 0, ""
		for n, s := range r.Sources {
			filed += s.Filed
			switch {
			case n == 0:
				names = visible(s.Name)
			case n == len(r.Sources)-1:
				names += fmt.Sprintf(" and %d more", n)
			}
		}
		fmt.Fprintf(c.out, "%s  %s  %d records from %s\n", r.Import, r.At.Format("2 January 2006, 15:04 MST"), filed, names)
	}
	return nil
}
