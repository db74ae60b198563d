package bluebutton

import (
	"context"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/plaintext"
)

// sizeLimit is the largest report that is read, in bytes.
const sizeLimit = 64 << 20

// headSize is how much of a file is looked at for the title, in bytes.
const headSize = 16 << 10

// headLines is how far down the title of a report may stand.
const headLines = 40

// Format reads Blue Button text. It writes none.
var Format = exchange.Format{
	Name:       "bluebutton",
	Title:      "Blue Button text (VA, Medicare)",
	MediaTypes: []string{"text/plain"},
	Extensions: []string{".txt"},
	Identify:   identify,
	Import:     importReport,
}

// identify looks for the title as the report prints it: a heading of its own,
// not a mention in a letter.
func identify(h exchange.Head) exchange.Match {
	if grammarOf(plaintext.HeadLines(h.Bytes[:min(len(h.Bytes), headSize)])) == noGrammar {
		return exchange.No
	}
	return exchange.Yes
}

// importReport reads one report.
func importReport(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	b, err := src.ReadAll(sizeLimit)
	if err != nil {
		return err
	}
	lines, err := plaintext.Lines(b)
	if err != nil {
		return err
	}
	g := grammarOf(lines)
	if g == noGrammar {
		return exchange.ErrNotThisFormat
	}
	return newReader(ctx, g, lines, sink).report()
}

// grammar is one of the ways in which a report is laid out.
type grammar int

const (
	noGrammar grammar = iota
	healthEVet
	vaGov
	medicare
)

// grammarOf tells the grammar by the report's title.
func grammarOf(lines []plaintext.Line) grammar {
	var seen []string // the words of the first lines that are not blank
	ruled := false    // a rule stands above
	for _, l := range lines[:min(len(lines), headLines)] {
		title := strings.ToUpper(strings.Join(strings.Fields(l.Text), " "))
		if title == "" {
			continue
		}
		inside := strings.Trim(title, "-#=* ")
		switch {
		case strings.HasPrefix(inside, "MY HEALTHEVET PERSONAL") && (inside != title || ruled):
			return healthEVet
		case strings.HasPrefix(inside, "MYMEDICARE.GOV PERSONAL HEALTH INFORMATION") && (inside != title || ruled):
			return medicare
		case strings.HasPrefix(title, "THIS REPORT INCLUDES KEY INFORMATION FROM YOUR VA MEDICAL RECORDS") && len(seen) > 0 && strings.HasSuffix(seen[len(seen)-1], "BLUE BUTTON REPORT"):
			return vaGov
		}
		ruled = inside == ""
		seen = append(seen, strings.NewReplacer("®", "", "(R)", "").Replace(title))
	}
	return noGrammar
}
