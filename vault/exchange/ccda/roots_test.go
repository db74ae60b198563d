package ccda_test

import (
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestSeveralRoots(t *testing.T) {
	allergies := sec("48765-2", "Penicillin", concernOf("active", allergyOf("", "")))
	first := string(document(allergies))
	second := strings.NewReplacer(`<?xml version="1.0" encoding="UTF-8"?>`, "", "Made-up summary", "Second", `extension="doc-1"`, `extension="doc-2"`).Replace(string(document(strings.ReplaceAll(allergies, "Penicillin", "Codeine"))))
	other := strings.ReplaceAll(second, "Ada", "Bob")
	for _, tt := range []struct {
		name, content string
		documents     int
		allergies     int
		held, refused bool
		told          string
	}{
		{"two documents", first + second, 2, 2, false, false, "2 documents one after the other"},
		{"of two people", first + strings.ReplaceAll(other, "19610403", "19700101"), 2, 2, true, false, "2 documents one after the other"},
		{"a part behind the end", first + `<component xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><structuredBody>` + strings.ReplaceAll(allergies, "Penicillin", "Codeine") + `</structuredBody></component>`, 1, 2, false, false, "the 1 parts there were read"},
		{"something else behind the end", first + "<html/>", 0, 0, false, true, "line "},
		{"a control character", strings.Replace(first, "Made-up", "Made\x0bup", 1), 1, 1, false, false, "1 characters"},
		{"one document", first, 1, 1, false, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i := bring(t, "export_cda.xml", []byte(tt.content))
			documents := 0
			places := map[string]bool{}
			for _, r := range i.records {
				if _, ok := r.Resource.(*record.DocumentReference); ok {
					documents++
				}
				if places[r.Source().Place] {
					t.Errorf("two records at %s", r.Source().Place)
				}
				places[r.Source().Place] = true
			}
			if got := len(of[*record.AllergyIntolerance](i)); documents != tt.documents || got != tt.allergies || i.held != tt.held || (i.report.Refused > 0) != tt.refused {
				t.Errorf("got %d documents, %d allergies, held %v, %+v", documents, got, i.held, i.report)
			}
			told := ""
			for _, x := range i.report.Issues {
				told += x.Text + "; "
			}
			if !strings.Contains(told, tt.told) || (told == "") != (tt.told == "") {
				t.Errorf("told %q, want %q", told, tt.told)
			}
		})
	}
}
