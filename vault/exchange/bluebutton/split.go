package bluebutton

import (
	"regexp"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/plaintext"
	"github.com/carnet-phr/carnet/vault/record"
)

// section is one part of the report under its heading. Lines are numbered from
// 0, last is inclusive.
type section struct {
	title       string // as written
	name        string // upper case, without whose data it is
	head        int    // line of the heading
	first, last int    // lines of the body
	source      string // the "Source:" line
	self        bool   // entered by the patient
}

// ownHeading is a heading of one line, as My HealtheVet prints it.
var ownHeading = regexp.MustCompile(`^\s?[-#]{8,}\s*([^-#\s].*?)\s*[-#]{2,}\s*$`)

// numbered is a heading of VA.gov below its line: "4) Allergies".
var numbered = regexp.MustCompile(`^\s*\d{1,2}\) (\S.*)$`)

// isRule says whether a line is a rule: three or more dashes and the like.
func isRule(s string) bool {
	s = strings.ReplaceAll(strings.TrimSpace(s), " ", "")
	return len(s) >= 3 && strings.Trim(s, "-=_#*") == ""
}

// split finds the sections of a report; the first is what stands before any
// heading.
func split(g grammar, lines []plaintext.Line) []*section {
	sections := []*section{{head: 0, first: 0, last: -1}}
	for i := 0; i < len(lines); i++ {
		title, body := heading(g, lines, i)
		if title == "" {
			continue
		}
		sections[len(sections)-1].last = i - 1
		sections = append(sections, &section{title: title, head: i, first: body})
		i = body - 1
	}
	sections[len(sections)-1].last = len(lines) - 1
	for _, s := range sections {
		s.describe(lines)
		if g == vaGov && s.title != "" {
			s.source = "VA" // "This report doesn't include information you entered yourself"
		}
	}
	return sections
}

// heading tells whether a heading starts at line i, and where its body starts.
func heading(g grammar, lines []plaintext.Line, i int) (title string, body int) {
	switch g {
	case healthEVet:
		m := ownHeading.FindStringSubmatch(lines[i].Text)
		if m == nil || strings.Contains(m[1], "---") || !confirmed(m[1], lines, i) {
			return "", 0
		}
		return m[1], i + 1
	case medicare:
		return between(lines, i)
	case vaGov:
		if !isRule(lines[i].Text) {
			return "", 0
		}
		if n := nextWords(lines, i+1); n >= 0 {
			m := numbered.FindStringSubmatch(lines[n].Text)
			if m != nil && (strings.Contains(lines[i].Text, "___") || lookup(sectionName(m[1])) != nil) {
				return m[1], n + 1
			}
			if strings.HasPrefix(lines[n].Text, "The following records have been downloaded") {
				return strings.TrimSuffix(strings.TrimSpace(lines[n].Text), ":"), n + 1
			}
		}
	}
	return "", 0
}

// confirmed holds a heading against what must follow it: a note may well print
// a line of the same shape. Each section says its source first; only the parts
// that are no data, and sections that are known by name, need not.
func confirmed(title string, lines []plaintext.Line, i int) bool {
	name := sectionName(title)
	if n := nextWords(lines, i+1); n >= 0 && strings.HasPrefix(strings.ToUpper(strings.TrimSpace(lines[n].Text)), "SOURCE:") {
		return true
	}
	return strings.Contains(strings.ToUpper(title), "MY HEALTHEVET") || lookup(name) != nil
}

// between is a heading of MyMedicare.gov: a title alone between two rules.
func between(lines []plaintext.Line, i int) (title string, body int) {
	if !isRule(lines[i].Text) {
		return "", 0
	}
	t := nextWords(lines, i+1)
	if t < 0 || isRule(lines[t].Text) {
		return "", 0
	}
	title = strings.TrimSpace(lines[t].Text)
	if strings.Contains(title, ":") && !strings.HasPrefix(title, "Claim Lines") {
		return "", 0
	}
	end := nextWords(lines, t+1)
	if end < 0 || !isRule(lines[end].Text) {
		return "", 0
	}
	return title, end + 1
}

// nextWords is the next line that is not blank, or -1.
func nextWords(lines []plaintext.Line, i int) int {
	for ; i < len(lines); i++ {
		if strings.TrimSpace(lines[i].Text) != "" {
			return i
		}
	}
	return -1
}

// describe reads what a section says of itself and drops blank lines around it.
func (s *section) describe(lines []plaintext.Line) {
	for s.first <= s.last && strings.TrimSpace(lines[s.first].Text) == "" {
		s.first++
	}
	for s.last >= s.first && strings.TrimSpace(lines[s.last].Text) == "" {
		s.last--
	}
	s.name = sectionName(s.title)
	for i := s.first; i <= s.last && i < s.first+3; i++ {
		if key, value, ok := strings.Cut(lines[i].Text, ":"); ok && strings.EqualFold(strings.TrimSpace(key), "source") {
			s.source = strings.TrimSpace(value)
			break
		}
	}
	s.self = strings.HasPrefix(strings.ToUpper(s.title), "SELF") || strings.HasPrefix(strings.ToLower(s.source), "self")
}

// sectionName is a title as the table of sections has it.
func sectionName(title string) string {
	name := strings.ToUpper(strings.Join(strings.Fields(title), " "))
	for _, prefix := range []string{"VA ", "SELF REPORTED ", "SELF-REPORTED ", "SELF ENTERED ", "SELF-ENTERED "} {
		name = strings.TrimPrefix(name, prefix)
	}
	return name
}

// by is who stands behind what a section says.
func (s *section) by() record.Asserter {
	switch {
	case s.self:
		return record.ByPatient
	case s.source != "", strings.HasPrefix(strings.ToUpper(s.title), "VA "):
		return record.ByOrganisation
	}
	return ""
}
