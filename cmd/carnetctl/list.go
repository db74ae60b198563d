package main

import (
	"context"
	"fmt"

	"github.com/carnet-phr/carnet/vault/record"
)

type listCmd struct {
	Kind   string `help:"Only this kind, by its FHIR name." placeholder:"K"`
	Code   string `help:"Only with this code, of any system." placeholder:"C"`
	From   string `help:"Not before this day." placeholder:"D"`
	To     string `help:"Not after this day." placeholder:"D"`
	Person string `help:"Only this person." placeholder:"ID"`
	Status string `help:"current: what holds now. all: everything that was not withdrawn. withdrawn: what its source withdrew or you retracted." enum:"current,all,withdrawn" default:"all"`
	JSON   bool   `help:"One object a line, as JSON."`
}

// Run lists records, those that were withdrawn as errors only where they are
// asked for.
func (x *listCmd) Run(ctx context.Context, c *console) error {
	f, err := x.filter()
	if err != nil {
		return err
	}
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	if x.Person != "" {
		if _, err := c.person(ctx, v, x.Person); err != nil {
			return err
		}
	}
	for r, err := range v.Query(ctx, f) {
		if err != nil {
			return err
		}
		e := newEntry(r)
		if (e.Standing == record.InError) != (x.Status == "withdrawn") || x.Status == "current" && !e.Current {
			continue
		}
		if x.JSON {
			if err := c.json(e); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%s | %s\n", e.line(r), r.Resource.Kind())
	}
	return nil
}

func (x *listCmd) filter() (record.Filter, error) {
	f := record.Filter{Person: record.ID(x.Person), Code: x.Code}
	if x.Kind != "" {
		k, ok := record.LookupKind(x.Kind)
		if !ok {
			return f, usageError("no kind " + x.Kind + "; there are " + kindNames())
		}
		f.Kind = k.Kind
	}
	var err error
	if f.From, f.To, err = days(x.From, x.To); err != nil {
		return f, err
	}
	return f, nil
}

func days(from, to string) (f, t record.Date, err error) {
	for _, d := range []struct {
		flag, text string
		into       *record.Date
	}{{"--from", from, &f}, {"--to", to, &t}} {
		if d.text == "" {
			continue
		}
		if *d.into, err = record.ParseDate(d.text); err != nil {
			return "", "", usageError(d.flag + " is not a date like 2021-03-05, 2021-03 or 2021")
		}
	}
	return f, t, nil
}

func kindNames() string {
	names := ""
	for n, k := range record.Kinds {
		if n > 0 {
			names += ", "
		}
		names += string(k.Kind)
	}
	return names
}
