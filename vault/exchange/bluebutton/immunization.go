package bluebutton

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

var immunizationKeys = layout{
	starts: []string{"immunization", "immunization name"},
	keys:   []string{"date received", "location", "reaction", "other", "method", "date administered", "were you vaccinated in the us", "booster 1 date", "booster 2 date", "booster 3 date"},
	prose:  []string{"comments", "provider notes"},
	blocks: []string{"reactions"},
}

// immunizations reads vaccines. The VA prints the latest five twice: the table
// counts only where the list has not the same.
func (r *reader) immunizations(s *section, k *kind) int {
	items := r.items(s, k)
	listed := map[string]bool{}
	n := 0
	for _, it := range items {
		if v := r.immunization(s, it); v != nil {
			listed[vaccineKey(v)] = true
			n++
		}
	}
	for i := s.first; i <= s.last; i++ {
		m := vaccineRow.FindStringSubmatch(r.lines[i].Text)
		if m == nil {
			continue
		}
		v := &record.Immunization{VaccineCode: words(m[1]), Occurrence: at(m[2]), Status: "completed"}
		if !listed[vaccineKey(v)] {
			r.add(s, i, i, v, "immunization")
			n++
		}
	}
	if n == 0 {
		r.outcome(s, nil, "")
	}
	return n
}

func vaccineKey(v *record.Immunization) string {
	return strings.ToLower(v.VaccineCode.Text) + "|" + string(v.Occurrence.Start)
}

// immunization reads one vaccine. That it was given is what its date says.
func (r *reader) immunization(s *section, it *item) *record.Immunization {
	name := it.get(immunizationKeys.starts...)
	if name == "" {
		return nil
	}
	v := &record.Immunization{VaccineCode: words(name), Occurrence: at(it.get("date received", "date administered"))}
	if v.Occurrence.Start != "" {
		v.Status = "completed"
	}
	v.Route = words(it.get("method"))
	v.Location = it.get("location")
	if reaction := strings.Join(it.list("reaction", "reactions"), ", "); reaction != "" {
		if strings.EqualFold(reaction, "None Reported") {
			v.Note = append(v.Note, "Reaction: "+reaction)
		} else {
			v.Reaction = []record.Reaction{{Manifestation: several(reaction)}}
		}
	}
	if comments := it.get("comments"); comments != "" {
		v.Note = append(v.Note, comments)
	}
	v.Note = append(v.Note, it.rest()...)
	r.add(s, it.first, it.last, v, "immunization", author(v.Location))
	return v
}
