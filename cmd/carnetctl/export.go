package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/wrap"
)

type exportCmd struct {
	Format  string   `help:"package, html, pdf, ips, ccda, fhir, ndjson, csv, or archive (everything, sealed: to keep, or for another vault)." required:"" placeholder:"F"`
	Out     string   `help:"The file or, for a package without protection, the folder to make." placeholder:"PATH" type:"path"`
	Person  string   `help:"Whose record." placeholder:"ID"`
	Preset  string   `help:"What a kind of recipient needs: ${presets}." placeholder:"P"`
	Kinds   []string `help:"Only these kinds, by their FHIR names." placeholder:"K,K"`
	From    string   `help:"Not before this day." placeholder:"D"`
	To      string   `help:"Not after this day." placeholder:"D"`
	Exclude []string `help:"Hold these records back." placeholder:"ID,..."`
	For     string   `help:"The recipient." placeholder:"NAME"`

	HoldBack  []string `help:"Hold back what may be of these categories: ${categories}." placeholder:"C,..."`
	Mentions  string   `help:"What becomes of entries that tell of what is held back: hold, or send." enum:"ask,hold,send" default:"ask" placeholder:"hold|send"`
	SinceLast bool     `help:"Only what is new since the last package for the same recipient."`
	DryRun    bool     `help:"Tell what would leave, and write nothing."`
	JSON      bool     `help:"Tell it as JSON."`

	Layout     string   `help:"How the files of a package lie. xdm: as portable media of IHE too, for software that looks for a list of documents." enum:"plain,xdm" default:"plain" placeholder:"plain|xdm"`
	Protect    string   `help:"Protect a package: page (opens in any browser), zip (AES-256) or age; none for a folder. Without it, the ending of --out says (.html, .zip, .age)." enum:"auto,page,zip,age,none" default:"auto" placeholder:"KIND"`
	SecretFile string   `help:"Read the passphrase of the package or archive from the first line of this file; else six words are made up and printed once." placeholder:"F" type:"path"`
	Recipient  []string `help:"Protect with age for this public key instead of a passphrase." placeholder:"age1…"`
	Slip       string   `help:"Print the passphrase onto a slip, to be handed over apart from the package." placeholder:"FILE.pdf" type:"path"`
}

// Run writes a package, or one format of it.
func (x *exportCmd) Run(ctx context.Context, c *console) error {
	if x.Format == "archive" {
		return x.writeArchive(ctx, c)
	}
	f, single := exchange.Exporter(formats.All(), x.Format)
	if err := x.usable(single); err != nil {
		return err
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
	plan, err := disclose.New(ctx, v, disclose.Request{
		Scope: scope, Preset: x.Preset, HoldBack: x.HoldBack, Mentions: x.Mentions == "hold", Told: x.Mentions == "send", SinceLast: x.SinceLast,
	}, c.now(), version)
	if err != nil {
		return exportError(err)
	}
	switch {
	case x.DryRun:
		return c.preview(plan.Preview(), x.JSON)
	case !single:
		return x.writePackage(ctx, c, v, plan)
	}
	children, err := worker.Self()
	if err != nil {
		return err
	}
	defer children.Close()
	return writeWhole(x.Out, func(w *os.File) error { return f.Export(ctx, w, disclose.Drawing(plan.Selection, children)) })
}

// exportError says which words the command line does not know.
func exportError(err error) error {
	switch {
	case errors.Is(err, disclose.ErrPreset):
		return usageError("no such preset; there are " + presetNames())
	case errors.Is(err, disclose.ErrCategory):
		return usageError("no such category to hold back; there are " + categoryNames())
	case errors.Is(err, disclose.ErrNobody):
		return usageError("--since-last needs --for: only what is new for whom?")
	}
	return err
}

func presetNames() string {
	var names []string
	for _, p := range disclose.Presets {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

func categoryNames() string {
	var names []string
	for _, k := range disclose.Categories {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}

// usable says whether the flags go together.
func (x *exportCmd) usable(single bool) error {
	switch {
	case !single && x.Format != "package":
		return usageError("no format " + visible(x.Format) + "; there are package, html, pdf, ips, ccda, fhir, ndjson, csv and archive")
	case x.Out == "" && !x.DryRun:
		return usageError("name what to write with --out")
	case single && (x.SecretFile != "" || x.Slip != "" || len(x.Recipient) > 0 || x.Protect != "auto" && x.Protect != string(wrap.None)):
		return usageError("only a package is protected; one format of it is written as it is")
	}
	return nil
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
