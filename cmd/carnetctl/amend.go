package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

type amendCmd struct {
	ID     string   `arg:"" help:"The entry's ID, as list prints it."`
	Fields []string `arg:"" optional:"" name:"field=value" help:"What is to be otherwise; FIELD= takes away what it says. - reads a JSON object from standard input. Without any, the entry is shown as its form."`
	By     string   `help:"Who writes it, where that is not the patient." placeholder:"NAME"`
	DryRun bool     `help:"Check the fields and show the entry, and file nothing."`
	JSON   bool     `help:"Print the entry as JSON."`
}

// Run makes a new version of an entry of the patient's own.
func (x *amendCmd) Run(ctx context.Context, c *console) error {
	fields, err := c.fields(x.Fields)
	if err != nil {
		return err
	}
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	r, err := c.stored(ctx, v, x.ID)
	if err != nil {
		return err
	}
	if len(x.Fields) == 0 {
		return c.printForm(r, x.JSON)
	}
	change, changed, problems, err := own.Amend(r, fields, own.By{Now: c.now(), Name: x.By})
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		k, _, _ := own.Fields(r)
		return formProblems(k, problems)
	}
	f := newForm(change.Put[0])
	f.Changed, f.Dry = changed, x.DryRun
	return c.file(ctx, v, change, f, x.JSON, "amended ("+strings.Join(changed, ", ")+")")
}

// printForm shows an entry as the form that it was made with.
func (c *console) printForm(r record.Record, asJSON bool) error {
	k, fields, ok := own.Fields(r)
	if !ok {
		return own.ErrNotOwn
	}
	if asJSON {
		return c.json(newForm(r))
	}
	fmt.Fprintln(c.out, k.Title)
	for _, f := range k.Fields {
		if fields[f.Name] != "" {
			fmt.Fprintf(c.out, "  %s=%s\n", f.Name, indented(fields[f.Name]))
		}
	}
	return nil
}

type retractCmd struct {
	ID     string `arg:"" help:"The entry's ID, as list prints it."`
	Reason string `arg:"" optional:"" help:"Why, in a few words: it stays beside the entry."`
	Undo   bool   `help:"Bring an entry back that was retracted."`
	By     string `help:"Who does it, where that is not the patient." placeholder:"NAME"`
	DryRun bool   `help:"Show what would be done, and file nothing."`
	JSON   bool   `help:"Print the entry as JSON."`
}

// Run takes an entry of the patient's own back as entered in error, or brings it
// back.
func (x *retractCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	r, err := c.stored(ctx, v, x.ID)
	if err != nil {
		return err
	}
	by, done := own.By{Now: c.now(), Name: x.By}, "retracted; carnetctl history and list --status withdrawn still show it"
	var change record.Change
	if x.Undo {
		done = "brought back"
		var versions []own.Version
		if versions, err = c.versions(ctx, v, r); err == nil {
			change, err = own.Unretract(r, versions, by)
		}
	} else {
		if x.Reason == "" && r.OwnEntry() {
			return usageError("say why, as in: carnetctl retract ID \"it was another medicine\"")
		}
		change, err = own.Retract(r, x.Reason, by)
	}
	if err != nil {
		return err
	}
	f := newForm(change.Put[0])
	f.Dry = x.DryRun
	return c.file(ctx, v, change, f, x.JSON, done)
}

type historyCmd struct {
	ID   string `arg:"" help:"The entry's ID, as list prints it."`
	JSON bool   `help:"One version a line, as JSON."`
}

// Run shows all versions of an entry of the patient's own, oldest first, and what
// the patient said about any record.
func (x *historyCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	r, err := c.stored(ctx, v, x.ID)
	if err != nil {
		return err
	}
	if s := r.Superseded; s != nil && r.OwnEntry() { // of an earlier version, all of them
		if r, err = c.stored(ctx, v, string(s.By)); err != nil {
			return err
		}
	}
	versions, err := c.versions(ctx, v, r)
	if err != nil {
		return err
	}
	if x.JSON {
		return c.historyJSON(r, versions)
	}
	c.printHistory(versions)
	c.printRemarks(r)
	if len(versions) == 0 && r.Overlay == nil {
		fmt.Fprintln(c.out, "a file states this entry, and nothing was said about it; carnetctl show tells what it took the place of")
	}
	return nil
}

// versions are all of an own entry; none of another record.
func (c *console) versions(ctx context.Context, v *vault.Vault, r record.Record) ([]own.Version, error) {
	if !r.OwnEntry() {
		return nil, nil
	}
	found, err := v.Match(ctx, r.Keys()...)
	if err != nil {
		return nil, err
	}
	return own.History(r, found), nil
}

func (c *console) printHistory(versions []own.Version) {
	for _, x := range versions {
		e := x.Entered
		fmt.Fprintf(c.out, "%d. %s by %s on %s", e.Version, e.Act, visible(x.Who()), e.At.Local().Format("2 January 2006, 15:04"))
		if e.Reason != "" {
			fmt.Fprintf(c.out, ", because: %s", visible(e.Reason))
		}
		fmt.Fprintln(c.out)
		k, fields, _ := own.Fields(x.Record)
		for _, f := range k.Fields {
			for _, name := range x.Changed {
				if f.Name == name {
					fmt.Fprintf(c.out, "   %s: %s\n", f.Label, orElse(indented(fields[name]), "(taken away)"))
				}
			}
		}
	}
}

func (c *console) historyJSON(r record.Record, versions []own.Version) error {
	for _, x := range versions {
		f := newForm(x.Record)
		f.Changed = x.Changed
		if err := c.json(f); err != nil {
			return err
		}
	}
	if r.Overlay == nil {
		return nil
	}
	for _, m := range r.Overlay.Remarks {
		if err := c.json(m); err != nil {
			return err
		}
	}
	return nil
}
