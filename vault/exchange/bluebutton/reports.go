package bluebutton

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var pathologyKeys = layout{
	starts: []string{"type of report"},
	keys:   []string{"specimen", "date obtained", "performing location", "date completed"},
	ruled:  true,
	body:   true,
}

// pathology reads a report of pathology: its words as they stand.
func (r *reader) pathology(s *section, it *item) {
	d := &record.DiagnosticReport{Category: several("Pathology"), Code: words(it.get("type of report")), Specimen: it.get("specimen"), Effective: at(it.get("date obtained"))}
	d.Issued, _ = it.day("date completed")
	if place := it.get("performing location"); place != "" {
		d.Performer = []string{place}
	}
	d.Text, d.Note = verbatim(it.body), it.rest()
	r.add(s, it.first, it.last, d, "pathology")
}

var radiologyKeys = layout{
	starts: []string{"procedure/test name"},
	keys:   []string{"date/time exam performed", "ordering location", "requesting provider", "performing location", "radiologist"},
	prose:  []string{"reasons for study", "clinical history"},
	ruled:  true,
	body:   true,
}

// radiology reads a report of an examination.
func (r *reader) radiology(s *section, it *item) {
	d := &record.DiagnosticReport{Category: several("Radiology"), Code: words(it.get("procedure/test name")), Effective: at(it.get("date/time exam performed"))}
	if strings.HasPrefix(s.name, "ELECTRO") {
		d.Category = several("Electrocardiogram (EKG)")
	}
	if who := it.get("radiologist"); who != "" {
		d.Performer = append(d.Performer, who)
	}
	if place := strings.Join(it.list("performing location"), ", "); place != "" {
		d.Performer = append(d.Performer, place)
	}
	d.Conclusion = below(it.body, "impression:")
	d.Text, d.Note = verbatim(it.body), it.rest()
	r.add(s, it.first, it.last, d, "examination")
}

// below is the paragraph under a heading of free text.
func below(body []string, heading string) string {
	var out []string
	found := false
	for _, l := range body {
		l = strings.TrimSpace(l)
		switch {
		case strings.HasPrefix(strings.ToLower(l), heading):
			found = true
			if l = strings.TrimSpace(l[len(heading):]); l != "" {
				out = append(out, l)
			}
		case found && l == "" && len(out) > 0, found && strings.HasSuffix(l, ":"):
			return strings.Join(out, "\n")
		case found && l != "":
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

var ownTestKeys = layout{
	starts: []string{"test name", "test/lab type"},
	keys:   []string{"date", "date taken", "location performed", "provider", "administered by", "requesting doctor", "reason test/lab requested"},
	prose:  []string{"results", "comments"},
}

// ownTest reads a test that the patient copied down: its results are words.
func (r *reader) ownTest(s *section, it *item) {
	d := &record.DiagnosticReport{Category: several("Laboratory"), Code: words(it.get(ownTestKeys.starts...)), Effective: at(it.get("date", "date taken"))}
	if who := it.get("location performed", "administered by"); who != "" {
		d.Performer = []string{who}
	}
	d.Conclusion = strings.Join(it.list("results"), "\n")
	d.Note = it.rest()
	r.add(s, it.first, it.last, d, "own test")
}

var noteKeys = layout{
	starts: []string{"date/time"},
	keys:   []string{"note title", "location", "signed by", "co-signed by", "date/time signed"},
	ruled:  true,
	body:   true,
}

// note reads a clinician's note.
func (r *reader) note(s *section, it *item) {
	d := &record.DocumentReference{Status: "current", Title: it.get("note title"), Custodian: it.get("location")}
	d.Date, _ = dated(it.get("date/time"))
	d.Type = words(d.Title)
	for _, who := range []string{it.get("signed by"), it.get("co-signed by")} {
		if who != "" && (len(d.Author) == 0 || d.Author[0] != who) {
			d.Author = append(d.Author, who)
		}
	}
	d.Description = strings.Join(it.rest(), "\n")
	r.text(d, it)
	r.add(s, it.first, it.last, d, "note", author(strings.Join(d.Author, "; ")))
}

// text puts the free text of a block into a document.
func (r *reader) text(d *record.DocumentReference, it *item) {
	if len(it.body) > 0 {
		d.Section = []record.Section{{Text: verbatim(it.body), Place: place(it.bodyFirst, it.last)}}
	}
}

var admissionKeys = layout{
	starts: []string{"admission date"},
	keys:   []string{"location", "admitting physician", "discharge date", "discharge physician"},
	ruled:  true,
	body:   true,
}

// admission reads a stay, and its discharge summary as a document.
func (r *reader) admission(s *section, it *item) {
	from, to := it.get("admission date"), it.get("discharge date")
	e := &record.Encounter{Class: words("Admission"), Period: during(from, to)}
	location := it.get("location")
	if location != "" {
		e.Location = []string{location}
	}
	for _, who := range []string{it.get("admitting physician"), it.get("discharge physician")} {
		if who != "" && (len(e.Participant) == 0 || e.Participant[0] != who) {
			e.Participant = append(e.Participant, who)
		}
	}
	e.Note = it.rest()
	last := it.last
	if len(it.body) > 0 {
		last = it.bodyFirst - 1
		for last > it.first && (isRule(r.lines[last].Text) || strings.TrimSpace(r.lines[last].Text) == "") {
			last--
		}
	}
	visit := r.local("admission", from, location)
	r.add(s, it.first, last, e, "admission", named(visit))
	if len(it.body) == 0 {
		return
	}
	d := &record.DocumentReference{Status: "current", Title: "Discharge summary", Type: words("Discharge summary"), Custodian: location, Encounter: record.Reference{Local: visit}}
	d.Date, _ = dated(to)
	r.text(d, it)
	r.add(s, it.bodyFirst, it.last, d, "discharge summary")
}
