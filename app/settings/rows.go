package settings

import (
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
)

// keyRow is one way into the record.
type keyRow struct {
	ID     string
	Title  string
	Text   string
	Remove bool // it can be taken away here
}

// keyRows are the ways into the record, in the order they were made.
func keyRows(slots []vault.Slot) []keyRow {
	passphrases := 0
	for _, s := range slots {
		if s.Kind == seal.PassphraseSlot {
			passphrases++
		}
	}
	var out []keyRow
	for _, s := range slots {
		row := keyRow{ID: s.ID, Title: slotTitle(s)}
		if !s.Created.IsZero() {
			row.Text = lang.L("since {{.Date}}", map[string]any{"Date": ui.Day(s.Created)})
		}
		switch s.Kind {
		case seal.PassphraseSlot:
			row.Remove = passphrases > 1
		case seal.RecoverySlot: // a new one takes its place
		default:
			row.Remove = true
		}
		out = append(out, row)
	}
	return out
}

// slotTitle names a way into the record.
func slotTitle(s vault.Slot) string {
	label := record.Visible(s.Label)
	switch s.Kind {
	case seal.PassphraseSlot:
		if label == "" {
			return lang.L("A passphrase")
		}
		return lang.L("The passphrase of {{.Name}}", map[string]any{"Name": label})
	case seal.RecoverySlot:
		return lang.L("The recovery key")
	case seal.TrustedSlot:
		if label == "" {
			return lang.L("A trusted person")
		}
		return lang.L("{{.Name}}, whom you trust", map[string]any{"Name": label})
	}
	return lang.L("Something that a newer Carnet added")
}

// rehearsal says in words what a secret that was tried opens.
func rehearsal(s vault.Slot) (tone ui.Tone, what, next string) {
	if s.Kind == seal.RecoverySlot {
		return ui.Good, lang.L("Yes: it opens this record."), lang.L("Put the paper back where it was. Nothing was changed.")
	}
	return ui.Care, lang.L("That is {{.What}}, and it opens this record.", map[string]any{"What": slotTitle(s)}),
		lang.L("To be sure of your recovery key, type the nine groups of letters from your paper.")
}
