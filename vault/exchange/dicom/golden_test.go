package dicom_test

import (
	"bytes"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write testdata anew")

// TestSamples keeps the two made-up files that other packages' tests bring in.
func TestSamples(t *testing.T) {
	for name, want := range map[string][]byte{"testdata/image.dcm": written(explicitLE, image()...), "testdata/report.dcm": written(explicitLE, report()...)} {
		if *update {
			if err := os.WriteFile(name, want, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the tests make: %v; run with -update", name, err)
		}
	}
}
