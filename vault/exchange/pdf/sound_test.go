package pdf

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
)

// checker says that a file is sound, has its fonts in it and does nothing.
const checker = "../../../../shared/tools/check-pdf"

func TestFilesAreSound(t *testing.T) {
	if _, err := os.Stat(checker); err != nil {
		t.Skipf("the checker is not there: %v", err)
	}
	dir := t.TempDir()
	var files []string
	all := map[string]*sheettest.Library{"realistic": sheettest.Realistic(), "crowded": crowded(70, 4), "hostile": sheettest.Hostile("\u202Egnp.exe\u202C (\\) <</JS>>")}
	for name, l := range languages {
		all[name] = l
	}
	for name, l := range all {
		var b bytes.Buffer
		if err := Export(context.Background(), &b, l.Select(t, exchange.Scope{})); err != nil {
			t.Fatal(err)
		}
		files = append(files, filepath.Join(dir, name+".pdf"))
		if err := os.WriteFile(files[len(files)-1], b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command(checker, files...).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// TestTheFileTellsOfNoComputer looks at what stands beside the pages.
func TestTheFileTellsOfNoComputer(t *testing.T) {
	var b bytes.Buffer
	if err := Export(context.Background(), &b, sheettest.Realistic().Select(t, exchange.Scope{})); err != nil {
		t.Fatal(err)
	}
	file := b.String()
	host, _ := os.Hostname()
	home, _ := os.UserHomeDir()
	for _, not := range []string{host, home, "/tmp/"} {
		if len(not) > 3 && strings.Contains(file, not) {
			t.Errorf("got %q in the file, want it nowhere", not)
		}
	}
	for _, want := range []string{"/Lang (en)", "/Outlines", "(D:20261122163000)", "/Title", "/PageLayout"} {
		if !strings.Contains(file, want) {
			t.Errorf("got no %s in the file, want it", want)
		}
	}
}
