package settings

import (
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
)

func TestBackupWords(t *testing.T) {
	at := time.Date(2026, 3, 5, 10, 30, 0, 0, time.Local)
	one := []vault.Backup{{Path: "/stick", At: at, Items: 12, Bytes: 2048}, {Path: "/a.age", At: at.AddDate(0, -1, 0), Lacking: 1}}
	for want, b := range map[string]backups{
		"There is no backup":          {due: true},
		"nothing changed since":       {list: one},
		"5 March 2026, 10:30; the re": {list: one, changes: 3},
		"It is time for a backup":     {list: one, changes: 30, due: true},
	} {
		if got := lastBackup(b); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	rows := backupRows(backups{list: one, gone: map[string]bool{"/stick": true}})
	if rows[0].Tone != ui.Care || rows[1].Tone != ui.Alarm || rows[0].Status == rows[1].Status {
		t.Errorf("got %+v", rows)
	}
	if tone, _, next := backupDone(one[0]); tone != ui.Good || !strings.Contains(next, "/stick") {
		t.Errorf("got %v, %q", tone, next)
	}
	if tone, what, _ := backupDone(one[1]); tone != ui.Alarm || !strings.Contains(what, "not whole") {
		t.Errorf("a backup that lacks something looks good: %q", what)
	}
}

func TestBackupPlaces(t *testing.T) {
	b := backups{list: []vault.Backup{{Path: "/stick/x"}, {Path: "/safe/Ada, 1 May 2026.age"}}}
	if got := suggestBackup(b, false, "/h/Ada.carnet", "2 May 2026"); got != "/stick/x" {
		t.Errorf("folder: got %q", got)
	}
	if got := suggestBackup(b, true, "/h/Ada.carnet", "2 May 2026"); got != "/safe/Ada, 2 May 2026.age" {
		t.Errorf("file: got %q", got)
	}
	for _, c := range []struct {
		path string
		file bool
		ok   bool
	}{{"/a", false, true}, {"/a.age", true, true}, {"/a.age", false, false}, {"/a", true, false}, {"", false, false}, {"a", false, false}} {
		if got := backupProblem(c.path, c.file); (got == "") != c.ok {
			t.Errorf("%q: got %q", c.path, got)
		}
	}
}
