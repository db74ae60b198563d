package exchange_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// lines is a made-up format for testing the pipeline: one item a line.
//
//	patient|Given Family|1958-03-14|female     a Patient
//	problem|name|id                            a Condition with an issuer's identifier
//	claim / odd / broken / part                an item of that outcome
//	panic, fail                                what a bad format does
var lines = exchange.Format{
	Name: "lines", Title: "Lines", Extensions: []string{".lines"},
	Identify: func(h exchange.Head) exchange.Match {
		if strings.HasPrefix(string(h.Bytes), "#lines") {
			return exchange.Yes
		}
		return exchange.No
	},
	Import: func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
		b, err := src.ReadAll(1 << 20)
		if err != nil {
			return err
		}
		for n, line := range strings.Split(string(b), "\n") {
			if err := importLine(sink, n, strings.Split(line, "|")); err != nil {
				return err
			}
		}
		return nil
	},
}

func importLine(sink exchange.Sink, n int, f []string) error {
	p := record.Provenance{Place: fmt.Sprintf("line %d", n+1)}
	outcome := map[string]exchange.Outcome{"claim": exchange.Administrative, "odd": exchange.Kept, "broken": exchange.Refused, "part": exchange.Absorbed}
	switch f[0] {
	case "patient":
		name := strings.Fields(f[1])
		p.Local = []string{"patient/" + f[1]}
		sink.Add(record.Record{Provenance: []record.Provenance{p}, Resource: &record.Patient{
			Name: []record.HumanName{{Given: name[:1], Family: name[1]}}, BirthDate: record.Date(f[2]), Gender: f[3],
		}})
	case "problem":
		if f[2] != "" {
			p.Identifiers = []record.Identifier{{System: "urn:issuer", Value: f[2]}}
		}
		r := record.Record{Provenance: []record.Provenance{p}, Resource: &record.Condition{ClinicalStatus: "active", Code: record.Concept{Text: f[1]}}}
		if len(f) > 3 {
			r.Person = record.ID("patient/" + f[3])
		}
		sink.Add(r)
	case "file":
		a, err := sink.Attach("inside.txt", "text/plain", strings.NewReader(f[1]))
		if err != nil {
			return err
		}
		sink.Add(record.Record{Provenance: []record.Provenance{p}, Resource: &record.DocumentReference{Title: "inside", Content: []record.Attachment{a}}})
	case "claim", "odd", "broken", "part":
		sink.Report(exchange.Issue{Outcome: outcome[f[0]], What: "thing", Issue: record.Issue{Severity: record.Information, Place: p.Place, Text: "is " + f[0]}})
	case "panic":
		panic("secret words of a patient")
	case "fail":
		return errors.New("line 3, column 1: not well-formed")
	}
	return nil
}

func source(name string, text ...string) exchange.Source {
	return exchangetest.Source(name, []byte("#lines\n"+strings.Join(text, "\n")))
}

const marie = "patient|Marie Sample|1958-03-14|female"

func stage(t *testing.T, m *exchangetest.Memory, choice exchange.PersonChoice, sources ...exchange.Source) *exchange.Batch {
	t.Helper()
	b, err := exchange.Import(context.Background(), m, []exchange.Format{lines}, sources, exchange.Options{Person: choice})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range b.Receipt.Sources {
		if !s.Adds() {
			t.Errorf("the receipt does not add up: %+v", s)
		}
	}
	return b
}

