package cmd_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// hazards is how many ways to mislead a reader the product knows of; each is a
// named test.
const hazards = 51

var hazardTest = regexp.MustCompile(`(?m)^func TestHazard(\d\d)`)

// TestEveryHazardHasATest: a rule of clinical safety that no test names is a
// rule that nobody keeps.
func TestEveryHazardHasATest(t *testing.T) {
	tests := map[string]int{}
	for _, top := range []string{"../vault", "../app", "."} {
		err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, m := range hazardTest.FindAllSubmatch(b, -1) {
				tests[string(m[1])]++
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for n := 1; n <= hazards; n++ {
		if number := fmt.Sprintf("%02d", n); tests[number] == 0 {
			t.Errorf("hazard %s has no test", number)
		}
	}
}
