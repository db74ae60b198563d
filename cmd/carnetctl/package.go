package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// writePackage makes a package, tests it and writes it down.
func (x *exportCmd) writePackage(ctx context.Context, c *console, v *vault.Vault, plan *disclose.Plan) error {
	protection, made, err := x.protection()
	if err != nil {
		return err
	}
	defer clear(protection.Passphrase)
	if x.Slip != "" && len(protection.Passphrase) == 0 {
		return usageError("there is no passphrase to print onto a slip")
	}
	children, err := worker.Self()
	if err != nil {
		return err
	}
	defer children.Close()
	p, err := plan.Make(ctx, logbook{v, c}, disclose.Delivery{
		Path: x.Out, Layout: handover.Layout(strings.TrimPrefix(x.Layout, "plain")), Protection: protection, Formats: formats.All(), Children: children,
		Progress: func(p exchange.Progress) { c.progress(p.Stage, p.Done, p.Total) },
	})
	if errors.Is(err, disclose.ErrMentions) {
		return x.mentioned(c, plan, err)
	}
	if err != nil {
		return err
	}
	if x.Slip != "" {
		slip := wrap.Slip{Passphrase: protection.Passphrase, Kind: protection.Kind, For: x.For, File: filepath.Base(x.Out), Made: plan.Selection.Generated}
		if err := writeWhole(x.Slip, func(w *os.File) error { return slip.Write(w) }); err != nil {
			return fmt.Errorf("the package is made; its slip is not: %w", err)
		}
	}
	return x.tell(c, p, protection, made)
}

// protection is how the package is protected; made says that its passphrase was
// made up here.
func (x *exportCmd) protection() (p wrap.Protection, made bool, err error) {
	p = wrap.Protection{Kind: wrap.Kind(x.Protect), Recipients: x.Recipient}
	if x.Protect == "auto" {
		p.Kind = kindOf(x.Out)
		if p.Kind == wrap.None && x.SecretFile+x.Slip != "" {
			p.Kind = wrap.Zip
		}
		if len(p.Recipients) > 0 {
			p.Kind = wrap.Age
		}
	}
	switch {
	case p.Kind == wrap.None && (x.SecretFile != "" || len(x.Recipient) > 0):
		return p, false, usageError("--protect none takes no passphrase and no recipient")
	case p.Kind == wrap.None || len(p.Recipients) > 0:
	case x.SecretFile != "":
		p.Passphrase, err = fileSecret(x.SecretFile)
	default:
		p.Passphrase, made = []byte(seal.GeneratePassphrase()), true
	}
	return p, made, err
}

// kindOf is the protection that the ending of a name asks for.
func kindOf(path string) wrap.Kind {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm":
		return wrap.Page
	case ".zip":
		return wrap.Zip
	case ".age":
		return wrap.Age
	}
	return wrap.None
}

// tell says what was made, and the passphrase once.
func (x *exportCmd) tell(c *console, p disclose.Package, protection wrap.Protection, made bool) error {
	if x.JSON {
		passphrase := ""
		if made {
			passphrase = string(protection.Passphrase)
		}
		return c.json(struct {
			Path       string           `json:"path"`
			Size       int64            `json:"size"`
			SHA256     record.Hash      `json:"sha256"`
			Files      int              `json:"files"`
			Protection wrap.Kind        `json:"protection"`
			Passphrase string           `json:"passphrase,omitempty"` // where it was made up
			Disclosure record.ID        `json:"disclosure"`
			Checks     []handover.Check `json:"checks"`
		}{p.Path, p.Size, p.SHA256, len(p.Manifest.Files), protection.Kind, passphrase, p.Event, p.Checks})
	}
	fmt.Fprintf(c.out, "wrote %s, %d files\n", p.Path, len(p.Manifest.Files))
	for _, check := range p.Checks {
		fmt.Fprintln(c.out, "  checked:", check.What)
		if check.Note != "" {
			fmt.Fprintln(c.out, "          ", visible(check.Note))
		}
	}
	switch {
	case protection.Kind == wrap.None:
		fmt.Fprintln(c.err, "carnetctl: the package is not protected: whoever has the folder can read it; --protect page, zip or age protects it")
	case made:
		fmt.Fprintf(c.out, "the passphrase, shown only now: %s\nhand it over apart from the package, never the same way\n", protection.Passphrase)
	}
	return nil
}

