package handover

import (
	"fmt"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/carnet-phr/carnet/vault/record"
)

// names gives files names that are safe on every system and unique without
// regard to case (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
type names struct{ taken map[string]bool }

func newNames() *names { return &names{taken: map[string]bool{}} }

const longestName = 100 // bytes, ending included

// devices cannot be file names on Windows, with any ending.
var devices = map[string]bool{
	"con": true, "prn": true, "aux": true, "nul": true, "conin$": true, "conout$": true, "clock$": true,
}

// active endings start a program on some system when opened; such a file is
// kept under a name that does not.
var active = map[string]bool{
	".exe": true, ".com": true, ".bat": true, ".cmd": true, ".scr": true, ".pif": true, ".msi": true, ".msp": true, ".lnk": true, ".url": true, ".hta": true,
	".js": true, ".jse": true, ".vbs": true, ".vbe": true, ".wsf": true, ".wsh": true, ".ps1": true, ".psm1": true, ".reg": true, ".cpl": true, ".dll": true,
	".jar": true, ".app": true, ".command": true, ".sh": true, ".desktop": true, ".scf": true, ".chm": true, ".appref-ms": true, ".inf": true, ".iso": true,
	".docm": true, ".xlsm": true, ".pptm": true, ".svg": true, ".workflow": true, ".terminal": true, ".webloc": true,
}

// endings are those by which a system knows what opens a file.
var endings = map[string]string{
	"text/plain": ".txt", "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/tiff": ".tif",
	"text/rtf": ".rtf", "application/rtf": ".rtf", "application/xml": ".xml", "text/xml": ".xml", "application/json": ".json",
}

// named is an original's name. A file that came inside another one is called by
// a title there, often without the ending that opens it.
func named(o record.Original) string {
	base, _, _ := strings.Cut(o.MediaType, ";")
	ending := endings[strings.ToLower(strings.TrimSpace(base))]
	if o.Within == "" || strings.HasSuffix(strings.ToLower(o.Name), ending) {
		return o.Name
	}
	return o.Name + ending
}

// take gives the safe form of a name, numbered when it is taken.
func (n *names) take(name string) string {
	safe := safeName(name)
	ending := path.Ext(safe)
	stem := strings.TrimSuffix(safe, ending)
	for i := 2; n.taken[strings.ToLower(safe)]; i++ {
		safe = fmt.Sprintf("%s (%d)%s", stem, i, ending)
	}
	n.taken[strings.ToLower(safe)] = true
	return safe
}

// safeName is the last part of a path, without what some system forbids.
func safeName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = record.Visible(norm.NFC.String(name))
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*⟦⟧`, r) || unicode.IsControl(r) || r == unicode.ReplacementChar {
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, " .\t\n")
	if name == "" {
		name = "file"
	}
	ending := path.Ext(name)
	stem := strings.TrimRight(strings.TrimSuffix(name, ending), " .")
	if active[strings.ToLower(ending)] {
		ending += ".bin"
	}
	if len(ending) > longestName/4 {
		stem, ending = stem+ending, ""
	}
	first, _, _ := strings.Cut(strings.ToLower(stem), ".")
	if stem == "" || device(first) {
		stem = "_" + stem
	}
	return shorten(stem, longestName-len(ending)) + ending
}

func device(name string) bool {
	name = strings.TrimRight(name, " ")
	if devices[name] {
		return true
	}
	rest, ok := strings.CutPrefix(name, "com")
	if !ok {
		rest, ok = strings.CutPrefix(name, "lpt")
	}
	return ok && len([]rune(rest)) == 1 && strings.Contains("0123456789¹²³", rest)
}

// shorten cuts at the start of a character.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.TrimRight(strings.ToValidUTF8(s[:limit], ""), " .")
}
