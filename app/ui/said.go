package ui

import (
	"regexp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault/record"
)

// What the record means is worked out, and put into calm English sentences, without a
// screen (package clinic). Said puts such text into the language of the window: the
// sentences by the table below, dates as the language writes them. What stands between
// “ and ” is a source's own and stays; so does what no row knows.
func Said(text string) string {
	var quotes []string
	text = quoted.ReplaceAllStringFunc(text, func(s string) string {
		quotes = append(quotes, s)
		return "\x00" + strconv.Itoa(len(quotes)-1) + "\x00"
	})
	for _, row := range sayings() {
		text = row.pattern.ReplaceAllStringFunc(text, func(s string) string {
			return row.words(row.pattern.FindStringSubmatch(s))
		})
	}
	text = written.ReplaceAllStringFunc(text, writtenDate)
	return masked.ReplaceAllStringFunc(text, func(s string) string {
		if n, err := strconv.Atoi(strings.Trim(s, "\x00")); err == nil && n < len(quotes) {
			return quotes[n]
		}
		return s
	})
}

var (
	quoted  = regexp.MustCompile(`“[^”]*”`)
	masked  = regexp.MustCompile(`\x00\d+\x00`)
	written = regexp.MustCompile(`\b(?:(\d{1,2}) )?(January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\b`)
)

// saying is a sentence, or a part of one.
type saying struct {
	pattern *regexp.Regexp
	words   func(groups []string) string
}

// The patterns, each compiled once; asOf is the end of a sentence that names a day.
const asOf = `(?:, as of ([^.;]+?))?`

var sayingPatterns = func() []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, p := range []string{
		`Sources disagree: one says that there are none` + asOf + `, another names those below\.`,
		`Sources disagree: one says that no medicine is taken` + asOf + `, another names those below\.`,
		`The source says that no medicine is taken` + asOf + `\.`,
		`The patient says that no medicine is taken` + asOf + `\.`,
		`The source says that no problem is known` + asOf + `\.`,
		`The source says that it has no information about ([a-z ]+?)` + asOf + `\.`,
		`That does not mean that there are none\.`,
		`That does not mean that none are taken\.`,
		`Nobody has said anything about ([a-z ]+?) in these files\.`,
		`Nobody has said anything about ([a-z ]+?); ([^;]+?) leaves the section empty\.`,
		`No allergy, and no statement that there is none, stands in a list\.`,
		`No medicine, and no statement that none is taken, stands in a list\.`,
		`No problem, and no statement that there is none, stands in a list\.`,
		`No current allergy is listed\. What was ruled out or is past stands below\.`,
		`No medicine is stated as current\. What is planned, past or of unclear status stands below\.`,
		`No problem is stated as current\. What is past or of unclear status stands below\.`,
		`Nothing about ([a-z ]+?) stands in a list, only inside ([^;]+?)\.`,
		`About ([a-z ]+?) a source says that it has no information` + asOf + `\.`,
		`About ([a-z ]+?), ([^,]+?) (says that|holds this back)([^.]*)\.`,
		`Other sources do name some\.`,
		`Its words: (\x00\d+\x00)`,
		`Not in a list, only inside a document: `,
		`, said by ([^;]+?) on ((?:\d{1,2} )?[A-Z][a-z]+ \d{4}|\d{4})`,
		`^Nothing changed\.$`,
		`^\d+ (?:` + changeWords + `)(?:, \d+ (?:` + changeWords + `))*\.$`,
		`: sources differ\. ([A-Z][a-z ]+): `,
		`Sources differ\. ([A-Z][a-z ]+): `,
		`\((\d+) times\)`,
		`\(?and (\d+) more\)?`,
		`(\x00\d+\x00) of ((?:\d{1,2} )?[A-Z][a-z]+ \d{4}|\d{4})`,
		`Also called (\x00)`,
		`The patient says: (\x00)`,
		`Stated in (\d+) entries`,
		`; started (\d)`,
		`^none are known$`,
		`^(?:(.+): )?(rising|falling|no clear direction) over (\d+) (hour|day|week|month|year)s?$`,
	} {
		out = append(out, regexp.MustCompile(p))
	}
	return out
}()

const changeWords = `new|changed|stopped or resolved|withdrawn by the source|stated once more by another source|whose date does not say whether it is new`

