package disclose

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// Delivery is how a package leaves.
type Delivery struct {
	Path       string // of the file; of the folder for [wrap.None]. It must not be there
	Layout     handover.Layout
	Protection wrap.Protection
	Formats    []exchange.Format
	Children   exchange.Children         // where files are read that nobody trusts; nil: in this process
	Progress   func(p exchange.Progress) // called often, from the calling goroutine; may be nil
	Checked    func(line handover.Check) // each line of the self-test, as it ends; may be nil

	damage func(w io.Writer) io.Writer // of tests: on the file's way to the disk
}

// Ledger is where a package that left is written down. *vault.Vault is one.
type Ledger interface {
	Commit(ctx context.Context, c record.Change) error
}

// Package is one that left.
type Package struct {
	Path     string
	Size     int64       // of the file in bytes; 0 for a folder
	SHA256   record.Hash // of the file; of MANIFEST.json for a folder
	Manifest handover.Manifest
	Checks   []handover.Check // the whole self-test
	Event    record.ID        // in the log
}

// The reasons why nothing left.
var (
	ErrTaken    = errors.New("there is already something of that name; choose another one")
	ErrMentions = errors.New("entries that would leave tell of what is held back; hold them back too, or say that they may")
)

// Make makes the package of a plan, tests it and writes it down in the log. When
// it fails or ctx ends, nothing of the package is left and the log is as before.
func (p *Plan) Make(ctx context.Context, log Ledger, d Delivery) (Package, error) {
	m, err := p.make(ctx, d)
	if err == nil {
		err = m.log(ctx, log)
	}
	if err != nil {
		return Package{}, err
	}
	return m.made, nil
}

// Try makes the package as [Plan.Make] does, to look at it before it leaves: nothing
// is written down, and the caller removes it.
func (p *Plan) Try(ctx context.Context, d Delivery) (Package, error) {
	m, err := p.make(ctx, d)
	if err != nil {
		return Package{}, err
	}
	return m.made, nil
}

// Print writes the summary to print as it will be in the package.
func (p *Plan) Print(ctx context.Context, formats []exchange.Format, w io.Writer) error {
	f, ok := exchange.Exporter(formats, "pdf")
	if !ok {
		return errNoPrint
	}
	return f.Export(ctx, w, p.Selection.Sharing())
}

var errNoPrint = errors.New("there is nothing that makes a page to print")

func (p *Plan) make(ctx context.Context, d Delivery) (*making, error) {
	if err := d.Protection.Check(); err != nil {
		return nil, err
	}
	if len(p.Mentions) > 0 && !p.Told {
		return nil, ErrMentions
	}
	if err := untaken(d.Path); err != nil {
		return nil, err
	}
	m := &making{plan: p, Delivery: d}
	var err error
	if d.Protection.Kind == wrap.None {
		err = m.folder(ctx)
	} else {
		err = m.file(ctx)
	}
	return m, err
}

// untaken says whether a package may be put at a path: nothing is there, or an
// empty folder.
func untaken(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("look at the place of the package: %w", cause(err))
	case info.IsDir():
		if list, err := os.ReadDir(path); err == nil && len(list) == 0 {
			return nil
		}
	}
	return ErrTaken
}

// making is a package on its way.
type making struct {
	Delivery
	plan *Plan
	made Package
	list []handover.File // every file of it, the manifest too
}

// folder lays the package down in clear text.
func (m *making) folder(ctx context.Context) error {
	temp, err := os.MkdirTemp(filepath.Dir(m.Path), ".carnet-package-")
	if err != nil {
		return fmt.Errorf("make the package's folder: %w", cause(err))
	}
	if err := m.lay(ctx, handover.Folder(temp)); err != nil {
		return errors.Join(err, os.RemoveAll(temp))
	}
	for _, f := range m.list {
		if f.Name == handover.ManifestName {
			m.made.SHA256 = f.SHA256
		}
	}
	return m.rename(temp)
}

// file wraps the package into one file. Its content never lies on the disk in
// clear text.
func (m *making) file(ctx context.Context) error {
	stage, err := wrap.NewStage(filepath.Dir(m.Path))
	if err != nil {
		return fmt.Errorf("make room for the package: %w", err)
	}
	defer stage.Close()
	if err := m.lay(ctx, stage); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(m.Path), ".carnet-*.part")
	if err != nil {
		return fmt.Errorf("write the package: %w", cause(err))
	}
	defer os.Remove(temp.Name()) // nothing, once it is in its place
	err = m.wrap(ctx, temp, stage)
	if e := temp.Close(); err == nil {
		err = cause(e)
	}
	if err != nil {
		return err
	}
	return m.rename(temp.Name())
}

