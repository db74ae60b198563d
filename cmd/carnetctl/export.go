package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/record"
)

type exportCmd struct {
	Format  string   `help:"package, html, pdf, ips, ccda, fhir or ndjson." required:"" placeholder:"F"`
	Out     string   `help:"The file or, for a package, the folder to make." required:"" placeholder:"PATH" type:"path"`
	Person  string   `help:"Whose record." placeholder:"ID"`
	Kinds   []string `help:"Only these kinds, by their FHIR names." placeholder:"K,K"`
	From    string   `help:"Not before this day." placeholder:"D"`
	To      string   `help:"Not after this day." placeholder:"D"`
	Exclude []string `help:"Hold these records back." placeholder:"ID,..."`
	For     string   `help:"The recipient." placeholder:"NAME"`
}

// Run writes a package, or one format of it.
func (x *exportCmd) Run(ctx context.Context, c *console) error {
	f, single := exchange.Exporter(formats.All(), x.Format)
	if !single && x.Format != "package" {
		return usageError("no format " + visible(x.Format) + "; there are package, html, pdf, ips, ccda, fhir and ndjson")
	}
	scope, err := x.scope()
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
	scope.Person = person.ID
	sel, err := exchange.Select(ctx, v, scope, c.now(), version)
	if err != nil {
		return err
	}
	if !single {
		return x.writePackage(ctx, c, sel)
	}
	return writeWhole(x.Out, func(w *os.File) error { return f.Export(ctx, w, sel) })
}

func (x *exportCmd) scope() (exchange.Scope, error) {
	s := exchange.Scope{For: x.For}
	for _, name := range x.Kinds {
		k, ok := record.LookupKind(name)
		if !ok {
			return s, usageError("no kind " + visible(name) + "; there are " + kindNames())
		}
		s.Kinds = append(s.Kinds, k.Kind)
	}
	for _, id := range x.Exclude {
		s.Exclude = append(s.Exclude, record.ID(strings.TrimSpace(id)))
	}
	var err error
	s.From, s.To, err = days(x.From, x.To)
	return s, err
}

func (x *exportCmd) writePackage(ctx context.Context, c *console, sel exchange.Selection) error {
	m, err := handover.Write(ctx, formats.All(), sel, x.Out, func(p exchange.Progress) { c.progress(p.Stage, p.Done, p.Total) })
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s, %d files\n", x.Out, len(m.Files))
	return nil
}

// writeWhole writes a new file by way of a temporary one beside it, so that a
// failure leaves nothing half-written.
func writeWhole(path string, write func(*os.File) error) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is already there; name another file", path)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".carnet-*.part")
	if err != nil {
		return fmt.Errorf("write the export: %w", err)
	}
	defer os.Remove(tmp.Name())
	if err := write(tmp); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("write the export: %w", err)
	}
	return os.Rename(tmp.Name(), path)
}
