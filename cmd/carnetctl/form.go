package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/carnet-phr/carnet/vault"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

// formLimit is the longest form in JSON that is read, in bytes.
const formLimit = 1 << 20

// fields reads FIELD=VALUE; "-" stands for a JSON object of them on standard
// input, where neither the shell's history nor the list of processes shows them.
func (c *console) fields(args []string) (map[string]string, error) {
	fields := map[string]string{}
	for _, a := range args {
		if a == "-" {
			if err := c.readFields(fields); err != nil {
				return nil, err
			}
			continue
		}
		name, value, ok := strings.Cut(a, "=")
		if !ok {
			return nil, usageError("write each field as FIELD=VALUE, or - for a JSON object on standard input")
		}
		if _, twice := fields[name]; twice {
			return nil, usageError("a field is there twice")
		}
		fields[name] = value
	}
	return fields, nil
}

func (c *console) readFields(fields map[string]string) error {
	d := json.NewDecoder(io.LimitReader(c.in, formLimit))
	d.UseNumber() // its digits, as they are written
	var object map[string]any
	if d.Decode(&object) != nil || d.More() {
		return usageError(`standard input is not one JSON object like {"name": "Aspirin", "since": "2021-03"}`)
	}
	for name, v := range object {
		if _, twice := fields[name]; twice {
			return usageError("a field is there twice")
		}
		switch v := v.(type) {
		case string:
			fields[name] = v
		case json.Number:
			fields[name] = v.String()
		default:
			return usageError("each field in the JSON object must be a text or a number")
		}
	}
	return nil
}

// formProblems are all fields that are to be filled in otherwise.
func formProblems(k own.Kind, problems []own.Problem) error {
	lines := []string{"nothing was filed; of the form “" + k.Title + "”"}
	for _, p := range problems {
		line := "  " + p.Words
		if p.Field != "" {
			line = "  " + p.Field + ": " + p.Words
		}
		lines = append(lines, line)
	}
	return usageError(strings.Join(lines, "\n"))
}

// stored reads a record by its ID.
func (c *console) stored(ctx context.Context, v *vault.Vault, id string) (record.Record, error) {
	r, err := v.Get(ctx, record.ID(id))
	if errors.Is(err, vault.ErrNotFound) {
		return r, fmt.Errorf("the vault has no record %s; carnetctl list shows the IDs", visible(id))
	}
	return r, err
}

// form is an own entry as it is printed in JSON. The names are part of the
// command line's contract (doc.go).
type form struct {
	entry
	Form    string            `json:"form"`
	Fields  map[string]string `json:"fields"`
	Version int               `json:"version"`
	Act     record.Act        `json:"act"`
	At      string            `json:"at"`
	By      string            `json:"by"`
	Reason  string            `json:"reason,omitempty"`
	Changed []string          `json:"changed,omitempty"`
	Dry     bool              `json:"dryRun,omitempty"`
}

func newForm(r record.Record) form {
	k, fields, _ := own.Fields(r)
	f := form{entry: newEntry(r), Form: k.Name, Fields: fields, By: r.Source().Author}
	if e := r.Entered; e != nil {
		f.Form, f.Version, f.Act, f.At, f.Reason = e.Form, e.Version, e.Act, e.At.Format("2006-01-02T15:04:05Z07:00"), e.Reason
	}
	return f
}

// file commits what a form changed and says so.
func (c *console) file(ctx context.Context, v *vault.Vault, change record.Change, f form, asJSON bool, done string) error {
	if f.Dry {
		done = "would be " + done + "; nothing was filed"
	} else if err := v.Commit(ctx, change); err != nil {
		return err
	}
	if asJSON {
		return c.json(f)
	}
	fmt.Fprintf(c.out, "%s: %s\n", done, newEntry(change.Put[0]).line(change.Put[0]))
	return nil
}
