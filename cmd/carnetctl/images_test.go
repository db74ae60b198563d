package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// TestImages reads images back: of a folder with a damaged one, and of a vault.
func TestImages(t *testing.T) {
	dir := t.TempDir()
	disc, v := filepath.Join(dir, "disc"), filepath.Join(dir, "v")
	if err := os.MkdirAll(disc, 0o700); err != nil {
		t.Fatal(err)
	}
	whole := twoFrames()
	good := filepath.Join(disc, "A.dcm")
	for path, b := range map[string][]byte{good: whole, filepath.Join(disc, "B.dcm"): whole[:len(whole)-4]} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	type report struct {
		Files, Images, Frames int
		Damaged               []struct{ Name string }
	}
	var r report
	if err := json.Unmarshal([]byte(ctl(t, exitRefused, "images", "--json", disc)), &r); err != nil {
		t.Fatal(err)
	}
	if r.Files != 2 || r.Images != 1 || len(r.Damaged) != 1 || r.Damaged[0].Name != "B.dcm" {
		t.Errorf("got %+v", r)
	}
	ctl(t, 0, "create", v, "--person", "Marie Sample", "--born", "1958-03-14", "--sex", "female")
	ctl(t, 0, "--vault", v, "import", "--yes", good)
	r = report{}
	if err := json.Unmarshal([]byte(ctl(t, 0, "--vault", v, "images", "--json")), &r); err != nil {
		t.Fatal(err)
	}
	if r.Files != 1 || r.Images != 1 || r.Frames != 2 || len(r.Damaged) != 0 {
		t.Errorf("of the vault: %+v", r)
	}
}
