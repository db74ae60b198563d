package entry

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
)

// say is a word of a form in the language of the window.
func say(words string) string {
	if words == "" {
		return ""
	}
	return lang.X(ui.FormKey(words), words)
}

// wrong is what is to be filled in otherwise, without the label before it: it
// stands below its field.
func wrong(f own.Field, p own.Problem) string {
	return ui.Capital(say(strings.TrimPrefix(p.Words, f.Label+": "))) + "."
}
