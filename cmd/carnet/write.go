package main

import (
	"context"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
)

// write makes a package and tells what came of it.
func write(ctx context.Context, sel exchange.Selection, dir string, progress func(exchange.Progress)) (ui.Package, error) {
	m, err := handover.Write(ctx, formats.All(), sel, dir, progress)
	p := ui.Package{Folder: dir, NotIncluded: m.NotIncluded}
	for _, f := range m.Files {
		p.Files = append(p.Files, ui.PackageFile{Name: f.Name, Size: f.Size, What: f.What})
	}
	for _, c := range m.Checks {
		p.Checks = append(p.Checks, ui.Check{Name: c.What, OK: c.OK, Text: c.Note})
	}
	return p, err
}
