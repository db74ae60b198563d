package main

import (
	"context"
	"fmt"
	"os"

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
	found, alike := s.Called(x.Test)
	if len(found) == 0 {
		return c.notCalled(alike)
	}
	list := s.Series(found...)
	if x.PNG != "" {
		return c.savePicture(x.PNG, list)
	}
	if x.JSON {
		return c.json(trendJSON(list))
	}
	for i := range list {
		c.printSeries(&list[i])
	}
	return nil
}

// namesShown is how many tests are named where none is meant for certain.
const namesShown = 12

// notCalled names the tests that were perhaps meant. They are printed and not part of
// the error, which holds nothing of the record.
func (c *console) notCalled(alike []clinic.Test) error {
	for n, t := range alike {
		if n == namesShown {
			fmt.Fprintf(c.err, "and %d more\n", len(alike)-namesShown)
			break
		}
		fmt.Fprintln(c.err, visible(t.Title))
	}
	if len(alike) > 0 {
		return usageError("no test is called exactly that; those above are")
	}
	return usageError("no test has this code or name; carnetctl summary lists them")
}

func (c *console) printSeries(s *clinic.Series) {
	fmt.Fprint(c.out, visible(s.Title))
	for _, w := range []string{s.Part, s.Unit, s.Trend.Words(), apart(s)} {
		if w != "" {
			fmt.Fprintf(c.out, " | %s", visible(w))
		}
	}
	fmt.Fprintln(c.out)
	gap := map[int]clinic.Gap{}
	for _, g := range s.Gaps {
		gap[g.After] = g
	}
	for n := range s.Points {
		c.printPoint(&s.Points[n], s.Unit)
		if g, ok := gap[n]; ok {
			fmt.Fprintf(c.out, "  … no result for %d days\n", int(g.To.Sub(g.From).Hours()/24))
		}
	}
	for _, l := range s.Others {
		fmt.Fprintf(c.out, "  %s\n", newEntry(l.Record).line(l.Record))
	}
}

// apart says why a series does not stand on the axis of the one before it.
func apart(s *clinic.Series) string {
	if s.Apart == "" {
		return ""
	}
	return "apart: " + s.Apart
}

func (c *console) printPoint(p *clinic.Point, unit string) {
	fmt.Fprintf(c.out, "  %s | %s", orElse(visible(p.Line.When.Human()), "date unknown"), visible(p.In(unit)))
	words := []string{p.Flag(), rangeOf(p), notFinal(p.Line), p.Line.Source().Asserter.Words()}
	for _, row := range p.Line.Overlay.Says() {
		words = append(words, row.Label+": "+row.Value)
	}
	for _, w := range words {
		if w != "" {
			fmt.Fprintf(c.out, " | %s", visible(w))
		}
	}
	fmt.Fprintf(c.out, " | %s\n", p.Line.ID)
}

func rangeOf(p *clinic.Point) string {
	w := p.Range()
	if w == "" {
		return ""
	}
	return "range " + w
}

func notFinal(l *clinic.Line) string {
	if l.Status == "final" {
		return ""
	}
	return l.Status
}

// savePicture draws into a file that is not there yet.
func (c *console) savePicture(path string, list []clinic.Series) error {
	b, left, err := picture(list)
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
	if left > 0 {
		fmt.Fprintf(c.err, "%d further series are not in the picture; without --png they are listed\n", left)
	}
	return f.Close()
}

type trendPoint struct {
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
	Says       []record.Detail   `json:"patientSays,omitempty"`
}

// trendJSON is the series in the words of doc.go.
func trendJSON(list []clinic.Series) any {
	out := []map[string]any{}
	for i := range list {
		s := &list[i]
		points, others, gaps := []trendPoint{}, []entry{}, []map[string]string{}
		for n := range s.Points {
			p := &s.Points[n]
			e := newEntry(p.Line.Record)
			points = append(points, trendPoint{p.Line.ID, e.When, p.Shown(), p.Comparator, p.Converted(), p.Written.String(), p.Range(), p.Flag(), e.Status, e.Source, e.Says})
		}
		for _, l := range s.Others {
			others = append(others, newEntry(l.Record))
		}
		for _, g := range s.Gaps {
			gaps = append(gaps, map[string]string{"from": g.From.Format("2006-01-02"), "to": g.To.Format("2006-01-02")})
		}
		row := map[string]any{"title": s.Title, "part": s.Part, "unit": s.Unit, "points": points, "others": others, "gaps": gaps}
		if s.Apart != "" {
			row["apart"] = s.Apart
		}
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
