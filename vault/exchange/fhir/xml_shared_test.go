package fhir_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSharedFilesInXML reads the XML twin of every JSON resource and Bundle of
// ../shared: nothing is lost or changed between the two notations.
func TestSharedFilesInXML(t *testing.T) {
	root := shared(t, "data")
	n := 0
	for _, dir := range []string{"fhir-r4/us-core", "fhir-stu3", "fhir-dstu2", "ips"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			n++
			t.Run(d.Name(), func(t *testing.T) { sameInXML(t, strings.TrimPrefix(string(text), "\xef\xbb\xbf")) })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n < 60 {
		t.Errorf("only %d files", n)
	}
}
