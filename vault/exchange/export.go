package exchange

import (
	"context"
	"fmt"
	"image"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// Library is what an export needs of a vault. *vault.Vault is one.
type Library interface {
	Get(ctx context.Context, id record.ID) (record.Record, error)
	Query(ctx context.Context, f record.Filter) iter.Seq2[record.Record, error]
	Originals(ctx context.Context) ([]record.Original, error)
	OpenOriginal(ctx context.Context, h record.Hash) (io.ReadCloser, record.Original, error)
}

// Scope says what may leave.
type Scope struct {
	Person  record.ID
	Kinds   []record.Kind // empty for all
	From    record.Date   // clinical time, inclusive; what has no date is included
	To      record.Date
	Whole   []record.Kind // kinds that From and To do not cut
	Exclude []record.ID   // held back by the patient
	For     string        // the recipient's name; "" when none is given
	Bare    bool          // without the original files
	Since   *Since        // only what is new or changed since then; nil for all
}

// Selection is what leaves: the records of one person, without anything that
// was entered in error or replaced by a later statement. Formats write from it alone.
type Selection struct {
	Person    record.Record   // the person's Patient record
	Records   []record.Record // by kind as in [record.Kinds], newest first
	Originals []record.Original
	Scope     Scope
	Withheld  int       // records held back by the patient; told as "some items withheld", never listed
	InError   int       // records left out because their source withdrew them
	Replaced  int       // records left out because a later statement replaced them
	News      News      // how it differs from what the recipient has, where Scope.Since is set
	Generated time.Time // with the offset of the place where it was made
	Version   string    // of Carnet
	Drawer    Drawer    // makes small pictures of originals; nil where nobody can

	secrets Secrets // of what was held back
	derived *derived

	open func(ctx context.Context, h record.Hash) (io.ReadCloser, record.Original, error)
}

// Drawer makes small pictures of originals, at most side pixels at their longer
// edge. Originals are nobody's to trust: it draws them where that does no harm.
type Drawer interface {
	Picture(ctx context.Context, h record.Hash, side int) (image.Image, error) // a photograph, a scan of paper
	DICOM(ctx context.Context, h record.Hash, side int) (image.Image, error)   // the frame in its middle
}

// OpenOriginal opens one of the originals. The caller closes it.
func (s Selection) OpenOriginal(ctx context.Context, h record.Hash) (io.ReadCloser, error) {
	rc, _, err := s.open(ctx, h)
	return rc, err
}

// Patient is the person as a resource.
func (s Selection) Patient() *record.Patient {
	if p, ok := s.Person.Resource.(*record.Patient); ok {
		return p
	}
	return &record.Patient{}
}

// SourceName is the file name of an original of the selection, else "".
func (s Selection) SourceName(h record.Hash) string {
	for _, o := range s.Originals {
		if o.Hash == h {
			return o.Name
		}
	}
	return ""
}

// Select gathers what a scope lets leave. Originals are those that the selected
// records came from; an original that also states a record held back or outside
// the scope stays home, since its bytes would tell it.
func Select(ctx context.Context, lib Library, scope Scope, now time.Time, version string) (Selection, error) {
	sel := Selection{Scope: scope, Generated: now, Version: version, open: lib.OpenOriginal}
	person, err := lib.Get(ctx, scope.Person)
	if err != nil {
		return Selection{}, fmt.Errorf("person %s: %w", scope.Person, err)
	}
	sel.Person = person
	c := &choosing{
		sel: &sel, wanted: map[record.Hash]bool{}, barred: map[record.Hash]bool{},
		home: map[record.ID]bool{}, standing: map[record.ID]bool{}, excluded: map[record.ID]bool{},
	}
	for _, id := range scope.Exclude {
		c.excluded[id] = true
	}
	for _, k := range record.Kinds {
		for r, err := range lib.Query(ctx, record.Filter{Person: scope.Person, Kind: k.Kind}) {
			if err != nil {
				return Selection{}, err
			}
			c.take(r)
		}
	}
	sel.secrets = secretsOf(c.withheld, sel.Records, person)
	sel.News.gone(scope.Since, c.standing)
	for n := range sel.Records {
		sel.Records[n].Resource = without(sel.Records[n].Resource, c.home)
	}
	bar(c.barred, c.withdrawn)
	if scope.Bare {
		return sel, nil
	}
	originals, err := lib.Originals(ctx)
	if err != nil {
		return Selection{}, err
	}
	for _, o := range originals {
		if c.wanted[o.Hash] && !c.barred[o.Hash] && !c.barred[o.Within] {
			sel.Originals = append(sel.Originals, o)
		}
	}
	return sel, nil
}

// choosing is a selection while records are chosen for it.
type choosing struct {
	sel                      *Selection
	wanted, barred           map[record.Hash]bool // originals
	home, standing, excluded map[record.ID]bool
	withdrawn, withheld      []record.Record
}

// take chooses one record.
func (c *choosing) take(r record.Record) {
	switch s := r.Summary().Standing; {
	case s == record.InError:
		c.sel.InError++
		c.home[r.ID] = true
		c.withdrawn = append(c.withdrawn, r)
		return
	case s == record.Replaced:
		c.sel.Replaced++
		c.home[r.ID] = true
		return
	case c.excluded[r.ID]:
		c.sel.Withheld++
		c.home[r.ID] = true
		c.withheld = append(c.withheld, r)
		mark(c.barred, r)
	case !c.sel.Scope.holds(r):
		mark(c.barred, r)
	case c.sel.News.take(c.sel.Scope.Since, r):
	default:
		c.sel.Records = append(c.sel.Records, r)
		mark(c.wanted, r)
	}
	c.standing[r.ID] = true
}

// bar keeps the files at home that state what another file withdrew, and that
// other file: their bytes would tell what may be another patient's.
func bar(barred map[record.Hash]bool, withdrawn []record.Record) {
	by := map[record.ID]bool{}
	for _, r := range withdrawn {
		if r.Superseded != nil {
			by[r.Superseded.By] = true
			mark(barred, r)
		}
	}
	for _, r := range withdrawn {
		if by[r.ID] {
			mark(barred, r)
		}
	}
}

// holds says whether a record is of a wanted kind and time. Who the record is
// about always is.
func (s Scope) holds(r record.Record) bool {
	k := r.Resource.Kind()
	if k == record.KindPatient {
		return true
	}
	if len(s.Kinds) > 0 && !slices.Contains(s.Kinds, k) {
		return false
	}
	return slices.Contains(s.Whole, k) || record.Filter{From: s.From, To: s.To}.Match(r)
}

// mark notes every original that states r or that r carries.
func mark(set map[record.Hash]bool, r record.Record) {
	for _, p := range r.Provenance {
		if p.Original != "" {
			set[p.Original] = true
		}
	}
	for _, a := range Attachments(r.Resource) {
		if a.Hash != "" {
			set[a.Hash] = true
		}
	}
	if s, ok := r.Resource.(*record.ImagingStudy); ok { // of its many files only some are named as its sources
		for h := range s.Files() {
			set[h] = true
		}
	}
}

// Attachments are the files that a resource carries.
func Attachments(r record.Resource) []record.Attachment {
	switch r := r.(type) {
	case *record.DocumentReference:
		return r.Content
	case *record.DiagnosticReport:
		return r.PresentedForm
	}
	return nil
}

// Period is the first and last clinical day of the selected records, told in
// every export.
func (s Selection) Period() (first, last record.Date) {
	var begin, end time.Time // of those days
	for _, r := range s.Records {
		if r.Resource.Kind() == record.KindPatient {
			continue
		}
		w := r.Summary().When
		for _, d := range []record.Date{w.Start, w.End} {
			if d == "" {
				continue
			}
			at := d.Earliest()
			if first == "" || at.Before(begin) {
				first = d.Day()
				begin = first.Earliest()
			}
			if last == "" || at.After(end) {
				last = d.Day()
				end = last.Earliest()
			}
		}
	}
	return first, last
}

// Counts is the number of selected records by kind.
func (s Selection) Counts() map[record.Kind]int {
	n := map[record.Kind]int{}
	for _, r := range s.Records {
		n[r.Resource.Kind()]++
	}
	return n
}
