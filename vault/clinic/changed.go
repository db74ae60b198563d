package clinic

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// look puts a record where it belongs.
func (c *changing) look(r record.Record) {
	l := line(r)
	switch {
	case r.Superseded != nil:
		if r.Superseded.Why == record.Withdrawn && c.replacedSince(r) {
			c.Withdrawn = append(c.Withdrawn, l)
		}
	case l.Standing == record.InError: // it never stood, unless it is the patient's own and did until now
		if r.Entered != nil && c.filedSince(r) && len(c.earlier(r.ID)) > 0 {
			c.Withdrawn = append(c.Withdrawn, l)
		}
	default:
		c.standing(l)
	}
}

// standing puts a record that nothing replaced.
func (c *changing) standing(l Line) {
	before := c.earlier(l.ID)
	switch {
	case c.ended(l, before):
		c.Stopped = append(c.Stopped, Change{l, before})
	case len(before) > 0 && c.filedSince(l.Record):
		c.Changed = append(c.Changed, Change{l, before})
	case c.day != "" && c.happened(l.Record) == sinceUnclear:
		if c.filedSince(l.Record) {
			c.Unclear = append(c.Unclear, l)
		}
	case c.since(l.Record):
		c.New = append(c.New, l)
	case c.day == "" && c.statedSince(l.Record):
		c.Again = append(c.Again, l)
	}
}

// earlier are the statements whose place a record took and which were known
// before; through those that came and went since as well.
func (c *changing) earlier(id record.ID) []Line {
	var out []Line
	seen := map[record.ID]bool{id: true}
	for todo := []record.ID{id}; len(todo) > 0; todo = todo[1:] {
		for _, n := range c.before[todo[0]] {
			r := c.records[n]
			if seen[r.ID] || r.Superseded.Why == record.Withdrawn {
				continue
			}
			seen[r.ID] = true
			todo = append(todo, r.ID)
			if !c.filedSince(r) {
				out = append(out, line(r))
			}
		}
	}
	return out
}

// filedSince looks at when a record came into the vault, whatever its date.
func (c *changing) filedSince(r record.Record) bool {
	at := filed(r)
	return !at.IsZero() && !at.Before(c.at)
}

// replacedSince says that what took a record's place came since.
func (c *changing) replacedSince(r record.Record) bool {
	n, ok := c.byID[r.Superseded.By]
	return ok && c.filedSince(c.records[n])
}

// statedSince says that a source came since.
func (c *changing) statedSince(r record.Record) bool {
	for _, p := range r.Provenance {
		if !p.Received.IsZero() && !p.Received.Before(c.at) {
			return true
		}
	}
	return false
}

// ended says that something held before and does no longer: what took its place
// is past, or of what held under the same code or exactly the same words it is
// now stated that it is over, or its end lies after the visit.
func (c *changing) ended(l Line, before []Line) bool {
	if !ends(l.Resource) || l.Standing != record.Past {
		return false
	}
	if c.day != "" {
		end := l.When.End.Day()
		return end != "" && c.happened(l.Record) == sinceNo && c.onOrAfter(record.At(end)) == sinceYes
	}
	if !c.filedSince(l.Record) {
		return false
	}
	for _, b := range before {
		if s := b.Resource.Summary(); s.Standing == record.Current {
			return true
		}
	}
	if len(before) > 0 {
		return false
	}
	for _, name := range endingNames(l.Record) {
		if c.holding[name] {
			return true
		}
	}
	return false
}

// ends says that a resource is of those that hold until they are over: a
// medicine handed out or given once is not.
func ends(r record.Resource) bool {
	switch x := r.(type) {
	case *record.AllergyIntolerance, *record.Condition, *record.Device, *record.CarePlan, *record.Goal:
		return true
	case *record.MedicationStatement:
		return x.Origin != record.Dispense && x.Origin != record.Administration
	}
	return false
}

// endingNames are the codes and the exact words by which a thing that ends is
// found again; nil for all others.
func endingNames(r record.Record) []string {
	if !ends(r.Resource) {
		return nil
	}
	kind, s := string(r.Resource.Kind())+"\x00", r.Resource.Summary()
	names := []string{kind + strings.ToLower(strings.Join(strings.Fields(s.Title), " "))}
	for _, c := range s.Codes {
		if c.System != "" && c.Code != "" {
			names = append(names, kind+c.System+"\x00"+c.Code)
		}
	}
	return names
}

// encounterOf is the visit that a resource says it belongs to.
func encounterOf(r record.Resource) record.Reference {
	switch x := r.(type) {
	case *record.Condition:
		return x.Encounter
	case *record.MedicationStatement:
		return x.Encounter
	case *record.Immunization:
		return x.Encounter
	case *record.Observation:
		return x.Encounter
	case *record.DiagnosticReport:
		return x.Encounter
	case *record.Procedure:
		return x.Encounter
	case *record.DocumentReference:
		return x.Encounter
	case *record.ImagingStudy:
		return x.Encounter
	}
	return record.Reference{}
}
