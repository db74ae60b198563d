package ccda

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// family reads a Family History Organizer (2.16.840.1.113883.10.20.22.4.45), or
// an observation of one relative: never the patient's own problem
// (CLINICAL-SAFETY hazard 31).
func (r *reader) family(p place, st *node) {
	f := &record.FamilyMemberHistory{Status: attr(child(st, "statusCode"), "code"), Date: r.recorded(p, st)}
	r.relative(f, child(st, "subject"))
	if st.Local == "observation" {
		r.relativeProblem(f, st, p.absent)
	} else {
		for c := range children(st, "component") {
			if s := statementIn(c); s != nil && s.Local == "observation" && !placeholder(s) {
				if child(s, "subject") != nil && f.Relationship.Empty() {
					r.relative(f, child(s, "subject"))
				}
				r.relativeProblem(f, s, p.absent || negated(st))
			} else if w := r.sentence(s, 0); w != "" {
				f.Note = append(f.Note, w)
			}
		}
		f.Note = append(f.Note, r.notes(st, nil)...)
	}
	r.add(p, st, f)
}

// relative reads who it is.
func (r *reader) relative(f *record.FamilyMemberHistory, n *node) {
	rel := child(n, "relatedSubject")
	who := child(rel, "subject")
	f.Relationship = r.concept(child(rel, "code"))
	f.Name = personName(who)
	f.Sex = genders[attr(child(who, "administrativeGenderCode"), "code")]
	f.Born = r.at(child(who, "birthTime"))
	if attr(extension(who, "deceasedInd"), "value") == "true" {
		f.Deceased = "yes"
	}
	if t := extension(who, "deceasedTime"); t != nil {
		if w := r.at(t).Human(); w != "" {
			f.Deceased = w
		}
	}
}

// relativeProblem reads a Family History Observation (22.4.46) with the Age
// Observation (22.4.31) and Death Observation (22.4.47) in it.
func (r *reader) relativeProblem(f *record.FamilyMemberHistory, st *node, absent bool) {
	c := record.FamilyCondition{Code: r.named(child(st, "value"), st), Onset: r.interval(child(st, "effectiveTime")), Absent: absent || negated(st)}
	if c.Code.Empty() {
		c.Code = r.concept(child(st, "code"))
	}
	isAge := func(s *node) bool {
		return s.Local == "observation" && (isCode(child(s, "code"), "445518008", "397659008") || hasTemplate(s, entryTemplateRoot+"31", "2.16.840.1.113883.10.20.1.38"))
	}
	isDeath := func(typ string, s *node) bool {
		return s.Local == "observation" && (hasTemplate(s, entryTemplateRoot+"47") || typ == "CAUS" && isCode(child(s, "value"), "419099009"))
	}
	for typ, s := range related(st) {
		switch {
		case isAge(s):
			if v, _, _ := r.observed(s); !v.Quantity.Empty() {
				c.Onset.Text = joinWords(", ", c.Onset.Text, "age "+v.Quantity.Value+" "+unitWords(v.Quantity.UnitWords(), v.Quantity.Value))
			} else if v.String() != "" {
				c.Onset.Text = joinWords(", ", c.Onset.Text, "age "+v.String())
			}
		case isDeath(typ, s):
			if f.Deceased == "" {
				f.Deceased = "yes"
			}
			c.ContributedToDeath = typ == "CAUS"
		}
	}
	c.Note = r.notes(st, func(typ string, s *node) bool { return isAge(s) || isDeath(typ, s) })
	f.Condition = append(f.Condition, c)
}
