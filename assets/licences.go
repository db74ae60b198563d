package assets

import (
	_ "embed"
	"strings"
)

//go:embed licences/modules.txt
var moduleLicences string

//go:embed licences/other.txt
var otherLicences string

//go:embed fonts/LICENSE-DejaVu.txt
var dejaVuLicence string

//go:embed fonts/LICENSE-Droid.txt
var droidLicence string

// Licence is the terms under which works of others are part of Carnet.
type Licence struct {
	Works []string // by name, modules with their version
	Text  string
}

// Licences are those of all works of others within Carnet.
func Licences() []Licence {
	list := append(readLicences(moduleLicences), readLicences(otherLicences)...)
	return append(list, Licence{[]string{"DejaVu fonts"}, dejaVuLicence}, Licence{[]string{"Droid Sans Fallback font"}, droidLicence})
}

// readLicences reads a list: lines that begin with four equals signs name works, and
// the text below is their licence.
func readLicences(text string) []Licence {
	const mark = "==== "
	var list []Licence
	var lines []string
	named := false // the line before names a work
	end := func() {
		if len(list) > 0 {
			list[len(list)-1].Text = strings.Trim(strings.Join(lines, "\n"), "\n")
		}
		lines = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		work, ok := strings.CutPrefix(line, mark)
		switch {
		case ok && named:
			last := &list[len(list)-1]
			last.Works = append(last.Works, work)
		case ok:
			end()
			list = append(list, Licence{Works: []string{work}})
		default:
			lines = append(lines, line)
		}
		named = ok
	}
	end()
	return list
}
