package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sort"
	"strings"
	"text/tabwriter"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
	"github.com/carnet-phr/carnet/vault/record"
)

type importCmd struct {
	Paths  []string `arg:"" name:"path" help:"Files and folders."`
	Person string   `help:"Under whom to file: a person's ID, or new." placeholder:"ID|new"`
	DryRun bool     `help:"Only show what would be filed."`
	Yes    bool     `help:"File without asking."`
	JSON   bool     `help:"Print the receipt as JSON."`

	ReferImages bool `help:"Leave the files of images where they are: only their place and their SHA-256 are kept. They are neither sealed nor backed up."`

	SecretFile string `help:"Open a sealed package or archive with the passphrase or age key in the first line of this file; else it is asked for." placeholder:"F" type:"path"`

	CSVDates   string `name:"csv-dates" help:"Tables: whether the day or the month comes first, where no date tells." enum:"day-first,month-first," default:"" placeholder:"day-first|month-first"`
	CSVDecimal string `name:"csv-decimal" help:"Tables: the decimal sign, where the numbers do not tell." enum:"comma,point," default:"" placeholder:"comma|point"`
	CSVMap     string `name:"csv-map" help:"Tables: what a column holds, by its heading: value=Result,unit=Unit,test=…" placeholder:"value=HEADING,…"`
}

// Run reads the files, shows the receipt, and files them.
func (x *importCmd) Run(ctx context.Context, c *console) error {
	for i, p := range x.Paths {
		if p == "" {
			return usageError("a path is empty; name a file or a folder")
		}
		if abs, err := filepath.Abs(p); err == nil {
			x.Paths[i] = abs
		}
	}
	children, err := worker.Self()
	if err != nil {
		return err
	}
	defer children.Close()
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	b, done, err := x.read(ctx, c, v, exchange.Options{
		Person:   exchange.PersonChoice(x.Person),
		Children: children,
		Progress: func(p exchange.Progress) { c.progress(p.Stage, p.Done, p.Total) },
		Answers:  x.answers(),
		Refer:    x.ReferImages,
	})
	if err != nil {
		return err
	}
	defer done()
	defer c.explainQuestions(b.Questions())
	switch {
	case b.Held():
		return errors.Join(x.show(c, b.Receipt, true), c.explainHold(b))
	case x.DryRun:
		return errors.Join(x.show(c, b.Receipt, false), refusals(b.Receipt))
	}
	if err := x.file(ctx, c, b); err != nil {
		return err
	}
	return errors.Join(v.Close(), refusals(b.Receipt))
}

// file commits the batch, after asking unless --yes says so.
func (x *importCmd) file(ctx context.Context, c *console, b *exchange.Batch) error {
	ask := !x.Yes && !b.Empty()
	if ask {
		if err := x.show(c, b.Receipt, false); err != nil {
			return err
		}
		if ok, err := c.confirm(ctx, "File this?"); err != nil || !ok {
			fmt.Fprintln(c.err, "nothing was filed")
			return err
		}
	}
	receipt, err := b.Commit(ctx)
	if err != nil || ask {
		return err
	}
	return x.show(c, receipt, false)
}

func refusals(r record.Receipt) error {
	if r.Refused() > 0 {
		return errRefused
	}
	return nil
}

// show prints a receipt.
func (x *importCmd) show(c *console, r record.Receipt, held bool) error {
	if !x.JSON {
		c.printReceipt(r)
		return nil
	}
	return c.json(struct {
		record.Receipt
		Held bool `json:"held,omitempty"`
	}{r, held})
}

// answers are what the flags say to the questions of formats.
func (x *importCmd) answers() map[string]string {
	return map[string]string{"csv-dates": x.CSVDates, "csv-decimal": x.CSVDecimal, "csv-map": x.CSVMap}
}

// explainQuestions says what the files wait for, and the flags that answer it.
func (c *console) explainQuestions(questions []exchange.Question) {
	for _, q := range questions {
		fmt.Fprintf(c.err, "%s: %s\n", visible(q.Source), q.Text)
		for _, o := range q.Choices {
			fmt.Fprintf(c.err, "  --%s %q: %s\n", q.Name, visible(o.Answer), visible(o.Words))
		}
	}
}

// explainHold says how the patients in the files compare with the people of the
// vault.
func (c *console) explainHold(b *exchange.Batch) error {
	for _, s := range b.Subjects {
		name := s.Name
		if name == "" {
			name = "somebody whom the files do not name"
		}
		fmt.Fprintf(c.err, "records about %s: %d; %s (%s)\n", visible(name), s.Records, s.Likeness.Words(), strings.Join(s.Reasons, ", "))
	}
	fmt.Fprintln(c.err, "nothing was filed; the receipt shows what would be")
	return exchange.ErrPerson
}

// sourcesShown is how many files a receipt names one by one.
const sourcesShown = 40

// printReceipt prints a receipt for people.
func (c *console) printReceipt(r record.Receipt) {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "read\tfiled\tduplicate\tadministrative\tkept\trefused\t  file")
	sources := r.Folded(sourcesShown)
	for _, s := range sources {
		fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t%d\t  %s\n", s.Read, s.Filed, s.Duplicate, s.Administrative, s.Kept, s.Refused, visible(s.Name))
	}
	w.Flush()
	for _, s := range sources {
		if len(s.Kinds) > 0 {
			fmt.Fprintf(c.out, "%s: %s\n", visible(s.Name), kindCounts(s.Kinds))
		}
		for _, i := range s.Issues {
			fmt.Fprintf(c.out, "  %s: %s: %s\n", i.Severity, visible(i.Place), i.Text)
		}
	}
	for _, p := range r.Everyone() {
		if p.ID != "" {
			fmt.Fprintf(c.out, "filed under %s (%s), person %s\n", visible(orElse(p.Name, "somebody whom the files do not name")), p.Match, p.ID)
		}
	}
}

// kindCounts lists counts in the order of record.Kinds.
func kindCounts(kinds map[string]int) string {
	var words []string
	for _, k := range record.Kinds {
		if n := kinds[string(k.Kind)]; n > 0 {
			words = append(words, fmt.Sprintf("%s %d", strings.ToLower(k.Section), n))
		}
	}
	if len(words) == 0 {
		for k, n := range kinds {
			words = append(words, fmt.Sprintf("%s %d", k, n))
		}
		sort.Strings(words)
	}
	return strings.Join(words, ", ")
}
