package home

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
)

func TestNotes(t *testing.T) {
	damage := ui.Health{At: time.Now(), Report: vault.Report{Problems: []vault.Problem{{File: "journal/000001.log", Text: "changed"}}}}
	mended := vault.Problem{File: "db", Text: "was built again", Mended: true}
	for _, c := range []struct {
		name  string
		s     standing
		h     ui.Health
		first string // of the title; "" for no note
		to    ui.Route
		tone  ui.Tone
	}{
		{"nothing", standing{}, ui.Health{}, "", ui.Route{}, 0},
		{"only mended", standing{}, ui.Health{Report: vault.Report{Problems: []vault.Problem{mended}}}, "", ui.Route{}, 0},
		{"damage", standing{Package: true}, damage, "Something in the folder", ui.Route{Place: ui.Settings, Words: ui.SettingsState}, ui.Alarm},
		{"put right", standing{Notices: []vault.Problem{mended}}, ui.Health{}, "Something was put right", ui.Route{Place: ui.Settings, Words: ui.SettingsState}, ui.Calm},
		{"a copy beside it", standing{Notices: []vault.Problem{{File: "vault (1).json", Text: "a copy"}}}, ui.Health{}, "Something about", ui.Route{Place: ui.Settings, Words: ui.SettingsState}, ui.Care},
		{"no backup", standing{Due: true, Files: true}, ui.Health{}, "There is no backup", ui.Route{Place: ui.Settings, Words: ui.SettingsBackup}, ui.Care},
		{"backup due", standing{Due: true, Changes: 30, Last: vault.Backup{At: time.Now()}}, ui.Health{}, "It is time", ui.Route{Place: ui.Settings, Words: ui.SettingsBackup}, ui.Care},
		{"files", standing{Files: true}, ui.Health{}, "Some files", ui.Route{Place: ui.BringIn}, ui.Calm},
		{"package", standing{Package: true}, ui.Health{}, "A package", ui.Route{Place: ui.Share}, ui.Calm},
		{"key", standing{Unproven: true, Files: true}, ui.Health{}, "Your recovery key", ui.Route{Place: ui.Settings, Words: ui.SettingsRehearse}, ui.Care},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := notes(c.s, c.h)
			if c.first == "" {
				if len(got) > 0 {
					t.Errorf("got %+v", got)
				}
				return
			}
			if len(got) == 0 || !strings.HasPrefix(got[0].Title, c.first) || got[0].To != c.to || got[0].Tone != c.tone || got[0].Text == "" {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestSoundness(t *testing.T) {
	now := time.Date(2026, 3, 5, 15, 0, 0, 0, time.Local)
	bad := vault.Report{Problems: []vault.Problem{{File: "x", Text: "y"}}}
	for want, h := range map[string]ui.Health{
		"being checked in the background":               {},
		"Checked today, 14:30: the record is complete.": {At: now.Add(-30 * time.Minute)},
		"Checked today, 15:00: something is damaged.":   {At: now, Report: bad},
		"could not be checked":                          {At: now, Err: errors.New("x")},
	} {
		if got := soundness(h, vault.Backup{}, now); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
