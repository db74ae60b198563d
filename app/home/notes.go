package home

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
)

// note is something to know or to do about the record itself, above its content.
type note struct {
	Tone   ui.Tone
	Title  string
	Text   string
	Action string // on a button; "" for none
	To     ui.Route
}

// standing is what notes are made of.
type standing struct {
	Package  bool // one was begun
	Files    bool // some were not filed yet
	Unproven bool // a recovery key was never typed back
	Notices  []vault.Problem

	Due     bool         // it is time for a backup
	Last    vault.Backup // zero: there was none
	Changes uint64       // since the last one
}

// fetchStanding asks what is unfinished. It reads drafts, not the record.
func (p *page) fetchStanding(context.Context) (standing, error) {
	s := standing{Notices: p.env.Vault.Notices()}
	if !p.env.MadeUp && !p.env.ReadOnly {
		s.Due, s.Last, s.Changes = p.env.Vault.BackupDue()
	}
	for name, found := range map[string]*bool{ui.ShareDraft(p.env.Person): &s.Package, ui.IntakeDraft: &s.Files, ui.UnprovenKey: &s.Unproven} {
		data, err := p.env.Drafts.Load(name)
		if err != nil {
			return standing{}, err
		}
		*found = len(data) > 0
	}
	return s, nil
}

// notes are what stands above the record, the most urgent first.
func notes(s standing, h ui.Health) []note {
	var out []note
	add := func(n note) { out = append(out, n) }
	if n := len(h.Problems()); n > 0 {
		add(note{ui.Alarm, lang.L("Something in the folder of this record is damaged"), lang.L("What you see here was read and checked. Look at what it is, and have it put right."), lang.L("Look…"), ui.Route{Place: ui.Settings, Words: ui.SettingsState}})
	}
	if s.Unproven {
		add(note{ui.Care, lang.L("Your recovery key was never typed back"), lang.L("A new recovery key was made, and the former one opens nothing any more. Try the one on your paper; if there is none, make another."), lang.L("Try it…"), ui.Route{Place: ui.Settings, Words: ui.SettingsRehearse}})
	}
	if words := noticed(s.Notices); words != "" {
		tone, title := ui.Calm, lang.L("Something was put right when the record was opened")
		if !allMended(s.Notices) {
			tone, title = ui.Care, lang.L("Something about the folder of this record")
		}
		add(note{tone, title, words, lang.L("Look…"), ui.Route{Place: ui.Settings, Words: ui.SettingsState}})
	}
	if s.Due {
		add(backupNote(s))
	}
	if s.Files {
		add(note{ui.Calm, lang.L("Some files were not filed yet"), lang.L("You were bringing them in when the record was locked."), lang.L("Go on"), ui.Route{Place: ui.BringIn}})
	}
	if s.Package {
		add(note{ui.Calm, lang.L("A package for a doctor was begun"), lang.L("What you chose and typed is still there."), lang.L("Go on"), ui.Route{Place: ui.Share}})
	}
	return out
}

// backupNote reminds of the backup that is due.
func backupNote(s standing) note {
	n := note{Tone: ui.Care, Action: lang.L("Back up now…"), To: ui.Route{Place: ui.Settings, Words: ui.SettingsBackup}}
	if s.Last.At.IsZero() {
		n.Title = lang.L("There is no backup of this record yet")
		n.Text = lang.L("If this disk is lost, so is the record. A stick in a drawer is enough.")
		return n
	}
	n.Title = lang.L("It is time for a backup")
	n.Text = lang.N("The last one is of {{.When}}; the record changed {{.Count}} times since.", int(s.Changes), map[string]any{"When": ui.Day(s.Last.At), "Count": ui.Number(int(s.Changes))})
	return n
}

// noticed puts what opening found into a sentence or two.
func noticed(list []vault.Problem) string {
	var out []string
	for _, p := range list {
		s := ui.Notice(p)
		if len(out) == 0 || out[len(out)-1] != s {
			out = append(out, s)
		}
	}
	const most = 2
	if n := len(out) - most; n > 0 {
		out = append(out[:most], lang.N("And {{.Count}} more.", n, map[string]any{"Count": n}))
	}
	return strings.Join(out, " ")
}

func allMended(list []vault.Problem) bool {
	for _, p := range list {
		if !p.Mended {
			return false
		}
	}
	return true
}

// soundness is the calm line below everything: whether the record was checked, and
// when it was backed up.
func soundness(h ui.Health, last vault.Backup, now time.Time) string {
	words := checked(h, now)
	if !last.At.IsZero() {
		words += "  ·  " + lang.L("Last backup: {{.Date}}", map[string]any{"Date": ui.Day(last.At)})
	}
	return words
}

func checked(h ui.Health, now time.Time) string {
	switch {
	case h.Err != nil:
		return lang.L("The record could not be checked as a whole this time.")
	case h.At.IsZero():
		return lang.L("The record is being checked in the background.")
	case len(h.Problems()) > 0:
		return lang.L("Checked {{.When}}: something is damaged.", map[string]any{"When": ui.Lately(h.At, now)})
	}
	return lang.L("Checked {{.When}}: the record is complete.", map[string]any{"When": ui.Lately(h.At, now)})
}

// noteObjects are the notes: alarms, which come first of all, and those that come
// behind the allergies.
func (p *page) noteObjects(s standing) (alarms, others []fyne.CanvasObject) {
	for _, n := range notes(s, p.env.Health()) {
		if n.Tone == ui.Alarm {
			alarms = append(alarms, p.note(n))
		} else {
			others = append(others, p.note(n))
		}
	}
	return alarms, others
}

func (p *page) note(n note) fyne.CanvasObject {
	words := widget.Column(4)
	title := widget.NewLine(n.Title, "", n.Tone.Ink())
	title.Bold = true
	words.Objects = []fyne.CanvasObject{title, widget.Words(n.Text)}
	var right fyne.CanvasObject
	if n.Action != "" {
		b := fw.NewButton(n.Action, func() { p.env.Open(n.To) })
		right = widget.Inset(0, 0, 16, 0, container.NewVBox(b))
	}
	return widget.Banner(n.Tone, "", "", container.NewBorder(nil, nil, nil, right, words))
}
