package office

import (
	"io"
	"strings"
)

// dest is where text goes.
type dest int

const (
	words     dest = iota // the document
	nowhere               // nothing that a person reads
	about                 // \info, of which title and day are read
	title                 // inside it
	made                  // inside it
	template              // the file that it takes its styles from
	fontTable             // names and character sets of the fonts
)

// destinations are the control words that say where the text of their group
// goes (RTF 1.9.1, appendix C). Those with a \* before them go nowhere when they
// are not listed.
var destinations = map[string]dest{
	"fonttbl": fontTable, "info": about, "title": title, "creatim": made,
	"colortbl": nowhere, "stylesheet": nowhere, "pict": nowhere, "nonshppict": nowhere, "fldinst": nowhere,
	"objdata": nowhere, "objclass": nowhere, "datafield": nowhere, "bkmkstart": nowhere, "bkmkend": nowhere,
	"themedata": nowhere, "colorschememapping": nowhere, "datastore": nowhere, "latentstyles": nowhere, "generator": nowhere,
	"listtable": nowhere, "listoverridetable": nowhere, "revtbl": nowhere, "rsidtbl": nowhere, "xmlnstbl": nowhere, "filetbl": nowhere,
	"sn": nowhere, "sv": nowhere, "sp": nowhere, "xe": nowhere, "tc": nowhere, "falt": nowhere, "panose": nowhere, "fontemb": nowhere,
	"header": words, "headerl": words, "headerr": words, "headerf": words, "footer": words, "footerl": words, "footerr": words, "footerf": words,
	"footnote": words, "annotation": words, "shpinst": words, "shptxt": words, "result": words, "shprslt": nowhere,
	"listtext": words, "pntext": words, "pn": nowhere, "template": template, "userprops": nowhere,
}

// written are the control words that stand for a character.
var written = map[string]string{
	"tab": "\t", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•",
	"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}

// word acts on a control word; n is its number, when it has one.
func (d *rtf) word(word string, n int, has bool) error {
	if word == "bin" {
		_, err := io.CopyN(io.Discard, d.in, int64(max(n, 0)))
		return err
	}
	if d.skip > 0 && word != "u" {
		d.skip-- // a control word counts as one character ("Unicode RTF")
		return nil
	}
	d.flush()
	starred := d.starred
	d.starred = false
	to, known := destinations[word]
	switch s, isText := written[word]; {
	case isText:
		d.text(s)
	case known:
		d.enter(word, to)
	case starred:
		d.now.dest = nowhere
	default:
		d.act(word, n, !has || n != 0)
		d.note(word, n)
	}
	return nil
}

// enter begins a destination. Nothing inside one that goes nowhere comes back,
// but for the parts of \info.
func (d *rtf) enter(word string, to dest) {
	if word == "objdata" {
		d.result.Files++
	}
	switch from := d.now.dest; {
	case from == nowhere, from == fontTable && to != nowhere:
	case (to == title || to == made) && from != about:
	default:
		d.now.dest = to
		if to == words && word != "result" && word != "listtext" && word != "pntext" {
			d.prose.line()
		}
		d.name, d.heading = d.name[:0], d.heading[:0]
	}
}

// left tells that a destination ended.
func (d *rtf) left(was dest) {
	switch {
	case was == d.now.dest:
	case was == title:
		d.result.Title = short(string(d.heading))
	case was == template:
		s := string(d.heading)
		d.result.Fetches = d.result.Fetches || strings.Contains(s, "://") || strings.HasPrefix(s, `\\`)
	case was == fontTable:
		d.name = d.name[:0]
	}
}

// act changes the look of the text, or breaks the line.
func (d *rtf) act(word string, n int, on bool) {
	switch word {
	case "par", "line", "sect", "page", "column", "row", "nestrow", "softline", "softpage":
		d.line()
	case "cell", "nestcell":
		if d.now.dest == words {
			d.prose.cell()
		}
	case "u":
		d.unicode(n)
	case "uc":
		d.now.perChar = min(max(n, 0), 8)
	case "plain":
		d.now.look, d.now.deleted, d.now.font = look{}, false, d.first
	case "super":
		d.now.look.raised = on
	case "up":
		d.now.look.raised = n > 0
	case "nosupersub", "sub", "dn":
		d.now.look.raised = false
	case "strike", "striked":
		d.now.look.struck = on
	case "v":
		d.now.look.hidden = on
	case "deleted":
		d.now.deleted = on
	case "f":
		d.now.font, d.define = n, n
	}
}

// note remembers what the head of the file says.
func (d *rtf) note(word string, n int) {
	switch word {
	case "ansicpg":
		d.ansi = n
	case "mac":
		d.ansi = 10000
	case "pc":
		d.ansi = 437
	case "pca":
		d.ansi = 850
	case "deff":
		d.first, d.now.font = n, n
	case "fcharset", "cpg":
		d.charset(word, n)
	case "yr", "mo", "dy":
		if d.now.dest == made {
			d.day[map[string]int{"yr": 0, "mo": 1, "dy": 2}[word]] = n
		}
	}
}
