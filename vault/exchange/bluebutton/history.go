package bluebutton

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var familyKeys = layout{
	starts: []string{"relationship", "family member"},
	keys:   []string{"first name", "last name", "living or deceased", "type", "dob", "dod", "age", "description"},
	prose:  []string{"comments"},
	blocks: []string{"health issues", "other health issues"},
}

// relative reads what a relative has or had; "self" is no relative, and what
// stands there is what the patient ticked of themselves (hazard 31).
func (r *reader) relative(s *section, it *item) {
	who := it.get(familyKeys.starts...)
	name := strings.Join(fields(it.get("first name"), it.get("last name")), " ")
	if strings.EqualFold(who, "self") {
		o := &record.Other{ResourceType: "Own health history", Title: "Health issues, in the patient's own words", Row: rows(it)}
		r.add(s, it.first, it.last, o, "own history")
		return
	}
	f := &record.FamilyMemberHistory{Relationship: words(who), Name: name, Born: at(it.get("dob")), Age: it.get("age"), Date: r.doc.Date.Day()}
	switch dead, died := it.get("living or deceased"), it.get("dod"); {
	case died != "":
		f.Deceased = at(died).Human()
	case strings.EqualFold(dead, "deceased"):
		f.Deceased = "yes"
	case dead != "":
		f.Note = append(f.Note, dead)
	}
	f.Condition = relativeConditions(it)
	f.Note = append(f.Note, it.rest()...)
	r.add(s, it.first, it.last, f, "family history")
}

// relativeConditions are the lists of the VA, and the "Description:" lines of
// MyMedicare.gov, each with the type that stands above it.
func relativeConditions(it *item) []record.FamilyCondition {
	var out []record.FamilyCondition
	kind := ""
	for _, f := range it.fields {
		switch f.name {
		case "health issues", "other health issues":
			for _, v := range f.value {
				out = append(out, record.FamilyCondition{Code: words(v)})
			}
			f.used = true
		case "type":
			kind, f.used = strings.Join(f.value, " "), true
		case "description":
			c := record.FamilyCondition{Code: words(strings.Join(f.value, " "))}
			if kind != "" && !strings.EqualFold(kind, "condition") {
				c.Code.Text = kind + ": " + c.Code.Text
			}
			out = append(out, c)
			f.used = true
		}
	}
	return out
}

var goalKeys = layout{
	starts: []string{"my goal"},
	keys:   []string{"type", "priority", "goal start date", "goal end date", "completion", "strengths", "obstacles", "rewards", "task", "task description", "task completion", "task start date", "task end date", "task repeats", "date task finished", "date completed"},
	prose:  []string{"description"},
}

// goals reads goals. The report lists them twice, in short and in detail: the
// short one counts only where there is no other.
func (r *reader) goals(s *section, k *kind) int {
	items, _ := k.parse(r.lines, s.first, s.last)
	detailed := map[string]bool{}
	for _, it := range items {
		if len(it.fields) > 4 {
			detailed[goalKey(it)] = true
		}
	}
	n := 0
	for _, it := range items {
		if len(it.fields) <= 4 && detailed[goalKey(it)] {
			continue
		}
		r.goal(s, it)
		n++
	}
	if n == 0 {
		r.outcome(s, nil, "")
	}
	return n
}

func goalKey(it *item) string { return strings.ToLower(strings.Join(it.fields[0].value, " ")) }

func (r *reader) goal(s *section, it *item) {
	title := it.get("my goal")
	g := &record.Goal{Description: words(title), ExpressedBy: "the patient"}
	switch {
	case strings.HasSuffix(s.name, "CURRENT GOALS"):
		g.LifecycleStatus = "active"
	case strings.HasSuffix(s.name, "COMPLETED GOALS"):
		g.LifecycleStatus = "completed"
	}
	g.Start = at(it.get("goal start date"))
	if end := it.get("goal end date"); end != "" && !strings.EqualFold(end, "none entered") {
		g.Target = append(g.Target, "by "+at(end).Human())
	}
	if d := it.get("description"); d != "" {
		g.Note = append(g.Note, d)
	}
	g.Note = append(g.Note, it.rest()...)
	r.add(s, it.first, it.last, g, "goal")
}

var journalKeys = layout{
	starts: []string{"date", "event title"},
	keys:   []string{"day of week", "event date", "service branch", "rank", "exposures", "location of service", "onboard ship", "military occupational specialty", "assignment"},
	prose:  []string{"military service description"},
}

// entry reads an entry of a journal, or of the patient's own account of military
// service: as it stands, row by row.
func (r *reader) entry(s *section, it *item) {
	o := &record.Other{ResourceType: title(s.name), Title: it.get("event title")}
	o.When = at(it.get("date", "event date"))
	if o.Title == "" {
		o.Title = title(s.name)
	}
	o.Text = r.narrative(it.first, it.last)
	r.add(s, it.first, it.last, o, "entry")
}

// title is a section's name in lower case with a capital.
func title(name string) string {
	if name == "" {
		return ""
	}
	return name[:1] + strings.ToLower(name[1:])
}

var deviceKeys = layout{starts: []string{"device name"}, keys: []string{"date implanted"}, prose: []string{"comments"}}

func (r *reader) device(s *section, it *item) {
	d := &record.Device{Type: words(it.get("device name")), Used: at(it.get("date implanted"))}
	d.Note = it.rest()
	r.add(s, it.first, it.last, d, "device")
}
