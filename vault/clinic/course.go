package clinic

import "github.com/carnet-phr/carnet/vault/record"

// Course is when a thing began, was last stated and ended, as its sources date it:
// "" where none does. Nothing is worked out from the number of tablets or refills.
type Course struct {
	Started  record.Date // the earliest beginning that a source gives
	LastSeen record.Date // the newest day on which a source says or hands out something
	Stopped  record.Date // the latest end that a source gives; "" for what one calls current
}

// Course is that of what the members state, but for those that deny it.
func (l Line) Course() Course {
	var c Course
	for _, m := range l.Members() {
		if k := kinds[m.Resource.Kind()]; k != nil {
			c.LastSeen = latest(c.LastSeen, k.said(&m))
		}
		from, to := period(m)
		if from.Precision() != record.NoDate && (c.Started == "" || from.Earliest().Before(c.Started.Earliest())) {
			c.Started = from
		}
		if place(l.Standing) == placePast {
			c.Stopped = latest(c.Stopped, to)
		}
	}
	return c
}

// period is from when to when a statement says that its subject holds.
func period(l Line) (from, to record.Date) {
	switch x := l.Resource.(type) {
	case *record.MedicationStatement:
		return x.Effective.Start, x.Effective.End
	case *record.Condition:
		return x.Onset.Start, latest(x.Abatement.Start, x.Abatement.End)
	case *record.AllergyIntolerance:
		return x.Onset.Start, latest(x.Abatement.Start, x.Abatement.End)
	case *record.Immunization:
		return x.Occurrence.Start, ""
	}
	return "", ""
}