func commit(t *testing.T, b *exchange.Batch) record.Receipt {
	t.Helper()
	r, err := b.Commit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReceiptCountsEveryItemOnce(t *testing.T) {
	m := exchangetest.NewMemory()
	r := commit(t, stage(t, m, "", source("a", marie, "problem|one|1", "problem|two|2", "problem|one|1", "claim", "claim", "odd", "broken", "part")))
	s := r.Sources[0]
	if s.Read != 9 || s.Filed != 4 || s.Duplicate != 1 || s.Administrative != 2 || s.Kept != 1 || s.Refused != 1 {
		t.Errorf("got %+v", s)
	}
	if len(m.All()) != 3 || len(m.Receipts) != 1 || r.Person.Match != "new" || r.Person.ID == "" {
		t.Errorf("%d records, %d receipts, %+v", len(m.All()), len(m.Receipts), r.Person)
	}
	found := false
	for _, i := range s.Issues {
		found = found || strings.HasPrefix(i.Text, "2 thing: ")
	}
	if !found {
		t.Errorf("like issues are not told together: %+v", s.Issues)
	}
}

func TestSameFileAgainChangesNothing(t *testing.T) {
	m := exchangetest.NewMemory()
	src := source("a", marie, "problem|one|1", "problem|two|", "file|words")
	commit(t, stage(t, m, "", src))
	b := stage(t, m, "", src)
	if !b.Empty() {
		t.Errorf("would change something: %+v", b.Receipt)
	}
	if r := commit(t, b); r.Sources[0].Duplicate != 4 || m.Commits != 1 {
		t.Errorf("got %+v after %d commits", r.Sources[0], m.Commits)
	}
}

func TestDuplicateIsLinkedAsFurtherSource(t *testing.T) {
	m := exchangetest.NewMemory()
	commit(t, stage(t, m, "", source("a", marie, "problem|one|1")))
	r := commit(t, stage(t, m, "", source("b", marie, "problem|one|1", "problem|new|2")))
	if s := r.Sources[0]; s.Filed != 1 || s.Duplicate != 2 {
		t.Errorf("got %+v", s)
	}
	for _, rec := range m.All() {
		c, ok := rec.Resource.(*record.Condition)
		if ok && c.Code.Text == "one" && (len(rec.Provenance) != 2 || rec.Provenance[0].Original != r.Sources[0].SHA256 && rec.Provenance[1].Original != r.Sources[0].SHA256) {
			t.Errorf("the second source is not linked: %+v", rec.Provenance)
		}
	}
}

func TestSameIdentifierButOtherContentIsConflict(t *testing.T) {
	m := exchangetest.NewMemory()
	commit(t, stage(t, m, "", source("a", marie, "problem|one|1")))
	r := commit(t, stage(t, m, "", source("b", marie, "problem|something else|1")))
	n := 0
	for _, rec := range m.All() {
		if rec.Resource.Kind() == record.KindCondition {
			n++
		}
	}
	if n != 2 || len(r.Sources[0].Issues) != 1 {
		t.Errorf("%d problems, issues %+v", n, r.Sources[0].Issues)
	}
}

func TestHazard32AnotherPersonIsHeld(t *testing.T) {
	founded := func(t *testing.T) (*exchangetest.Memory, record.ID) {
		m := exchangetest.NewMemory()
		return m, commit(t, stage(t, m, "", source("a", marie))).Person.ID
	}
	for _, c := range []struct {
		name, patient string
		held          bool
	}{
		{"same", marie, false},
		{"same, in capitals", "patient|MARIE SAMPLE|1958-03-14|female", false},
		{"other", "patient|Joe Other|1980-01-01|male", true},
		{"twin", "patient|Martha Sample|1958-03-14|female", true},
		{"another birth date", "patient|Marie Sample|1985-03-14|female", true},
		{"another sex", "patient|Marie Sample|1958-03-14|male", true},
		{"year alone", "patient|Marie Sample|1958|female", true},
		{"nobody", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, id := founded(t)
			b := stage(t, m, "", source("b", c.patient, "problem|one|1"))
			if b.Held() != c.held {
				t.Fatalf("held: got %v, want %v (%v)", b.Held(), c.held, b.Subjects[0].Reasons)
			}
			if !c.held {
				return
			}
			if _, err := b.Commit(context.Background()); !errors.Is(err, exchange.ErrPerson) || m.Commits != 1 {
				t.Errorf("a held batch was committed: %v", err)
			}
			if err := b.Assign(context.Background(), exchange.PersonChoice(id)); err != nil {
				t.Fatalf("the user's word does not count: %v", err)
			}
			if r := commit(t, b); r.Person.ID != id || r.Person.Match != "chosen" {
				t.Errorf("filed under %+v", r.Person)
			}
		})
	}
}

func TestHazard32NewPersonForEachStranger(t *testing.T) {
	m := exchangetest.NewMemory()
	commit(t, stage(t, m, "", source("a", marie)))
	commit(t, stage(t, m, exchange.NewPerson, source("b", marie, "patient|Joe Other|1980-01-01|male", "problem|one|1|Joe Other", "problem|two|2|Marie Sample")))
	people, err := m.People(context.Background())
	if err != nil || len(people) != 2 {
		t.Fatalf("%d people, %v", len(people), err)
	}
	commit(t, stage(t, m, exchange.NewPerson, source("c", "problem|three|3")))
	if people, _ = m.People(context.Background()); len(people) != 3 {
		t.Errorf("a record without a patient did not found a person: %d", len(people))
	}
	for _, r := range m.All() {
		if c, ok := r.Resource.(*record.Condition); ok && c.Code.Text == "one" && r.Person != people[1].ID {
			t.Error("a problem was filed under the wrong person")
		}
	}
}

func TestHazard32OnlyTheChosenOfTwoIsFiled(t *testing.T) {
	m := exchangetest.NewMemory()
	id := commit(t, stage(t, m, "", source("a", marie))).Person.ID
	two := source("b", marie, "patient|Joe Other|1980-01-01|male", "problem|one|1|Joe Other", "problem|two|2|Marie Sample")
	if b := stage(t, m, "", two); !b.Held() {
		t.Fatal("two patients in one file are not held")
	}
	r := commit(t, stage(t, m, exchange.PersonChoice(id), two))
	if s := r.Sources[0]; s.Kept != 2 || s.Filed != 1 || s.Duplicate != 1 {
		t.Errorf("got %+v", s)
	}
	for _, rec := range m.All() {
		if c, ok := rec.Resource.(*record.Condition); ok && c.Code.Text == "one" {
			t.Error("another person's problem was filed")
		}
	}
}

