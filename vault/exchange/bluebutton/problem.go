package bluebutton

import (
	"regexp"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var problemKeys = layout{
	starts: []string{"problem", "condition name"},
	keys:   []string{"date/time entered", "location", "status", "provider", "medical condition start date", "medical condition end date", "onset date", "date of onset", "date entered", "date", "status of health condition", "snomed clinical term"},
	prose:  []string{"comments"},
}

// snomed is a code that VA.gov prints behind a name.
var snomed = regexp.MustCompile(`\(SCT (\d{6,18})\)\s*$`)

// problem reads an entry of a problem list.
func (r *reader) problem(s *section, it *item) {
	c := &record.Condition{Code: words(it.get(problemKeys.starts...))}
	if m := snomed.FindStringSubmatch(c.Code.Text); m != nil {
		c.Code.Coding = []record.Coding{{System: record.SNOMED, Code: m[1]}}
	}
	status := it.get("status", "status of health condition")
	switch head, _, _ := strings.Cut(strings.ToLower(status), "/"); head { // "ACTIVE/CHRONIC": the part behind is the VA's priority
	case "active", "inactive", "resolved":
		c.ClinicalStatus = head
	default:
		c.ClinicalStatus = strings.ToLower(status)
	}
	if !strings.EqualFold(status, c.ClinicalStatus) {
		c.Note = append(c.Note, "Status in the report: "+status)
	}
	c.RecordedDate, _ = it.day("date/time entered", "date entered", "date")
	c.Onset = at(it.get("medical condition start date", "onset date", "date of onset"))
	c.Abatement = at(it.get("medical condition end date"))
	c.Recorder = it.get("provider")
	location := it.get("location")
	if comments := it.get("comments"); comments != "" {
		c.Note = append(c.Note, comments)
	}
	c.Note = append(c.Note, it.rest()...)
	r.add(s, it.first, it.last, c, "problem", author(location))
}

var eventKeys = layout{starts: []string{"medical event"}, keys: []string{"start date", "stop date"}, prose: []string{"response", "comments"}}

// event reads a medical event that the patient wrote down: an illness, an
// injury, an operation. Which of them is not said, so it stays an event.
func (r *reader) event(s *section, it *item) {
	o := &record.Other{ResourceType: "Medical event", Title: it.get("medical event")}
	if from, to := it.get("start date"), it.get("stop date"); from != "" || to != "" {
		o.When = during(from, to)
		if to == "" {
			o.When.Period = false
		}
	}
	o.Row = rows(it)
	r.add(s, it.first, it.last, o, "event")
}

// rows are the keys of a block that nothing asked for, in their order.
func rows(it *item) []record.Row {
	var out []record.Row
	for _, f := range it.fields {
		if v := strings.Join(f.value, "\n"); !f.used && v != "" {
			out = append(out, record.Row{Label: f.key, Value: v})
		}
		f.used = true
	}
	return out
}