// lay lays the files down and tests them where they lie.
func (m *making) lay(ctx context.Context, at handover.Place) error {
	manifest, err := handover.PackAs(ctx, m.Layout, m.Formats, Drawing(m.plan.Selection, m.Children), at, m.Progress)
	if err != nil {
		return err
	}
	m.made.Manifest = manifest
	for _, c := range manifest.Checks {
		m.checked(c)
	}
	if m.list, err = handover.Files(at, manifest); err != nil {
		return err
	}
	return m.test(ctx, at)
}

// wrap writes the file, reads it again as its receiver does, and compares.
func (m *making) wrap(ctx context.Context, f *os.File, stage *wrap.Stage) error {
	m.progress("protecting")
	var w io.Writer = f
	if m.damage != nil {
		w = m.damage(f)
	}
	sum := sha256.New()
	job := wrap.Job{Files: m.list, From: stage, Made: m.plan.Selection.Generated}
	if err := wrap.Write(ctx, io.MultiWriter(w, sum), m.Protection, job); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("write the package: %w", cause(err))
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return fmt.Errorf("read the package again: %w", cause(err))
	}
	m.progress("opening")
	seen, err := wrap.Verify(ctx, f, size, m.Protection, m.list)
	c := handover.Check{What: fmt.Sprintf("opened again with the passphrase: all %d files are there, every SHA-256 is right", seen), OK: err == nil}
	if len(m.Protection.Recipients) > 0 {
		c.What = "protected for the keys of the recipients; only they can open it again"
	}
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c.What, c.Note = "opened again with the passphrase", err.Error()
	}
	m.made.Size, m.made.SHA256 = size, record.Hash(hex.EncodeToString(sum.Sum(nil)))
	return m.checked(c)
}

// rename puts what is finished in its place.
func (m *making) rename(temp string) error {
	if err := os.Remove(m.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(ErrTaken, os.RemoveAll(temp))
	}
	if err := os.Rename(temp, m.Path); err != nil {
		return errors.Join(fmt.Errorf("put the package in its place: %w", cause(err)), os.RemoveAll(temp))
	}
	m.made.Path = m.Path
	return nil
}

// log writes down that the package left. One that cannot be written down does
// not leave. It comes after the package lies in its place: a log that names one
// that nobody got would have the next one leave out what is needed.
func (m *making) log(ctx context.Context, log Ledger) error {
	m.made.Event = record.NewID()
	r := record.Record{ID: m.made.Event, Person: m.plan.Selection.Scope.Person, Resource: m.event()}
	if err := log.Commit(ctx, record.Change{Put: []record.Record{r}}); err != nil {
		return errors.Join(fmt.Errorf("write down that the package left: %w", err), cause(os.RemoveAll(m.Path)))
	}
	return nil
}

func (m *making) event() *record.AuditEvent {
	sel := m.plan.Selection
	e := &record.AuditEvent{
		Recorded:  record.Date(sel.Generated.Format("2006-01-02T15:04:05Z07:00")),
		Recipient: sel.Scope.For, Purpose: m.plan.Preset.Name, Scope: m.made.Manifest.Scope, Kinds: sel.Scope.Kinds, From: sel.Scope.From, To: sel.Scope.To,
		Withheld: sel.Withheld, Protection: string(m.Protection.Kind), File: filepath.Base(m.Path), Size: m.made.Size, SHA256: m.made.SHA256,
	}
	if sel.Scope.Since != nil {
		e.Since = sel.Scope.Since.On
	}
	for _, f := range m.list {
		e.Entity = append(e.Entity, record.DisclosedFile{Name: f.Name, Size: f.Size, SHA256: f.SHA256})
	}
	for _, r := range sel.Records {
		e.Carried = append(e.Carried, record.Carried{Record: r.ID, Version: r.Version()})
	}
	return e
}

// checked notes a line of the self-test. One that failed ends it.
func (m *making) checked(c handover.Check) error {
	m.made.Checks = append(m.made.Checks, c)
	if m.Checked != nil {
		m.Checked(c)
	}
	if !c.OK {
		return fmt.Errorf("%w: %s: %s", handover.ErrCheck, c.What, c.Note)
	}
	return nil
}

func (m *making) progress(stage string) {
	if m.Progress != nil {
		m.Progress(exchange.Progress{Stage: stage})
	}
}

// cause is the reason of a file error without its path: paths name people.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	var le *os.LinkError
	if errors.As(err, &le) {
		return le.Err
	}
	return err
}
