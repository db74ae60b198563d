package ips_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/exchange/ips"
	"github.com/carnet-phr/carnet/vault/record"
)

// texts exports a summary and gives the narratives of its sections by their titles.
func texts(t *testing.T, l *sheettest.Library) (divs map[string]string, entries map[string]int, err error) {
	t.Helper()
	var b bytes.Buffer
	if err := ips.Document.Export(t.Context(), &b, l.Select(t, exchange.Scope{})); err != nil {
		return nil, nil, err
	}
	var doc struct {
		Entry []struct {
			Resource struct {
				Section []struct {
					Title string
					Text  struct{ Div string }
					Entry []struct{}
				}
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	divs, entries = map[string]string{}, map[string]int{}
	for _, s := range doc.Entry[0].Resource.Section {
		divs[s.Title], entries[s.Title] = s.Text.Div, len(s.Entry)
	}
	return divs, entries, nil
}

// TestLongSectionsTellTheNewest has more results than a narrative can tell: the
// newest are told, with how many there are, and every one is an entry.
func TestLongSectionsTellTheNewest(t *testing.T) {
	const n = 9000
	l := sheettest.New(&record.Patient{})
	for i := range n {
		l.Add(sheettest.Lab("Glucose "+strings.Repeat("in capillary blood ", 3), "2345-7", record.Date(fmt.Sprintf("%04d-%02d-01", 1200+i/12, 1+i%12)), "5.1", "mmol/L"), sheettest.Self())
	}
	divs, entries, err := texts(t, l)
	if err != nil {
		t.Fatal(err)
	}
	text := divs["Results"]
	if len(text) > 1<<20 || len(text) < 1<<19 || entries["Results"] != n {
		t.Errorf("got %d bytes and %d entries, want at most a MiB and all %d", len(text), entries["Results"], n)
	}
	told := strings.Count(text, "<tr>") - 1
	if want := fmt.Sprintf("the %d newest entries of %d entries are here", told, n); !strings.Contains(text, want) {
		t.Errorf("got no %q", want)
	}
	if !strings.Contains(text, "December 1949") || strings.Contains(text, "January 1200") {
		t.Error("got others than the newest")
	}
}

// TestLongListsAreNeverCut has more allergies than can be told: a summary without
// some of them is none.
func TestLongListsAreNeverCut(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	for i := range 4000 {
		l.Add(&record.AllergyIntolerance{ClinicalStatus: "active", Code: sheettest.Words(fmt.Sprint("Substance ", i, strings.Repeat(" of many words", 20)))}, sheettest.Self())
	}
	if _, _, err := texts(t, l); !errors.Is(err, exchange.ErrTooLarge) {
		t.Errorf("got %v, want that there is too much", err)
	}
}
