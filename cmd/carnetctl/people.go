package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

type peopleCmd struct {
	List peopleListCmd `cmd:"" default:"withargs" help:"List whose records the vault holds."`
	Add  peopleAddCmd  `cmd:"" help:"Add a person."`
	Edit peopleEditCmd `cmd:"" help:"Change a person's name, birth date, numbers or address; what was there before stays as history."`
	Join peopleJoinCmd `cmd:"" help:"Say that two persons of the vault are one; it can be undone."`
	Part peoplePartCmd `cmd:"" help:"Part two persons that were made one."`
}

type peopleListCmd struct {
	JSON bool `help:"One person a line, as JSON."`
}

// human is a person as it is printed in JSON. The names are part of the command
// line's contract (doc.go).
type human struct {
	ID      record.ID         `json:"id"`
	Name    string            `json:"name"`
	Born    record.Date       `json:"born"`
	Sex     string            `json:"sex"`
	Records int               `json:"records"`
	Joined  []record.ID       `json:"joined,omitempty"`
	Fields  map[string]string `json:"fields,omitempty"`
}

// Run lists the people.
func (x *peopleListCmd) Run(ctx context.Context, c *console) error {
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
		if err := c.printPerson(ctx, v, p, x.JSON); err != nil {
			return err
		}
	}
	return nil
}

func (c *console) printPerson(ctx context.Context, v *vault.Vault, p record.Record, asJSON bool) error {
	patient, ok := p.Resource.(*record.Patient)
	if !ok {
		return nil
	}
	counts, err := v.Counts(ctx, p.ID)
	if err != nil {
		return err
	}
	total := 0
	for _, n := range counts {
		total += n
	}
	var described []record.Record
	for r, err := range v.Query(ctx, record.Filter{Person: p.ID, Kind: record.KindPatient}) {
		if err != nil {
			return err
		}
		described = append(described, r)
	}
	joined := exchange.Joined(p.ID, described)
	if asJSON {
		return c.json(human{p.ID, patient.DisplayName(), patient.BirthDate, patient.Gender, total, joined, own.Described(p)})
	}
	fmt.Fprintf(c.out, "%s  %s, born %s, %d records\n", p.ID, visible(patient.Summary().Title), orElse(patient.BirthDate.Human(), "(date unknown)"), total)
	for _, id := range joined {
		fmt.Fprintf(c.out, "  with what was filed under %s\n", id)
	}
	return nil
}

type peopleAddCmd struct {
	Fields []string `arg:"" optional:"" name:"field=value" help:"given, family, born, sex, phone, email, address, identifiers; - reads a JSON object from standard input."`
	DryRun bool     `help:"Check the fields, and file nothing."`
	JSON   bool     `help:"Print the person as JSON."`
}

// Run adds a person.
func (x *peopleAddCmd) Run(ctx context.Context, c *console) error {
	if len(x.Fields) == 0 {
		return c.printForms([]own.Kind{own.Person()}, x.JSON, true)
	}
	fields, err := c.fields(x.Fields)
	if err != nil {
		return err
	}
	r, problems := own.Found(fields, own.By{Now: c.now()})
	if len(problems) > 0 {
		return formProblems(own.Person(), problems)
	}
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	f := newForm(r)
	f.Dry = x.DryRun
	return c.file(ctx, v, record.Change{Put: []record.Record{r}}, f, x.JSON, "added")
}

type peopleEditCmd struct {
	ID     string   `arg:"" help:"The person's ID, as people prints it."`
	Fields []string `arg:"" optional:"" name:"field=value" help:"What is to be otherwise; FIELD= takes away what it says. Without any, the person is shown as the form."`
	By     string   `help:"Who writes it, where that is not the patient." placeholder:"NAME"`
	DryRun bool     `help:"Check the fields, and file nothing."`
	JSON   bool     `help:"Print the person as JSON."`
}

// Run changes what the vault says of who a person is.
func (x *peopleEditCmd) Run(ctx context.Context, c *console) error {
	fields, err := c.fields(x.Fields)
	if err != nil {
		return err
	}
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	root, err := c.person(ctx, v, x.ID)
	if err != nil {
		return err
	}
	if len(x.Fields) == 0 {
		return c.printDescribed(ctx, v, root, x.JSON)
	}
	change, changed, problems, err := own.Describe(root, fields, own.By{Now: c.now(), Name: x.By})
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return formProblems(own.Person(), problems)
	}
	f := newForm(change.Put[0])
	f.Changed, f.Dry = changed, x.DryRun
	return c.file(ctx, v, change, f, x.JSON, "changed ("+strings.Join(changed, ", ")+")")
}

func (c *console) printDescribed(ctx context.Context, v *vault.Vault, root record.Record, asJSON bool) error {
	if asJSON {
		return c.printPerson(ctx, v, root, true)
	}
	fields := own.Described(root)
	for _, f := range own.Person().Fields {
		if fields[f.Name] != "" {
			fmt.Fprintf(c.out, "%s=%s\n", f.Name, indented(fields[f.Name]))
		}
	}
	return nil
}

type peopleJoinCmd struct {
	ID     string `arg:"" help:"The ID of the person who stays."`
	Other  string `arg:"" help:"The ID of the person who is the same."`
	Yes    bool   `help:"Do it without asking."`
	DryRun bool   `help:"Show what would be done, and change nothing."`
}

// Run makes two persons one.
func (x *peopleJoinCmd) Run(ctx context.Context, c *console) error {
	return c.reunite(ctx, x.Yes, x.DryRun, "Make them one?", func(v *vault.Vault) (*exchange.Reunion, error) {
		u, err := exchange.PlanJoin(ctx, v, record.ID(x.ID), record.ID(x.Other))
		if err == nil {
			fmt.Fprintf(c.out, "%s (%s)\n", u.Likeness.Words(), strings.Join(u.Reasons, ", "))
			fmt.Fprintf(c.out, "%d records of %s go under %s\n", u.Records, visible(x.Other), visible(x.ID))
		}
		return u, err
	})
}

type peoplePartCmd struct {
	ID     string `arg:"" help:"The person's ID, as people prints it."`
	Other  string `arg:"" help:"The ID under which the other's records were filed, as people prints it below the person."`
	Yes    bool   `help:"Do it without asking."`
	DryRun bool   `help:"Show what would be done, and change nothing."`
}

// Run parts two persons that were made one.
func (x *peoplePartCmd) Run(ctx context.Context, c *console) error {
	return c.reunite(ctx, x.Yes, x.DryRun, "Part them?", func(v *vault.Vault) (*exchange.Reunion, error) {
		u, err := exchange.PlanPart(ctx, v, record.ID(x.ID), record.ID(x.Other))
		if err == nil {
			fmt.Fprintf(c.out, "%d records go back to %s; %d that both state stay as well\n", u.Records, visible(x.Other), u.Both)
		}
		return u, err
	})
}

// reunite shows what would be done, asks, and does it.
func (c *console) reunite(ctx context.Context, yes, dry bool, question string, plan func(*vault.Vault) (*exchange.Reunion, error)) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	u, err := plan(v)
	if err != nil || dry {
		return err
	}
	if !yes {
		if ok, err := c.confirm(ctx, question); err != nil || !ok {
			fmt.Fprintln(c.err, "nothing was changed")
			return err
		}
	}
	return u.Commit(ctx)
}
