package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestLaws holds the laws of the window that the compiler does not.
func TestLaws(t *testing.T) {
	starts := regexp.MustCompile(`(?m)^\s*go (func|[a-z]+[.(])|\bfyne\.Do(AndWait)?\(`)
	const module = `"github.com/carnet-phr/carnet/`
	screens := []string{"unlock", "home", "records", "timeline", "results", "entry", "differ", "imaging", "documents", "search", "intake", "share", "settings"}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		src := string(b)
		if path != filepath.Join("ui", "async.go") && starts.MatchString(src) {
			t.Errorf("%s starts work by itself; use ui.Load or ui.Do", path)
		}
		if strings.Contains(src, `"fyne.io/fyne/v2/app"`) {
			t.Errorf("%s imports fyne's app; only cmd/carnet may", path)
		}
		if path != filepath.Join("ui", "asked.go") && strings.Contains(src, "dialog.NewF") {
			t.Errorf("%s asks for files by itself; use ui.Env.Ask", path)
		}
		folder := filepath.Dir(path)
		for _, s := range screens {
			if folder != "." && folder != s && strings.Contains(src, module+"app/"+s+`"`) {
				t.Errorf("%s imports the screen %s; go there by a route", path, s)
			}
		}
		if folder == "widget" && strings.Contains(src, module+`vault"`) {
			t.Errorf("%s sees the vault; widgets take data", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
