package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// narrative says whether a report is words alone, as those of imaging and of
// pathology are: then it is one record with its text. A report of which a part
// was taken back or has another status stays in parts.
func (c *reportContext) narrative() bool {
	if cat := category(c.order); cat != "imaging" && cat != "procedure" && !wordy[c.order.obr.field(24).comp(1).String()] {
		return false
	}
	text := false
	for _, r := range c.order.results {
		if kind := r.seg.field(2).String(); kind == "TX" || kind == "FT" {
			text = text || r.text() != ""
		} else if !r.wordsOrFile() {
			return false
		}
		if !c.sameStatus(r) {
			return false
		}
	}
	return text && len(c.target) == 0
}

// wordsOrFile says whether a result is a string without unit and flag, or a file.
func (r *result) wordsOrFile() bool {
	switch r.seg.field(2).String() {
	case "ED", "RP":
		return true
	case "ST":
		return r.seg.field(6).empty() && r.seg.field(8).empty()
	}
	return false
}

// sameStatus says whether a result has the status of the first and of the report.
func (c *reportContext) sameStatus(r *result) bool {
	own := r.seg.field(11)
	if own.text != c.order.results[0].seg.field(11).text {
		return false
	}
	return own.text == "" || status(own, resultStatuses) == c.report.Status
}

// wordy are further services that report in words.
var wordy = map[string]bool{"SP": true, "CP": true, "PAT": true}

// reportText makes the results the text of their report, under their names.
func (b *builder) reportText(c *reportContext) {
	var w record.NarrativeWriter
	title := ""
	for _, r := range c.order.results {
		switch r.seg.field(2).String() {
		case "ED", "RP":
			b.enclosed(c, r)
			continue
		}
		if name := b.observed(r.seg.field(3)).Words(); name != title && name != "" {
			w.Open("h4", "", "")
			w.Text(name)
			w.Close("h4")
			title = name
		}
		text := r.text()
		paragraph(&w, text)
		for _, n := range r.notes {
			paragraph(&w, n)
		}
		if text != "" && impression(r.seg.field(3)) {
			c.report.Conclusion = joined("\n", c.report.Conclusion, text)
		}
		for _, x := range r.seg.producers() {
			if !contains(c.report.Performer, x) {
				c.report.Performer = append(c.report.Performer, x)
			}
		}
	}
	c.report.Text = w.Narrative()
	for range c.order.results[1:] {
		b.absorb()
	}
}

// paragraph writes a text with its lines.
func paragraph(w *record.NarrativeWriter, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	w.Open("p", "", "")
	for n, line := range strings.Split(text, "\n") {
		if n > 0 {
			w.Open("br", "", "")
		}
		w.Text(line)
	}
	w.Close("p")
}

// impression knows the part of a report that says what it comes to: the suffix
// IMP, or LOINC 19005-8 (impression) and 22637-3 (pathology diagnosis).
func impression(f field) bool {
	code := f.comp(1)
	if code.sub(2).String() == "IMP" {
		return true
	}
	c := f.concept().Code(record.LOINC)
	return c == "19005-8" || c == "22637-3"
}
