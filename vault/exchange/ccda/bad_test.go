package ccda_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/ccda"
	"github.com/carnet-phr/carnet/vault/record"
)

// behaviours are the rows of the hostile samples' manifest that this format
// answers for.
var behaviours = map[string]func(t *testing.T, i imported){
	"xml/xxe_file.xml":   refused,
	"xml/ns_confuse.xml": refused,
	"xml/pi_xsl.xml":     func(t *testing.T, i imported) { documentOf(t, i) },
	"xml/xinclude.xml": func(t *testing.T, i imported) {
		if d := documentOf(t, i); d.Title != "" {
			t.Error("an inclusion gave a title")
		}
	},
	"xml/attrs_100000.xml": notOurs, "xml/dupattr.xml": notOurs, "xml/utf7.xml": notOurs, "xml/xxe_param.xml": notOurs, // other roots; see strictxml
	"apple/cda_tworoots.xml": warned(func(t *testing.T, i imported) {
		if d := documentOf(t, i); d.Title != "a" || len(d.Section) != 1 {
			t.Errorf("got %q and %d sections, want both roots read", d.Title, len(d.Section))
		}
	}),
	"ccda/nonxml_js.xml": func(t *testing.T, i imported) {
		d := documentOf(t, i)
		if len(d.Content) != 1 || d.Content[0].Missing == "" || d.Content[0].Hash != "" || strings.Contains(asJSON(t, d), "javascript") {
			t.Errorf("got %s", asJSON(t, d.Content))
		}
	},
	"ccda/table_onmouseover.xml": func(t *testing.T, i imported) { narrativeIs(t, i, "<table><tbody><tr><td>x</td></tr></tbody></table>") },
	"ccda/style_expr.xml":        func(t *testing.T, i imported) { narrativeIs(t, i, "x") },
	"ccda/img_beacon.xml": func(t *testing.T, i imported) {
		narrativeIs(t, i, "[picture]")
		if d := documentOf(t, i); len(d.Content) != 1 || d.Content[0].Missing == "" || strings.Contains(asJSON(t, d), "127.0.0.1") {
			t.Errorf("got %s", asJSON(t, d.Content))
		}
	},
	"ccda/nka_negation.xml": func(t *testing.T, i imported) {
		if a := one[*record.AllergyIntolerance](t, i); a.NoneKnown() != record.NoKnownAllergy || a.Summary().Standing != record.NotSo {
			t.Errorf("got %q %q", a.NoneKnown(), a.Summary().Standing)
		}
	},
	"ccda/neg_penicillin.xml": func(t *testing.T, i imported) {
		a := one[*record.AllergyIntolerance](t, i)
		if s := a.Summary(); s.Title != "Not allergic to Penicillin" || s.Standing != record.NotSo || a.NoneKnown() != "" {
			t.Errorf("got %+v", s)
		}
	},
	"ccda/pos_penicillin.xml": func(t *testing.T, i imported) {
		if s := one[*record.AllergyIntolerance](t, i).Summary(); s.Title != "Penicillin" || s.Standing != record.Current {
			t.Errorf("got %+v", s)
		}
	},
	"ccda/prob_high_unk.xml": func(t *testing.T, i imported) {
		c := one[*record.Condition](t, i)
		if s := c.Summary(); s.Standing != record.Past || !c.Abatement.Ended || c.ClinicalStatus == "active" {
			t.Errorf("got %+v, status %q", s, c.ClinicalStatus)
		}
	},
	"ccda/res_ivl_excl.xml":   result("<200", "mg/dL"),
	"ccda/res_ivl_low0.xml":   result("0 to 200 mg/dL", ""),
	"ccda/res_null_value.xml": result("no value: not known", ""),
	"ccda/res_st_lt.xml":      result("<0.01", ""),
	"ccda/res_comma.xml":      warned(result("4,1 mmol/L", "")),
	"ccda/res_xsi_lie.xml":    warned(result("4.1 mmol/L", "")),
	"ccda/res_xsi_qname.xml":  result("4.10", "mmol/L"),
	"ccda/res_nounit.xml":     result("4.1", ""),
	"ccda/range_multi.xml": func(t *testing.T, i imported) {
		o := one[*record.Observation](t, i)
		if len(o.ReferenceRange) != 2 || o.ReferenceRange[0].String() != "3.5 to 5.1 mmol/L" || o.ReferenceRange[1].String() != "at least 6.0 mmol/L (Critical high)" {
			t.Errorf("got %v", o.ReferenceRange)
		}
	},
	"ccda/text_disagrees.xml": warned(func(t *testing.T, i imported) {
		narrativeIs(t, i, "Penicillin: ANAPHYLAXIS")
		one[*record.AllergyIntolerance](t, i)
	}),
	"ccda/two_recordTargets.xml": func(t *testing.T, i imported) {
		if !i.held {
			t.Error("a document about two people was not held")
		}
	},
}

