package reply_test

import (
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/reply"
	"github.com/carnet-phr/carnet/vault/record"
)

const (
	tagged    = `"meta":{"tag":[{"system":"urn:carnet:kind","code":"reply","display":"x"}]}`
	whose     = `{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","name":[{"family":"Doe","given":["Jane"]}],"birthDate":"1961-04-12","gender":"female"}}`
	medicine  = `{"fullUrl":"urn:uuid:3","resource":{"resourceType":"MedicationRequest","status":"active","intent":"proposal","medicationCodeableConcept":{"text":"Examplin"},"subject":{"reference":"urn:uuid:1"},"authoredOn":"2026-05-03T10:00:00+02:00","requester":{"display":"Dr Roe, Clinic (typed into the answer form, not verified)"},"dosageInstruction":[{"text":"1 daily"}],"note":[{"text":"Proposal: start"}]%s}}`
	signature = `{"fullUrl":"urn:uuid:4","resource":{"resourceType":"Provenance","target":[{"reference":"urn:uuid:3"}],"recorded":"2026-05-03T10:00:00+02:00","agent":[{"who":{"display":"Dr Roe"}}]}}`
)

func note(text string) string {
	return `{"fullUrl":"urn:uuid:2","resource":{"resourceType":"DocumentReference","status":"current","docStatus":"preliminary","type":{"text":"Answer of a doctor"},"subject":{"reference":"urn:uuid:1"},"date":"2026-05-03T10:00:00+02:00","author":[{"display":"Dr Roe, Clinic (typed into the answer form, not verified)"}],"description":"Answer to the record of 2026-05-01","content":[{"attachment":{"contentType":"text/plain; charset=utf-8","data":"` + base64.StdEncoding.EncodeToString([]byte(text)) + `","title":"Answer"}}]}}`
}

func answer(entries ...string) []byte {
	return []byte(`{"resourceType":"Bundle",` + tagged + `,"type":"collection","timestamp":"2026-05-03T10:00:00+02:00","entry":[` + strings.Join(entries, ",") + `]}`)
}

func start() string { return fmt.Sprintf(medicine, "") }
func stop() string {
	return strings.Replace(fmt.Sprintf(medicine, `,"doNotPerform":true`), "urn:uuid:3", "urn:uuid:5", 1)
}

func TestConformance(t *testing.T) {
	exchangetest.Run(t, exchangetest.Suite{
		Format: reply.Format,
		Good:   map[string][]byte{"answer.json": answer(whose, note("Come back in May."), start(), stop(), signature), "note.json": answer(whose, note("x"))},
		Not: map[string][]byte{
			"bundle.json": []byte(`{"resourceType":"Bundle","type":"collection","entry":[` + whose + `]}`), "other.json": []byte(`{"meta":{"tag":[{"system":"urn:carnet:kind","code":"other"}]}}`),
			"text": []byte(`the tag "urn:carnet:kind" and "reply"`), "empty": nil,
		},
	})
}

// TestHazard14Proposal: what a doctor typed is a proposal, under the name that was
// typed, not verified; no current medicine, and no word that one must not be taken.
func TestHazard14Proposal(t *testing.T) {
	m := exchangetest.NewMemory()
	exchangetest.Import(t, m, reply.Format, "a.json", answer(whose, note("Come back in May."), start(), stop(), signature))
	kinds := map[record.Kind]int{}
	for _, r := range m.All() {
		kinds[r.Resource.Kind()]++
		if r.Resource.Kind() == record.KindPatient {
			continue
		}
		if p := r.Source(); !strings.Contains(p.Author, "Dr Roe, Clinic") || !strings.Contains(p.Author, "not verified") || p.Asserter != "" || len(p.Identifiers) > 0 || p.Version != "" {
			t.Errorf("%s: got %+v", r.Resource.Kind(), p)
		}
		s := r.Summary()
		if r.Resource.Kind() == record.KindMedicationStatement && (s.Standing != record.Intended || !strings.Contains(s.Title, "(proposal")) {
			t.Errorf("got %q, %q", s.Title, s.Standing)
		}
	}
	if kinds[record.KindMedicationStatement] != 2 || kinds[record.KindDocumentReference] != 1 {
		t.Errorf("got %v", kinds)
	}
}

