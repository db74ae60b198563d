package labcsv

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// person is the name by which a row's records refer to their patient; each
// patient of the table is filed where they are first named. A table that names
// nobody gives "", and so does one number alone: it tells nobody who that is.
func (r *reader) person(one row) string {
	c := r.dialect.columns
	key := r.who(one)
	if key == "" || len(r.facts.who) < 2 && !r.named(one) {
		return ""
	}
	if r.patients == nil {
		r.patients = map[string]string{}
	}
	if local, ok := r.patients[key]; ok {
		return local
	}
	local := fmt.Sprintf("patient/%d", len(r.patients)+1)
	r.patients[key] = local
	p := &record.Patient{Name: r.names(one), Gender: c.gender(one.cell(c, sex))}
	p.BirthDate, _ = r.dated(one.cell(c, birth))
	prov := record.Provenance{Place: one.place() + " (patient)", Span: record.Span{Offset: one.start, Length: one.end - one.start}, Local: []string{local}}
	id := one.cell(c, patientID)
	if id == "" && identifierLike(one.cell(c, patient)) {
		id = one.cell(c, patient)
	}
	if id != "" {
		prov.Identifiers = []record.Identifier{{Value: id}}
	}
	r.sink.Add(record.Record{Resource: p, Provenance: []record.Provenance{prov}})
	return local
}

// named says whether a row has a name or a birth date.
func (r *reader) named(one row) bool {
	return len(r.names(one)) > 0 || one.cell(r.dialect.columns, birth) != ""
}

// names is the patient's name in a row.
func (r *reader) names(one row) []record.HumanName {
	c := r.dialect.columns
	name := record.HumanName{Text: one.cell(c, patient), Family: one.cell(c, family), Given: strings.Fields(one.cell(c, given))}
	if identifierLike(name.Text) {
		name.Text = ""
	}
	if fam, giv, ok := strings.Cut(name.Text, ","); ok {
		name.Family, name.Given = strings.TrimSpace(fam), strings.Fields(giv)
	}
	if name.String() == "" {
		return nil
	}
	return []record.HumanName{name}
}

// gender reads a cell; in Spanish M may stand for mujer as well as for
// masculino, so it says nothing.
func (c columns) gender(s string) string {
	switch s = strings.ToLower(s); s {
	case "f", "female", "w", "weiblich", "féminin", "femenino", "mujer", "femme":
		return "female"
	case "m", "male", "männlich", "masculin", "masculino", "hombre", "homme":
		if s != "m" || plainHeading(c[c.at(sex)].heading) != "sexo" {
			return "male"
		}
	}
	return ""
}

// who is all that a row says about its patient.
func (r *reader) who(one row) string {
	var cells []string
	for _, what := range []role{patient, family, given, birth, patientID} {
		cells = append(cells, one.cell(r.dialect.columns, what))
	}
	return strings.Trim(strings.Join(cells, "\x00"), "\x00")
}

// identifierLike says whether a cell is a number or an id and no name: it has a
// digit, or no letter at all.
func identifierLike(s string) bool {
	return strings.ContainsAny(s, "0123456789") && !strings.ContainsAny(s, " ,")
}