func refused(t *testing.T, i imported) {
	t.Helper()
	if i.report.Refused != 1 || len(i.records) != 0 || !strings.Contains(i.report.Issues[0].Text, "line ") {
		t.Errorf("got %+v, want a refusal that names a line", i.report)
	}
}

func notOurs(t *testing.T, i imported) {
	t.Helper()
	if i.report.Format == "ccda" {
		t.Error("was read as a clinical document")
	}
}

func warned(check func(*testing.T, imported)) func(*testing.T, imported) {
	return func(t *testing.T, i imported) {
		check(t, i)
		for _, x := range i.report.Issues {
			if x.Severity == record.Warning {
				return
			}
		}
		t.Error("no warning was given")
	}
}

func result(value, unit string) func(*testing.T, imported) {
	return func(t *testing.T, i imported) {
		t.Helper()
		if s := one[*record.Observation](t, i).Summary(); s.Value != value || s.Unit != unit {
			t.Errorf("got %q %q, want %q %q", s.Value, s.Unit, value, unit)
		}
	}
}

func narrativeIs(t *testing.T, i imported, want string) {
	t.Helper()
	d := documentOf(t, i)
	if len(d.Section) != 1 || string(d.Section[0].Text) != want {
		t.Errorf("got %+v, want the narrative %q", d.Section, want)
	}
}

// TestSharedBad walks the manifest of hostile samples.
func TestSharedBad(t *testing.T) {
	root := shared(t, "bad")
	manifest, err := os.ReadFile(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(manifest)) {
		name, _, _ := strings.Cut(line, "\t")
		check, ours := behaviours[name]
		if !ours {
			if strings.HasPrefix(name, "xml/") || strings.HasPrefix(name, "ccda/") {
				t.Errorf("%s: no behaviour is written down for it", name)
			}
			continue
		}
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			check(t, bring(t, filepath.Base(name), b))
		})
	}
}

func TestIdentify(t *testing.T) {
	for _, tt := range []struct {
		name, content string
		want          exchange.Match
	}{
		{"document", `<?xml version="1.0"?><!-- c --><ClinicalDocument xmlns="urn:hl7-org:v3">`, exchange.Yes},
		{"prefixed", `<x:ClinicalDocument xmlns:x="urn:hl7-org:v3"/>`, exchange.Yes},
		{"wrong namespace", `<ClinicalDocument xmlns="urn:evil"/>`, exchange.Maybe},
		{"broken before the root", "<?xml version='1.0' encoding='UTF-7'?><ClinicalDocument xmlns='urn:hl7-org:v3'/>", exchange.Maybe},
		{"FHIR", `<Bundle xmlns="http://hl7.org/fhir"/>`, exchange.No},
		{"page", `<html><body>ClinicalDocument</body></html>`, exchange.No},
		{"text", "ClinicalDocument", exchange.No},
		{"nothing", "", exchange.No},
	} {
		if got := ccda.Format.Identify(exchange.Head{Name: "x.xml", Bytes: []byte(tt.content)}); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}
