package record

import (
	"fmt"
	"path"
)

// Folded are the sources of a receipt for people: more than most of them are
// told folder by folder, those of one format in one line, with their issues told
// once. A file that was refused keeps its own line.
func (r Receipt) Folded(most int) []SourceReport {
	if len(r.Sources) <= most {
		return r.Sources
	}
	type pile struct{ folder, format string }
	at := map[pile]int{}
	files := map[pile]int{}
	var out []SourceReport
	for _, s := range r.Sources {
		key := pile{path.Dir(s.Name), s.Format}
		n, known := at[key]
		switch {
		case s.Refused > 0 || s.Read == 0:
			out = append(out, s)
			continue
		case !known:
			n = len(out)
			at[key] = n
			out = append(out, SourceReport{Name: s.Name, Format: s.Format, SHA256: s.SHA256, Kinds: map[string]int{}})
		}
		files[key]++
		out[n].add(s)
	}
	for key, n := range at {
		if files[key] > 1 {
			out[n].Name, out[n].SHA256 = fmt.Sprintf("%s/ (%d files)", key.folder, files[key]), ""
		}
	}
	for n := range out {
		out[n].Issues = once(out[n].Issues)
	}
	return out
}

func (s *SourceReport) add(o SourceReport) {
	s.Read += o.Read
	s.Filed += o.Filed
	s.Duplicate += o.Duplicate
	s.Administrative += o.Administrative
	s.Kept += o.Kept
	s.Refused += o.Refused
	for k, n := range o.Kinds {
		s.Kinds[k] += n
	}
	s.Issues = append(s.Issues, o.Issues...)
}

// once tells issues of the same words once, at the first one's place.
func once(issues []Issue) []Issue {
	type words struct {
		severity Severity
		text     string
	}
	at, times := map[words]int{}, []int{}
	var out []Issue
	for _, i := range issues {
		key := words{i.Severity, i.Text}
		if n, known := at[key]; known {
			times[n]++
			continue
		}
		at[key] = len(out)
		out, times = append(out, i), append(times, 1)
	}
	for n := range out {
		if times[n] > 1 {
			out[n].Text = fmt.Sprintf("%s (%d times)", out[n].Text, times[n])
		}
	}
	return out
}
