package main

import (
	"context"
	"fmt"
	"strings"

	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

type addCmd struct {
	Kind   string   `arg:"" optional:"" help:"Which form; without one, all forms are listed."`
	Fields []string `arg:"" optional:"" name:"field=value" help:"What to fill in; - reads a JSON object from standard input. Without any, the fields of the form are listed."`
	Person string   `help:"Whose entry it is." placeholder:"ID"`
	By     string   `help:"Who writes it, where that is not the patient." placeholder:"NAME"`
	DryRun bool     `help:"Check the fields and show the entry, and file nothing."`
	JSON   bool     `help:"Print the entry, or the forms, as JSON."`
}

// Run files an entry of the patient's own.
func (x *addCmd) Run(ctx context.Context, c *console) error {
	if x.Kind == "" {
		return c.printForms(own.Kinds(), x.JSON, false)
	}
	k, ok := own.Lookup(x.Kind)
	if !ok || k.Name == own.PersonForm {
		return usageError("there is no form of that name; there are " + formNames())
	}
	if len(x.Fields) == 0 && needsMore(k) {
		return c.printForms([]own.Kind{k}, x.JSON, true)
	}
	fields, err := c.fields(x.Fields)
	if err != nil {
		return err
	}
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	person, err := c.person(ctx, v, x.Person)
	if err != nil {
		return err
	}
	r, problems := own.Make(k, person.ID, fields, own.By{Now: c.now(), Name: x.By})
	if len(problems) > 0 {
		return formProblems(k, problems)
	}
	f := newForm(r)
	f.Dry = x.DryRun
	return c.file(ctx, v, record.Change{Put: []record.Record{r}}, f, x.JSON, "added")
}

// needsMore says that the form cannot be filed as it is.
func needsMore(k own.Kind) bool {
	for _, f := range k.Fields {
		if f.Required && f.Default == "" {
			return true
		}
	}
	return false
}

func formNames() string {
	var names []string
	for _, k := range own.Kinds() {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}

// formField is a field of a form in JSON.
type formField struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	Type     own.Type `json:"type"`
	Required bool     `json:"required"`
	Default  string   `json:"default,omitempty"`
	Example  string   `json:"example,omitempty"`
	Choices  []string `json:"choices,omitempty"`
	Units    []string `json:"units,omitempty"`
}

func newFormField(f own.Field) formField {
	x := formField{Name: f.Name, Label: f.Label, Type: f.Type, Required: f.Required, Default: f.Default, Example: f.Hint}
	for _, o := range f.Choices {
		x.Choices = append(x.Choices, o.Value)
	}
	for _, u := range f.Units {
		x.Units = append(x.Units, u.Code)
	}
	return x
}

// printForms lists forms, with their fields where they are asked for.
func (c *console) printForms(kinds []own.Kind, asJSON, fields bool) error {
	for _, k := range kinds {
		if asJSON {
			all := []formField{}
			for _, f := range k.Fields {
				all = append(all, newFormField(f))
			}
			err := c.json(struct {
				Form   string      `json:"form"`
				Title  string      `json:"title"`
				Kind   record.Kind `json:"kind"`
				Fields []formField `json:"fields"`
			}{k.Name, k.Title, k.Record, all})
			if err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%-20s %s\n", k.Name, k.Title)
		if fields {
			c.printFields(k)
		}
	}
	if !asJSON && !fields {
		fmt.Fprintln(c.out, "\ncarnetctl add FORM lists the fields of a form")
	}
	return nil
}

func (c *console) printFields(k own.Kind) {
	for _, f := range k.Fields {
		x := newFormField(f)
		words := []string{f.Label}
		if f.Required && f.Default == "" {
			words = append(words, "needed")
		}
		if f.Default != "" {
			words = append(words, f.Default+" unless you say otherwise")
		}
		for _, list := range [][]string{x.Choices, x.Units} {
			if len(list) > 0 {
				words = append(words, strings.Join(list, " | "))
			}
		}
		if f.Type == own.Date || f.Type == own.Time {
			words = append(words, "as precise as you know it, like 2021-03")
		}
		if f.Hint != "" {
			words = append(words, "such as: "+f.Hint)
		}
		fmt.Fprintf(c.out, "  %-18s %s\n", f.Name, strings.Join(words, "; "))
	}
}
