package bluebutton_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

// shared is the folder of samples beside the repository.
func shared(t testing.TB, part string) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "..", "shared", part)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("SKIPPED: the samples ../shared/%s are not on this computer", part)
	}
	return dir
}

// TestSharedFiles brings the samples in: counted by hand in the texts, block by
// block.
func TestSharedFiles(t *testing.T) {
	for _, tt := range []struct {
		file                           string
		sections, administrative, kept int
		kinds                          map[record.Kind]int
	}{
		{
			file: "VA_My_HealtheVet_Blue_Button_Sample_Version_12_5_1.txt", sections: 35, administrative: 13, kept: 1,
			kinds: map[record.Kind]int{
				record.KindMedicationStatement: 17, record.KindAllergyIntolerance: 7, record.KindCondition: 5, record.KindEncounter: 1, record.KindImmunization: 6,
				record.KindDiagnosticReport: 30, record.KindObservation: 67, record.KindFamilyMemberHistory: 1, record.KindGoal: 7, record.KindDocumentReference: 13, record.KindOther: 8, record.KindPatient: 5,
			},
		},
		{
			file: "cms_sample.txt", sections: 19, administrative: 16, kept: 5,
			kinds: map[record.Kind]int{
				record.KindMedicationStatement: 2, record.KindAllergyIntolerance: 2, record.KindCondition: 2, record.KindDevice: 1, record.KindImmunization: 4, record.KindDiagnosticReport: 1,
				record.KindObservation: 3, record.KindFamilyMemberHistory: 1, record.KindDocumentReference: 1, record.KindPatient: 2,
			},
		},
	} {
		t.Run(tt.file, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(shared(t, "data"), "bluebutton-text", tt.file))
			if err != nil {
				t.Fatal(err)
			}
			records, report := bring(t, tt.file, b)
			if report.Refused != 0 || report.Administrative != tt.administrative || report.Kept != tt.kept {
				t.Errorf("got %+v", report)
			}
			for k, want := range tt.kinds {
				if got := len(of(records, k)); got != want {
					t.Errorf("%s: got %d, want %d", k, got, want)
				}
			}
			if got := len(whole(t, records).Section); got != tt.sections {
				t.Errorf("got %d sections, want %d", got, tt.sections)
			}
			checkPlaces(t, records, b)
		})
	}
}

// TestNotOurs tries all other samples: no other file is claimed.
func TestNotOurs(t *testing.T) {
	root := shared(t, "data")
	err := filepath.WalkDir(root, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Base(filepath.Dir(p)) == "bluebutton-text" {
			return err
		}
		b, err := os.ReadFile(p)
		if err == nil && claimed(p, b) {
			t.Errorf("claims %s", filepath.Base(p))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
