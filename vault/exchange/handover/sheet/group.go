package sheet

import "github.com/carnet-phr/carnet/vault/clinic"

// shape says how the records of one kind stand in a table.
type shape struct {
	columns []Column
	row     func(*builder, clinic.Line) Row
	// titles of the lists, where they differ from the usual ones
	current, past, notSo string
}

// tables makes one table for each list of a group that has something in it.
func (b *builder) tables(g clinic.Group, s shape) []Table {
	lists := []struct {
		title, remark string
		lines         []clinic.Line
	}{
		{or(s.current, "Current"), "", g.Current},
		{"Status not clear", "The source states no status, or one that is not understood. Ask before relying on these.", g.Uncertain},
		{"Held", "These carry something that could change their meaning and that was not understood. Do not rely on them.", g.Held},
		{"Planned or ordered", "Not yet so.", g.Intended},
		{or(s.past, "Past"), "", g.Past},
		{or(s.notSo, "Not so"), "The source says that these are NOT so.", g.NotSo},
	}
	var tables []Table
	for _, l := range lists {
		if len(l.lines) > 0 {
			tables = append(tables, b.table(l.title, l.remark, l.lines, s))
		}
	}
	return tables
}

func (b *builder) table(title, remark string, lines []clinic.Line, s shape) Table {
	t := Table{Title: title, Remark: remark, Columns: s.columns}
	for _, l := range lines {
		t.Rows = append(t.Rows, s.row(b, l))
	}
	return t
}

func or(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}
