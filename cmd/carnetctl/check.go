package main

import (
	"context"
	"fmt"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
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
	if err := c.printReport(report, x.JSON); err != nil {
		return err
	}
	if !x.JSON {
		fmt.Fprintln(c.out, "complete and unaltered"+x.unread(report))
	}
	return nil
}

// printReport prints what a check found, and gives an error where that is not
// good.
func (c *console) printReport(report vault.Report, asJSON bool) error {
	if asJSON {
		if err := c.json(reportJSON(report)); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(c.out, "%d transactions, %d records, %d originals\n", report.Frames, report.Records, report.Originals)
		for _, p := range report.Problems {
			fmt.Fprintf(c.out, "%s: %s (%d records concerned)\n", p.File, p.Text, len(p.Records))
		}
	}
	if !report.Sound() {
		return fmt.Errorf("%d problems found: %w", len(report.Problems), vault.ErrDamaged)
	}
	return nil
}

// unread says what a check that is not deep did not look at.
func (x *checkCmd) unread(r vault.Report) string {
	if x.Deep || r.Originals == 0 {
		return ""
	}
	return ", as far as was looked; check --deep also reads every original to its end"
}

// reportJSON is a report in the words of doc.go.
func reportJSON(r vault.Report) any {
	type problem struct {
		File    string      `json:"file"`
		Text    string      `json:"text"`
		Records []record.ID `json:"records"`
		Mended  bool        `json:"mended,omitempty"`
	}
	problems := []problem{}
	for _, p := range r.Problems {
		problems = append(problems, problem{p.File, p.Text, append([]record.ID{}, p.Records...), p.Mended})
	}
	return struct {
		Frames    int       `json:"frames"`
		Records   int       `json:"records"`
		Originals int       `json:"originals"`
		Problems  []problem `json:"problems"`
	}{r.Frames, r.Records, r.Originals, problems}
}
