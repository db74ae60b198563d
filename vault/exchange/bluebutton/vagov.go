package bluebutton

import (
	"regexp"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// items are the blocks of a section. At VA.gov each stands under a title of its
// own with a rule below it, which takes the place of the block's first key.
func (r *reader) items(s *section, k *kind) []*item {
	if r.grammar != vaGov || k.titled == "" {
		items, _ := k.parse(r.lines, s.first, s.last)
		return items
	}
	var titles []int
	for i := s.first; i < s.last; i++ {
		if strings.TrimSpace(r.lines[i].Text) != "" && !isRule(r.lines[i].Text) && strings.HasPrefix(strings.TrimSpace(r.lines[i+1].Text), "---") && isRule(r.lines[i+1].Text) {
			titles = append(titles, i)
		}
	}
	var items []*item
	for n, first := range titles {
		last := s.last
		if n+1 < len(titles) {
			last = titles[n+1] - 1
		}
		it := &item{first: first, last: last}
		l := k.layout
		l.starts = nil
		_, fields := l.parse(r.lines, first+1, last)
		it.fields = append([]*field{{key: k.titled, name: k.titled, value: []string{strings.TrimSpace(r.lines[first].Text)}}}, fields...)
		it.silence()
		items = append(items, it)
	}
	return items
}

// silence drops what VA.gov prints where it has nothing to say.
func (it *item) silence() {
	for _, f := range it.fields {
		switch v := strings.Join(f.value, " "); {
		case strings.EqualFold(v, "none recorded"), strings.EqualFold(v, "none noted"), strings.EqualFold(v, "undefined"):
			f.value = nil
		}
	}
}

var panelKeys = layout{
	keys:  []string{"site or sample tested", "sample tested", "reason for test", "ordered by", "ordering location", "collecting location", "location", "date completed", "results"},
	prose: []string{"provider notes", "lab comments", "clinical history"},
}

var panelResultKeys = layout{keys: []string{"result", "reference range", "status"}, prose: []string{"lab comments"}}

// panelTitle is the title of a panel: its name and when it was.
var panelTitle = regexp.MustCompile(`^(.+) on ([A-Z][a-z]+ \d{1,2}, \d{4}.*)$`)

// panel reads a test of VA.gov: below "Results:" each result stands under its
// name, or else the report in words.
func (r *reader) panel(s *section, it *item) {
	d := &record.DiagnosticReport{Code: words(it.get("lab test"))}
	if m := panelTitle.FindStringSubmatch(d.Code.Text); m != nil {
		d.Code.Text, d.Effective = m[1], at(m[2])
	}
	d.Specimen = it.get("site or sample tested", "sample tested")
	d.Text = r.narrative(it.first+2, it.last)
	panel := r.local("lab", d.Code.Text, string(d.Effective.Start))
	var results []*record.Observation
	var spans [][2]int
	for i := it.first + 2; i < it.last; i++ {
		if name := strings.TrimSpace(r.lines[i].Text); name == "" || !strings.HasPrefix(r.lines[i+1].Text, "Result:") {
			continue
		}
		last := i + 1
		for last < it.last && strings.TrimSpace(r.lines[last+1].Text) != "" && (last+2 > it.last || !strings.HasPrefix(r.lines[last+2].Text, "Result:")) {
			last++
		}
		_, fields := panelResultKeys.parse(r.lines, i+1, last)
		one := &item{first: i, last: last, fields: append(fields, &field{key: "Test name", name: "test name", value: []string{strings.TrimSpace(r.lines[i].Text)}})}
		one.silence()
		o := r.result(one)
		o.Effective, o.Specimen, o.Panel = d.Effective, d.Specimen, record.Reference{Local: panel, Display: d.Code.String()}
		results, spans = append(results, o), append(spans, [2]int{i, last})
		d.Result = append(d.Result, record.Reference{Local: panel + "/" + o.Code.Text, Display: o.Code.Text})
		d.Status = common(d.Status, o.Status, len(results) == 1)
	}
	r.add(s, it.first, it.last, d, "lab test", named(panel))
	for i, o := range results {
		r.add(s, spans[i][0], spans[i][1], o, "result", named(panel+"/"+o.Code.Text))
	}
}
