package ccda

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// udiRoot is the issuer of unique device identifiers (Product Instance
// 2.16.840.1.113883.10.20.22.4.37).
const udiRoot = "2.16.840.1.113883.3.3719"

// devicesOf are the product instances among a statement's participants.
func devicesOf(st *node) []*node {
	var out []*node
	for p := range children(st, "participant") {
		role := child(p, "participantRole")
		if child(role, "playingDevice") != nil || hasTemplate(role, entryTemplateRoot+"37") {
			out = append(out, role)
		}
	}
	return out
}

// deviceOf reads a product instance.
func (r *reader) deviceOf(role *node) *record.Device {
	d := &record.Device{Type: r.concept(child(role, "playingDevice", "code"))}
	d.ModelNumber = oneLine(content(child(role, "playingDevice", "manufacturerModelName")))
	for id := range children(role, "id") {
		if attr(id, "root") == udiRoot && attr(id, "extension") != "" {
			d.UDI = attr(id, "extension")
		} else if ext := attr(id, "extension"); ext != "" && d.SerialNumber == "" && attr(id, "nullFlavor") == "" {
			d.Note = append(d.Note, "identifier: "+ext)
		}
	}
	scope := child(role, "scopingEntity")
	d.Manufacturer = oneLine(content(child(scope, "desc")))
	if d.Manufacturer == "" {
		d.Manufacturer = organisation(scope)
	}
	return d
}

// implant files a device that a procedure names, when it says what it is.
func (r *reader) implant(p place, st, role *node) {
	d := r.deviceOf(role)
	if d.Type.Empty() && d.UDI == "" && d.ModelNumber == "" {
		return
	}
	d.Status = withdrawn(st)
	d.Used = r.interval(child(st, "effectiveTime"))
	d.BodySite = r.concept(child(st, "targetSiteCode"))
	d.Absent = p.absent || negated(st)
	if w := r.named(child(st, "code"), st).String(); w != "" {
		d.Note = append(d.Note, "procedure: "+w)
	}
	r.add(p, role, d)
}

// supplied reads a Non-Medicinal Supply Activity (22.4.50).
func (r *reader) supplied(p place, st *node) {
	d := &record.Device{}
	for _, role := range devicesOf(st) {
		d = r.deviceOf(role)
		break
	}
	if d.Type.Empty() {
		d.Type = r.product(st)
	}
	if d.Type.Empty() && d.UDI == "" {
		d.Type = r.named(child(st, "code"), st)
	}
	if w := attr(child(st, "statusCode"), "code"); w != "" {
		d.Note = append(d.Note, "status of the supply: "+w) // of handing it out, not of the device
	}
	d.Status = withdrawn(st)
	d.Absent, d.Reason = p.absent || negated(st), r.reasons(st)
	if w := r.interval(child(st, "effectiveTime")); w.Start != "" {
		d.Used = w
	} else if w.Human() != "" {
		d.Note = append(d.Note, "time of the supply: "+w.Human())
	}
	if q, words := r.physical(child(st, "quantity")); !q.Empty() || words != "" {
		d.Note = append(d.Note, "quantity: "+joinWords("", q.String(), words))
	}
	if names := r.performers(st); len(names) > 0 {
		d.Note = append(d.Note, "supplied by: "+strings.Join(names, "; "))
	}
	d.Note = append(d.Note, r.notes(st, isReason)...)
	r.add(p, st, d)
}

// withdrawn is the status of a device whose supply or procedure was withdrawn; else
// the act's status says nothing of the device.
func withdrawn(st *node) string {
	if attr(child(st, "statusCode"), "code") == "nullified" {
		return "entered-in-error"
	}
	return ""
}
