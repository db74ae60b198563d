package sheet

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// Note is a document or report with its text.
type Note struct {
	Row
	Title string
	Date  string
	By    string
	Parts []Part
	Files []record.Attachment // for previews of pictures
}

// Part is one section of a note: its narrative, or plain text.
type Part struct {
	Title     string
	Depth     int
	Narrative record.Narrative // what its author attested; "" for plain text
	Plain     string           // the same in plain lines
}

// longestText of one attachment that is shown in full, in bytes.
const longestText = 200_000

func (b *builder) note(l clinic.Line) Note {
	n := Note{Title: record.Visible(l.Title), Date: record.Visible(date(l.When))}
	switch x := l.Resource.(type) {
	case *record.DocumentReference:
		n.By = joined(append(append([]string(nil), x.Author...), x.Custodian)...)
		for _, s := range x.Section {
			n.add(sectionPart(s))
		}
		n.Files = x.Content
		n.attachments(x.Content)
	case *record.DiagnosticReport:
		n.By = strings.Join(x.Performer, ", ")
		n.add(Part{Title: "Conclusion", Plain: x.Conclusion})
		n.add(Part{Narrative: x.Text, Plain: x.Text.Plain()})
		n.Files = x.PresentedForm
		n.attachments(x.PresentedForm)
	}
	n.By = record.Visible(or(n.By, l.Source().Author))
	n.Row = b.row(l, "|Title|Author|Kept by|Date|Conclusion|Performed by|")
	n.Details = withoutTexts(n.Details, n.Parts)
	return n
}

// add keeps a part that says something.
func (n *Note) add(p Part) {
	if p.Title == "" && p.Plain == "" {
		return
	}
	if p.Plain == "" && p.Title == "Conclusion" {
		return
	}
	p.Title, p.Plain = record.Visible(p.Title), record.Visible(p.Plain)
	n.Parts = append(n.Parts, p)
}

func (n *Note) attachments(files []record.Attachment) {
	for _, a := range files {
		if a.Text == "" {
			continue
		}
		text := a.Text
		if len(text) > longestText {
			text = strings.ToValidUTF8(text[:longestText], "") + "\n… the rest stands in the original file."
		}
		n.add(Part{Title: a.Title, Plain: text})
	}
}

// emptyReasons are FHIR list-empty-reason and CDA nullFlavor in words; none of
// them means that there is nothing (hazard 5) but nilknown.
var emptyReasons = map[string]string{
	"nilknown": "the source says that there is nothing known", "notasked": "not asked", "withheld": "withheld by the source",
	"unavailable": "not available to the source", "notstarted": "not started", "closed": "closed",
	"NI": "no information; this does not mean that there is nothing", "UNK": "unknown", "NASK": "not asked", "NA": "not applicable", "MSK": "withheld by the source",
}

func sectionPart(s record.Section) Part {
	p := Part{Title: or(s.Title, s.Code.String()), Depth: s.Depth, Narrative: s.Text, Plain: s.Text.Plain()}
	if s.EmptyReason != "" {
		p.Plain = strings.TrimSpace(p.Plain + "\nReason given for an empty section: " + or(emptyReasons[s.EmptyReason], s.EmptyReason) + ".")
		if s.Text == "" {
			return p
		}
		p.Title += " (" + or(emptyReasons[s.EmptyReason], s.EmptyReason) + ")"
	}
	return p
}

// withoutTexts drops the rows that repeat a part.
func withoutTexts(rows []record.Row, parts []Part) []record.Row {
	said := map[string]bool{}
	for _, p := range parts {
		said[p.Title] = true
	}
	var out []record.Row
	for _, r := range rows {
		if !said[r.Label] {
			out = append(out, r)
		}
	}
	return out
}
