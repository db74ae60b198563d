package main

import (
	"fmt"

	"github.com/carnet-phr/carnet/assets"
)

// licencesCmd prints the terms under which works of others are part of Carnet.
type licencesCmd struct{}

// Run prints each licence below the works that have it.
func (licencesCmd) Run(c *console) error {
	for _, l := range assets.Licences() {
		for _, w := range l.Works {
			fmt.Fprintf(c.out, "==== %s\n", w)
		}
		if _, err := fmt.Fprintf(c.out, "\n%s\n\n", l.Text); err != nil {
			return err
		}
	}
	return nil
}