// sayings are the rows, with their words in the language of the window.
func sayings() []saying {
	plain := func(words string) func([]string) string { return func([]string) string { return words } }
	dated := func(words func(map[string]any) string) func([]string) string {
		return func(g []string) string { return words(map[string]any{"AsOf": asOfWords(g[1])}) }
	}
	words := []func(g []string) string{
		dated(func(m map[string]any) string {
			return lang.L("Sources disagree: one says that there are none{{.AsOf}}, another names those below.", m)
		}),
		dated(func(m map[string]any) string {
			return lang.L("Sources disagree: one says that no medicine is taken{{.AsOf}}, another names those below.", m)
		}),
		dated(func(m map[string]any) string { return lang.L("The source says that no medicine is taken{{.AsOf}}.", m) }),
		dated(func(m map[string]any) string {
			return lang.L("The patient says that no medicine is taken{{.AsOf}}.", m)
		}),
		dated(func(m map[string]any) string { return lang.L("The source says that no problem is known{{.AsOf}}.", m) }),
		func(g []string) string {
			return lang.L("The source says that it has no information about {{.What}}{{.AsOf}}.", map[string]any{"What": subject(g[1]), "AsOf": asOfWords(g[2])})
		},
		plain(lang.L("That does not mean that there are none.")),
		plain(lang.L("That does not mean that none are taken.")),
		func(g []string) string {
			return lang.L("Nobody has said anything about {{.What}} in these files.", map[string]any{"What": subject(g[1])})
		},
		func(g []string) string {
			return lang.L("Nobody has said anything about {{.What}}; {{.Document}} leaves the section empty.", map[string]any{"What": subject(g[1]), "Document": g[2]})
		},
		plain(lang.L("No allergy, and no statement that there is none, stands in a list.")),
		plain(lang.L("No medicine, and no statement that none is taken, stands in a list.")),
		plain(lang.L("No problem, and no statement that there is none, stands in a list.")),
		plain(lang.L("No current allergy is listed. What was ruled out or is past stands below.")),
		plain(lang.L("No medicine is stated as current. What is planned, past or of unclear status stands below.")),
		plain(lang.L("No problem is stated as current. What is past or of unclear status stands below.")),
		func(g []string) string {
			return lang.L("Nothing about {{.What}} stands in a list, only inside {{.Document}}.", map[string]any{"What": subject(g[1]), "Document": g[2]})
		},
		func(g []string) string {
			return lang.L("About {{.What}} a source says that it has no information{{.AsOf}}.", map[string]any{"What": subject(g[1]), "AsOf": asOfWords(g[2])})
		},
		func(g []string) string {
			return lang.L("About {{.What}}, {{.Document}} {{.Says}}.", map[string]any{"What": subject(g[1]), "Document": g[2], "Says": emptiness(g[3] + g[4])})
		},
		plain(lang.L("Other sources do name some.")),
		func(g []string) string { return lang.L("Its words: {{.Words}}", map[string]any{"Words": g[1]}) },
		plain(lang.L("Not in a list, only inside a document:") + " "),
		func(g []string) string {
			return lang.L(", said by {{.Who}} on {{.Day}}", map[string]any{"Who": g[1], "Day": g[2]})
		},
		plain(lang.L("Nothing changed.")),
		func(g []string) string { return changes(g[0]) },
		func(g []string) string {
			return ": " + lang.L("sources differ. {{.About}}", map[string]any{"About": About(g[1])}) + ": "
		},
		func(g []string) string {
			return lang.L("Sources differ. {{.About}}", map[string]any{"About": About(g[1])}) + ": "
		},
		func(g []string) string { return lang.L("({{.Count}} times)", map[string]any{"Count": g[1]}) },
		andMore,
		func(g []string) string {
			return lang.L("{{.Document}} of {{.Day}}", map[string]any{"Document": g[1], "Day": g[2]})
		},
		func(g []string) string { return lang.L("Also called") + " " + g[1] },
		func(g []string) string { return lang.L("The patient says") + ": " + g[1] },
		func(g []string) string { return lang.L("Stated in {{.Count}} entries", map[string]any{"Count": g[1]}) },
		func(g []string) string { return "; " + lang.L("started") + " " + g[1] },
		plain(lang.L("none are known")),
		direction,
	}
	out := make([]saying, len(words))
	for i := range words {
		out[i] = saying{sayingPatterns[i], words[i]}
	}
	return out
}

func asOfWords(day string) string {
	if day == "" {
		return ""
	}
	return lang.L(", as of {{.Day}}", map[string]any{"Day": day})
}

