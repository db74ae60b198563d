package record

import (
	"html"
	"slices"
	"strings"
	"unicode"
)

// Narrative is formatted text in a closed subset of XHTML without any
// attribute but colspan and rowspan: the elements of [NarrativeElements]. It is
// made by a [NarrativeWriter] alone, so it holds no script, link, image or
// style, and needs no cleaning again.
type Narrative string

// NarrativeElements are the elements that a [Narrative] may hold.
var NarrativeElements = map[string]bool{
	"p": true, "br": true, "ul": true, "ol": true, "li": true, "table": true, "caption": true, "thead": true, "tbody": true,
	"tfoot": true, "tr": true, "th": true, "td": true, "b": true, "i": true, "u": true, "s": true, "sub": true, "sup": true, "pre": true, "h4": true,
	"dl": true, "dt": true, "dd": true,
}

// NarrativeWriter builds a [Narrative]. The zero value is ready. Elements must
// be closed in order; Narrative closes what is still open.
type NarrativeWriter struct {
	b     []byte
	open  []string
	words bool // some were written
}

// Open starts an element; one that is not in [NarrativeElements] is left out,
// its text stays. Spans of 2 to 1000 cells are kept for th and td.
func (w *NarrativeWriter) Open(name, colspan, rowspan string) {
	if !NarrativeElements[name] || name == "br" {
		if name == "br" {
			w.b = append(w.b, "<br/>"...)
		}
		return
	}
	w.b = append(append(w.b, '<'), name...)
	if name == "td" || name == "th" {
		w.span("colspan", colspan)
		w.span("rowspan", rowspan)
	}
	w.b = append(w.b, '>')
	w.open = append(w.open, name)
}

func (w *NarrativeWriter) span(name, value string) {
	if digits(value) && len(value) <= 3 && value != "0" && value != "1" {
		w.b = append(w.b, " "+name+`="`+value+`"`...)
	}
}

// Close ends the innermost open element of that name and all inside it; a name
// that is not open is ignored.
func (w *NarrativeWriter) Close(name string) {
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.open[i] == name {
			for j := len(w.open) - 1; j >= i; j-- {
				w.b = append(append(append(w.b, "</"...), w.open[j]...), '>')
			}
			w.open = w.open[:i]
			return
		}
	}
}

// Text adds words. Control characters but tab and line feed are dropped.
func (w *NarrativeWriter) Text(s string) {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	w.words = w.words || strings.ContainsFunc(s, func(r rune) bool { return r != '|' && !unicode.IsSpace(r) })
	w.b = append(w.b, html.EscapeString(s)...)
}

// Grow makes room for so many bytes.
func (w *NarrativeWriter) Grow(size int) { w.b = slices.Grow(w.b, size) }

// Narrative closes all elements and gives the whole text; "" when no words
// were written.
func (w *NarrativeWriter) Narrative() Narrative {
	for len(w.open) > 0 {
		w.Close(w.open[len(w.open)-1])
	}
	if !w.words { // bars alone are those between cells
		return ""
	}
	return Narrative(w.b)
}

// Plain is the words alone: cells of a row joined by " | ", blocks and rows on
// lines of their own.
func (n Narrative) Plain() string {
	var lines []string
	var line strings.Builder
	flush := func() {
		if s := strings.TrimSpace(strings.TrimRight(line.String(), " |")); s != "" {
			lines = append(lines, s)
		}
		line.Reset()
	}
	raised := false
	for rest := string(n); rest != ""; {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			i = len(rest)
		}
		plainWords(&line, rest[:i], raised)
		rest = rest[i:]
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			break
		}
		tag := rest[1:end]
		rest = rest[end+1:]
		name, _, _ := strings.Cut(strings.Trim(tag, "/"), " ")
		switch name {
		case "td", "th":
			if strings.HasPrefix(tag, "/") {
				line.WriteString(" | ")
			}
		case "sup":
			raised = tag == "sup"
		case "b", "i", "u", "s", "sub":
		default:
			flush()
		}
	}
	flush()
	return strings.Join(lines, "\n")
}

// plainWords adds what stands between two tags.
func plainWords(line *strings.Builder, text string, raised bool) {
	words := spaced(html.UnescapeString(text))
	if words == "" {
		return
	}
	if raised {
		words = superscript(words)
	}
	if line.Len() > 0 && !strings.HasSuffix(line.String(), " ") && startsWithSpace(text) {
		line.WriteByte(' ')
	}
	line.WriteString(words)
	if endsWithSpace(text) {
		line.WriteByte(' ')
	}
}

// superscript keeps what is raised apart from what it stands behind: 10⁹ is not
// 109.
func superscript(words string) string {
	if strings.Trim(words, "0123456789+-−") == "" {
		return superscripts.Replace(words)
	}
	return "^" + words
}

var superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "+", "⁺", "-", "⁻", "−", "⁻")

// spaced puts one space between the words of s, and none around them.
func spaced(s string) string {
	s = strings.Trim(s, " \n\t\r")
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f || c == ' ' && s[i-1] == ' ' {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

func startsWithSpace(s string) bool { return s != "" && strings.ContainsRune(" \n\t\r", rune(s[0])) }

func endsWithSpace(s string) bool {
	return s != "" && strings.ContainsRune(" \n\t\r", rune(s[len(s)-1]))
}
