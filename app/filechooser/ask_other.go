//go:build windows || darwin

package filechooser

import (
	"context"
	"errors"

	"github.com/ncruces/zenity"

	"github.com/carnet-phr/carnet/app/ui"
)

// ask asks with the system's dialog. What it cannot answer the window asks.
func ask(ctx context.Context, a ui.Asked) (string, error) {
	options := []zenity.Option{zenity.Context(ctx), zenity.Title(a.Title)}
	var path string
	var err error
	switch {
	case a.Name != "":
		path, err = zenity.SelectFileSave(append(options, zenity.ConfirmOverwrite(), zenity.Filename(a.Name))...)
	case a.Folder:
		path, err = zenity.SelectFile(append(options, zenity.Directory())...)
	default:
		path, err = zenity.SelectFile(options...)
	}
	switch {
	case errors.Is(err, zenity.ErrCanceled), ctx.Err() != nil:
		return "", nil
	case err != nil:
		return "", ui.ErrNoDialog
	}
	return path, nil
}