func andMore(g []string) string {
	words := lang.L("and {{.Count}} more", map[string]any{"Count": g[1]})
	if strings.HasPrefix(g[0], "(") {
		return "(" + words + ")"
	}
	return words
}

// About is the name of a fact that sources state differently.
func About(fact string) string {
	if fact == "Whether there are any" {
		return lang.L("Whether there are any")
	}
	if words := lang.X(FormKey(fact), fact); words != fact {
		return words
	}
	return lang.X(LabelKey(fact), fact)
}

// Differing is what a disagreement is about: the words of the entry, or of a whole
// section the section.
func Differing(title, about string) string {
	if about == "Whether there are any" {
		return Capital(subject(strings.ToLower(title)))
	}
	return record.Visible(title)
}

// subject is what a section is about, within a sentence.
func subject(noun string) string {
	words, ok := map[string]string{
		"allergies": lang.L("allergies"), "medicines": lang.L("medicines"), "problems": lang.L("problems"), "immunizations": lang.L("immunizations"),
		"procedures": lang.L("procedures"), "test results": lang.L("test results"), "vital signs": lang.L("vital signs"), "social history": lang.L("social history"),
		"family history": lang.L("family history"), "devices and implants": lang.L("devices and implants"), "care plans": lang.L("care plans"),
		"notes and documents": lang.L("notes and documents"),
	}[noun]
	if !ok {
		return noun
	}
	return words
}

// emptiness is why a document has nothing.
func emptiness(why string) string {
	words, ok := map[string]string{
		"says that none are known": lang.L("says that none are known"), "says that this was not asked": lang.L("says that this was not asked"),
		"holds this back": lang.L("holds this back"), "says that the information was not available": lang.L("says that the information was not available"),
		"says that the information was not available at the time": lang.L("says that the information was not available at the time"),
		"says that the information is not available":              lang.L("says that the information is not available"),
		"says that this was not begun yet":                        lang.L("says that this was not begun yet"), "says that this list is no longer kept": lang.L("says that this list is no longer kept"),
		"says that it was asked and not known": lang.L("says that it was asked and not known"), "says that this is not known": lang.L("says that this is not known"),
		"says that it has no information": lang.L("says that it has no information"), "says that this does not apply": lang.L("says that this does not apply"),
	}[why]
	if !ok {
		return why
	}
	return words
}

var oneChange = regexp.MustCompile(`(\d+) (` + changeWords + `)`)

// changes are counts of what became different.
func changes(text string) string {
	return oneChange.ReplaceAllStringFunc(text, func(s string) string {
		n, what, _ := strings.Cut(s, " ")
		return n + " " + map[string]string{
			"new": lang.L("new"), "changed": lang.L("changed"), "stopped or resolved": lang.L("stopped or resolved"),
			"withdrawn by the source": lang.L("withdrawn by the source"), "stated once more by another source": lang.L("stated once more by another source"),
			"whose date does not say whether it is new": lang.L("whose date does not say whether it is new"),
		}[what]
	})
}

// direction is how a test went, and for how long.
func direction(g []string) string {
	part := ""
	if g[1] != "" {
		part = g[1] + ": "
	}
	n, err := strconv.Atoi(g[3])
	if err != nil {
		return g[0]
	}
	count := map[string]any{"Count": n}
	length := ""
	switch g[4] {
	case "hour":
		length = lang.N("{{.Count}} hours", n, count)
	case "day":
		length = lang.N("{{.Count}} days", n, count)
	case "week":
		length = lang.N("{{.Count}} weeks", n, count)
	case "month":
		length = lang.N("{{.Count}} months", n, count)
	default:
		length = lang.N("{{.Count}} years", n, count)
	}
	over := map[string]any{"Time": length}
	switch g[2] {
	case "rising":
		return part + lang.L("rising over {{.Time}}", over)
	case "falling":
		return part + lang.L("falling over {{.Time}}", over)
	}
	return part + lang.L("no clear direction over {{.Time}}", over)
}

// writtenDate is a date that English words write, as the language of the window does.
func writtenDate(s string) string {
	g := written.FindStringSubmatch(s)
	months := map[string]string{"January": "01", "February": "02", "March": "03", "April": "04", "May": "05", "June": "06", "July": "07", "August": "08", "September": "09", "October": "10", "November": "11", "December": "12"}
	d := g[3] + "-" + months[g[2]]
	if g[1] != "" {
		d += "-" + strings.Repeat("0", 2-len(g[1])) + g[1]
	}
	return Date(record.Date(d))
}
