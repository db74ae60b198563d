package ips

import (
	"html"
	"regexp"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// page builds the XHTML of a narrative (https://hl7.org/fhir/R4/narrative.html):
// paragraphs, lists and tables, all text escaped.
type page struct{ b strings.Builder }

func escape(s string) string {
	return strings.ReplaceAll(html.EscapeString(clean(s)), "\n", "<br/>")
}

// say adds a paragraph.
func (p *page) say(s string) {
	if strings.TrimSpace(s) != "" {
		p.b.WriteString("<p>" + escape(s) + "</p>")
	}
}

// head adds a paragraph that heads what follows.
func (p *page) head(s string) { p.b.WriteString("<p><b>" + escape(s) + "</b></p>") }

// table adds a table; without rows, nothing. Columns that no row fills are left
// out.
func (p *page) table(columns []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	filled := make([]bool, len(columns))
	for _, row := range rows {
		for i, cell := range row {
			filled[i] = filled[i] || cell != ""
		}
	}
	write := func(tag string, cells []string) {
		p.b.WriteString("<tr>")
		for i, cell := range cells {
			if filled[i] {
				p.b.WriteString("<" + tag + ">" + escape(cell) + "</" + tag + ">")
			}
		}
		p.b.WriteString("</tr>")
	}
	p.b.WriteString("<table><thead>")
	write("th", columns)
	p.b.WriteString("</thead><tbody>")
	for _, row := range rows {
		write("td", row)
	}
	p.b.WriteString("</tbody></table>")
}

// verbatim adds a source's own narrative, with its markup where that is sound.
func (p *page) verbatim(n record.Narrative) {
	if sound(n) {
		p.b.WriteString("<div>" + string(n) + "</div>")
		return
	}
	p.say(n.Plain())
}

// narrative gives the Narrative; nil when nothing was written.
func (p *page) narrative() *element {
	if p.b.Len() == 0 {
		return nil
	}
	return obj("status", "generated", "div", `<div xmlns="http://www.w3.org/1999/xhtml" lang="en">`+p.b.String()+"</div>")
}

var tagForm = regexp.MustCompile(`^<(/?)([a-z0-9]+)((?: (?:colspan|rowspan)="[0-9]{1,3}")*)(/?)>`)

// sound says whether a narrative is balanced and holds nothing but the elements
// that [record.NarrativeWriter] writes; one that is not is written as words.
func sound(n record.Narrative) bool {
	var open []string
	s := clean(string(n))
	if s != string(n) {
		return false
	}
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return len(open) == 0 && wellEscaped(s)
		}
		m := tagForm.FindStringSubmatch(s[i:])
		if m == nil || !record.NarrativeElements[m[2]] || !wellEscaped(s[:i]) {
			return false
		}
		switch {
		case m[2] == "br":
			if m[1] != "" || m[4] == "" {
				return false
			}
		case m[1] == "/":
			if len(open) == 0 || open[len(open)-1] != m[2] {
				return false
			}
			open = open[:len(open)-1]
		case m[4] == "":
			open = append(open, m[2])
		}
		s = s[i+len(m[0]):]
	}
}

var entity = regexp.MustCompile(`^&(amp|lt|gt|quot|#[0-9]{1,6});`)

func wellEscaped(s string) bool {
	for i := strings.IndexByte(s, '&'); i >= 0; i = strings.IndexByte(s, '&') {
		if s = s[i:]; !entity.MatchString(s) {
			return false
		}
		s = s[1:]
	}
	return !strings.ContainsRune(s, '>')
}
