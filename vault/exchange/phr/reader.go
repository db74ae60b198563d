package phr

import (
	"context"
	"strconv"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictjson"
	"github.com/carnet-phr/carnet/vault/record"
)

type value = strictjson.Value

// reader files the items of one export.
type reader struct {
	sink    exchange.Sink
	patient bool   // the export says whose it is
	version string // when it was made
}

func newReader(sink exchange.Sink) *reader { return &reader{sink: sink} }

// list says how the items of one list are read.
type list struct {
	name string
	read func(r *reader, v value, at string)
	what string // instead of read: administrative, with the type of the items
}

// lists are the members of an export, in the order of its own code.
var lists = []list{
	{"medications", (*reader).medication, ""},
	{"lab_results", (*reader).labResult, ""},
	{"allergies", (*reader).allergy, ""},
	{"conditions", (*reader).condition, ""},
	{"immunizations", (*reader).immunization, ""},
	{"procedures", (*reader).procedure, ""},
	{"treatments", (*reader).treatment, ""},
	{"encounters", (*reader).encounter, ""},
	{"vitals", (*reader).vitals, ""},
	{"symptoms", (*reader).symptom, ""},
	{"injuries", (*reader).injury, ""},
	{"family_history", (*reader).relative, ""},
	{"practitioners", nil, "practitioner"},
	{"pharmacies", nil, "pharmacy"},
	{"insurance", nil, "insurance"},
}

// all reads an export.
func (r *reader) all(ctx context.Context, v value) error {
	if d, err := record.ParseDate(v.Path("export_metadata", "generated_at").Text()); err == nil && d.HasOffset() {
		r.version = string(d)
	}
	r.person(v.Get("patient_info"), v.Get("emergency_contacts"))
	for name, items := range v.Members() {
		switch name {
		case "export_metadata", "patient_info", "emergency_contacts":
			continue
		}
		l, known := listOf(name)
		if !known {
			r.report("/?", exchange.Kept, "unknown part", "a part of the export that is not known; it is kept in the original")
			continue
		}
		for i, item := range items.Items() {
			if i%64 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			at := "/" + name + "/" + strconv.Itoa(i)
			switch {
			case item.Kind() != '{':
				r.report(at, exchange.Refused, "", "the entry is not an object")
			case l.read == nil:
				r.report(at, exchange.Administrative, l.what, "administrative; kept in the original, not shown")
			default:
				l.read(r, item, at)
			}
		}
	}
	return nil
}

func listOf(name string) (list, bool) {
	for _, l := range lists {
		if l.name == name {
			return l, true
		}
	}
	return list{}, false
}

func (r *reader) report(place string, o exchange.Outcome, what, text string) {
	severity := record.Warning
	switch o {
	case exchange.Refused:
		severity = record.Error
	case exchange.Administrative, exchange.Absorbed:
		severity = record.Information
	}
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: severity, Place: place, Text: text}, Outcome: o, What: what})
}

// file adds one record. local are the names by which others of the export call
// it.
func (r *reader) file(v value, place string, res record.Resource, local ...string) {
	p := record.Provenance{
		Place: place, System: "MediKeep", Asserter: record.ByPatient, Version: r.version, Local: local,
		Span: record.Span{Offset: v.Offset(), Length: int64(len(v.Raw()))},
	}
	rec := record.Record{Resource: res, Provenance: []record.Provenance{p}}
	if r.patient {
		rec.Person = patientName
	}
	r.sink.Add(rec)
}

// date reads a date; one that the calendar does not have is told and left out.
func (r *reader) date(v value, at string) record.Date {
	if v.Text() == "" {
		return ""
	}
	d, err := record.ParseDate(v.Text())
	if err != nil {
		r.report(at, exchange.Remark, "", "not a date of the calendar; it is left out here and stands in the original")
		return ""
	}
	return d
}

// span is the time between two members, open where the second is missing.
func (r *reader) span(v value, start, end, at string) record.When {
	w := record.When{Start: r.date(v.Get(start), at+"/"+start), End: r.date(v.Get(end), at+"/"+end)}
	w.Period = w.Start != "" || w.End != ""
	return w
}

func (r *reader) at(v value, name, at string) record.When {
	return record.At(r.date(v.Get(name), at+"/"+name))
}

// words makes a concept of the text of a member.
func words(v value, name string) record.Concept { return record.Concept{Text: v.TextOf(name)} }

// concepts is a list of one, or none.
func concepts(v value, name string) []record.Concept {
	if c := words(v, name); c.Text != "" {
		return []record.Concept{c}
	}
	return nil
}

// notes are members as annotations, those with a label named.
func notes(v value, names ...string) []string {
	var out []string
	for _, name := range names {
		text := strings.Join(texts(v.Get(name)), ", ")
		switch {
		case text == "":
		case name == "notes" || name == "description" || name == "general_notes":
			out = append(out, text)
		default:
			out = append(out, strings.ReplaceAll(name, "_", " ")+": "+text)
		}
	}
	return out
}

// texts are a string, or the strings of a list; yes and no for truths.
func texts(v value) []string {
	var out []string
	for _, i := range v.Items() {
		s := i.Text()
		switch i.Kind() {
		case 't':
			s = "yes"
		case 'f':
			s = "no"
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// some is a list of one name, or none.
func some(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}