// TestNothingIsOverridden: an answer finds its person and leaves what is there as
// it is.
func TestNothingIsOverridden(t *testing.T) {
	m := exchangetest.NewMemory()
	p := record.Record{ID: "pppppppppppppppp", Person: "pppppppppppppppp", Resource: &record.Patient{Name: []record.HumanName{{Family: "Doe", Given: []string{"Jane"}}}, BirthDate: "1961-04-12"}, Provenance: []record.Provenance{{Place: "x", Asserter: record.ByPatient}}}
	drug := record.Record{ID: "mmmmmmmmmmmmmmmm", Person: "pppppppppppppppp", Resource: &record.MedicationStatement{Origin: record.Request, Status: "active", Medication: record.Concept{Text: "Examplin"}, AuthoredOn: "2026-05-03T10:00:00+02:00"}, Provenance: []record.Provenance{{Original: "o", Place: "y"}}}
	if err := m.Commit(t.Context(), record.Change{Put: []record.Record{p, drug}}); err != nil {
		t.Fatal(err)
	}
	before := map[record.ID]string{}
	for _, r := range m.All() {
		before[r.ID] = fmt.Sprintf("%+v %+v", r, r.Resource)
	}
	b, err := exchange.Import(t.Context(), m, []exchange.Format{reply.Format}, []exchange.Source{exchangetest.Source("a.json", answer(whose, note("x"), start(), stop()))}, exchange.Options{})
	if err != nil || b.Held() {
		t.Fatalf("held %v, %v", b.Held(), err)
	}
	if _, err := b.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range m.All() {
		if was, ok := before[r.ID]; ok {
			if now := fmt.Sprintf("%+v %+v", r, r.Resource); now != was {
				t.Errorf("changed: %s\nwas %s", now, was)
			}
			n++
		} else if r.Person != "pppppppppppppppp" || r.Resource.Kind() == record.KindPatient {
			t.Errorf("%s of %s was added", r.Resource.Kind(), r.Person)
		}
	}
	if n != 2 {
		t.Errorf("%d of 2 are left", n)
	}
}

// TestRefused: whatever the form does not write keeps the whole file out.
func TestRefused(t *testing.T) {
	swap := func(old, with string) []byte {
		return []byte(strings.Replace(string(answer(whose, note("x"), start())), old, with, 1))
	}
	for name, b := range map[string][]byte{
		"another resource": answer(whose, start(), `{"resource":{"resourceType":"Observation","status":"entered-in-error","identifier":[{"value":"1"}]}}`),
		"an order":         swap(`"intent":"proposal"`, `"intent":"order"`),
		"two patients":     answer(whose, whose, start()), "no patient": answer(start()), "nothing said": answer(whose, signature), "nobody": answer(`{"resource":{"resourceType":"Patient"}}`, start()),
		"a modifier": swap(`"status":"active"`, `"modifierExtension":[{"url":"x"}],"status":"active"`), "rules": swap(`"type":"collection"`, `"type":"collection","implicitRules":"x"`),
		"contained": swap(`"status":"active"`, `"contained":[{"resourceType":"Patient"}],"status":"active"`), "a name twice": swap(`"status":"active"`, `"status":"active","status":"x"`),
		"other type": swap(`"type":"collection"`, `"type":"transaction"`), "a link": swap(`"title":"Answer"`, `"url":"https://x/"`), "HTML": swap("text/plain; charset=utf-8", "text/html"),
		"an error": swap(`"status":"current"`, `"status":"entered-in-error"`), "long words": swap("Examplin", strings.Repeat("x", 5000)), "a long note": answer(whose, note(strings.Repeat("x", 300_000))),
		"not UTF-8": swap("Examplin", "\xff"), "a note not UTF-8": answer(whose, note("\xff\xfe")), "behind its end": append(answer(whose, start()), '{', '}'), "cut": answer(whose, start())[:300],
		"deep": swap(`"text":"Examplin"`, `"text":"Examplin","x":`+strings.Repeat("[", 100)+strings.Repeat("]", 100)),
		"many": answer(append([]string{whose}, strings.Split(strings.Repeat(start()+"\n", 600), "\n")[:600]...)...),
	} {
		t.Run(name, func(t *testing.T) {
			m := exchangetest.NewMemory()
			r := exchangetest.Import(t, m, reply.Format, "a.json", b)
			if r.Refused() != 1 || len(m.All()) != 0 {
				t.Errorf("%d refused, %d filed", r.Refused(), len(m.All()))
			}
			for _, i := range r.Sources[0].Issues {
				if strings.Contains(i.Text, "Examplin") || strings.Contains(i.Text, "Doe") {
					t.Errorf("its words are in the receipt: %s", i.Text)
				}
			}
		})
	}
}

// FuzzImport: nothing but notes and proposals ever comes out of an answer.
func FuzzImport(f *testing.F) {
	f.Add(answer(whose, note("Come back in May."), start(), stop(), signature))
	f.Add(answer(whose, note("x")))
	f.Fuzz(func(t *testing.T, b []byte) {
		s := &kept{}
		if err := reply.Format.Import(t.Context(), exchange.Source{FS: fstest.MapFS{"a": {Data: b}}, Path: "a"}, s); err != nil {
			if len(s.records) > 0 {
				t.Error("half of it was filed")
			}
			return
		}
		for _, r := range s.records {
			st := r.Summary().Standing
			switch r.Resource.(type) {
			case *record.DocumentReference:
			case *record.MedicationStatement:
				if st != record.Intended {
					t.Errorf("a proposal stands as %q", st)
				}
			default:
				t.Errorf("a %s", r.Resource.Kind())
			}
			if p := r.Provenance[0]; len(p.Identifiers) > 0 || p.Version != "" || p.Asserter != "" {
				t.Errorf("got %+v", p)
			}
		}
	})
}

// kept is a sink.
type kept struct{ records []record.Record }

func (k *kept) Add(r record.Record)   { k.records = append(k.records, r) }
func (k *kept) Report(exchange.Issue) {}
func (k *kept) Attach(name, mediaType string, r io.Reader) (record.Attachment, error) {
	b, err := io.ReadAll(r)
	return record.Attachment{Title: name, ContentType: mediaType, Size: int64(len(b))}, err
}
