package ccd

import "github.com/carnet-phr/carnet/vault/record"

// note is a Note Activity (22.4.202): the text stands in the narrative. Its files
// are named there and not included.
func (s *statement) note() *element {
	d, ok := s.line.Resource.(*record.DocumentReference)
	if !ok || s.line.Standing != record.Current {
		return nil
	}
	code := fixed("code", "34109-9", loincOID, "Note")
	for _, k := range d.Type.Coding {
		if t := el("translation"); t.coding(k) && k.Code != "34109-9" {
			if k.Display == "" {
				t.set("displayName", s.line.Title)
			}
			code.add(t)
		}
	}
	ref := s.text()
	if len(s.narratives()) > 0 {
		ref = el("text").add(el("reference", "value", "#"+s.row+".text"))
	}
	who := ""
	if len(d.Author) > 0 {
		who = d.Author[0]
	}
	return el("act", "classCode", "ACT", "moodCode", "EVN").add(template("!22.4.202|2016-11-01")...).add(s.ids()...).
		add(code, ref, statusCode("completed"), noteTime(d), s.author(d.Date, who))
}

func noteTime(d *record.DocumentReference) *element {
	if stamp(d.Period.Start) != "" {
		return when("effectiveTime", d.Period)
	}
	return ts("effectiveTime", d.Date)
}

// reportNote is a report of words alone as a Note Activity, as the companion guide
// of C-CDA R2.1 has it: an organizer without a result is none.
func (s *statement) reportNote() *element {
	d, ok := s.line.Resource.(*record.DiagnosticReport)
	if !ok || s.line.Standing != record.Current {
		return nil
	}
	code := fixed("code", "34109-9", loincOID, "Note")
	for _, k := range d.Code.Coding {
		if t := el("translation"); t.coding(k) {
			code.add(t)
		}
	}
	return el("act", "classCode", "ACT", "moodCode", "EVN").add(template("!22.4.202|2016-11-01")...).add(s.ids()...).
		add(code, s.text(), statusCode(resultStatus(d.Status)), when("effectiveTime", d.Effective), s.author(d.Issued, ""))
}
