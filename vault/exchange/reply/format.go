package reply

import (
	"bytes"
	"context"
	"strings"
	"unicode/utf8"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Format reads the answer of a doctor. It writes none: the page does.
var Format = exchange.Format{
	Name: "reply", Title: "Answer of a doctor, typed into a package's page",
	MediaTypes: []string{"application/fhir+json"}, Extensions: []string{".json"},
	Identify: identify, Import: importFile,
}

// Is says whether a file calls itself an answer: then no other format reads it,
// which would take its word for more than it is.
func Is(head []byte) bool {
	b := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	if len(b) == 0 || b[0] != '{' {
		return false
	}
	at := bytes.Index(b, []byte(`"`+tagSystem+`"`))
	return at >= 0 && bytes.Contains(b[:min(len(b), at+200)], []byte(`"`+tagCode+`"`))
}

func identify(h exchange.Head) exchange.Match {
	if h.Members == nil && Is(h.Bytes) {
		return exchange.Yes
	}
	return exchange.No
}

func importFile(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := read(f)
	if err != nil {
		return err
	}
	a := &answer{at: b.Timestamp}
	for n, e := range b.Entry {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := a.entry(n, e); err != nil {
			return err
		}
	}
	switch {
	case a.patient == nil:
		return errNoPerson
	case len(a.notes)+len(a.medicines) == 0:
		return errEmpty
	}
	return a.file(sink)
}

// answer is what a whole file says; nothing is filed before all of it is sound.
type answer struct {
	at        string
	patient   *record.Patient
	ids       []record.Identifier
	notes     []placed[note]
	medicines []placed[proposal]
}

// placed is a resource with its place among the entries.
type placed[T any] struct {
	n int
	r T
}

func (a *answer) entry(n int, e bundleEntry) error {
	kind, err := one(n, e.Resource, nil)
	if err != nil {
		return err
	}
	switch kind {
	case "Patient":
		return a.whose(n, e)
	case "DocumentReference":
		r := placed[note]{n: n}
		if _, err := one(n, e.Resource, &r.r); err != nil {
			return err
		}
		if r.r.Status != "current" || len(r.r.Content) != 1 || r.r.Content[0].Attachment.URL != "" {
			return place(n, errShape)
		}
		a.notes = append(a.notes, r)
	case "MedicationRequest":
		r := placed[proposal]{n: n}
		if _, err := one(n, e.Resource, &r.r); err != nil {
			return err
		}
		if r.r.Intent != "proposal" || strings.TrimSpace(r.r.Medication.Text) == "" {
			return place(n, errShape)
		}
		a.medicines = append(a.medicines, r)
	case "Provenance": // repeats who and when, which each entry says
	default:
		return place(n, errShape)
	}
	return nil
}

// whose reads the patient, whom the page names as the record does.
func (a *answer) whose(n int, e bundleEntry) error {
	var p patient
	if _, err := one(n, e.Resource, &p); err != nil {
		return err
	}
	if a.patient != nil {
		return place(n, errShape)
	}
	a.patient = &record.Patient{Gender: p.Gender}
	if d, err := record.ParseDate(p.BirthDate); err == nil {
		a.patient.BirthDate = d
	}
	for _, name := range p.Name {
		a.patient.Name = append(a.patient.Name, record.HumanName{Text: name.Text, Family: name.Family, Given: name.Given})
	}
	for _, i := range p.Identifier {
		a.ids = append(a.ids, record.Identifier{System: i.System, Value: i.Value})
	}
	if len(a.patient.Name) == 0 && len(a.ids) == 0 {
		return place(n, errNoPerson)
	}
	return nil
}

// notVerified stands behind every name that was typed.
const notVerified = " (typed into an answer to this record, not verified)"

// by is who typed an entry.
func by(name string) (string, error) {
	name, err := said(strings.TrimSuffix(name, " (typed into the answer form, not verified)"))
	if name == "" {
		name = "Somebody who gave no name"
	}
	return name + notVerified, err
}

// when is the time of an entry, else of the whole; "" for what is none.
func (a *answer) when(s string) record.Date {
	for _, t := range []string{s, a.at} {
		if d, err := record.ParseDate(t); err == nil {
			return d
		}
	}
	return ""
}

// file files all entries.
func (a *answer) file(sink exchange.Sink) error {
	var list []record.Record
	for _, n := range a.notes {
		r, err := a.note(n, sink)
		if err != nil {
			return place(n.n, err)
		}
		list = append(list, r)
	}
	for _, m := range a.medicines {
		r, err := a.medicine(m)
		if err != nil {
			return place(m.n, err)
		}
		list = append(list, r)
	}
	exchange.About(sink, a.patient, a.ids)
	for _, r := range list {
		sink.Add(r)
	}
	sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Information, Place: "/", Text: "an answer to this record: whoever had the page could type it, and any name; it is filed beside what is there and changes none of it"}})
	return nil
}

func from(n int, author string) []record.Provenance {
	return []record.Provenance{{Place: pointer(n), Author: author}}
}

func (a *answer) note(in placed[note], sink exchange.Sink) (record.Record, error) {
	name := ""
	if len(in.r.Author) > 0 {
		name = in.r.Author[0].Display
	}
	author, err := by(name)
	if err != nil {
		return record.Record{}, err
	}
	text := in.r.Content[0].Attachment
	base, _, _ := strings.Cut(text.ContentType, ";")
	if base != "text/plain" || len(text.Data) == 0 || len(text.Data) > noteLimit || !utf8.Valid(text.Data) {
		return record.Record{}, errShape
	}
	about, err := said(in.r.Description)
	if err != nil {
		return record.Record{}, err
	}
	kept, err := sink.Attach("answer.txt", "text/plain; charset=utf-8", bytes.NewReader(text.Data))
	if err != nil {
		return record.Record{}, err
	}
	return record.Record{
		Resource: &record.DocumentReference{
			Status: "current", DocStatus: "preliminary", Type: record.Concept{Text: "Answer to this record"}, Title: "Answer of " + author, Description: about,
			Date: a.when(in.r.Date), Author: []string{author}, Content: []record.Attachment{kept},
		},
		Provenance: from(in.n, author),
	}, nil
}

func (a *answer) medicine(in placed[proposal]) (record.Record, error) {
	author, err := by(in.r.Requester.Display)
	if err != nil {
		return record.Record{}, err
	}
	m := &record.MedicationStatement{
		Origin: record.Request, Status: "draft", Intent: "proposal",
		AuthoredOn: a.when(in.r.AuthoredOn), Requester: author, Note: []string{proposalWords + " of " + author},
	}
	if m.Medication.Text, err = said(in.r.Medication.Text); err != nil {
		return record.Record{}, err
	}
	m.Medication.Text += " (proposal)"
	if in.r.DoNotPerform { // whoever typed it, nobody said that it must not be taken
		m.Medication.Text = strings.TrimSuffix(m.Medication.Text, ")") + ": stop)"
	}
	for _, d := range in.r.Dosage {
		text, err := said(d.Text)
		if err != nil {
			return record.Record{}, err
		}
		m.Dosage = append(m.Dosage, record.Dosage{Text: text})
	}
	for _, w := range in.r.Note {
		text, err := said(w.Text)
		if err != nil {
			return record.Record{}, err
		}
		m.Note = append(m.Note, text)
	}
	return record.Record{Resource: m, Provenance: from(in.n, author)}, nil
}