func TestBadFilesAreRefusedByName(t *testing.T) {
	missing := exchange.Source{Name: "gone.lines", Path: "gone", FS: fstest.MapFS{}}
	for _, c := range []struct {
		name string
		src  exchange.Source
		want string
	}{
		{"not well-formed", source("bad.lines", marie, "problem|one|1", "fail"), "line 3, column 1"},
		{"panic", source("bad.lines", marie, "panic"), "fault in Carnet"},
		{"empty", exchangetest.Source("empty.lines", nil), "empty"},
		{"vanished", missing, "no longer there"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := exchangetest.NewMemory()
			r := commit(t, stage(t, m, "", c.src))
			s := r.Sources[0]
			if s.Refused != 1 || s.Read != 1 || len(s.Issues) != 1 || m.Commits != 0 {
				t.Fatalf("got %+v after %d commits", s, m.Commits)
			}
			if i := s.Issues[0]; i.Place != c.src.Name || !strings.Contains(i.Text, c.want) || strings.Contains(i.Text, "secret") {
				t.Errorf("got %+v", i)
			}
		})
	}
}

func TestOneBadFileDoesNotStopTheOthers(t *testing.T) {
	m := exchangetest.NewMemory()
	r := commit(t, stage(t, m, "", source("bad", "fail"), source("good", marie, "problem|one|1")))
	if r.Refused() != 1 || len(m.All()) != 2 {
		t.Errorf("refused %d, filed %d", r.Refused(), len(m.All()))
	}
}

func TestUnreadableFilesAreKeptAsDocuments(t *testing.T) {
	m := exchangetest.NewMemory()
	commit(t, stage(t, m, "", source("a", marie)))
	r := commit(t, stage(t, m, "", exchangetest.Source("scan.pdf", []byte("%PDF-1.4 …"))))
	if r.Sources[0].Filed != 1 || r.Sources[0].Format != "document" || r.Person.Match != "only person" {
		t.Errorf("got %+v, %+v", r.Sources[0], r.Person)
	}
}

func TestTwoCertainFormatsAreAnError(t *testing.T) {
	twin := lines
	twin.Name, twin.Title = "twin", "Twin"
	b, err := exchange.Import(context.Background(), exchangetest.NewMemory(), []exchange.Format{lines, twin}, []exchange.Source{source("a", marie)}, exchange.Options{})
	if err != nil || b.Receipt.Refused() != 1 || !strings.Contains(b.Receipt.Sources[0].Issues[0].Text, "both Lines and Twin") {
		t.Errorf("%v, %+v", err, b.Receipt)
	}
}

func TestCancelledImportWritesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	m := exchangetest.NewMemory()
	if _, err := exchange.Import(ctx, m, []exchange.Format{lines}, []exchange.Source{source("a", marie)}, exchange.Options{}); !errors.Is(err, context.Canceled) || m.Commits != 0 {
		t.Errorf("got %v after %d commits", err, m.Commits)
	}
}

func TestPaths(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.json", "a.json", "sub/c.xml", ".hidden", "Thumbs.db"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sources, err := exchange.Paths(dir, filepath.Join(dir, "a.json"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range sources {
		names = append(names, strings.TrimPrefix(s.Name, filepath.Base(dir)+"/"))
	}
	if got, want := strings.Join(names, " "), "a.json b.json sub/c.xml a.json"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := exchange.Paths(filepath.Join(dir, "nowhere")); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("got %v", err)
	}
}

func TestSelectLeavesOutWhatMustNotLeave(t *testing.T) {
	ctx := context.Background()
	m := exchangetest.NewMemory()
	id := commit(t, stage(t, m, "", source("a", marie, "problem|one|1"))).Person.ID
	commit(t, stage(t, m, "", source("b", marie, "problem|two|2")))
	all := m.All()
	wrong := all[1]
	wrong.ID = record.NewID()
	wrong.Resource = &record.Condition{VerificationStatus: "entered-in-error", Code: record.Concept{Text: "mistake"}}
	if err := m.Commit(ctx, record.Change{Put: []record.Record{wrong}}); err != nil {
		t.Fatal(err)
	}
	sel, err := exchange.Select(ctx, m, exchange.Scope{Person: id, Exclude: []record.ID{all[2].ID}}, time.Now(), "test")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range sel.Records {
		if r.ID == wrong.ID || r.ID == all[2].ID {
			t.Errorf("%s leaves", r.Summary().Title)
		}
	}
	if sel.InError != 1 || sel.Withheld != 1 {
		t.Errorf("in error %d, withheld %d", sel.InError, sel.Withheld)
	}
	for _, o := range sel.Originals {
		if o.Name == "b" {
			t.Error("the file that states a held-back record leaves")
		}
		rc, err := sel.OpenOriginal(ctx, o.Hash)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, rc); err != nil {
			t.Error(err)
		}
		rc.Close()
	}
	if len(sel.Originals) != 1 {
		t.Errorf("%d originals leave, want 1", len(sel.Originals))
	}
}
