package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

type searchCmd struct {
	Words  []string `arg:"" help:"All of them must occur: the beginning of a word is enough, and another form of it, or one slip of the pen where nothing has it."`
	Limit  int      `help:"At most this many." default:"50"`
	Person string   `help:"Only this person." placeholder:"ID"`
	JSON   bool     `help:"One object a line, as JSON."`
}

// Run searches titles, codes, notes and document text.
func (x *searchCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	if x.Person != "" {
		if _, err := c.person(ctx, v, x.Person); err != nil {
			return err
		}
	}
	hits, err := v.Search(ctx, strings.Join(x.Words, " "), record.Filter{Person: record.ID(x.Person)}, x.Limit)
	if err != nil {
		return err
	}
	for _, h := range hits {
		e := newEntry(h.Record)
		if e.Standing.History() {
			continue
		}
		if x.JSON {
			if err := c.json(struct {
				entry
				Snippet string       `json:"snippet"`
				Marks   []vault.Mark `json:"marks"`
			}{e, h.Snippet, h.Marks}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%s | %s\n", e.line(h.Record), h.Record.Resource.Kind())
		if h.Snippet != "" {
			fmt.Fprintf(c.out, "    %s\n", marked(h, c.bold()))
		}
	}
	return nil
}

// marked is the snippet of a hit, with the words that matched in bold where the
// terminal can show them so.
func marked(h vault.Hit, bold bool) string {
	if !bold {
		return visible(h.Snippet)
	}
	var b strings.Builder
	at := 0
	for _, m := range h.Marks {
		b.WriteString(visible(h.Snippet[at:m.Start]))
		b.WriteString("\x1b[1m" + visible(h.Snippet[m.Start:m.End]) + "\x1b[22m")
		at = m.End
	}
	b.WriteString(visible(h.Snippet[at:]))
	return b.String()
}

// bold says whether what is printed goes to a terminal that shows bold type.
func (c *console) bold() bool {
	f, ok := c.out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && c.getenv("TERM") != "dumb" && c.getenv("NO_COLOR") == ""
}
