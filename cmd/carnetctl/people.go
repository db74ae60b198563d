package main

import (
	"context"
	"fmt"

	"github.com/carnet-phr/carnet/vault/record"
)

type peopleCmd struct {
	JSON bool `help:"One person a line, as JSON."`
}

// Run lists the people.
func (x *peopleCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	people, err := v.People(ctx)
	if err != nil {
		return err
	}
	for _, p := range people {
		counts, err := v.Counts(ctx, p.ID)
		if err != nil {
			return err
		}
		total := 0
		for _, n := range counts {
			total += n
		}
		patient, ok := p.Resource.(*record.Patient)
		if !ok {
			continue
		}
		title := patient.Summary().Title
		if !x.JSON {
			fmt.Fprintf(c.out, "%s  %s, born %s, %d records\n", p.ID, visible(title), orElse(patient.BirthDate.Human(), "(date unknown)"), total)
			continue
		}
		err = c.json(struct {
			ID      record.ID   `json:"id"`
			Name    string      `json:"name"`
			Born    record.Date `json:"born"`
			Sex     string      `json:"sex"`
			Records int         `json:"records"`
		}{p.ID, patient.DisplayName(), patient.BirthDate, patient.Gender, total})
		if err != nil {
			return err
		}
	}
	return nil
}
