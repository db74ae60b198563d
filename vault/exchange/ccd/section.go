package ccd

import (
	"bytes"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/exchange"
)

// heading is what a section is.
type heading struct {
	templates []string // as [template] takes them
	code      string   // LOINC
	display   string   // LOINC's own name
	title     string
	entries   bool // its template wants entries, or a nullFlavor
}

// part is one list of a section. Each unit is what one entry holds; without entry
// the list is told in words alone.
type part struct {
	title string
	units []unit
	entry func(unit []*statement) []*element

	results bool // the entries are results, with a status of their own
}

type unit []clinic.Line

// section is one section while it is put together.
type section struct {
	heading
	columns columns
	parts   []part
	first   []string // paragraphs above the tables
	last    []string // below them: what is not here
	flavor  string   // why nothing is stated, when nothing is
}

// each makes units of single lines. A line that stands for several records of the
// same words gives one for each.
func each(lists ...[]clinic.Line) []unit {
	var out []unit
	for _, lines := range lists {
		for _, l := range lines {
			for _, m := range l.Members() {
				out = append(out, unit{m})
			}
		}
	}
	return out
}

// alone is an entry of one record.
func alone(entry func(*statement) *element) func([]*statement) []*element {
	return func(unit []*statement) []*element { return []*element{entry(unit[0])} }
}

// section writes one section: its narrative, in which every record has a row, and
// behind it the entries.
func (w *writer) section(s *section) {
	if w.err != nil {
		return
	}
	var entries bytes.Buffer
	body := w.body(s, &entries)
	e := el("section")
	if entries.Len() == 0 && (s.entries || s.flavor != "") {
		e.set("nullFlavor", nonEmpty(s.flavor, "NI"))
	}
	e.add(template(s.templates...)...)
	if s.code != "" {
		e.add(fixed("code", s.code, loincOID, s.display))
	}
	e.add(txt("title", s.title))
	e.words = ""
	w.put("<component>")
	var head bytes.Buffer
	e.write(&head)
	w.put(strings.TrimSuffix(head.String(), "</section>") + "<text>")
	w.put(body)
	w.put("</text>")
	w.put(entries.String())
	w.put("</section></component>")
}

// body is the narrative of a section, and fills its entries.
func (w *writer) body(s *section, entries *bytes.Buffer) string {
	var b bytes.Buffer
	say := func(e *element) {
		if e != nil {
			e.write(&b)
		}
	}
	for _, p := range s.first {
		say(paragraph(p))
	}
	for _, p := range s.parts {
		if len(p.units) == 0 {
			continue
		}
		if p.title != "" {
			say(el("paragraph").add(el("content", "styleCode", "Bold").add(text(p.title))))
		}
		notes := w.part(s.columns, p, &b, entries)
		for _, n := range notes {
			say(n)
		}
	}
	for _, p := range s.last {
		say(paragraph(p))
	}
	if b.Len() == 0 {
		say(paragraph("Nobody has said anything about this in the files of this record. That does not mean that there is none."))
	}
	return b.String()
}

// part writes the table of one list, its entries, and gives the narratives of its
// records, which stand behind the table.
func (w *writer) part(cs columns, p part, b, entries *bytes.Buffer) []*element {
	head := el("tr")
	for _, c := range cs {
		head.add(txt("th", c.name))
	}
	b.WriteString("<table><thead>")
	head.add(txt("th", "Further details")).write(b)
	b.WriteString("</thead><tbody>")
	var notes []*element
	var told, coded tally
	for _, u := range p.units {
		if b.Len()+entries.Len() > sectionLimit || w.elements+told.of(b)+coded.of(entries) > elementLimit {
			w.err = exchange.ErrTooLarge
			break
		}
		var unit []*statement
		for _, l := range u {
			unit = append(unit, w.begin(l))
		}
		if p.entry != nil {
			for _, e := range p.entry(unit) {
				switch {
				case e == nil:
				case w.gather:
					w.declare(unit, p.results)
				default:
					el("entry", "typeCode", "DRIV").add(e).write(entries)
				}
			}
		}
		if w.gather {
			continue
		}
		for _, st := range unit {
			st.rowOf(cs).write(b)
			notes = append(notes, st.narratives()...)
		}
	}
	b.WriteString("</tbody></table>")
	return notes
}

// tally counts the elements of a buffer that grows.
type tally struct{ counted, elements int }

func (t *tally) of(b *bytes.Buffer) int {
	t.elements += elementsIn(b.Bytes()[t.counted:])
	t.counted = b.Len()
	return t.elements
}

// sectionLimit is how many bytes one section has before nobody can read it.
const sectionLimit = 128 << 20

// narratives are the source's own texts of a record as lists: a table in them
// stands whole there.
func (s *statement) narratives() []*element {
	own := texts(s.line.Resource)
	if len(own) == 0 {
		return nil
	}
	e := el("list", "ID", s.row+".text")
	for _, t := range own {
		inside := markup(t.text)
		if len(inside) == 0 {
			continue
		}
		item := el("item")
		if t.title != "" {
			item.add(el("content", "styleCode", "Bold").add(text(t.title)))
		}
		e.add(item.add(inside...))
	}
	if len(e.kids) == 0 {
		return nil
	}
	return []*element{el("paragraph").add(el("content", "styleCode", "Bold").add(text("Text of: " + s.line.Title))), e}
}
