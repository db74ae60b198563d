package ccd

import "github.com/carnet-phr/carnet/vault/record"

// udiRoot is the issuer of unique device identifiers (Product Instance, 22.4.37).
const udiRoot = "2.16.840.1.113883.3.3719"

// device is a Non-Medicinal Supply Activity (22.4.50) with its Product Instance. It
// has no status of the device, and that of handing it out is not stated: a device
// that is not there any more, or never was, is told in words alone.
func (s *statement) device() *element {
	d := s.line.Resource.(*record.Device)
	e := el("supply", "classCode", "SPLY", "moodCode", "EVN").add(template("22.4.50|2014-06-09")...).add(s.ids()...).
		add(s.text(), statusCode(""))
	if !d.Used.Empty() {
		e.add(taken(d.Used))
	}
	role := el("participantRole", "classCode", "MANU").add(template("22.4.37")...)
	if u := clean(d.UDI); u != "" {
		role.add(el("id", "root", udiRoot, "extension", u))
	} else {
		role.add(null("id", "UNK"))
	}
	role.add(el("playingDevice").add(conceptOr("code", deviceType(d), nil), txt("manufacturerModelName", d.ModelNumber)))
	maker := el("scopingEntity").add(null("id", "UNK"), txt("desc", d.Manufacturer))
	if d.Manufacturer != "" {
		maker.kids[0] = party("manufacturer", d.Manufacturer)
	}
	e.add(s.author("", ""), el("participant", "typeCode", "PRD").add(role.add(maker)))
	for _, r := range d.Reason {
		e.add(s.indication(r))
	}
	return e.add(s.notes(d.Note)...)
}

// deviceType is the type, else the name that the source gives the device.
func deviceType(d *record.Device) record.Concept {
	if d.Type.Empty() {
		return record.Concept{Text: d.Name}
	}
	return d.Type
}
