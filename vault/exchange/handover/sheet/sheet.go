package sheet

import (
	"fmt"
	"time"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Sheet is a selection as it is read.
type Sheet struct {
	Who      Who
	For      string // the recipient; "" when none is given
	Made     string // the day it was made, for people
	Version  string
	Period   string       // first to last clinical day, for people
	Notices  []string     // what a reader must know before relying on it: withheld, period asked for, left out
	About    []record.Row // how this was made: all that every export states
	Counts   []record.Row // number of records by section
	Missing  []string     // what could not be included
	Front    Front
	Sections []Section
	Timeline Timeline
	Sources  []Source
}

// Who is the person.
type Who struct {
	Name  string
	Born  string       // "3 April 1961 (65 years)"; "birth date not given"
	Birth string       // the date alone, for the head of every page
	Sex   string       // "female"; "sex not given"
	Lines []record.Row // identifiers, contacts, languages, family doctor
}

// Section is one part after the front page.
type Section struct {
	ID      string // for anchors
	Title   string
	Banner  string // one line above the tables; "" for none
	Count   int    // records in it
	Tables  []Table
	Tests   []Test
	Notes   []Note
	Studies []Study // of which the tables tell, with the files of their images
}

// Table is rows of one meaning.
type Table struct {
	Title   string // "Current", "Past", …; "" when the section has one table
	Remark  string // how to read these rows; "" when plain
	Columns []Column
	Rows    []Row
}

// Column is the head of a column. Share is its part of the width.
type Column struct {
	Title string
	Share float64
}

// Row is one record in a table.
type Row struct {
	Cells   []string
	Tags    []string     // words that change how the row is read: "status not stated", "held: …"
	Sources []int        // numbers in [Sheet.Sources]
	Patient bool         // the patient, or someone at home, entered it
	Details []record.Row // what the cells do not say
}

// Of is Build, once for all documents of a selection that shares what is derived
// from it. Nobody changes the sheet.
func Of(sel exchange.Selection) *Sheet { return exchange.Derive(sel, Build) }

// Build puts a selection into a sheet.
func Build(sel exchange.Selection) *Sheet {
	sum := clinic.Summarise(sel.Person, sel.Records)
	b := &builder{sel: sel, sum: sum, apart: sum.Apart(), sources: newSources(sel)}
	s := &Sheet{
		For:     record.Visible(sel.Scope.For),
		Made:    Day(sel.Generated),
		Version: record.Visible(sel.Version),
		Period:  periodWords(sel),
	}
	s.Who = b.who()
	s.Sections = b.sections()
	s.Timeline = b.timeline(s.Sections)
	b.sources.counted = true
	s.Front = b.front()
	s.Sources = b.sources.list()
	s.Missing = b.missing(s.Sources)
	s.Notices = b.notices()
	s.Counts = b.counts()
	s.About = b.about(s)
	return s
}

// builder holds what is needed while a sheet is made.
type builder struct {
	sel     exchange.Selection
	sum     clinic.Summary // one line a thing: the front page
	apart   clinic.Summary // every record by its own status: the sections
	sources *sources
}

// Day is a day with the month as a word.
func Day(t time.Time) string { return t.Format("2 January 2006") }

// Section finds a section by its ID.
func (s *Sheet) Section(id string) (Section, bool) {
	for _, x := range s.Sections {
		if x.ID == id {
			return x, true
		}
	}
	return Section{}, false
}

func periodWords(sel exchange.Selection) string {
	first, last := sel.Period()
	switch {
	case first == "":
		return "no dated entry"
	case first == last:
		return first.Human()
	}
	return fmt.Sprintf("%s to %s", first.Human(), last.Human())
}
