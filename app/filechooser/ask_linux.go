package filechooser

import (
	"context"

	"github.com/rymdport/portal/filechooser"

	"github.com/carnet-phr/carnet/app/ui"
)

// ask asks the portal. What it cannot answer the window asks.
func ask(_ context.Context, a ui.Asked) (string, error) {
	var uris []string
	var err error
	if a.Name != "" {
		uris, err = filechooser.SaveFile("", a.Title, &filechooser.SaveFileOptions{AcceptLabel: a.Act, CurrentName: a.Name})
	} else {
		uris, err = filechooser.OpenFile("", a.Title, &filechooser.OpenFileOptions{AcceptLabel: a.Act, Directory: a.Folder})
	}
	if err != nil {
		return "", ui.ErrNoDialog
	}
	for _, uri := range uris {
		if path := pathOf(uri); path != "" {
			return path, nil
		}
	}
	return "", nil
}
