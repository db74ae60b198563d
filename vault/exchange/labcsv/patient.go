package labcsv

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// person is the name by which a row's records refer to their patient; each
// patient of the table is filed where they are first named. A table that names
// nobody gives "".
func (r *reader) person(one row) string {
	c := r.dialect.columns
	if !c.has(patient, family, given, birth, patientID) {
		return ""
	}
	get := func(what role) string { return one.cell(c, what) }
	who := get(patient)
	if identifierLike(who) {
		who = ""
	}
	key := r.who(one)
	if key == "" || len(r.facts.who) < 2 && who == "" && get(family) == "" && get(given) == "" && get(birth) == "" {
		return "" // one number alone tells nobody who that is
	}
	if r.patients == nil {
		r.patients = map[string]string{}
	}
	if local, ok := r.patients[key]; ok {
		return local
	}
	local := fmt.Sprintf("patient/%d", len(r.patients)+1)
	r.patients[key] = local
	p := &record.Patient{}
	if who != "" || get(family) != "" || get(given) != "" {
		name := record.HumanName{Text: who, Family: get(family), Given: strings.Fields(get(given))}
		if fam, giv, ok := strings.Cut(who, ","); ok {
			name.Family, name.Given = strings.TrimSpace(fam), strings.Fields(giv)
		}
		p.Name = []record.HumanName{name}
	}
	p.BirthDate, _ = r.dated(get(birth))
	switch strings.ToLower(get(sex)) {
	case "f", "female", "w", "weiblich", "féminin", "femenino", "mujer", "femme":
		p.Gender = "female"
	case "m", "male", "männlich", "masculin", "masculino", "hombre", "homme":
		if s := strings.ToLower(get(sex)); s != "m" || !c.spanishSex() {
			p.Gender = "male"
		}
	}
	id := get(patientID)
	if id == "" && who == "" {
		id = get(patient)
	}
	prov := record.Provenance{Place: one.place() + " (patient)", Span: record.Span{Offset: one.start, Length: one.end - one.start}, Local: []string{local}}
	if id != "" {
		prov.Identifiers = []record.Identifier{{Value: id}}
	}
	r.sink.Add(record.Record{Resource: p, Provenance: []record.Provenance{prov}})
	return local
}

// who is all that a row says about its patient.
func (r *reader) who(one row) string {
	var cells []string
	for _, what := range []role{patient, family, given, birth, patientID} {
		cells = append(cells, one.cell(r.dialect.columns, what))
	}
	return strings.Trim(strings.Join(cells, "\x00"), "\x00")
}

// spanishSex says whether the column's heading is Spanish, where M may stand for
// mujer as well as for masculino.
func (c columns) spanishSex() bool {
	i := c.at(sex)
	return i >= 0 && plainHeading(c[i].heading) == "sexo"
}

// identifierLike says whether a cell is a number or an id and no name: it has a
// digit, or no letter at all.
func identifierLike(s string) bool {
	return strings.ContainsAny(s, "0123456789") && !strings.ContainsAny(s, " ,")
}
