package timeline

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

func made() []clinic.TimelineRow {
	visit := record.Record{ID: "v", Resource: &record.Encounter{Status: "finished", Period: record.When{Start: "2021-03-05"}}}
	gout := record.Record{ID: "g", Resource: &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Gout"}, Onset: record.At("2020")}}
	unknown := record.Record{ID: "u", Resource: &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: "Asthma"}}}
	return clinic.TimelineOf([]record.Record{visit, gout, unknown}, clinic.TimelineFilter{}).Rows()
}

func TestRowsAreHeadingsAndEntries(t *testing.T) {
	rows := made()
	years, at := yearsOf(rows)
	if len(years) != 2 || years[0] != "2021" || years[1] != "2020" || rows[at[1]].Level != clinic.YearRow {
		t.Errorf("got the years %v at %v, want 2021 and 2020", years, at)
	}
	if got := shown(rows); got != 3 {
		t.Errorf("got %d entries, want 3", got)
	}
	if r := rowOf(rows[0]); r.heading != "2021" || r.size != theme.SizeNameHeadingText || r.count != "1 entries" && r.count != "1 entry" {
		t.Errorf("got the heading %+v", r)
	}
	last := rowOf(rows[len(rows)-1])
	if last.heading != "" || last.entry.Title != "Asthma" {
		t.Errorf("got %+v, want the undated entry at the end", last)
	}
	if r := rowOf(rows[len(rows)-2]); r.heading != "Date unknown" {
		t.Errorf("got the heading %q, want that of the undated", r.heading)
	}
}

// TestARowIsUsedAgain shows a heading, an entry and a heading in one row.
func TestARowIsUsedAgain(t *testing.T) {
	test.NewTempApp(t)
	o := newRow()
	head, body := o.(*fyne.Container).Objects[0].(*fyne.Container), o.(*fyne.Container).Objects[1].(*fyne.Container)
	for _, r := range made() {
		rowOf(r).show(o)
		if isHeading := r.Level != clinic.RecordRow; head.Visible() != isHeading || body.Visible() == isHeading {
			t.Errorf("%v shows heading %v and entry %v", r.Level, head.Visible(), body.Visible())
		}
	}
}

// TestNewestLeavesNoGap: of what is read first, nothing is shown that may have
// something unread before it.
func TestNewestLeavesNoGap(t *testing.T) {
	at := func(id record.ID, day record.Date) record.Record {
		return record.Record{ID: id, Resource: &record.Condition{ClinicalStatus: "active", Onset: record.At(day)}}
	}
	visit := func(id record.ID, day record.Date) record.Record {
		return record.Record{ID: id, Resource: &record.Encounter{Period: record.At(day)}}
	}
	n := newest{}
	n.take([]record.Record{at("a", "2024-05-01"), at("b", "2023-05-01")}, true)
	n.take([]record.Record{visit("d", "2023-08-01"), visit("e", "2021-08-01"), visit("f", "")}, false)
	found, more := n.records()
	var ids string
	for _, r := range found {
		ids += string(r.ID)
	}
	if ids != "ad" || !more {
		t.Errorf("got %q and more %v, want a and d, which are newer than all that is unread, and more", ids, more)
	}
	all := newest{}
	all.take([]record.Record{at("a", "2020"), at("b", "")}, false)
	all.take([]record.Record{visit("c", "2020")}, false)
	if found, more := all.records(); len(found) != 3 || more {
		t.Errorf("got %d and more %v, want all three", len(found), more)
	}
}

func TestStrip(t *testing.T) {
	rows := []clinic.TimelineRow{
		{Level: clinic.YearRow, Date: "2024", Count: 3},
		{Level: clinic.MonthRow, Date: "2024-02", Count: 3},
		{Level: clinic.RecordRow},
		{Level: clinic.YearRow, Date: "2021", Count: 1},
		{Level: clinic.UndatedRow, Count: 2},
	}
	bars, at := strip(rows)
	got := ""
	for i, b := range bars {
		got += fmt.Sprint(b.Label, ":", b.Count, "@", at[i], " ")
	}
	if want := "2021:1@3 2022:0@0 2023:0@0 2024:3@0 "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if bars, _ := strip(rows[:3]); bars != nil {
		t.Errorf("a single year has the bars %v", bars)
	}
	if bars, _ := strip([]clinic.TimelineRow{{Level: clinic.YearRow, Date: "0020"}, {Level: clinic.YearRow, Date: "2020"}}); bars != nil {
		t.Errorf("two thousand years have %d bars", len(bars))
	}
}
