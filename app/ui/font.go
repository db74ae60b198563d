package ui

import (
	"bytes"
	"compress/gzip"
	"io"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/carnet-phr/carnet/assets"
)

// Font implements [fyne.Theme]. The usual typeface has no East Asian letters:
// where the window speaks Chinese, those come from one of our own, and all others
// from the usual one, which Fyne asks next. It is there on computers without any
// such typeface, too.
func (Theme) Font(s fyne.TextStyle) fyne.Resource {
	if spoken == chinese && !s.Monospace && !s.Symbol {
		if f := eastAsian(); f != nil {
			return f
		}
	}
	return theme.DefaultTheme().Font(s)
}

// eastAsian unpacks the typeface, once.
var eastAsian = sync.OnceValue(func() fyne.Resource {
	z, err := gzip.NewReader(bytes.NewReader(assets.FontEastAsian))
	if err != nil {
		fyne.LogError("unpack a typeface", err)
		return nil
	}
	b, err := io.ReadAll(z)
	if err != nil {
		fyne.LogError("unpack a typeface", err)
		return nil
	}
	return fyne.NewStaticResource("DroidSansFallback.ttf", b)
})
