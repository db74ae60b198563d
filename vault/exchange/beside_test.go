package exchange_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
)

// besides tells for one file which names lie beside it.
func besides(t *testing.T, sources []exchange.Source, file string, names ...string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	f := exchange.Format{
		Name: "x", Title: "X", Identify: func(h exchange.Head) exchange.Match {
			if filepath.Base(h.Name) == file {
				return exchange.Yes
			}
			return exchange.No
		},
		Import: func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
			for _, n := range names {
				other, ok := src.Beside(n)
				if !ok {
					continue
				}
				r, err := other.Open()
				if err != nil {
					t.Errorf("%s: %v", n, err)
					continue
				}
				if b, err := io.ReadAll(r); err != nil || string(b) != "beside" {
					t.Errorf("%s: got %q, %v", n, b, err)
				}
				r.Close()
				found[n] = true
			}
			sink.Report(exchange.Issue{Outcome: exchange.Kept})
			return nil
		},
	}
	if _, err := exchange.Import(t.Context(), exchangetest.NewMemory(), []exchange.Format{f}, sources, exchange.Options{}); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestBeside(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	for name, content := range map[string]string{"docs/a.x": "a", "docs/b.pdf": "beside", "docs/in/c.pdf": "beside", "docs/.d.pdf": "hidden", "e.pdf": "above"} {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(outside, "s.pdf"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"docs/l.pdf": filepath.Join(outside, "s.pdf"), "docs/far": outside} {
		if err := os.Symlink(to, filepath.Join(dir, filepath.FromSlash(link))); err != nil {
			t.Skipf("SKIPPED: no links here: %v", err)
		}
	}
	names := []string{"b.pdf", "in/c.pdf", ".d.pdf", "../e.pdf", "l.pdf", "far/s.pdf", "in", "gone.pdf", "/etc/passwd", `..\e.pdf`, "C:b.pdf", "", "."}
	folder, err := exchange.Paths(dir)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := exchange.Paths(filepath.Join(dir, "docs", "a.x"))
	if err != nil {
		t.Fatal(err)
	}
	archive := exchangetest.Zip(t, map[string]string{"docs/a.x": "a", "docs/b.pdf": "beside", "docs/in/c.pdf": "beside", "e.pdf": "above"})
	for _, tt := range []struct {
		name    string
		sources []exchange.Source
		want    int
	}{
		{"a folder", folder, 2},
		{"a file by itself", alone, 0},
		{"an archive", []exchange.Source{exchangetest.Source("made.zip", archive)}, 2},
		{"a file in memory", []exchange.Source{{Name: "a.x", Path: "a.x", FS: fstest.MapFS{"a.x": {Data: []byte("a")}, "b.pdf": {Data: []byte("beside")}}}}, 0},
	} {
		if found := besides(t, tt.sources, "a.x", names...); len(found) != tt.want || tt.want == 2 && (!found["b.pdf"] || !found["in/c.pdf"]) {
			t.Errorf("%s: got %v", tt.name, found)
		}
	}
}
