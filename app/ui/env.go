package ui

import (
	"context"
	"io"
	"io/fs"
	"time"

	"fyne.io/fyne/v2"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/paper"
	"github.com/carnet-phr/carnet/vault/record"
)

// Outside is what the program hands the window: everything that is not the
// vault itself. A nil function or file system is not offered.
type Outside struct {
	Version  string
	Formats  []exchange.Format
	Children exchange.Children // where formats read what they do not trust; nil: in this process
	Image    OpenImage
	Paper    paper.Reader // how documents are looked at
	Dialog   Dialog       // how the system asks for files; nil: the window does
	Demo     fs.FS        // the made-up record's files
	Now      func() time.Time
	Vault    vault.Options // how vaults are made and opened; tests set a cheap KDF
}

// OpenImage reads how a DICOM image is stored and shown; where it is read is not
// this process. open gives the file, any number of times.
type OpenImage func(ctx context.Context, open func(context.Context) (io.ReadCloser, error)) (*imaging.Image, error)

// Env is what a page may use. Each page gets its own copy, whose Ctx ends when
// the page is left or the vault is locked.
type Env struct {
	Ctx    context.Context
	Vault  *vault.Vault
	Person record.ID // whose record is shown
	Outside
	Window fyne.Window
	Work   *Work
	Prefs  Prefs
	MadeUp bool // the record is made up and goes when the vault is locked

	ReadOnly bool // the vault is a rescue: nothing can be written

	Health  func() Health       // what is known of the record's soundness
	Checked func(Health)        // a check ended
	PutBack func(backup string) // lock, and ask for a backup to put back
	Another func(dir string)    // lock, and ask for the secret of a new record, whose recovery key was typed back

	Drafts *Drafts // what was typed and not filed yet

	// Hold keeps the vault open until release is called, whatever is locked
	// meanwhile: for an act that must be whole. Its context must not be the page's.
	Hold func() (release func())

	Used func() // somebody is there: the idle time begins anew

	Open    func(Route)     // show a page
	Choose  func(record.ID) // show another person's record
	Changed func()          // the vault changed: counts and people are read again
	Restyle func()          // theme or text size changed
	Respeak func()          // the language changed
	Lock    func()          // close the vault
	Touch   func(busy bool) // long work begins or ends: the vault must not lock itself meanwhile
}

// Lacking says that something of the record is missing: it is a rescue.
func (e *Env) Lacking() bool { return len(e.Vault.Damage()) > 0 }

// Scoped is the Env for one page. The caller ends it when the page is left.
func (e *Env) Scoped() (*Env, context.CancelFunc) {
	ctx, cancel := context.WithCancel(e.Ctx)
	scoped := *e
	scoped.Ctx = ctx
	return &scoped, cancel
}

// Newest gives a person's newest entries of a kind, at most each (0: all), and says
// whether there are more.
func Newest(ctx context.Context, e *Env, k record.Kind, each int) (found []record.Record, more bool, err error) {
	for r, err := range e.Vault.Query(ctx, record.Filter{Person: e.Person, Kind: k}) {
		switch {
		case err != nil:
			return nil, false, err
		case each > 0 && len(found) == each:
			return found, true, nil
		}
		found = append(found, r)
	}
	return found, false, nil
}

// Patient gives the person of the record as a resource.
func (e *Env) Patient(ctx context.Context) (record.Record, *record.Patient, error) {
	r, err := e.Vault.Get(ctx, e.Person)
	if err != nil {
		return record.Record{}, nil, err
	}
	p, ok := r.Resource.(*record.Patient)
	if !ok {
		p = &record.Patient{}
	}
	return r, p, nil
}
