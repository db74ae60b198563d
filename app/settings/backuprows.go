package settings

import (
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// backupRow is one backup in the list.
type backupRow struct {
	Path, Title, Text, Status string
	Tone                      ui.Tone
}

// backupRows are the backups that the record remembers, newest first.
func backupRows(b backups) []backupRow {
	var out []backupRow
	for _, x := range b.list {
		r := backupRow{Path: record.Visible(x.Path), Title: ui.Moment(x.At), Text: ui.Entries(x.Items) + "  ·  " + ui.Size(x.Bytes), Status: lang.L("read back"), Tone: ui.Good}
		switch {
		case b.gone[x.Path]:
			r.Status, r.Tone = lang.L("not there now"), ui.Care
		case x.Lacking > 0:
			r.Status, r.Tone = lang.L("not whole"), ui.Alarm
		}
		out = append(out, r)
	}
	return out
}

// lastBackup says in a sentence when the last backup was made, and whether it is
// time for another.
func lastBackup(b backups) string {
	if len(b.list) == 0 {
		return lang.L("There is no backup of this record yet. If this disk is lost, so is the record.")
	}
	last := map[string]any{"When": ui.Moment(b.list[0].At), "Count": ui.Number(int(b.changes))}
	switch {
	case b.changes == 0:
		return lang.L("The last backup is of {{.When}}; nothing changed since.", last)
	case b.due:
		return lang.N("It is time for a backup: the last one is of {{.When}}, and the record changed {{.Count}} times since.", int(b.changes), last)
	}
	return lang.N("The last backup is of {{.When}}; the record changed {{.Count}} times since.", int(b.changes), last)
}

// backupDone says what came of a backup.
func backupDone(b vault.Backup) (tone ui.Tone, what, next string) {
	next = lang.L("{{.Entries}}, {{.Size}}, in {{.Path}}", map[string]any{"Entries": ui.Entries(b.Items), "Size": ui.Size(b.Bytes), "Path": record.Visible(b.Path)}) + "."
	for _, n := range b.Notices {
		next += " " + ui.Notice(n)
	}
	if b.Lacking > 0 {
		return ui.Alarm, lang.N("The backup is made, but {{.Count}} files of the record were missing or damaged and are not whole in it.", b.Lacking, map[string]any{"Count": ui.Number(b.Lacking)}),
			next + " " + lang.L("Keep your older backups. Look at “Is the record sound?” in the settings.")
	}
	return ui.Good, lang.L("The backup is made and was read back."), next
}
