package fhir_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/fhir"
	"github.com/carnet-phr/carnet/vault/record"
)

// TestManifestOtherPeople brings files of others into a vault that has a person.
func TestManifestOtherPeople(t *testing.T) {
	root := shared(t, "bad", "fhir-json")
	s := &store{}
	for _, c := range []struct {
		name string
		held bool
	}{{"obs_amended", false}, {"other_patient", true}, {"twin", true}, {"two_patients", true}, {"no_patient", true}} {
		src, err := exchange.Paths(filepath.Join(root, c.name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		b, err := exchange.Import(context.Background(), s, []exchange.Format{fhir.Format()}, src, exchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if b.Held() != c.held {
			t.Errorf("%s: held %v, want %v", c.name, b.Held(), c.held)
		}
		if !c.held {
			if _, err := b.Commit(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

var plainTag = regexp.MustCompile(`^</?(p|br/|b|i|table|tr|td|th|ul|ol|li)>$`)

// TestManifestNarratives looks at what is left of each hostile narrative.
func TestManifestNarratives(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared(t, "bad", "fhir-json"), "narr_*.json"))
	if len(files) < 11 {
		t.Errorf("only %d files", len(files))
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		s, err := read(t, string(b))
		if err != nil {
			t.Fatal(err)
		}
		o, ok := s.records[0].Resource.(*record.Observation)
		if !ok {
			t.Fatal("no Observation")
		}
		for _, tag := range regexp.MustCompile(`<[^>]*>`).FindAllString(string(o.Text), -1) {
			if !plainTag.MatchString(tag) {
				t.Errorf("%s: %s survived", filepath.Base(f), tag)
			}
		}
		for _, bad := range []string{"alert(", "http", "javascript", "ssn"} {
			if strings.Contains(string(o.Text), bad) {
				t.Errorf("%s: %q survived", filepath.Base(f), bad)
			}
		}
		if strings.HasSuffix(f, "narr_hide.json") && !strings.Contains(o.Text.Plain(), "Penicillin anaphylaxis") {
			t.Error("hidden text stays hidden")
		}
	}
}

// TestManifestXML: of the hostile XML samples nothing is ever filed as FHIR.
func TestManifestXML(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "bad", "xml"), "*.xml"))
	if err != nil || len(files) < 8 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		_, r := receipt(t, f)
		if name := filepath.Base(f); r.Format == "fhir" && r.Filed > 0 || name == "dupattr.xml" && (r.Refused != 1 || len(r.Issues) == 0) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
