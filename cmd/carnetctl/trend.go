package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/overview"
	"github.com/carnet-phr/carnet/vault/record"
)

type trendCmd struct {
	Test   string `arg:"" help:"A LOINC code, or what the test is called."`
	Person string `help:"Whose." placeholder:"ID"`
	JSON   bool   `help:"As JSON."`
	PNG    string `name:"png" help:"Draw it into this new file." placeholder:"FILE" type:"path"`
}

// Run prints one test over time.
func (x *trendCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	person, err := c.person(ctx, v, x.Person)
	if err != nil {
		return err
	}
	s, err := overview.Summarise(ctx, v, person)
	if err != nil {
		return err
	}
	found, err := chosen(append(s.Results, s.Vitals...), x.Test)
	if err != nil {
		return err
	}
	list := s.Series(found...)
	switch {
	case x.PNG != "":
		return savePicture(x.PNG, found[0].Title, list)
	case x.JSON:
		return c.json(trendJSON(list))
	}
	for _, series := range list {
		c.printSeries(series)
	}
	return nil
}

// namesShown is how many tests are named where none is meant for certain.
const namesShown = 12

// chosen are the tests of a LOINC code or of exactly these words. What merely
// resembles them is named, and never chosen.
func chosen(tests []clinic.Test, words string) ([]clinic.Test, error) {
	var found []clinic.Test
	var alike []string
	want := clinic.AliasWords(words)
	for _, t := range tests {
		switch {
		case called(t, want):
			found = append(found, t)
		case strings.Contains(clinic.AliasWords(t.Title), want):
			alike = append(alike, visible(t.Title))
		}
	}
	switch {
	case len(found) > 0:
		return found, nil
	case len(alike) > namesShown:
		alike = append(alike[:namesShown], fmt.Sprintf("and %d more", len(alike)-namesShown))
	}
	if len(alike) > 0 {
		return nil, usageError("no test is called exactly that; there are: " + strings.Join(alike, "; "))
	}
	return nil, usageError("no test has this code or name; carnetctl summary lists them")
}

func called(t clinic.Test, want string) bool {
	for _, l := range t.Points {
		if clinic.AliasWords(l.Title) == want {
			return true
		}
		for _, k := range l.Codes {
			if k.Code == want && k.System == record.LOINC {
				return true
			}
		}
	}
	return false
}

func (c *console) printSeries(s clinic.Series) {
	fmt.Fprint(c.out, visible(s.Title))
	for _, w := range []string{s.Part, s.Unit, s.TrendWords()} {
		if w != "" {
			fmt.Fprintf(c.out, " | %s", visible(w))
		}
	}
	fmt.Fprintln(c.out)
	gap := map[int]clinic.Gap{}
	for _, g := range s.Gaps {
		gap[g.After] = g
	}
	for n, p := range s.Points {
		e := newEntry(p.Line.Record)
		fmt.Fprintf(c.out, "  %s | %s", orElse(visible(p.Line.When.Human()), "date unknown"), visible(p.In(s.Unit)))
		for _, w := range []string{p.Flag, rangeOf(p), notFinal(*p.Line), e.Source.Asserter.Words()} {
			if w != "" {
				fmt.Fprintf(c.out, " | %s", visible(w))
			}
		}
		fmt.Fprintf(c.out, " | %s\n", p.Line.ID)
		if g, ok := gap[n]; ok {
			fmt.Fprintf(c.out, "  … no result for %d days\n", int(g.To.Sub(g.From).Hours()/24))
		}
	}
	for _, l := range s.Others {
		fmt.Fprintf(c.out, "  %s\n", newEntry(l.Record).line(l.Record))
	}
}

func rangeOf(p clinic.Point) string {
	if p.Range == "" {
		return ""
	}
	return "range " + p.Range
}

func notFinal(l clinic.Line) string {
	if l.Status == "final" {
		return ""
	}
	return l.Status
}

// savePicture draws into a file that is not there yet.
func savePicture(path, title string, list []clinic.Series) error {
	b, err := picture(title, list)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	if _, err = f.Write(b); err != nil {
		f.Close()
		os.Remove(path)
		return fmt.Errorf("write the picture: %w", err)
	}
	return f.Close()
}

// trendJSON is the series in the words of doc.go.
func trendJSON(list []clinic.Series) any {
	type point struct {
		ID         record.ID         `json:"id"`
		When       string            `json:"when"`
		Value      string            `json:"value"`
		Comparator record.Comparator `json:"comparator,omitempty"`
		Converted  bool              `json:"converted"`
		Written    string            `json:"written"`
		Range      string            `json:"range,omitempty"`
		Flag       string            `json:"flag,omitempty"`
		Status     string            `json:"status"`
		Source     entrySource       `json:"source"`
	}
	out := []map[string]any{}
	for _, s := range list {
		points, others, gaps := []point{}, []entry{}, []map[string]string{}
		for _, p := range s.Points {
			e := newEntry(p.Line.Record)
			points = append(points, point{p.Line.ID, e.When, p.Shown, p.Comparator, p.Converted, p.Written.String(), p.Range, p.Flag, e.Status, e.Source})
		}
		for _, l := range s.Others {
			others = append(others, newEntry(l.Record))
		}
		for _, g := range s.Gaps {
			gaps = append(gaps, map[string]string{"from": g.From.Format("2006-01-02"), "to": g.To.Format("2006-01-02")})
		}
		row := map[string]any{"title": s.Title, "part": s.Part, "unit": s.Unit, "points": points, "others": others, "gaps": gaps}
		if t := s.Trend; t.Direction != "" {
			row["trend"] = map[string]any{
				"direction": t.Direction, "words": t.Words(), "perYear": t.PerYear, "low": t.Low, "high": t.High, "points": t.Points,
				"from": t.From.Format("2006-01-02"), "to": t.To.Format("2006-01-02"),
			}
		}
		out = append(out, row)
	}
	return out
}
