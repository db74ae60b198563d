package ccda

import "github.com/carnet-phr/carnet/vault/record"

// concern is the act around the statements of one problem, allergy or diagnosis
// (Allergy Concern Act 22.4.30, Problem Concern Act 22.4.3), read once for all
// of them.
type concern struct {
	recorded record.Date // by its own author
	recorder string
	gone     bool     // the act was withdrawn (nullified)
	status   string   // of its own status observation, else its statusCode where it is a concern
	stated   bool     // status comes from a status observation
	severity string   // a severity that stands beside the statements
	inside   int      // statements that are records
	notes    []string // what else hangs on it
}

// nullified says that the statement, or the act around it, was withdrawn.
func (p place) nullified(st *node) bool {
	return attr(child(st, "statusCode"), "code") == "nullified" || p.concern != nil && p.concern.gone
}

func (r *reader) readConcern(p place, st *node) *concern {
	c := &concern{severity: r.severity(st), recorded: authorTime(st), gone: attr(child(st, "statusCode"), "code") == "nullified"}
	c.recorder, _ = r.assigned(child(st, "author", "assignedAuthor"), false)
	if attr(st, "nullFlavor") == "" && (hasTemplate(st, entryTemplateRoot+"3", entryTemplateRoot+"30") || isCode(child(st, "code"), "CONC", "48765-2")) {
		c.status = attr(child(st, "statusCode"), "code")
	} else if hasTemplate(st, pcc+"4.5.1") && attr(child(st, "statusCode"), "code") == "active" {
		c.status = "active" // writers of C32 close every act with "completed", whatever became of the problem
	}
	for _, s := range related(st) {
		if isStatus(s) {
			c.status, c.stated = r.statusWord(child(s, "value")), true
			break
		}
	}
	for _, s := range related(st) {
		if insideRole(p.area(), s) != noRole {
			c.inside++
		}
	}
	c.notes = r.notes(st, func(_ string, s *node) bool { return insideRole(p.area(), s) != noRole || isDetail(s) })
	return c
}

// remarks are the notes that belong to a statement inside the act. Those of an
// act around several are said to be of all of them.
func (c *concern) remarks() []string {
	switch {
	case c == nil:
		return nil
	case c.inside == 1:
		return c.notes
	}
	out := make([]string, len(c.notes))
	for n, w := range c.notes {
		out[n] = "of the whole entry: " + w
	}
	return out
}
