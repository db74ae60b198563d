package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/record"
)

// picked says which picture of a study is meant, each counted from 1.
type picked struct {
	Image    string `help:"Write a picture of the study here, as PNG: as its file says it is shown first, and not for diagnosis." placeholder:"FILE" type:"path"`
	Instance int    `help:"Which of the study's images, in the order of its series." default:"1"`
	Frame    int    `help:"Which frame of that image." default:"1"`
}

// save writes the picture to a new file.
func (x picked) save(ctx context.Context, c *console, v *vault.Vault, r record.Record) error {
	which, err := x.file(r)
	if err != nil {
		return err
	}
	children, err := worker.Self()
	if err != nil {
		return err
	}
	defer children.Close()
	i, err := dicom.Open(ctx, children, opens(v, &exchange.References{}, which, which.Hash))
	if err != nil {
		return err
	}
	f, err := i.Frame(ctx, x.Frame-1)
	if err != nil {
		return err
	}
	g := i.Of(x.Frame - 1)
	w := g.Presentation.First(f)
	if err := savePNG(g.Presentation.Draw(f, w, false), x.Image); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "frame %d of %d, %d × %d, %s; not for diagnosis\n", x.Frame, i.Frames, i.Columns, i.Rows, i.Packing)
	if o := g.Orientation; o != (imaging.Orientation{}) {
		fmt.Fprintf(c.out, "left %s, right %s, top %s, bottom %s\n", o.Left, o.Right, o.Top, o.Bottom)
	}
	return nil
}

// file is the one that holds the image.
func (x picked) file(r record.Record) (record.ImagingInstance, error) {
	s, ok := r.Resource.(*record.ImagingStudy)
	if !ok {
		return record.ImagingInstance{}, errors.New("this record is no imaging study")
	}
	n := 0
	for _, series := range s.Series {
		for _, i := range series.Instance {
			if n++; n == x.Instance && i.Hash != "" {
				return i, nil
			}
		}
	}
	return record.ImagingInstance{}, fmt.Errorf("there is no file of image %d in the vault; the study has %d", x.Instance, n)
}

func savePNG(i image.Image, path string) error {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	if err := png.Encode(out, i); err != nil {
		out.Close()
		os.Remove(path)
		return fmt.Errorf("write the picture: %w", err)
	}
	return out.Close()
}
