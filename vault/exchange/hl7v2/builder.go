package hl7v2

import (
	"strconv"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// builder turns the segments of one message into records, in their order. What
// a segment belongs to goes by the segments before it.
type builder struct {
	*message
	r         *reader
	person    record.ID        // the local name of the patient whom the segments speak of
	encounter record.Reference // the visit

	patient   *patientGroup
	openVisit *record.Encounter // the one that is held
	held      *heldRecord       // waits for the notes that may follow it
	order     *order
	dose      *doseGroup // a medicine ordered, handed out or given, or a vaccine
	document  *documentGroup
	specimen  []*segment // SPM before OBR (OUL_R22)
	stray     []string   // notes (NTE) and people that follow an ORC
	orc       *segment
	timing    []*segment          // TQ1
	doseOrder *segment            // the ORC of the last medicine
	families  bool                // an order of the message examines results of another (OBR-26)
	results   map[string]reported // what it may examine
	err       error
}

// heldRecord is a record that is complete but for the notes after it.
type heldRecord struct {
	record record.Record
	note   func(string)
	person func(string)
}

func newBuilder(r *reader, m *message) *builder {
	return &builder{message: m, r: r, results: map[string]reported{}}
}

// build reads the message.
func (b *builder) build() error {
	msh := b.segments[0]
	if b.delimiters.doubled {
		b.remark(msh.place()+"-2", `the escape character is written twice ("\\"); it was read as one`)
	}
	if b.charset.remark != "" {
		b.remark(msh.place()+"-18", b.charset.remark)
	}
	if b.test != "" {
		b.remark(msh.place()+"-11", "the message is marked as a test ("+testWords(b.test)+"), not as a patient's own; what it says is shown as held back")
	}
	b.person = record.ID(b.local("no patient")) // until a PID says who
	for _, s := range b.segments[1:] {
		b.families = b.families || s.name == "OBR" && !s.field(26).empty()
	}
	for _, s := range b.segments[1:] {
		if s.raw.broken {
			b.remark(s.place(), "the segment is broken over several lines, which the standard does not allow; the lines were joined")
		}
		b.segment(s)
	}
	b.flush()
	b.withoutDocument()
	return b.err
}

// testWords are the words of HL7 table 0103.
func testWords(id string) string {
	switch id {
	case "T":
		return "MSH-11 T, training"
	case "D":
		return "MSH-11 D, debugging"
	}
	return "MSH-11 is not P, production"
}

// local is a name by which records of this file refer to each other. It is the
// message's own, so that two files are never mixed up.
func (b *builder) local(place string) string { return b.id + " " + place }

// flush files what is still open.
func (b *builder) flush() {
	b.flushPatient()
	b.flushHeld()
	b.flushOrder()
	b.flushDose()
	b.flushDocument()
}

// span is where a segment, or the first to last of several, stands.
func (b *builder) span(first, last *segment) record.Span {
	if b.r.file.moved {
		return record.Span{}
	}
	return record.Span{Offset: int64(first.raw.start), Length: int64(last.raw.end - first.raw.start)}
}

// provenance is where a segment stands and who sent it.
func (b *builder) provenance(s *segment) record.Provenance {
	place := s.place()
	return record.Provenance{
		Place: place, Span: b.span(s, s), System: b.sender, Author: b.sender, Asserter: record.ByOrganisation,
		Version: b.version, Local: []string{b.local(place)},
	}
}

// record puts a record together.
func (b *builder) record(res record.Resource, p record.Provenance) record.Record {
	r := record.Record{Person: b.person, Resource: res, Provenance: []record.Provenance{p}}
	if b.test != "" {
		r.Held = []string{record.MarkedAsTest + " (" + testWords(b.test) + ")"}
	}
	return r
}

// add files a record.
func (b *builder) add(res record.Resource, p record.Provenance) { b.sink.Add(b.record(res, p)) }

// hold files a record once it is clear that no note follows. note and person
// may be nil.
func (b *builder) hold(res record.Resource, p record.Provenance, note, person func(string)) {
	b.held = &heldRecord{b.record(res, p), note, person}
}

func (b *builder) flushHeld() {
	if b.held != nil {
		b.sink.Add(b.held.record)
		b.held, b.openVisit = nil, nil
	}
}

// keep counts a segment as kept in the original.
func (b *builder) keep(s *segment, text string) {
	b.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Information, Place: s.place(), Text: text}, Outcome: exchange.Kept, What: s.name})
}

// administrative counts a segment of billing, scheduling or the like.
func (b *builder) administrative(s *segment, what string) {
	b.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Information, Place: s.place(), Text: "not part of the medical record; kept in the original"}, Outcome: exchange.Administrative, What: what})
}

// absorb counts a segment that became part of another record.
func (b *builder) absorb() {
	b.sink.Report(exchange.Issue{Outcome: exchange.Absorbed})
}

// refuse counts a segment that is broken.
func (b *builder) refuse(f field, text string) {
	b.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Error, Place: f.place(), Text: text}, Outcome: exchange.Refused})
}

// ordinalWords is "1st" and so on, for a value among several.
func valuePlace(f field, n int) string { return f.place() + "[" + strconv.Itoa(n) + "]" }
