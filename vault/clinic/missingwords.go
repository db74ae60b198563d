package clinic

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// emptyWords says what a reason means, as the end of a sentence about a document
// (http://terminology.hl7.org/CodeSystem/list-empty-reason and v3-NullFlavor).
var emptyWords = map[string]string{
	"nilknown":    "says that none are known",
	"notasked":    "says that this was not asked",
	"NASK":        "says that this was not asked",
	"withheld":    "holds this back",
	"MSK":         "holds this back",
	"unavailable": "says that the information was not available",
	"NAV":         "says that the information was not available at the time",
	"NAVU":        "says that the information is not available",
	"notstarted":  "says that this was not begun yet",
	"closed":      "says that this list is no longer kept",
	"ASKU":        "says that it was asked and not known",
	"UNK":         "says that this is not known",
	"NI":          "says that it has no information",
	"NA":          "says that this does not apply",
}

// noneAtAll is the reason that does state that there is nothing (FHIR: "a positive
// statement by a clinical user").
const noneAtAll = "nilknown"

// Words is the silence in a calm sentence or two, with the document's own words.
func (u Unstated) Words() string {
	noun := u.noun()
	switch u.Silence {
	case OnlyInWords:
		return fmt.Sprintf("Nothing about %s stands in a list, only inside %s.%s", noun, u.who(), u.quote())
	case LeftEmpty:
		return fmt.Sprintf("Nobody has said anything about %s; %s leaves the section empty.%s", noun, u.who(), notNone)
	case NotKnown:
		return fmt.Sprintf("About %s a source says that it has no information%s.%s", noun, saidOn(u.By[0]), u.others())
	case EmptyWhy:
		words, ok := emptyWords[u.Reason]
		if !ok {
			words = fmt.Sprintf("leaves the section empty and gives the reason “%s”", record.Visible(u.Reason))
		}
		s := fmt.Sprintf("About %s, %s %s.%s", noun, u.who(), words, u.quote())
		if u.Reason == noneAtAll && !u.Listed {
			return s
		}
		return s + u.others()
	}
	return fmt.Sprintf("Nobody has said anything about %s in these files.%s", noun, notNone)
}

const notNone = " That does not mean that there are none."

func (u Unstated) noun() string {
	for _, x := range subjects {
		if x.section == u.Section {
			return x.noun
		}
	}
	return strings.ToLower(u.Section.Words())
}

func (u Unstated) others() string {
	if u.Listed {
		return " Other sources do name some."
	}
	return notNone
}

func (u Unstated) quote() string {
	if u.Text == "" {
		return ""
	}
	return " Its words: “" + shortened(record.Visible(u.Text)) + "”"
}

// shortened cuts a long text for a sentence; the note holds the whole.
func shortened(s string) string {
	text := []rune(s)
	if len(text) <= toldLength {
		return s
	}
	return string(text[:toldLength]) + " … (goes on there)"
}

// who names the newest of the documents that say so.
func (u Unstated) who() string {
	l := u.By[0]
	s := "“" + record.Visible(l.Title) + "”"
	if at := l.When.Start.Day().Human(); at != "" {
		s += " of " + at
	}
	if n := len(u.By) - 1; n > 0 {
		s += fmt.Sprintf(" (and %d more)", n)
	}
	return s
}
