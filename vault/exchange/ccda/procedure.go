package ccda

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// procedure reads a Procedure Activity Procedure, Observation or Act
// (2.16.840.1.113883.10.20.22.4.14, .13, .12). With negationInd it was not done.
func (r *reader) procedure(p place, st *node) {
	x := &record.Procedure{
		Status: statusCode(st, procedureStatus), Code: r.named(child(st, "code"), st), Performed: r.interval(child(st, "effectiveTime")),
		Absent: p.absent || negated(st), Performer: r.performers(st), Recorder: r.recorder(p, st), Location: r.location(st),
		Reason: r.reasons(st), Encounter: p.encounter,
	}
	if x.Absent && x.Status != "entered-in-error" {
		x.Status = "not-done"
	}
	for _, name := range []string{"targetSiteCode", "approachSiteCode"} {
		for n := range children(st, name) {
			if c := r.concept(n); !c.Empty() {
				x.BodySite = append(x.BodySite, c)
			}
		}
	}
	var absent record.Concept
	if x.Value, absent, x.Note = r.observed(st); x.Value.Empty() && !absent.Empty() {
		x.Note = append(x.Note, "no value: "+absent.String())
	}
	if n := r.concept(child(st, "methodCode")).String(); n != "" {
		x.Note = append(x.Note, "method: "+n)
	}
	devices := devicesOf(st)
	for _, d := range devices {
		if w := r.deviceOf(d).Summary().Title; w != "" {
			x.Device = append(x.Device, w)
		}
	}
	if s := r.specimen(st); s != "" {
		x.Note = append(x.Note, "specimen: "+s)
	}
	x.Note = append(x.Note, r.notes(st, isReason)...)
	r.add(p, st, x)
	for _, d := range devices {
		r.implant(p, st, d)
	}
}
