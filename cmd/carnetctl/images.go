package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/readback"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
	"github.com/carnet-phr/carnet/vault/record"
)

type imagesCmd struct {
	Path string `arg:"" optional:"" help:"A disc, a folder, a disc image or a zip archive; without it, the images of the vault." type:"path"`
	JSON bool   `help:"As JSON."`
}

// Run reads images back and lists those that are damaged.
func (x *imagesCmd) Run(ctx context.Context, c *console) error {
	children, err := worker.Self()
	if err != nil {
		return err
	}
	defer children.Close()
	told := func(done, total int) { c.progress("reading", int64(done), int64(total)) }
	var r readback.Report
	if x.Path != "" {
		r, err = readback.Disc(ctx, children, x.Path, told)
	} else {
		r, err = x.kept(ctx, c, children, told)
	}
	if err != nil {
		return err
	}
	if err := x.print(c, r); err != nil {
		return err
	}
	if !r.Good() {
		return errBadImages
	}
	return nil
}

// errBadImages says that not every image is good.
var errBadImages = errors.New("not every image is good; ask for those that are damaged or missing anew")

// kept reads the images of the vault.
func (x *imagesCmd) kept(ctx context.Context, c *console, children exchange.Children, told func(done, total int)) (readback.Report, error) {
	v, err := c.open(ctx)
	if err != nil {
		return readback.Report{}, err
	}
	defer v.Close()
	var items []readback.Item
	refs := &exchange.References{}
	for r, err := range v.Query(ctx, record.Filter{Kind: record.KindImagingStudy}) {
		if err != nil {
			return readback.Report{}, err
		}
		items = append(items, itemsOf(v, refs, r)...)
	}
	r, err := readback.Check(ctx, children, items, told)
	return r, errors.Join(err, v.Close())
}

// itemsOf are the files of a study, each by series and image.
func itemsOf(v *vault.Vault, refs *exchange.References, r record.Record) []readback.Item {
	var items []readback.Item
	for _, s := range r.Resource.(*record.ImagingStudy).Series {
		for _, i := range s.Instance {
			for _, h := range i.Files() {
				name := fmt.Sprintf("%s, series %s, image %s (%s)", record.Visible(r.Summary().Title), record.Visible(s.Number), record.Visible(i.Number), r.ID)
				items = append(items, readback.Item{Name: name, Open: opens(v, refs, i, h)})
			}
		}
	}
	return items
}

func (x *imagesCmd) print(c *console, r readback.Report) error {
	if x.JSON {
		return c.json(imagesJSON(r))
	}
	fmt.Fprintf(c.out, "%d files read to their ends, %d images with %d frames good\n", r.Files, r.Images, r.Frames)
	for _, list := range []struct {
		words    string
		findings []readback.Finding
	}{{"damaged", r.Bad}, {"missing", r.Missing}, {"kept", r.Kept}} {
		for _, f := range list.findings {
			fmt.Fprintf(c.out, "%s: %s: %s\n", list.words, f.Name, f.Why)
		}
	}
	return nil
}

// imagesJSON is a report in the words of doc.go.
func imagesJSON(r readback.Report) any {
	type finding struct {
		Name string `json:"name"`
		Text string `json:"text"`
	}
	list := func(fs []readback.Finding) []finding {
		out := []finding{}
		for _, f := range fs {
			out = append(out, finding{f.Name, f.Why})
		}
		return out
	}
	return struct {
		Files   int       `json:"files"`
		Images  int       `json:"images"`
		Frames  int       `json:"frames"`
		Damaged []finding `json:"damaged"`
		Missing []finding `json:"missing"`
		Kept    []finding `json:"kept"`
	}{r.Files, r.Images, r.Frames, list(r.Bad), list(r.Missing), list(r.Kept)}
}

// opens gives a file of an image: out of the vault, or from where it lies when it
// is kept as a reference.
func opens(v *vault.Vault, refs *exchange.References, i record.ImagingInstance, h record.Hash) func(context.Context) (io.ReadCloser, error) {
	return func(ctx context.Context) (io.ReadCloser, error) {
		f, _, err := v.OpenOriginalAt(ctx, h)
		if place := i.Place(h); place != "" && errors.Is(err, vault.ErrNotFound) {
			return refs.Open(ctx, place, h)
		}
		return f, err
	}
}
