package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// Place names a page of the page table.
type Place string

// The places.
const (
	Home      Place = "home"
	Records   Place = "records"   // one section, Route.Kind
	Imaging   Place = "imaging"   // studies and their images; Route.Words as [Series] and [File] make them
	Documents Place = "documents" // notes and documents
	Original  Place = "original"  // the file that an entry comes from, at its place; Route.Words as [Source] and [File] make them
	Timeline  Place = "timeline"
	Results   Place = "results"
	Search    Place = "search" // Route.Words
	Write     Place = "write"  // own entries: the form named in Words, or of the entry ID, or those of the section Kind
	Differ    Place = "differ" // what sources state differently
	BringIn   Place = "bring in"
	Share     Place = "share"
	Settings  Place = "settings"
)

// The settings that a page can lead to, in Route.Words.
const (
	SettingsRehearse = "rehearse" // the recovery key
	SettingsState    = "state"    // is the record sound?
	SettingsBackup   = "backup"
)

// Opening is a record that was just opened.
type Opening struct {
	Vault   *vault.Vault
	Dir     string // for a made-up record the folder that goes
	MadeUp  bool
	Rescued bool // for reading only, with what can be read
	Proven  bool // its recovery key was just typed back
}

// Route says what is shown; routes are compared for history and navigation.
type Route struct {
	Place Place
	Kind  record.Kind // Records: the section
	ID    record.ID   // Records: the entry that is open beside the list; may be empty
	Words string      // Search: the words. Settings: which of them is open
}

// Section is the route without the open entry: what the navigation marks.
func (r Route) Section() Route {
	if r.Place == Original {
		r.Place = Records
	}
	return Route{Place: r.Place, Kind: r.Kind}.Screen()
}

// AllFacts in Route.Words shows an imaging study or a document as any other
// entry, with all it says and its sources.
const AllFacts = "all facts"

// WholeWindow in Route.Words shows a document without the list beside it.
const WholeWindow = "whole window"

// Screen is where a route leads: imaging studies and documents have screens of
// their own.
func (r Route) Screen() Route {
	if r.Place != Records || r.Words == AllFacts {
		return r
	}
	switch r.Kind {
	case record.KindImagingStudy:
		r.Place = Imaging
	case record.KindDocumentReference:
		r.Place = Documents
	}
	return r
}

// Series is the words of a route to the images of a study's series, counted from 0.
func Series(n int) string { return "series " + strconv.Itoa(n) }

// Source is the words of a route to what an entry's source says, counted from 0.
func Source(n int) string { return "source " + strconv.Itoa(n) }

// File is the words of a route to an image, or to a file that an entry carries.
func File(h record.Hash) string { return "file " + string(h) }

// Page is one screen as it stands in the window.
type Page struct {
	Content fyne.CanvasObject
	Focus   fyne.Focusable // what gets the keyboard first; may be nil
	Drop    func(paths []string)

	// Find puts the keyboard where words are looked for on the page; nil where
	// nothing can be.
	Find func()

	// Refresh shows anew what is known of the record's soundness; nil where a page
	// shows nothing of it.
	Refresh func()

	// Draft gives what was typed on the page and is not filed yet; nil for a page
	// on which nothing is typed that should outlive it.
	Draft func() Draft

	// Save files what was typed; nil for a page on which nothing is filed so.
	Save func()

	// Stay says that the page must live on when it is left, because work is
	// under way in it; nil is never. Otherwise its Env's context ends.
	Stay func() bool
}

// Build makes a page for a route.
type Build func(*Env, Route) Page
