package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// row is one line of the table: a number for each size.
type row struct {
	what   string
	name   string // of the number in the results
	format string
	target []string // by size, from 10,000 records on; one that has no size stands alone
	job    string   // that gave it, for the command column
}

// rows is THE list of what is measured, with the targets of the design.
var rows = []row{
	{"unlock to first 50 rows, besides the KDF, ms", "open.first", "%.1f", []string{"15", "20", "60"}, "open"},
	{"  own memory then, MB", "open.anon", "%.0f", []string{"40", "60", "120"}, "open"},
	{"  a list of 170 records, ms", "open.list", "%.1f", nil, "open"},
	{"records/s, transactions of 10,000", "fill.rate", "%.0f", []string{"20,000", "12,000", "8,000"}, "fill"},
	{"  rate at the end / at the start", "fill.held", "%.2f", []string{"0.6", "0.6", "0.6"}, "fill"},
	{"  records per CPU second", "fill.percpu", "%.0f", nil, "fill"},
	{"  most memory of its own, MB", "fill.peak", "%.0f", nil, "fill"},
	{"records/s, one transaction of 100,000 at most", "whole.rate", "%.0f", nil, "fill, batch 100,000"},
	{"  most memory of its own, MB", "whole.peak", "%.0f", nil, "fill, batch 100,000"},
	{"one saved change, median ms", "change.p50", "%.2f", nil, "change"},
	{"  99th percentile, ms", "change.p99", "%.2f", []string{"5", "5", "5"}, "change"},
	{"  calls that wait for the disk", "change.flushes", "%.2f", []string{"1", "1", "1"}, "strace, change"},
	{"  most memory of its own, MB", "change.peak", "%.0f", nil, "change"},
	{"search, median of ten queries, ms", "search.median", "%.2f", []string{"", "1", ""}, "search"},
	{"  worst, ms", "search.worst", "%.2f", []string{"", "5", ""}, "search"},
	{"  with a typing error, ms", "search.typo", "%.2f", []string{"", "8", ""}, "search"},
	{"  first after unlock, ms", "search.first", "%.1f", []string{"", "30", ""}, "search"},
	{"disk, journal and index, MB", "fill.disk", "%.1f", []string{"8", "75", "750"}, "fill"},
	{"backup of 500 MB to a folder, s", "backup.first", "%.2f", nil, "backup"},
	{"  in one .age file, s", "backup.file", "%.2f", nil, "backup"},
	{"  the same / tar | age", "backup.ratio", "%.2f", []string{"1.2"}, "backup; tar | age"},
	{"  again, nothing changed, s", "backup.again", "%.2f", []string{"0.7"}, "backup"},
	{"  500 MB of originals sealed, s", "backup.sealed", "%.2f", nil, "grow"},
}

// show writes the table.
func show(out io.Writer, sizes []int, results map[int]result) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "operation")
	for _, n := range sizes {
		fmt.Fprintf(w, "\t%s", count(n))
	}
	fmt.Fprintln(w, "\tgrowth\ttarget\tcommand")
	for _, r := range rows {
		var cells, growth []string
		before, any := 0.0, false
		for _, n := range sizes {
			x, ok := results[n][r.name]
			if !ok {
				cells = append(cells, "")
				continue
			}
			if before > 0 {
				growth = append(growth, fmt.Sprintf("x%.1f", x/before))
			}
			before, any = x, true
			cells = append(cells, fmt.Sprintf(r.format, x))
		}
		if any {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\tmeasure: %s\n", r.what, strings.Join(cells, "\t"), strings.Join(growth, " "), strings.Join(r.target, " / "), r.job)
		}
	}
	return w.Flush()
}

func count(n int) string {
	switch {
	case n >= 1_000_000 && n%1_000_000 == 0:
		return fmt.Sprintf("%d M", n/1_000_000)
	case n >= 1000 && n%1000 == 0:
		return fmt.Sprintf("%d k", n/1000)
	}
	return fmt.Sprint(n)
}

// cutLast cuts what begins with a word at its last place out of a text, up to
// the next white space.
func cutLast(s, word string) (before, found string, ok bool) {
	i := strings.LastIndex(s, word)
	if i < 0 {
		return s, "", false
	}
	return s[:i], strings.Fields(s[i:])[0], true
}
