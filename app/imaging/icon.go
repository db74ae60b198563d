package imaging

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// rulerIcon is a ruler in the colour of the words beside it.
func rulerIcon() fyne.Resource {
	return theme.NewThemedResource(fyne.NewStaticResource("ruler.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path fill="#000000" d="M2 8h20v8H2zM4 10v4h16v-4h-2v2h-1v-2h-2v3h-1v-3h-2v2h-1v-2H9v3H8v-3H6v2H5v-2z"/></svg>`)))
}
