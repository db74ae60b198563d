//go:build !linux && !windows && !darwin

package filechooser

import (
	"context"

	"github.com/carnet-phr/carnet/app/ui"
)

func ask(context.Context, ui.Asked) (string, error) { return "", ui.ErrNoDialog }