// mentioned lists the entries that tell of what is held back.
func (x *exportCmd) mentioned(c *console, plan *disclose.Plan, err error) error {
	for _, e := range plan.Preview().Mentions {
		fmt.Fprintf(c.err, "  %s  %s  %s\n", e.ID, e.Kind, visible(e.Title))
	}
	return fmt.Errorf("%w: --mentions hold, or --mentions send", err)
}

// logbook writes down that a package left; a record that is open for reading only
// has no room for it, and lets it leave all the same.
type logbook struct {
	v *vault.Vault
	c *console
}

// Commit implements [disclose.Ledger].
func (l logbook) Commit(ctx context.Context, change record.Change) error {
	err := l.v.Commit(ctx, change)
	if errors.Is(err, vault.ErrRescued) || errors.Is(err, vault.ErrReadOnly) {
		fmt.Fprintln(l.c.err, "carnetctl: the vault is open for reading only: that the package left is not written down")
		return nil
	}
	return err
}

// preview tells what would leave.
func (c *console) preview(p disclose.Preview, asJSON bool) error {
	if asJSON {
		return c.json(p)
	}
	for _, n := range p.Notices {
		fmt.Fprintln(c.out, visible(n))
	}
	fmt.Fprintf(c.out, "would leave: %d entries, %d files\n", len(p.Entries), len(p.Originals))
	for _, s := range p.Sections {
		fmt.Fprintf(c.out, "  %6d  %s\n", s.Count, s.Section)
	}
	for _, m := range p.Missing {
		fmt.Fprintln(c.out, "not included:", visible(m))
	}
	groups := func(words string, list []disclose.PreviewHeld) {
		for _, h := range list {
			fmt.Fprintf(c.out, "%s: %s (%s)\n", words, h.Title, h.Category)
			c.previewEntries(h.Entries)
		}
	}
	groups("held back", p.Held)
	groups("often held back, and would leave", p.Sensitive)
	if len(p.Mentions) > 0 {
		fmt.Fprintln(c.out, "these tell of what is held back, and would leave with --mentions send:")
		c.previewEntries(p.Mentions)
	}
	if p.Withheld > 0 {
		fmt.Fprintf(c.out, "%d entries stay; the package says that some were withheld, and not which\n", p.Withheld)
	}
	return nil
}

func (c *console) previewEntries(list []disclose.PreviewEntry) {
	for _, e := range list {
		fmt.Fprintf(c.out, "  %s  %s  %s  %s\n", e.ID, e.Kind, visible(e.Title), e.When)
	}
}

// disclosuresCmd lists the packages that left.
type disclosuresCmd struct {
	Person string `help:"Only of this person." placeholder:"ID"`
	JSON   bool   `help:"One JSON object a line."`
}

// Run lists them, newest first.
func (x *disclosuresCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	list, err := disclose.Log(ctx, v, record.ID(x.Person))
	if err != nil {
		return err
	}
	for _, e := range list {
		if x.JSON {
			if err := c.json(struct {
				ID     record.ID `json:"id"`
				Person record.ID `json:"person"`
				*record.AuditEvent
			}{e.ID, e.Person, e.AuditEvent}); err != nil {
				return err
			}
			continue
		}
		to := e.Recipient
		if to == "" {
			to = "nobody named"
		}
		fmt.Fprintf(c.out, "%s  %s  for %s: %d entries, %d files, %s, SHA-256 %s\n", e.ID, e.Recorded.Human(), visible(to), len(e.Carried), len(e.Entity), e.Protection, e.SHA256)
	}
	return nil
}
