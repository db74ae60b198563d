package pdf

import (
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// longestEmergency is how much the code holds, in bytes: at this size a phone
// reads it from paper at arm's length, a module is a third of a millimetre.
const longestEmergency = 480

// list is one line of the emergency facts.
type list struct {
	title string
	items []string // gravest first
	none  string   // what stands where there are none
	more  bool     // the paper says more about all of them
	shown int
}

func (l list) String() string {
	if len(l.items) == 0 {
		return l.title + ": " + l.none
	}
	shown := append([]string(nil), l.items[:l.shown]...)
	if more := len(l.items) - l.shown; more > 0 {
		shown = append(shown, fmt.Sprintf("+%d more on paper", more))
	}
	if l.more {
		shown = append(shown, "see also the paper")
	}
	return l.title + ": " + strings.Join(shown, "; ")
}

// emergency is what the code says: plain text for whoever finds the person. It
// holds facts of the front page alone: what has no room is counted, what is cut
// ends in "...", and allergies are the last to give way.
func emergency(s *sheet.Sheet) string {
	f := s.Front
	// A name of any length must leave room for the facts.
	const longestName, longestContact = 100, 110
	head := []string{shorten(s.Who.Name, longestName), "born " + shorten(s.Who.Birth+", "+s.Who.Sex, 60), "Facts of " + s.Made}
	for _, n := range s.Notices {
		if n == sheet.WithheldNotice {
			head = append(head, n)
		}
	}
	for _, r := range s.Who.Lines {
		if r.Label == "Emergency contact" || r.Label == "Contact person" {
			head = append(head, "CONTACT: "+shorten(r.Value, longestContact))
			break
		}
	}
	lists := []list{
		{title: "ALLERGIES", items: allergyItems(f.Allergies.Rows), none: banner(f.Allergies), more: f.Allergies.Banner != ""},
		{title: "MEDICINES", items: items(f.Medicines.Rows), none: banner(f.Medicines), more: f.Medicines.Banner != ""},
		{title: "PROBLEMS", items: items(f.Problems.Rows), none: banner(f.Problems), more: f.Problems.Banner != ""},
	}
	text := func() string {
		lines := append([]string(nil), head...)
		for _, l := range lists {
			lines = append(lines, l.String())
		}
		return strings.Join(lines, "\n")
	}
	for i := range lists {
		for l := &lists[i]; l.shown < len(l.items); l.shown++ {
			l.shown++
			full := len(text()) > longestEmergency
			l.shown--
			if full {
				break
			}
		}
	}
	return text()
}

// banner says what is known where no row is. Half of it could say the opposite.
func banner(b sheet.Block) string {
	const longest = 200
	if s := oneLine(b.Banner); s != "" && len(s) <= longest {
		return s
	}
	return "not clear, see the paper"
}

// allergyItems are substances, each with its reaction.
func allergyItems(rows []sheet.Row) []string {
	out := items(rows)
	for i, r := range rows {
		var about []string
		if len(r.Cells) > 1 && r.Cells[1] != "reaction not given" {
			about = append(about, shorten(r.Cells[1], 50))
		}
		if len(r.Cells) > 2 && r.Cells[2] == "high" {
			about = append(about, "criticality high")
		}
		if len(about) > 0 {
			out[i] += " = " + strings.Join(about, ", ")
		}
	}
	return out
}

// items are the first cells of rows with the words that change how they are read.
func items(rows []sheet.Row) []string {
	const longest = 60
	out := make([]string, 0, len(rows))
	for _, r := range rows {
		item := shorten(r.Cells[0], longest)
		if len(r.Tags) > 0 {
			item += " (" + shorten(strings.Join(r.Tags, ", "), longest) + ")"
		}
		out = append(out, item)
	}
	return out
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// shorten cuts at a space, and says so.
func shorten(s string, most int) string {
	s = oneLine(s)
	if len(s) <= most {
		return s
	}
	cut := strings.ToValidUTF8(s[:most-len("...")], "")
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return cut + "..." // in ASCII: what is not makes a reader guess
}
