package sheet

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/record"
)

// The shapes of what happened: vaccines, procedures, visits, imaging, and the
// history of the family.
var (
	immunizationShape = shape{
		columns: []Column{{"Vaccine", 4}, {"Date", 2.4}, {"Dose", 1.6}, {"Given by", 2}},
		row: func(b *builder, l clinic.Line) Row {
			by := ""
			if i, ok := l.Resource.(*record.Immunization); ok {
				by = joined(i.Performer, i.Location)
			}
			return b.row(l, "|Vaccine|Date|Attention|Given by|Given at|Dose number|Doses in the series|",
				l.Title, date(l.When), orNotGiven(l.Value), orNotGiven(by))
		},
		current: "Given", notSo: "NOT given",
	}
	procedureShape = shape{
		columns: []Column{{"Procedure", 4}, {"Date", 2.8}, {"Because of", 2}, {"By", 1.8}},
		row: func(b *builder, l clinic.Line) Row {
			because, by := "", ""
			if p, ok := l.Resource.(*record.Procedure); ok {
				because, by = concepts(p.Reason), or(strings.Join(p.Performer, ", "), p.Location)
			}
			return b.row(l, "|Procedure|Date|Because of|Performed by|", l.Title, date(l.When), orNotGiven(because), orNotGiven(by))
		},
		current: "Done", notSo: "NOT done",
	}
	visitShape = shape{
		columns: []Column{{"Visit", 3.4}, {"Date", 2.8}, {"Because of", 2.2}, {"Where", 2.2}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "|Visit|Date|Because of|Organisation|", l.Title, date(l.When), orNotGiven(l.Value), orNotGiven(where(l)))
		},
		current: "Visits and stays", notSo: "Cancelled",
	}
	imagingShape = shape{
		columns: []Column{{"Study", 4}, {"Date", 2.6}, {"Modality", 1.6}, {"Content", 2}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "|Study|Date|Modality|Size|", l.Title, date(l.When), orNotGiven(l.Category), orNotGiven(l.Value))
		},
		current: "Studies", notSo: "Cancelled",
	}
	familyShape = shape{
		columns: []Column{{"Relative", 2}, {"Problems of this relative, not of the patient", 6}, {"Recorded", 2}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "|Relative|Problem of this relative|Recorded|", l.Title, or(l.Value, "no problem given"), date(l.When))
		},
		current: "Relatives",
	}
	plainShape = shape{
		columns: []Column{{"Entry", 4.4}, {"Date", 2.8}, {"Content", 3}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "|Date|", l.Title, date(l.When), orNotGiven(l.Result()))
		},
	}
	statusShape = shape{
		columns: []Column{{"Entry", 5}, {"Date", 3}, {"Status", 2}},
		row: func(b *builder, l clinic.Line) Row {
			return b.row(l, "|Date|Status|", l.Title, date(l.When), or(l.Status, "not stated"))
		},
	}
)

// where is the place of a visit.
func where(l clinic.Line) string {
	e, ok := l.Resource.(*record.Encounter)
	if !ok {
		return ""
	}
	return or(e.ServiceProvider, strings.Join(e.Location, ", "))
}
