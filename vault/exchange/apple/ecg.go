package apple

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Limits of one electrocardiogram.
const (
	ecgHeadLines   = 30        // lines before the samples
	ecgLineLimit   = 64 << 10  // bytes of one line
	ecgSampleLimit = 5_000_000 // samples; a watch writes 15,000
)

// ecgLabels are the lines of the head in the order in which the phone writes
// them, in English; a phone that speaks another language writes the same lines
// in its own words.
var ecgLabels = []string{"Name", "Date of Birth", "Recorded Date", "Classification", "Symptoms", "Software Version", "Device", "Sample Rate"}

// isElectrocardiogram says whether a file is one of electrocardiograms/*.csv: a
// head of labelled lines with a time of recording and a unit of voltage, then
// one number on each line.
func isElectrocardiogram(head []byte) bool {
	e, lines := ecg{values: map[string]string{}}, bufio.NewScanner(bytes.NewReader(head))
	numbers := 0
	for n := 0; n < ecgHeadLines+5 && lines.Scan(); n++ {
		if e.head(lines.Text()) {
			numbers++
		}
	}
	return e.recorded() != "" && e.voltage() && numbers >= 3
}

// ecg is the head of an electrocardiogram.
type ecg struct {
	labels  []string
	values  map[string]string
	samples int
	odd     int // lines behind the head that are no number
}

// head reads one line; it reports whether it is a sample.
func (e *ecg) head(line string) (sample bool) {
	line = strings.TrimRight(strings.TrimPrefix(line, "\ufeff"), "\r ")
	switch label, value, found := strings.Cut(line, ","); {
	case line == "":
		return false
	case isSample(line):
		return true
	case found && label != "" && len(e.labels) < ecgHeadLines:
		if _, again := e.values[label]; !again {
			e.labels = append(e.labels, label)
			e.values[label] = unquote(value)
		}
	default:
		e.odd++
	}
	return false
}

// isSample says whether a line is a number, with a decimal point or comma.
func isSample(line string) bool {
	_, ok := record.DecimalText(strings.Replace(line, ",", ".", 1))
	return ok && strings.Count(line, ",") <= 1
}

func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return strings.ReplaceAll(s[1:len(s)-1], `""`, `"`)
	}
	return s
}

// get is the value of a line: by its English label, else by its place, which is
// the same in every language.
func (e *ecg) get(label string) string {
	if v, ok := e.values[label]; ok {
		return v
	}
	if len(e.labels) == 0 || e.english() {
		return ""
	}
	for n, l := range ecgLabels {
		if l == label && n < len(e.labels) {
			return e.values[e.labels[n]]
		}
	}
	return ""
}

// english says whether the head's own labels are known.
func (e *ecg) english() bool {
	_, a := e.values["Recorded Date"]
	_, b := e.values["Classification"]
	return a || b
}

func (e *ecg) recorded() record.Date { return date(e.get("Recorded Date")) }

func (e *ecg) voltage() bool {
	for _, v := range e.values {
		if v == "µV" || v == "μV" || v == "mV" || v == "uV" {
			return true
		}
	}
	return false
}

// importElectrocardiogram files one electrocardiogram; its samples stay in the
// original.
func importElectrocardiogram(r io.Reader, sink exchange.Sink) error {
	e := ecg{values: map[string]string{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 4096), ecgLineLimit)
	for lines.Scan() {
		if e.head(lines.Text()) {
			e.samples++
		}
		if e.samples > ecgSampleLimit {
			return fmt.Errorf("more than %d samples in one electrocardiogram", ecgSampleLimit)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("a line behind line %d cannot be read: %w", len(e.labels)+e.samples, err)
	}
	e.file(sink)
	return nil
}

func (e *ecg) file(sink exchange.Sink) {
	p := record.Provenance{Place: "the head", System: "Apple Health"}
	if name, born := e.get("Name"), born(e.get("Date of Birth")); name != "" || born != "" {
		patient := &record.Patient{BirthDate: born}
		if name != "" {
			patient.Name = []record.HumanName{{Text: name}}
		}
		at := p
		at.Place = "line 1"
		sink.Add(record.Record{Resource: patient, Provenance: []record.Provenance{at}})
	}
	o := &record.Observation{
		Code:     record.Concept{Text: "Electrocardiogram", Coding: []record.Coding{{System: record.LOINC, Code: "11524-6"}, {System: system, Code: "HKElectrocardiogram"}}},
		Category: newAlike().category("procedure"), Effective: record.At(e.recorded()), Device: e.get("Device"),
		Value: record.Value{Concept: record.Concept{Text: e.get("Classification")}},
		Note:  []string{"the classification is the watch's own; no clinician has looked at it as far as the file says"},
	}
	if v := e.values["Average Heart Rate"]; v != "" {
		number, unit, _ := strings.Cut(v, " ")
		o.Component = total(o.Component, "Average heart rate", number, unit)
	}
	trace := record.Value{Sampled: strings.Join(strings.Fields(fmt.Sprintf("%d samples %s %s; they are kept in the original", e.samples, e.get("Sample Rate"), e.values["Lead"])), " ")}
	o.Component = append(o.Component, record.Component{Code: record.Concept{Text: "Trace"}, Value: trace})
	if s := e.get("Symptoms"); s != "" {
		o.Note = append(o.Note, "symptoms: "+s)
	}
	p.Asserter = record.ByDevice
	sink.Add(record.Record{Resource: o, Provenance: []record.Provenance{p}})
	if !e.english() {
		sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Information, Place: "line 1", Text: "the labels of the file are in a language that is not known; its lines were read by their order, which is the same in all"}})
	}
	if e.odd > 0 {
		sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Warning, Place: "the samples", Text: fmt.Sprintf("%d lines are neither labelled nor a number; they are kept in the original", e.odd)}})
	}
}

// born reads a birth date: as a calendar date, or with the month as an English
// word. Days and months in numbers alone are never guessed.
func born(s string) record.Date {
	if d := date(s); d != "" {
		return d.Day()
	}
	for _, layout := range []string{"Jan 2, 2006", "2 Jan 2006", "January 2, 2006", "2 January 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return record.Date(t.Format("2006-01-02"))
		}
	}
	return ""
}
