package formats_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// summarised are files of different vendors and formats. What each gives at a
// glance stands in testdata/summaries, read against the file itself by eye; the
// head of each says what was looked at.
var summarised = []string{
	"ccda/hl7-examples/CCD_1.xml",
	"ccda/vendor-r1.1/allscripts-enterprise_b2_Adam_Everyman_ToC.xml",
	"ccda/vendor-r1.1/cerner_Transition_of_Care_Referral_Summary.xml",
	"ccda/vendor-r1.1/emerge_Patient-488.xml",
	"ccda/vendor-r1.1/epic-8.1_phr_VICTORIA_TEST.xml",
	"ccda/vendor-r1.1/greenway_26775_ClinicalVisitSummary.xml",
	"ccda/vendor-r1.1/kareo_CCD_export_Joey_Miller.ccd",
	"ccda/vendor-r1.1/practicefusion_SummaryOfCare_Maria_Teller.ccd",
	"ccda/other/va_C32_CCD_Sample_12_5_1.xml",
	"fhir-r4/synthea/Alexia_Senger_a5f5a550-b13e-4f92-b194-6d118f67fcdb.json",
	"ips/EU_Giorgio_Cangioli_03.json",
	"ips/US_Epic_connectathon_May2024.json",
	"bluebutton-text/cms_sample.txt",
	"hl7v2/LRI_2.0-NG_CBC_Typ_Message.hl7",
}

// TestSummariesOfVendors holds the summary of each file against what was read in it.
// CARNET_GOLDEN=write writes them anew, below the heads that are there.
func TestSummariesOfVendors(t *testing.T) {
	root := samples(t, "data")
	for _, name := range summarised {
		t.Run(filepath.Base(name), func(t *testing.T) {
			path := filepath.Join(root, filepath.FromSlash(name))
			v := vaulttest.Empty(t)
			fileSample(t, v, path, false)
			got := glances(t, v)
			golden := filepath.Join("testdata", "summaries", strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))+".txt")
			old, err := os.ReadFile(golden)
			head, want, _ := strings.Cut(string(old), "\n\n")
			if os.Getenv("CARNET_GOLDEN") == "write" {
				if err := os.WriteFile(golden, []byte(head+"\n\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// glances is everyone in the vault at a glance.
func glances(t *testing.T, v *vault.Vault) string {
	t.Helper()
	people, err := v.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range people {
		var all []record.Record
		for r, err := range v.Query(t.Context(), record.Filter{Person: p.ID}) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, r)
		}
		glance(&b, clinic.Summarise(p, all))
	}
	return b.String()
}

// glance writes what a summary says of allergies, medicines, problems, vaccines
// and the newest results.
func glance(b *strings.Builder, s clinic.Summary) {
	patient := s.Person.Resource.(*record.Patient)
	fmt.Fprintf(b, "%s, born %s, %s\n", s.Person.Summary().Title, patient.BirthDate, patient.Gender)
	for _, x := range []struct {
		title, banner string
		clinic.Group
		none []clinic.Line
	}{
		{"Allergies", s.Allergies.Banner(), s.Allergies.Group, s.Allergies.NoneKnown},
		{"Medicines", s.Medicines.Banner(), s.Medicines.Group, s.Medicines.NoneKnown},
		{"Problems", s.Problems.Banner(), s.Problems.Group, s.Problems.NoneKnown},
		{"Immunizations", "", s.Immunizations, nil},
	} {
		fmt.Fprintf(b, "\n%s\n", x.title)
		if x.banner != "" {
			fmt.Fprintf(b, "  %s\n", x.banner)
		}
		for _, list := range []struct {
			words string
			lines []clinic.Line
		}{
			{"none known", x.none},
			{"current", x.Current},
			{"not clear", x.Uncertain},
			{"planned", x.Intended},
			{"past", x.Past},
			{"not so", x.NotSo},
			{"held", x.Held},
		} {
			for _, l := range list.lines {
				fmt.Fprintf(b, "  %s: %s\n", list.words, strings.Join(nonEmpty(l.Title, l.Result(), l.Status, l.When.Human()), " | "))
				for _, w := range l.Beside() {
					fmt.Fprintf(b, "      %s\n", w)
				}
			}
		}
	}
	newest(b, "Results", s.Results)
	newest(b, "Vital signs", s.Vitals)
}

func newest(b *strings.Builder, title string, tests []clinic.Test) {
	fmt.Fprintf(b, "\n%s\n", title)
	for _, x := range tests {
		l := x.Last()
		fmt.Fprintf(b, "  %s (%d)\n", strings.Join(nonEmpty(l.Title, l.Result(), l.Interpretation, l.Range, l.Status, l.When.Human()), " | "), len(x.Points))
	}
}

func nonEmpty(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}
